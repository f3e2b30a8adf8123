"""Session 1: the scenario, the documents, three prompts one after the other, an analysis of each answer."""

from collections.abc import Callable

from promptlab.messages import _
from promptlab.ui.documents import documents_html, scenario_html
from promptlab.ui.session import Session
from promptlab.ui.session1_analysis import AnalysisPanel, analysis_html
from promptlab.ui.session1_findings import FindingsPanel, findings_html
from promptlab.ui.session1_printing import PrintPanel
from promptlab.ui.session1_prompt import PromptPanel, prompt_html
from promptlab.ui.session1_quiz import QuizPanel, quiz_html


class FirstSession(Session):
    """What the cells of the notebook of session 1 call."""

    number = 1

    def scenario(self) -> None:
        """What the pupil is there for."""
        self._put(scenario_html(self.case), _("The scenario: {title}", title=self.case.title))

    def documents(self) -> None:
        """The complaint, the order, the delivery note, the invoice."""
        titles = ", ".join(document.title for document in self.case.documents)
        self._put(documents_html(self.case), _("The documents: {titles}", titles=titles))

    def findings(self) -> None:
        """What does not match in the documents: the pupil's own findings, then those of promptlab."""
        self._show(FindingsPanel(self.desk), "findings", lambda: findings_html(self.desk))

    def quiz(self) -> None:
        """The quiz on the handling of complaints."""
        self._show(QuizPanel(self.desk), "quiz", lambda: quiz_html(self.desk))

    def prompt(self, number: int) -> None:
        """Prompt `number` (from 1): typed, answered, the answer kept."""
        self._show(PromptPanel(self.desk, number), f"prompt-{number}", self._still(prompt_html, number))

    def analysis(self, number: int) -> None:
        """What the pupil thinks of answer `number`."""
        self._show(AnalysisPanel(self.desk, number), f"analysis-{number}", self._still(analysis_html, number))

    def print_answers(self) -> None:
        """The three answers and analyses as a page to print and keep."""
        self._show(PrintPanel(self.desk))

    def _still(self, make: Callable[..., str], number: int) -> Callable[[], str]:
        return lambda: make(self.desk, number)
