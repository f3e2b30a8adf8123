"""A comparison document handed in: the table it is about, the copie it holds, and what is seen in it."""

from dataclasses import dataclass, replace
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.copie_opening import copie_in
from promptlab.handin.tables import FindRun, Tables, shipped_case, tables_of
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import About, Copie
from promptlab.model.hand_in import HandIn
from promptlab.model.problem import Problem
from promptlab.review.exercise import Exercise
from promptlab.word.reading.filled import read_filled
from promptlab.word.reading.opened import Opened, open_document


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a document is about: its table and the run that its answers come from."""

    on: Exercise | None
    run: str = ""
    why: str = ""


def document_hand_in(name: str, data: bytes, *, case: Case | None, find_run: FindRun | None) -> HandIn:
    """The copie in the .docx file called `name`.

    Raises BadInput for a file that is no Word document, one without a table of answers, and one of another case.
    """
    opened = open_document(name, data)
    problems: list[Problem] = []
    held = _held(opened, problems)
    about = case or shipped_case(opened.case or (held.case if held else ""))
    tables = tables_of(about, find_run) if about else None
    subject = _subject(opened, held, tables)
    if subject.on is None:
        _refuse(opened, held, case)
        problems.append(_unchecked(opened, about, subject))
    else:
        problems += other_case(opened.case or (held.case if held else ""), case, About(answers=subject.on.answers))
    handed_out = tables.handed_out(subject.on) if tables and subject.on else None
    before = held or _new(opened, about, subject)
    filled = read_filled(opened, handed_out, before)
    if not filled.placed:
        raise BadInput(_no_table(name))
    return HandIn(name, filled.copie, filled.changed, (*problems, *filled.problems), "docx")


def _held(opened: Opened, problems: list[Problem]) -> Copie | None:
    """The copie that the document holds; a Problem where it is damaged."""
    if opened.copie is not None:
        try:
            return copie_in(opened.copie, Path(opened.name))
        except BadInput as error:
            said = _("the copie kept in this document cannot be used; what is seen in it was read. {why}", why=error)
            problems.append(Problem(said, opened.name))
    elif opened.damaged:
        said = _("the copie kept in this document is damaged; what is seen in it was read.")
        problems.append(Problem(said, opened.name))
    return None


def _subject(opened: Opened, held: Copie | None, tables: Tables | None) -> _Subject:
    if tables is None:
        return _Subject(None)
    if found := tables.same(opened.answers):
        return _Subject(found[1], found[0])
    why = ""
    if held:
        on, why = tables.table(held.about, held.answers)
        if on is not None and _columns_fit(on, opened):
            return _Subject(on, held.about.run)
    near = None if opened.answers else tables.nearest(opened.flow)
    return _Subject(near[1], near[0]) if near else _Subject(None, why=why)


def _columns_fit(on: Exercise, opened: Opened) -> bool:
    """Whether a table has the answers of the document in their order, as far as the document says which they are."""
    return not opened.answers or [one.answer for one in on.answers] == [one.answer for one in opened.answers]


def _refuse(opened: Opened, held: Copie | None, case: Case | None) -> None:
    """Raise BadInput for a document of another case, and for one that nothing shows to be of promptlab."""
    named = opened.case or (held.case if held else "")
    if case is not None and named and named != case.name:
        said = _(
            "{name}: this document is about the case “{other}”, not “{case}”.",
            name=opened.name,
            other=named,
            case=case.name,
        )
        raise BadInput(said + " " + _("Give its own case, or the right file."))
    if not opened.anchored:
        raise BadInput(_no_table(opened.name))


def other_case(named: str, case: Case | None, about: About) -> tuple[Problem, ...]:
    """The Problem that a hand-in about the answers of `case` calls its case `named`.

    None where both have these answers: a case may stand in a folder of another name.
    """
    if case is None or not named or named == case.name:
        return ()
    known = shipped_case(named)
    if known and tables_of(known).same(about.answers):
        return ()
    said = _("this says that its case is “{other}”: it was read with the texts of “{case}”. Check which one it is.",
             other=named, case=case.name)  # fmt: skip
    return (Problem(said, _("name of the case")),)


def _no_table(name: str) -> str:
    said = _("{name}: no table of answers was found in this document.", name=name)
    return said + " " + _("Choose the comparison file that was filled in; give its case with --case.")


def _unchecked(opened: Opened, case: Case | None, subject: _Subject) -> Problem:
    if case is None and opened.case:
        said = _("the case “{name}” is not at hand: give its folder with --case to check the tags.", name=opened.case)
    elif case is None:
        said = _("this document names no case: give the case with --case to check its texts.")
    else:
        said = _("the answers of this document are not at hand: its texts were taken as they stand in it.")
    return Problem(f"{said} {subject.why}".strip(), opened.name)


def _new(opened: Opened, case: Case | None, subject: _Subject) -> Copie:
    """A new copie for a document that holds none; the same file gives the same id."""
    answers = opened.answers or (subject.on.answers if subject.on else ())
    about = About(subject.run, opened.by, answers)
    return replace(Copie(opened.digest, case.name if case else opened.case), about=about)
