"""One prompt of the chain: the pupil types it, sends it, and reads the answer."""

from datetime import datetime
from functools import lru_cache

from promptlab.ask.wording import without_accents
from promptlab.errors import BadInput, NotRecorded, PromptlabError
from promptlab.messages import _
from promptlab.model.answer import Answer
from promptlab.model.copie import Copie
from promptlab.model.parsed import ParsedAnswer
from promptlab.parse import parse_answer
from promptlab.review.writing import keep_answer
from promptlab.table.markup import text as escaped
from promptlab.ui.answers import answer_html, answer_view
from promptlab.ui.desk import Desk
from promptlab.ui.live_questions import live_allowed, source_of
from promptlab.ui.session1_asking import (
    MOST_LETTERS,
    Near,
    answer_to,
    ask_live,
    checked_prompt,
    near_of,
    pasted,
    replay,
    type_prompt,
    typed_prompt,
)
from promptlab.ui.view import Node, button, details, group, heading, notice, radios, text, text_area, text_field
from promptlab.ui.work import WorkPanel

RECORDED, PASTE, LIVE = "recorded", "paste", "live"
SESSION = 1  # of these panels


class PromptPanel(WorkPanel):
    """Prompt `number` of the chain (from 1). `way` is where its answer comes from."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, _("Prompt {number}", number=number))
        self.number = number
        self.way = RECORDED
        self.tool, self.copied = "", ""
        self.near: Near | None = None

    # ------------------------------------------------------------ what is shown

    def body(self, copie: Copie) -> Node:
        """The field for the prompt, where its answer is to come from, and the answer."""
        before = [rank for rank in range(1, self.number) if answer_to(copie, rank) is None]
        if before:
            waiting = _(
                "First send prompt {number}, above: each prompt goes on with the conversation.", number=before[0]
            )
            return notice("info", text(waiting))
        answer = answer_to(copie, self.number)
        return group(
            [
                self._field(),
                self._ways(),
                self._pasting() if self.way == PASTE else None,
                button(self._send_label(), f"send-{self.number}", self.ask, tone="main"),
                self._miss(),
                self._changed(answer) if answer else None,
                self._answer(answer) if answer else None,
            ]
        )

    def _field(self) -> Node:
        typed = typed_prompt(self.copie, self.number)
        label = _("Your prompt {number}", number=self.number)
        offered = self.at.case.prompts[self.number - 1]
        return group(
            [
                text_area(label, typed, f"prompt-{self.number}", self.type, rows=2, most=MOST_LETTERS),
                details(_("Which prompt do I type?"), [text(offered, tone="mono")]),
            ]
        )

    def _ways(self) -> Node:
        options = [
            (RECORDED, _("the recorded answer (no network needed)")),
            (PASTE, _("an answer that I paste from a chat")),
        ]
        if live_allowed(self.at, SESSION):
            options.append((LIVE, _("an AI, asked now (needs the network)")))
        return radios(_("The answer comes from"), self.way, options, f"way-{self.number}", self.choose)

    def _pasting(self) -> Node:
        return group(
            [
                text_field(_("Name of the AI"), self.tool, f"tool-{self.number}", self.name_tool, most=80),
                text_area(_("Paste the whole answer here"), self.copied, f"paste-{self.number}", self.paste, rows=8),
                text(_("Never write a name or personal data into a chat."), tone="soft"),
            ]
        )

    def _send_label(self) -> str:
        if self.way == PASTE:
            return _("Keep this answer")
        return _("Send prompt {number}", number=self.number)

    def _miss(self) -> Node | None:
        if self.near is None:
            return None
        if self.near.number != self.number:
            said = _("This is prompt {other} of the chain.", other=self.near.number)
            return notice("warn", text(said), text(self._offered(), tone="mono"), self._take())
        said = _("No answer is recorded for this prompt. The recorded prompt {number} is:", number=self.number)
        differs = text(_("Differences: {words}.", words=self.near.differences)) if self.near.differences else None
        return notice("warn", text(said), text(self.near.prompt, tone="mono"), differs, self._take())

    def _offered(self) -> str:
        return self.at.run.answers[self.number - 1].prompt

    def _take(self) -> Node:
        return button(_("Use the recorded prompt"), f"take-{self.number}", self.take)

    def _changed(self, answer: Answer) -> Node | None:
        typed = typed_prompt(self.copie, self.number)
        if not typed or without_accents(typed) == without_accents(answer.prompt):
            return None
        said = _("You have changed the prompt. The answer below is still the one to:")
        return notice("info", text(said), text(answer.prompt, tone="mono"))

    def _answer(self, answer: Answer) -> Node:
        label = _("Answer to prompt {number}", number=self.number)
        return group([heading(label, 4), answer_view(answer, parsed_text(answer.text), key=f"answer-{self.number}")])

    # ------------------------------------------------------------ what is done

    def type(self, words: str) -> None:
        """Keep the prompt as it is typed."""
        self.near = None
        self.at.change(lambda copie: type_prompt(copie, self.number, words), typing=f"prompt-{self.number}")

    def choose(self, way: str) -> None:
        """Choose where the answer comes from."""
        self.way, self.near = way, None

    def name_tool(self, name: str) -> None:
        """The AI that the pasted answer comes from."""
        self.tool = name

    def paste(self, words: str) -> None:
        """The answer as it was pasted."""
        self.copied = words

    def take(self) -> None:
        """Type the recorded prompt in place of the pupil's own, and send it."""
        self.type(self._offered())
        self.ask()

    def ask(self) -> None:
        """Get the answer and keep it. BadInput says beside the button what is missing."""
        prompt = checked_prompt(self.number, typed_prompt(self.copie, self.number))
        self.near = None
        try:
            answer = self._asked(prompt)
        except NotRecorded:
            self.near = near_of(self.at.run, self.number, prompt)
            return
        except BadInput:
            raise
        except PromptlabError as error:
            raise BadInput(str(error)) from error
        self.at.change(lambda copie: keep_answer(copie, answer))
        self.say(_("The answer to prompt {number} is there.", number=self.number))

    def _asked(self, prompt: str) -> Answer:
        if self.way == PASTE:
            return pasted(self.number, prompt, self.copied, tool=self.tool, now=datetime.now().astimezone())
        if self.way == LIVE:
            allowed = live_allowed(self.at, SESSION)
            if allowed is None:
                raise BadInput(_("An AI may not be asked here: choose the recorded answer."))
            before = tuple(answer for answer in self.copie.answers if answer.number < self.number)
            return ask_live(lambda: source_of(allowed, self.at), self.number, prompt, before)
        return replay(self.at.run, self.number, prompt)


@lru_cache(maxsize=32)
def parsed_text(words: str) -> ParsedAnswer:
    """An answer taken apart; the screen asks for the same one again and again."""
    return parse_answer(words)


def prompt_html(desk: Desk, number: int) -> str:
    """The prompt and its answer, for print and for a notebook without its kernel."""
    copie = desk.opened()
    answer = answer_to(copie, number)
    name = escaped(_("Prompt {number}", number=number))
    title = f"<h3>{name}</h3>"
    if answer is None:
        typed = typed_prompt(copie, number)
        said = typed or _("Not sent yet.")
        return f"{title}<p>{escaped(said)}</p>"
    return f"{title}<p><strong>{escaped(answer.prompt)}</strong></p>{answer_html(answer, parsed_text(answer.text))}"
