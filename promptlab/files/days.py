"""Days as a person types them."""

import re
from datetime import date

from promptlab.errors import BadInput
from promptlab.messages import _

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_day(text: str) -> date:
    """The day written as 2026-11-20 or 20/11/2026. BadInput for anything else."""
    typed = text.strip()
    found = _DAY_FIRST.fullmatch(typed)
    try:
        if found:
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(typed)
    except ValueError as error:
        said = _("“{value}” is not a date: write it as 2026-11-20 or 20/11/2026.", value=text)
        raise BadInput(said) from error
