"""Days as a person types them."""

from datetime import date

import pytest

from promptlab.errors import BadInput
from promptlab.files.days import read_day


@pytest.mark.parametrize("typed", ["2027-07-31", "31/07/2027", " 31/7/2027 "])
def test_day_is_read_as_people_write_it(typed):
    assert read_day(typed) == date(2027, 7, 31)


@pytest.mark.parametrize("typed", ["31/13/2027", "07/31/2027", "31/07/27", "juillet", ""])
def test_what_is_no_day_is_refused_with_the_forms_that_are_read(typed):
    with pytest.raises(BadInput, match=r"2026-11-20 or 20/11/2026"):
        read_day(typed)
