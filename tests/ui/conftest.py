"""The tagging table on a page."""

import pytest

from promptlab.ui.tagging import TaggingTable
from tests.ui.builders import a_desk_on
from tests.ui.window import ANSWER


@pytest.fixture
def tagging(window, tmp_path):
    return window(TaggingTable(a_desk_on(tmp_path, ANSWER, ANSWER.replace("24", "48"))))
