"""Sessions 4 and 5: the reply to the customer, the papers, the decision scheme, the debrief, the statement."""

from promptlab.ui.session import Session


class _WithDecisions(Session):
    """Task 10 goes over two sessions."""

    def decisions(self) -> None:
        """The decision scheme of billing errors."""
        from promptlab.ui.session45_decisions import DecisionsPanel, decisions_html

        self._show(DecisionsPanel(self.desk), "decisions", lambda: decisions_html(self.desk))


class FourthSession(_WithDecisions):
    """What the cells of the notebook of session 4 call."""

    number = 4

    def draft(self) -> None:
        """The medium and why; the draft of an AI."""
        from promptlab.ui.session45_draft import DraftPanel

        self._show(DraftPanel(self.desk))

    def letter(self) -> None:
        """The reply: its text, checked, and its files."""
        from promptlab.ui.session45_letter import LetterPanel, letter_html

        self._show(LetterPanel(self.desk), "letter", lambda: letter_html(self.desk))

    def differences(self) -> None:
        """What the pupil made of the draft."""
        from promptlab.ui.session45_differences import DifferencesPanel, differences_html

        self._show(DifferencesPanel(self.desk), "differences", lambda: differences_html(self.desk))

    def papers(self) -> None:
        """Return slip, credit note, corrected invoice."""
        from promptlab.ui.session45_papers import PapersPanel, papers_html

        self._show(PapersPanel(self.desk), "papers", lambda: papers_html(self.desk))


class FifthSession(_WithDecisions):
    """What the cells of the notebook of session 5 call."""

    number = 5

    def debrief(self) -> None:
        """What was learnt, question by question."""
        from promptlab.ui.session45_debrief import DebriefPanel, debrief_html

        self._show(DebriefPanel(self.desk), "debrief", lambda: debrief_html(self.desk))

    def statement(self) -> None:
        """What was done with AI, and what the pupil did with it."""
        from promptlab.ui.session45_statement import StatementPanel, statement_html

        self._show(StatementPanel(self.desk), "statement", lambda: statement_html(self.desk))
