"""The desk: the one copie at work in a session, saved after every change, with everybody who shows it told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from promptlab.errors import BadInput, CannotWrite, Conflict, PromptlabError
from promptlab.files.cases import find_case_folder, load_case
from promptlab.files.copies import CopieFile, copies_folder, file_name, read_copie, restore_backup
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie
from promptlab.model.problem import Problem
from promptlab.review.begin import begin, rename
from promptlab.review.exercise import Exercise
from promptlab.review.fitting import fit
from promptlab.review.history import redo, undo
from promptlab.review.merging import merge
from promptlab.review.pseudonyms import pseudonyms
from promptlab.ui import opening
from promptlab.ui.classroom import chosen_case
from promptlab.ui.embedding import Outputs
from promptlab.ui.handing_in import HandedIn, hand_in, portable
from promptlab.ui.memory import Remembered, home, recall, remember
from promptlab.ui.tables import Tables
from promptlab.ui.view import File, Tone

Rule = Callable[[Copie], Copie]
_Stamp = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say once to the person at the screen."""

    text: str
    tone: Tone = "info"


@dataclass(frozen=True, slots=True)
class _Typing:
    """A text that is being written: what the copie was before it, and what it is by now."""

    key: str
    before: Copie
    after: Copie


def desk_of(case: str = "", run: str = "") -> "Desk":
    """The desk of this kernel for `case` (folder or shipped name), or for the class's; its copie is open. BadInput."""
    return _desk(case or chosen_case(home()), run)


@cache
def _desk(case: str, run: str) -> "Desk":
    found = Desk(load_case(find_case_folder(case)), run)
    found.resume()
    return found


