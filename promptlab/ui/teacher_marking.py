"""Marking a class in the notebook: a folder or a ZIP against the key, then the teacher's own decisions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from promptlab.errors import BadInput, PromptlabError
from promptlab.files.atomic import write_bytes
from promptlab.files.system import reason_of
from promptlab.grade.classroom import Graded, Tell
from promptlab.grade.figures import figure
from promptlab.grade.folders import Asked, mark_folder
from promptlab.grade.picking import Entry
from promptlab.grade.writing import SHEET, safe_name, write_class, write_sheet
from promptlab.messages import _, ngettext
from promptlab.model.case import Case
from promptlab.model.mark import Override, Result
from promptlab.model.rubric import Level
from promptlab.ui.dashboard import sessions_of
from promptlab.ui.desk import Desk
from promptlab.ui.teacher import TeacherPanel
from promptlab.ui.teacher_decisions import Decision, decide
from promptlab.ui.view import (
    Child,
    File,
    Node,
    bar,
    button,
    choice,
    details,
    download,
    fieldset,
    group,
    heading,
    items,
    notice,
    row,
    soft,
    table,
    text,
    text_field,
    wide,
)

_TOLD_EVERY = 5  # files between two signs of life
_MOST_SHOWN = 50
_MIMES = {".html": "text/html", ".csv": "text/csv", ".json": "application/json"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MIMES |= {
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".docx": f"{_OFFICE}wordprocessingml.document",
}


def _mark(case: Case, asked: Asked, tell: Tell) -> Graded:
    """Mark the class and write everything as the command line does."""
    graded = mark_folder(case, asked, tell=tell)
    for _written in write_class(graded, asked.results):
        pass
    write_sheet(graded, asked.results)
    return graded


class MarkingPanel(TeacherPanel):
    """Where the copies are, the marks, one pupil's criteria to decide on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Mark my class"))
        self.source = str(desk.folder)
        self.results = str(desk.home / _("marks"))
        self.pupils, self.session, self.chosen = "", "", ""
        self.graded: Graded | None = None
        self.typed: dict[tuple[str, str], Decision] = {}

    def body(self) -> list[Node | None]:
        """The fields, the button, the marks, the decisions."""
        return [
            text_field(_("Folder or ZIP of the copies"), self.source, "mark-source", self._setter("source")),
            text_field(_("Folder for the results"), self.results, "mark-results", self._setter("results")),
            text_field(
                _("List of the class (.csv), if you want names beside the pseudonyms"),
                self.pupils,
                "mark-pupils",
                self._setter("pupils"),
                help=_("Two columns are enough: pseudonym and name. It never goes into a copie."),
            ),
            choice(_("Criteria"), self.session, self._sessions(), "mark-session", self._setter("session")),
            button(_("Mark the class"), "mark", self.mark, tone="main"),
            *(self._marks(self.graded) if self.graded else ()),
        ]

    def _sessions(self) -> list[tuple[str, str]]:
        known = [(str(number), _("those of session {number}", number=number)) for number in sessions_of(self.at)]
        return [("", _("those of the session of each copie")), *known]

    # ------------------------------------------------------------ the marks

    def _marks(self, graded: Graded) -> list[Node | None]:
        if not graded.entries:
            nothing = notice("warn", text(_("Nothing was found to be marked.")), key="marks-none")
            return [nothing, self._to_look_at(graded)]
        named = any(graded.pupil(entry.outcome.pupil).name for entry in graded.entries)
        names = [_("Name")] if named else []
        scale = figure(graded.setup.rubric.scale)
        head = [_("Pupil and file"), *names, _("Mark out of {scale}", scale=scale), _("Still to be marked by you")]
        lines = [self._line(graded, entry, named) for entry in graded.entries]
        caption = _("Marks out of {scale}", scale=scale)
        return [
            wide(table(caption, head, lines, key="marks", look="facts"), caption),
            self._to_look_at(graded),
            self._files(),
            self._one(graded),
        ]

    def _line(self, graded: Graded, entry: Entry, named: bool) -> Node:
        code, mark = entry.outcome.pupil, entry.mark
        waiting = ", ".join(graded.setup.rubric.criterion(one).title for one in mark.waiting)
        name = [graded.pupil(code).name] if named else []
        who = text(code or mark.copie[:8], "\n", soft(entry.source))
        cells: list[Child | list[Node]] = [who, *name, figure(mark.mark), waiting or "–"]
        return row(cells, key=f"mark-{entry.place}-{safe_name(code)}")

    def _to_look_at(self, graded: Graded) -> Node | None:
        missing = [_("Nothing handed in: {pupils}.", pupils=", ".join(one.pseudonym for one in graded.missing))]
        lines = [str(one) for one in (*graded.unreadable, *graded.superseded, *graded.problems)]
        lines = [*(missing if graded.missing else ()), *lines]
        if not lines:
            return None
        shown = [text(line) for line in lines[:_MOST_SHOWN]]
        title = ngettext("{count} thing to look at", "{count} things to look at", len(lines))
        return notice("warn", details(title, [items(shown)], open=len(lines) < 6), key="mark-problems")

    def _files(self) -> Node:
        names = {
            "marks.xlsx": _("Marks (.xlsx)"),
            "marks.csv": _("Marks (.csv)"),
            "class.html": _("The class on a page (.html)"),
        }
        buttons = [download(words, f"get-{name}", self._getter(name)) for name, words in names.items()]
        said = _("Feedback and return files for each pupil are in {folder}.", folder=self._folder())
        return group([bar(buttons), text(said)])

    # ------------------------------------------------------------ one pupil

    def _one(self, graded: Graded) -> Node:
        options = [("", _("(choose)"))]
        codes = [entry.outcome.pupil for entry in graded.entries if entry.outcome.pupil]
        options += [(code, " – ".join(part for part in (code, graded.pupil(code).name) if part)) for code in codes]
        entry = next((one for one in graded.entries if one.outcome.pupil == self.chosen and self.chosen), None)
        return group(
            [
                heading(_("Decide yourself"), 4),
                choice(_("Pupil"), self.chosen, options, "mark-pupil", self._setter("chosen")),
                self._decisions(graded, entry) if entry else None,
            ]
        )

    def _decisions(self, graded: Graded, entry: Entry) -> Node:
        levels = [("", _("as the rule says")), *((one.id, one.label) for one in graded.setup.rubric.levels)]
        fields = [self._criterion(result, levels, graded.setup.rubric.levels) for result in entry.mark.results]
        files = [
            download(_("Feedback (Word)"), "get-feedback", self._getter(f"feedback/{safe_name(self.chosen)}.docx")),
            download(_("Return file"), "get-return", self._getter(f"returns/{safe_name(self.chosen)}.json")),
        ]
        save = button(_("Keep my decisions and mark again"), "decide", self.decide, tone="main")
        why = text(_("The feedback says why, point by point. Change only what you judge otherwise."))
        return group([why, bar(files), *fields, bar([save])], key=f"decide-{safe_name(self.chosen)}")

    def _criterion(self, result: Result, levels: list[tuple[str, str]], known: tuple[Level, ...]) -> Node:
        one = self._decision(result.criterion)
        names = {level.id: level.label for level in known}
        by = {"rule": _("by rule"), "teacher": _("by you"), "nobody": _("to be marked by you")}[result.by]
        points = _("{points} of {out_of} points", points=figure(result.points), out_of=figure(result.out_of))
        said = " · ".join(part for part in (points, names.get(result.level, ""), by) if part)
        name = result.criterion
        key = f"decide-{name}"
        return fieldset(
            result.title,
            [
                text(said, tone="soft"),
                bar(
                    [
                        choice(_("Level"), one.level, levels, f"{key}-level", self._typer(name, "level")),
                        text_field(_("or points"), one.points, f"{key}-points", self._typer(name, "points")),
                    ]
                ),
                text_field(_("Comment"), one.comment, f"{key}-comment", self._typer(name, "comment")),
            ],
            key=key,
        )

    def _decision(self, criterion: str) -> Decision:
        """What is typed for a criterion of the pupil, else what was decided before."""
        at = (self.chosen, criterion)
        if at not in self.typed and self.graded:
            before = [one for one in self.graded.setup.overrides.of(self.chosen) if _about(one, criterion)]
            self.typed[at] = _decision_of(self.chosen, criterion, before)
        return self.typed.get(at, Decision(*at))

    # ------------------------------------------------------------ what is done

    def mark(self) -> None:
        """Mark the class. BadInput, CannotWrite."""
        asked = Asked(
            Path(self.source).expanduser(),
            self._folder(),
            pupils=Path(self.pupils).expanduser() if self.pupils else None,
            sessions=(int(self.session),) if self.session else (),
        )
        self.graded = _mark(self.at.case, asked, self._progress)
        self.typed = {}
        count = len(self.graded.entries)
        self.said = ngettext("{count} pupil marked.", "{count} pupils marked.", count)
        self.say(self.said)

    def decide(self) -> None:
        """Write the decisions on the pupil into the sheet, and mark again. BadInput, CannotWrite."""
        made = [one for (pupil, _criterion), one in self.typed.items() if pupil == self.chosen and self._is_new(one)]
        if made:
            sheet = self._folder() / SHEET
            before = sheet.read_bytes() if sheet.is_file() else None
            decide(self._folder(), made)
            try:
                self.mark()
            except PromptlabError:
                _put_back(sheet, before)
                raise
        self.said = _("Your decisions are kept in {path}.", path=self._folder() / SHEET)

    def _is_new(self, one: Decision) -> bool:
        before = self.graded.setup.overrides.of(one.pupil) if self.graded else ()
        return one != _decision_of(one.pupil, one.criterion, [each for each in before if _about(each, one.criterion)])

    def _progress(self, count: int, name: str) -> None:
        if count % _TOLD_EVERY == 1:
            self.said = _("{count} files marked: {name}", count=count, name=Path(name).name)
            self.render()

    def _folder(self) -> Path:
        return Path(self.results).expanduser()

    def _setter(self, name: str) -> Callable[[str], None]:
        def put(words: str) -> None:
            setattr(self, name, words.strip())
            self.said = ""

        return put

    def _typer(self, criterion: str, name: str) -> Callable[[str], None]:
        def put(words: str) -> None:
            changed = {name: words.strip()}
            self.typed[self.chosen, criterion] = replace(self._decision(criterion), **changed)

        return put

    def _getter(self, name: str) -> Callable[[], File]:
        def make() -> File:
            path = self._folder() / name
            try:
                content = path.read_bytes()
            except OSError as error:
                said = _("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))
                raise BadInput(said) from error
            return File(path.name, content, _MIMES.get(path.suffix, "application/octet-stream"))

        return make


def _put_back(sheet: Path, before: bytes | None) -> None:
    """Have the sheet as it was: what cannot be marked by is not kept."""
    if before is None:
        sheet.unlink(missing_ok=True)
    else:
        write_bytes(sheet, before)


def _about(one: Override, criterion: str) -> bool:
    return one.criterion == criterion and one.task is None


def _decision_of(pupil: str, criterion: str, before: list[Override]) -> Decision:
    if not before:
        return Decision(pupil, criterion)
    last = before[-1]
    points = figure(last.points) if last.points is not None else ""
    return Decision(pupil, criterion, last.level, points, " ".join(last.comments))
