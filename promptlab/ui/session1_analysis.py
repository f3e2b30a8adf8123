"""The pupil's analysis of each answer, in their own words."""

from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.table.markup import text as escaped
from promptlab.ui.desk import Desk
from promptlab.ui.session1_asking import answer_to
from promptlab.ui.texts import text_of, write_text
from promptlab.ui.view import Node, details, group, items, notice, text, text_area
from promptlab.ui.work import WorkPanel

WORK = ("analysis", 1)


def analysis_of(copie: Copie, number: int) -> str:
    """What the pupil wrote about answer `number` (from 1), "" where nothing."""
    return text_of(copie, WORK[0], str(number))


def write_analysis(copie: Copie, number: int, text: str) -> Copie:
    """`copie` with `text` as the analysis of answer `number`. Raises BadInput where it is too long."""
    return write_text(copie, WORK, str(number), text, where=_("analysis of answer {number}", number=number))


class AnalysisPanel(WorkPanel):
    """What to look at in answer `number`, and a field for the pupil's own words."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, _("Analysis of answer {number}", number=number))
        self.number = number

    def body(self, copie: Copie) -> Node:
        """The questions to ask oneself, and the field."""
        missing = answer_to(copie, self.number) is None
        return group(
            [
                notice("info", text(_("Send prompt {number} first, above.", number=self.number))) if missing else None,
                details(_("What do I look at?"), [items([text(question) for question in self._questions()])]),
                text_area(
                    _("My analysis"), analysis_of(copie, self.number), f"analysis-{self.number}", self.write, rows=6
                ),
            ]
        )

    def write(self, words: str) -> None:
        """Keep the analysis as it is written."""
        self.at.change(lambda copie: write_analysis(copie, self.number, words), typing=f"analysis-{self.number}")

    def _questions(self) -> list[str]:
        always = [
            _("Does the answer fit our company, our customer and this complaint?"),
            _("Which steps could be used as they are? Which ones not, and why?"),
            _("Which statements could you prove with a document?"),
        ]
        if self.number == 1:
            return always
        return [
            _(
                "What has changed since answer {number}, and which words of the prompt brought it about?",
                number=self.number - 1,
            ),
            *always,
        ]


def analysis_html(desk: Desk, number: int) -> str:
    """The analysis, for print and for a notebook without its kernel."""
    written = escaped(analysis_of(desk.opened(), number) or _("Nothing written yet.")).replace("\n", "<br>")
    title = escaped(_("Analysis of answer {number}", number=number))
    return f"<h3>{title}</h3><p>{written}</p>"
