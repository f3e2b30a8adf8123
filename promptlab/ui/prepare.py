"""The teacher's notebook of a new case: form, answers, table."""

from promptlab.ui.prepare_answers import AnswersPanel
from promptlab.ui.prepare_case import CaseFormPanel
from promptlab.ui.prepare_table import TablePanel
from promptlab.ui.session import show


def open_new_case(folder: str = "") -> "NewCase":
    """The desk of a new case; `folder` is one that was begun."""
    return NewCase(folder)


class NewCase:
    """What the cells of the notebook call, in their order."""

    def __init__(self, folder: str = "") -> None:
        self._form = CaseFormPanel()
        self._folder = folder

    def form(self) -> None:
        """Company, prompts, documents, tasks, lanes, resources."""
        show(self._form)

    def answers(self) -> None:
        """The answers of the case: pasted or asked live."""
        show(AnswersPanel(self._folder or self._form.folder))

    def table(self) -> None:
        """The aligned table, corrected; the comparison file, the pupils' pack."""
        panel = TablePanel(self._folder)
        panel.folder = panel.folder or self._form.folder  # the case may be written later: the button opens it
        show(panel)