class Desk:
    """One case, and the copie at work on it. Rules are those of `review`; every change is on disk when it returns.

    `copie` is None until `sign_in`. `error` says why something is not saved, None where all is. `messages` are what
    is to be said once: whoever shows them takes them with `take_messages`.
    """

    def __init__(
        self,
        case: Case,
        run: str = "",
        *,
        folder: Path | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        """`folder` is where the work is kept, without it that of this user. BadInput for an unknown run."""
        self.case, self.home = case, folder or home()
        try:
            self.run = case.run(run)
        except KeyError as error:
            names = ", ".join(known.name for known in case.runs) or "–"
            raise BadInput(_("There is no run “{run}”: the case has {names}.", run=run, names=names)) from error
        self.tables = Tables(case, self.run, self.home / "exports")
        self.outputs = Outputs()
        self.messages: list[Message] = []
        self.problems: tuple[Problem, ...] = ()
        self._file: CopieFile | None = None
        self._now = now
        self._stamp: _Stamp = None
        self._typing: _Typing | None = None
        self._listeners: list[Callable[[], None]] = []
        self._fitted = False

    # ------------------------------------------------------------ the table

    @property
    def exercise(self) -> Exercise:
        """The table that is worked on, with the lists of the case."""
        return self.tables.exercise(self.copie)

    @property
    def ranked(self) -> Comparison:
        """The same answers with step n of each on row n."""
        return self.tables.ranked(self.copie)

    def use_own_answers(self, own: bool) -> Copie:
        """Work on the pupil's own answers, or on the recorded run again. BadInput: see `Tables.choose`."""
        changed = self.change(lambda copie: self.tables.choose(copie, own=own))
        self._fitted = False
        return changed

    # ------------------------------------------------------------ the copie

    @property
    def folder(self) -> Path:
        """Where the copies are."""
        return copies_folder(self.home / "copies")

    @property
    def copie(self) -> Copie | None:
        """The copie at work, None where none is open."""
        return self._file.copie if self._file else None

    @property
    def path(self) -> Path | None:
        """The file of the copie."""
        return self._file.path if self._file else None

    @property
    def error(self) -> CannotWrite | Conflict | None:
        """Why something of the copie is not on disk."""
        return self._file.error if self._file else None

    @property
    def who(self) -> str:
        """Whose copie it is, in words; "" where none is open."""
        return _("Copie of {pupils}", pupils=" + ".join(self.copie.pupils) or "?") if self.copie else ""

    @property
    def saved(self) -> str:
        """“✔ Saved at 14:05:12”, "" while anything is not on disk."""
        moment = self._file.saved_at if self._file else ""
        return _("✔ Saved at {time}", time=moment[11:19]) if moment else ""

    @property
    def remembered(self) -> Remembered | None:
        """The copie that was open last on this computer."""
        return recall(self.case.name, self.home)

    def opened(self) -> Copie:
        """The copie at work. BadInput where none is open."""
        if self._file is None:
            raise BadInput(_("No copie is open: write your pseudonym first."))
        return self._file.copie

    def resume(self) -> None:
        """Open the copie of this sitting, if another notebook has opened one; else nothing."""
        last = self.remembered
        if last and last.now:
            try:
                self._open(last.path)
            except PromptlabError as error:
                self.tell(str(error), "warn")

    def sign_in(self, *texts: str) -> Copie:
        """The copie of these pseudonyms, opened or begun.

        BadInput for what is no pseudonym, and for a damaged copie: see `recoverable`.
        """
        pupils = pseudonyms(texts)
        if not pupils:
            raise BadInput(_("The pseudonym is empty.") + " " + _("Write the one that your teacher gave you."))
        path = opening.find_copie(self.folder, self.case.name, pupils)
        if path is not None:
            return self._open(path)
        made = begin(self.tables.exercise(None), pupils, run=self.run.name)
        if backup := opening.usable_backup(self.folder / file_name(made)):
            said = _("The copie of {pupils} was damaged; the save before it is whole.", pupils=" + ".join(pupils))
            raise BadInput(f"{said} {backup}")
        return self._work_on(CopieFile.create(self.folder, made, now=self._now))

    def recoverable(self, *texts: str) -> Path | None:
        """The save before a copie that was damaged, where that can be put back."""
        try:
            pupils = pseudonyms(texts)
        except BadInput:
            return None
        return opening.usable_backup(self.folder / file_name(Copie("", self.case.name, pupils)))

    def recover(self, *texts: str) -> Copie:
        """Put the save before a damaged copie back, and open it. BadInput, Conflict."""
        path = self.folder / file_name(Copie("", self.case.name, pseudonyms(texts)))
        restore_backup(path)
        return self._open(path)

    def share(self, *texts: str) -> Copie:
        """Have just these pseudonyms on the copie (two pupils at one screen). BadInput."""
        self.opened()
        changed = self.change(lambda copie: rename(copie, texts))
        remember(self.case.name, self.home, self.path, changed.pupils)
        return changed

    def leave(self) -> None:
        """Close the copie: this computer asks for a pseudonym again; the file stays.

        CannotWrite or Conflict where something is not on disk: nothing is closed then.
        """
        if self._file and self._file.unsaved:
            self._file.save()
            if self._file.error:
                raise self._file.error
        self._file = self._stamp = self._typing = None
        self.problems = ()
        remember(self.case.name, self.home, None)
        self._changed()

    # ------------------------------------------------------------ changes

    def change(self, rule: Rule, *, typing: str = "") -> Copie:
        """Apply a rule and save; gives the copie as it is now.

        `typing` names a text that is being written: what is typed in one go is one step to take back. BadInput of the
        rule is raised and changes nothing; where saving fails, `error` says why, and the next change tries again.
        """
        file = self._at_work()
        self.refresh()
        file = self._at_work()
        typed = self._typing if typing and self._typing and self._typing.key == typing else None
        before = typed.before if typed and typed.after == file.copie else file.copie

        def from_before(copie: Copie) -> Copie:
            head = {name: getattr(copie, name) for name in ("revision", "saved_at", "writer")}
            return rule(replace(before, **head))

        changed = file.change(from_before)
        self._typing = _Typing(typing, before, changed) if typing else None
        self._stamp = _stamp(file.path)
        self._changed()
        return changed

    def undo(self, *areas: str) -> Copie:
        """Take the last change back, or the last one in `areas`."""
        return self.change(lambda copie: undo(copie, *areas))

    def redo(self, *areas: str) -> Copie:
        """Make the change again that was taken back last."""
        return self.change(lambda copie: redo(copie, *areas))

    def fit(self) -> tuple[Problem, ...]:
        """Have the tags of the copie on the texts of the table, once; what a person must look at."""
        if not self._fitted and self.copie:
            self._fitted = True
            fitted = fit(self.copie, self.exercise)
            shown, self.problems = self.tables.shown(fitted.copie), fitted.problems
            if shown != self.copie:
                self.change(lambda _copie: shown)
        return self.problems

    def refresh(self) -> bool:
        """Take in what another window saved, where nothing here is unsaved; whether there was anything."""
        file = self._file
        if file is None or file.unsaved or _stamp(file.path) in (self._stamp, None):
            return False
        try:
            found = read_copie(file.path)
        except BadInput:
            return False  # the next save says what is wrong with it
        if found.id != file.copie.id or (found.revision, found.writer) == (file.copie.revision, file.copie.writer):
            self._stamp = _stamp(file.path)
            return False
        self._work_on(CopieFile(file.path, found, now=self._now))
        self.tell(_("Another window has changed the copie ({time}): this is how it stands now.", time=_time(found)))
        return True

    # ------------------------------------------------------------ where saving failed

    def retry(self) -> None:
        """Try again to save."""
        self._at_work().save()
        self._settled()

    def load_other(self) -> Path | None:
        """Go on with the state on disk; what is unsaved is kept beside it. Raises as `open_copie`, and CannotWrite."""
        file = self._at_work()
        file.load()
        self._settled()
        folder = file.path.parent
        self.tell(_("You go on with the copie that was on disk; yours is kept beside it: {path}", path=folder))
        return file.path

    def keep_mine(self) -> Path:
        """Go on with the state on the screen, in a file of its own beside the other. CannotWrite."""
        file = self._at_work()
        path = file.keep_beside()
        self._work_on(CopieFile.open(path, now=self._now))
        self.tell(_("Your copie is in a file of its own now: {path}", path=path))
        return path

    def join_both(self) -> tuple[Problem, ...]:
        """Go on with the two states made one; what they disagree about is told. BadInput, CannotWrite."""
        file = self._at_work()
        other, mine = read_copie(file.path), file.copie
        file.keep_beside()
        self._work_on(CopieFile(file.path, other, now=self._now))
        joined = merge(other, mine, self.exercise)
        self.change(lambda _copie: joined.copie)
        for problem in joined.problems:
            self.tell(str(problem), "warn")
        return joined.problems

    # ------------------------------------------------------------ in and out

    def hand_in(self) -> HandedIn:
        """Write the one file to hand in, into the folder of what is to be handed in. CannotWrite, BadInput."""
        return hand_in(self.opened(), self.case, self.home)

    def portable(self) -> File:
        """The copie as a file to carry along. BadInput where none is open."""
        return portable(self.opened())

    def open_file(self, path: Path) -> Copie:
        """Go on with the copie in a file from elsewhere, or take in what the teacher sent back. BadInput."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error)) from error
        return self.open_bytes(path.name, content)

    def open_bytes(self, name: str, content: bytes) -> Copie:
        """The same for a file that was sent from the browser."""
        if self._file and self._file.unsaved:
            self._file.keep_beside()
        taken = opening.take(name, content, self.case, self.folder)
        self.tell(taken.said, "ok")
        return self._open(taken.path)

    def embed(self, name: str, make: Callable[[], str]) -> None:
        """Show `make()` (static HTML) under the cell, with the copie inside, so that the saved notebook has it."""
        self.outputs.show(name, make, self.copie)

    # ------------------------------------------------------------ telling

    def listen(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after every change."""
        self._listeners.append(callback)

    def tell(self, text: str, tone: Tone = "info") -> None:
        """Have something said once to the person at the screen."""
        self.messages.append(Message(text, tone))

    def take_messages(self) -> tuple[Message, ...]:
        """The messages, which whoever takes them shows."""
        taken, self.messages = tuple(self.messages), []
        return taken

    # ------------------------------------------------------------ inside

    def _at_work(self) -> CopieFile:
        self.opened()
        assert self._file is not None  # noqa: S101
        return self._file

    def _open(self, path: Path) -> Copie:
        copie = opening.open_or_explain(path)
        if copie.case != self.case.name:
            said = _("This copie is about the case “{other}”.", other=copie.case)
            advice = _("Write another pseudonym, or ask your teacher for the notebook of that case.")
            raise BadInput(f"{said} {advice}")
        return self._work_on(CopieFile(path, copie, now=self._now))

    def _work_on(self, file: CopieFile) -> Copie:
        self._file, self._typing, self._fitted = file, None, False
        self._settled()
        return file.copie

    def _settled(self) -> None:
        file = self._at_work()
        self._stamp = _stamp(file.path)
        remember(self.case.name, self.home, file.path, file.copie.pupils)
        self._changed()

    def _changed(self) -> None:
        self.outputs.outdated(self.copie)
        for callback in tuple(self._listeners):
            callback()


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _time(copie: Copie) -> str:
    return copie.saved_at[11:19] or "?"
