"""The answers of a new case: pasted from any chat and recorded as a run, or asked live from the teacher's computer."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from promptlab.ask.chain import run_chain
from promptlab.ask.imports.pasted import answer_from_paste
from promptlab.ask.source import AnswerSource
from promptlab.errors import BadInput
from promptlab.files.cases import is_shipped, load_case
from promptlab.files.days import read_day
from promptlab.files.runs import write_run
from promptlab.messages import _, ngettext
from promptlab.model.answer import Answer, Provenance, Run
from promptlab.model.case import Case
from promptlab.ui.panel import Panel
from promptlab.ui.view import Node, button, card, fieldset, group, heading, items, notice, text, text_area, text_field

_NAME = re.compile(r"[^\W.][\w.-]{0,59}")
OpenSource = Callable[[str, str], AnswerSource]


def live(model: str, base_url: str) -> AnswerSource:
    """The AI called `model`, asked over the network."""
    from promptlab.ask.live import live_source

    return live_source(model, base_url=base_url)


class AnswersPanel(Panel):
    """One field for each prompt of the case; the run that they make."""

    needs_copie = False

    def __init__(self, folder: str = "", *, open_source: OpenSource = live) -> None:
        self.title = _("The answers of the case")
        self.folder, self.run = folder, "run-a"
        self.model, self.tool, self.day, self.address = "", "", date.today().isoformat(), ""
        self.texts: dict[int, str] = {}
        self.problems: tuple[str, ...] = ()
        self.said = ""
        self.open_source = open_source
        super().__init__(None)

    @property
    def case(self) -> Case | None:
        """The case that is named, None while there is none."""
        try:
            return load_case(self.folder) if self.folder else None
        except BadInput:
            return None

    def view(self) -> Node:
        """The panel."""
        case = self.case
        fields: list[Node | None] = [
            heading(self.title),
            text_field(_("Folder of the case"), self.folder, "case", self._setter("folder")),
        ]
        if case is None:
            fields.append(
                notice(
                    "info", text(_("There is no case in this folder yet: write it in step 1, or name another folder."))
                )
            )
            return group(fields, key="answers")
        known = ", ".join(run.name for run in case.runs) or _("none yet")
        fields += [
            text(_("Runs that are recorded: {names}.", names=known), tone="soft"),
            text_field(_("Name of the run"), self.run, "run", self._setter("run")),
            self._origin(),
            *(self._answer(number, prompt) for number, prompt in enumerate(case.prompts, 1)),
            button(_("Record these answers"), "record", self.record, tone="main"),
            self._live(),
            notice("warn", items([text(line) for line in self.problems])) if self.problems else None,
            notice("ok", text(self.said)) if self.said else None,
        ]
        return group(fields, key="answers")

    def record(self) -> None:
        """Keep what was pasted as a run of the case, with its provenance. BadInput, CannotWrite."""
        case, folder = self._place()
        if not self.model.strip():
            raise BadInput(_("Name the AI that you asked: where an answer comes from is always said."))
        source = Provenance(self.model.strip(), self.tool.strip() or _("not stated"), read_day(self.day).isoformat())
        answers, told = [], []
        for number, prompt in enumerate(case.prompts, 1):
            pasted = answer_from_paste(self.texts.get(number, ""), prompts=case.prompts, number=number)
            if not pasted.text.strip():
                raise BadInput("\n".join(map(str, pasted.problems)) or _("Answer {number} is empty.", number=number))
            told += [str(problem) for problem in pasted.problems]
            answers.append(Answer(number, prompt, pasted.text, source))
        self._keep(Run(folder.name, tuple(answers)), folder)
        self.problems = tuple(told)

    def ask(self) -> None:
        """Ask the chain live, as one conversation, and keep it as a run. BadInput, AskFailed, CannotWrite."""
        from promptlab.ask.personal import check_before_sending, facts_of

        case, folder = self._place()
        if not self.model.strip():
            raise BadInput(_("Name the model to ask."))
        check_before_sending(case.prompts, known=facts_of(case))
        run = run_chain(self.open_source(self.model.strip(), self.address.strip()), case.prompts, name=folder.name)
        self._keep(run, folder)

    def _keep(self, run: Run, folder: Path) -> None:
        write_run(folder, run)
        self.said = ngettext(
            "{count} answer recorded in {folder}.",
            "{count} answers recorded in {folder}.",
            len(run.answers),
            folder=folder,
        )

    def _place(self) -> tuple[Case, Path]:
        """The case and the folder of the new run, which must be free."""
        case = self.case
        if case is None:
            raise BadInput(_("Write the folder of a case that has no fault."))
        if is_shipped(case):
            raise BadInput(
                _("{case} is a case that comes along: copy it to a folder of your own first.", case=case.name)
            )
        name = self.run.strip()
        if not _NAME.fullmatch(name):
            raise BadInput(_("“{name}” cannot name a run: use letters, digits, - and _.", name=name))
        folder = case.folder / "answers" / name
        if folder.exists():
            raise BadInput(_("{path} is there already: give the run another name.", path=folder))
        return case, folder

    def _origin(self) -> Node:
        return fieldset(
            _("Where the answers come from"),
            [
                text_field(_("Model"), self.model, "model", self._setter("model")),
                text_field(_("Service or site"), self.tool, "tool", self._setter("tool")),
                text_field(_("Date (2026-11-20)"), self.day, "day", self._setter("day")),
            ],
        )

    def _answer(self, number: int, prompt: str) -> Node:
        label = _("Answer {number}, pasted whole", number=number)
        field = text_area(label, self.texts.get(number, ""), f"answer-{number}", self._paster(number), rows=8)
        return card([text(prompt), field], title=_("Prompt {number}", number=number))

    def _live(self) -> Node:
        return fieldset(
            _("Or ask live (the key stays in OPENAI_API_KEY)"),
            [
                text_field(
                    _("Address of the server, if it is not OpenAI’s"), self.address, "address", self._setter("address")
                ),
                button(_("Ask the chain and record it"), "ask", self.ask),
            ],
        )

    def _setter(self, name: str) -> Callable[[str], None]:
        def write(value: str) -> None:
            setattr(self, name, value)
            self.said = ""

        return write

    def _paster(self, number: int) -> Callable[[str], None]:
        def paste(value: str) -> None:
            self.texts[number] = value
            self.said = ""

        return paste
