"""The medium of the reply and why, then the draft of an AI: recorded, or asked where that is allowed."""

from datetime import datetime
from typing import Any

from promptlab.align.wording import day
from promptlab.errors import BadInput, PromptlabError
from promptlab.letter.draft import ask_draft, draft_folder, draft_prompt, recorded_draft
from promptlab.messages import _
from promptlab.model.answer import Answer
from promptlab.model.copie import Copie
from promptlab.ui.desk import Desk
from promptlab.ui.live_questions import live_allowed, source_of
from promptlab.ui.session45_reply import WORK, draft_text, keep_draft, letter_of, medium_of, write_letter
from promptlab.ui.view import Node, bar, button, details, group, heading, notice, radios, soft, text, text_area
from promptlab.ui.work import WorkPanel

SESSION = 4  # of this panel


class DraftPanel(WorkPanel):
    """Medium, reason, and the draft that an AI proposes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Medium and draft"))

    def body(self, copie: Copie) -> Node:
        """The choice, the buttons that get a draft, the draft."""
        letter = letter_of(copie)
        options = [("letter", _("a letter")), ("email", _("an e-mail"))]
        return group(
            [
                radios(_("The medium that suits best"), letter["medium"], options, "letter-medium", self.choose),
                text_area(_("Why this medium?"), letter["why"], "letter-why", self.explain, rows=2),
                heading(_("The draft of an AI"), 4),
                text(_("An AI does not know what is true: check every line of its draft with the documents.")),
                self._buttons(copie),
                details(_("What the AI was asked"), [text(self._asked(letter["draft"]), tone="mono")]),
                self._draft(letter["draft"]),
            ]
        )

    def _buttons(self, copie: Copie) -> Node:
        recorded = (draft_folder(self.at.case) / "run.toml").is_file()
        live = live_allowed(self.at, SESSION) is not None
        if not recorded and not live:
            return notice("info", text(_("No draft is recorded for this case: write the reply yourself.")))
        return bar(
            [
                button(_("Show the recorded draft"), "draft-recorded", self.replay, tone="main") if recorded else None,
                button(_("Ask an AI now (needs the network)"), "draft-live", self.ask) if live else None,
                *self.undo_redo(copie, WORK, "draft"),
            ]
        )

    def _draft(self, draft: Any) -> Node | None:
        if not isinstance(draft, dict) or not isinstance(draft.get("text"), str):
            return None
        way = _("recorded") if draft.get("recorded") else _("asked live")
        source = " · ".join(str(part) for part in (draft.get("model"), day(str(draft.get("date", ""))), way) if part)
        return group(
            [
                text(soft(_("Source: {facts}.", facts=source))),
                group([text(draft["text"])], look="sheet"),
                button(_("Begin my reply with this draft"), "draft-take", self.take),
            ],
            key="draft",
        )

    def _asked(self, draft: Any) -> str:
        """What the draft in sight was asked with; before there is one, what an AI would be asked."""
        if isinstance(draft, dict) and draft.get("recorded"):
            try:
                return recorded_draft(self.at.case).prompt
            except BadInput:  # a copie that was begun where there is a recorded draft
                return ""
        return self._prompt()

    def _prompt(self) -> str:
        phases = [phase.label for phase in self.at.exercise.comparison.phases]
        return draft_prompt(self.at.case, phases, medium=medium_of(self.copie) or "letter")

    # ------------------------------------------------------------ what is done

    def choose(self, medium: str) -> None:
        """Choose the medium."""
        self.at.change(lambda copie: write_letter(copie, "medium", medium))

    def explain(self, why: str) -> None:
        """Say why."""
        self.at.change(lambda copie: write_letter(copie, "why", why), typing="letter-why")

    def replay(self) -> None:
        """Keep the draft that is recorded with the case. BadInput where there is none."""
        self._keep(recorded_draft(self.at.case), recorded=True)

    def ask(self) -> None:
        """Ask an AI for a draft and keep it. BadInput says why none came."""
        allowed = live_allowed(self.at, SESSION)
        if allowed is None:
            raise BadInput(_("Live questions are not allowed here: take the recorded draft."))
        try:
            source = source_of(allowed, self.at)
            try:
                answer = ask_draft(source, self._prompt())
            finally:
                source.close()
        except BadInput:
            raise
        except PromptlabError as error:
            raise BadInput(str(error)) from error
        self._keep(answer, recorded=False)

    def take(self) -> None:
        """Have the reply begin with the draft. BadInput where a reply is written already."""
        letter = letter_of(self.copie)
        if letter["text"].strip():
            raise BadInput(_("Your reply is begun: empty it first, or copy what you need from the draft."))
        self.at.change(lambda copie: write_letter(copie, "text", draft_text(copie)))
        self.say(_("Your reply begins with the draft."))

    def _keep(self, answer: Answer, *, recorded: bool) -> None:
        source = answer.provenance
        draft = {
            "text": answer.text,
            "model": source.model,
            "date": source.collected[:10] or datetime.now().astimezone().date().isoformat(),
            "recorded": recorded,
        }
        self.at.change(lambda copie: keep_draft(copie, draft))
        self.say(_("The draft is there."))
