"""The papers of the solution, filled in by the pupil: return slip, credit note, corrected invoice; checked, as Word."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from promptlab.align.wording import colon
from promptlab.errors import BadInput
from promptlab.letter.papers import KINDS, PaperKind, blank, check_paper, columns, entries, title_of, to_docx
from promptlab.letter.papers_form import LINES, Entry
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.model.problem import Problem
from promptlab.review.texts import cleaned
from promptlab.review.writing import keep_work
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui import view
from promptlab.ui.desk import Desk
from promptlab.ui.session45_letter import DOCX
from promptlab.ui.texts import values_of
from promptlab.ui.view import (
    File,
    Node,
    bar,
    button,
    download,
    fieldset,
    group,
    heading,
    items,
    notice,
    radios,
    strong,
    text,
    text_field,
)
from promptlab.ui.work import WorkPanel

WORK, VERSION = "papers", 1
MOST_LINES = 20
MOST_LETTERS = 500


def papers_of(copie: Copie) -> dict[str, dict[str, Any]]:
    """The papers that are begun, by kind."""
    found = values_of(copie, WORK)
    return {kind: found[kind] for kind in KINDS if isinstance(found.get(kind), dict)}


def paper_of(copie: Copie, kind: PaperKind, case: Case) -> dict[str, Any]:
    """One paper as it is filled in so far: what is not begun is blank."""
    empty = blank(kind, case)
    given = papers_of(copie).get(kind, {})
    texts = {name: _text(given.get(name, empty[name])) for name in empty if name != LINES}
    lines = given.get(LINES, empty[LINES])
    rows = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    names = [column.name for column in columns(kind)]
    return {**texts, LINES: [{name: _text(line.get(name, "")) for name in names} for line in rows] or empty[LINES]}


def fill(copie: Copie, kind: PaperKind, case: Case, name: str, words: str) -> Copie:
    """`copie` with `words` in a field of that paper. BadInput where it is too long."""
    return _keep(copie, kind, {**paper_of(copie, kind, case), name: _cleaned(words, name)})


def fill_line(copie: Copie, kind: PaperKind, case: Case, place: int, named: tuple[str, str]) -> Copie:
    """`copie` with the cell `named` (its column, its words) of the line at `place` (from 0). BadInput as `fill`."""
    name, words = named
    paper = paper_of(copie, kind, case)
    lines = [{**line, name: _cleaned(words, name)} if rank == place else line for rank, line in enumerate(paper[LINES])]
    return _keep(copie, kind, {**paper, LINES: lines})


def add_line(copie: Copie, kind: PaperKind, case: Case) -> Copie:
    """`copie` with one line more on that paper. BadInput where it has as many as a page holds."""
    paper = paper_of(copie, kind, case)
    if len(paper[LINES]) >= MOST_LINES:
        raise BadInput(_("A paper holds at most {count} lines here.", count=MOST_LINES))
    return _keep(copie, kind, {**paper, LINES: [*paper[LINES], {column.name: "" for column in columns(kind)}]})


def drop_line(copie: Copie, kind: PaperKind, case: Case, place: int) -> Copie:
    """`copie` without the line at `place` (from 0) of that paper."""
    paper = paper_of(copie, kind, case)
    return _keep(copie, kind, {**paper, LINES: [line for rank, line in enumerate(paper[LINES]) if rank != place]})


def _keep(copie: Copie, kind: PaperKind, paper: dict[str, Any]) -> Copie:
    return keep_work(copie, WORK, VERSION, {**values_of(copie, WORK), kind: paper})


def _cleaned(words: str, name: str) -> str:
    return cleaned(words, where=name, most=MOST_LETTERS)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


class PapersPanel(WorkPanel):
    """One paper at a time: its fields, its lines, what is missing or wrong, the Word file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The papers of the solution"))
        self.kind: PaperKind = "return_slip"
        self.checked: set[PaperKind] = set()

    def body(self, copie: Copie) -> Node:
        """The form of the paper that is worked on."""
        options = [(kind, title_of(kind)) for kind in KINDS]
        paper = paper_of(copie, self.kind, self.at.case)
        return group(
            [
                radios(_("I fill in"), self.kind, options, "paper-kind", self.choose),
                self._form(paper),
                bar(
                    [
                        button(_("Check this paper"), "paper-check", self.check, tone="main"),
                        download(_("Download the paper (Word)"), "paper-docx", self.file),
                        *self.undo_redo(copie, WORK, "paper"),
                    ]
                ),
                self._found(paper) if self.kind in self.checked else None,
            ]
        )

    def _form(self, paper: dict[str, Any]) -> Node:
        own: list[Node] = []
        sums: list[Node] = []
        for entry in entries(self.kind):
            (sums if entry.name in _AFTER_LINES else own).append(self._field(entry, paper[entry.name]))
        lines = [self._line(place, line) for place, line in enumerate(paper[LINES])]
        return group(
            [
                heading(title_of(self.kind), 4),
                text(_("Fields with * must be filled in."), tone="soft"),
                fieldset(_("Who, when, about what"), [view.columns(own)]),
                fieldset(_("The goods"), [*lines, self._add()]),
                fieldset(_("Sums and mentions"), [view.columns(sums)]) if sums else None,
            ],
            key=f"paper-{self.kind}",
        )

    def _field(self, entry: Entry, value: str) -> Node:
        def write(words: str) -> None:
            kind, case = self.kind, self.at.case
            self.at.change(
                lambda copie: fill(copie, kind, case, entry.name, words), typing=f"paper-{kind}-{entry.name}"
            )

        label = f"{entry.label} *" if entry.required else entry.label
        return text_field(label, value, f"paper-{self.kind}-{entry.name}", write, most=MOST_LETTERS)

    def _line(self, place: int, line: dict[str, str]) -> Node:
        name = _("Line {rank}", rank=place + 1)
        cells = [self._cell(place, column, line[column.name]) for column in columns(self.kind)]
        key = f"paper-{self.kind}-drop-{place}"
        drop = button(_("Remove"), key, self._dropper(place), says=_("{line}: remove", line=name))
        return fieldset(name, [view.columns(cells), drop], key=f"paper-{self.kind}-line-{place}")

    def _cell(self, place: int, column: Entry, value: str) -> Node:
        key = f"paper-{self.kind}-{place}-{column.name}"

        def write(words: str) -> None:
            kind, case = self.kind, self.at.case
            self.at.change(lambda copie: fill_line(copie, kind, case, place, (column.name, words)), typing=key)

        label = f"{column.label} *" if column.required else column.label
        return text_field(label, value, key, write, most=MOST_LETTERS)

    def _add(self) -> Node:
        return button(_("Add a line"), "paper-add", self.add)

    def _found(self, paper: dict[str, Any]) -> Node:
        found = _checked(self.kind, _frozen(paper), self.at.case)
        if not found:
            said = _("Nothing is missing, and the figures are right: the paper can go out.")
            return notice("ok", text(said), key="paper-found")
        places = [_("The goods") if one.where == LINES else one.where for one in found]
        named = zip(places, found, strict=True)
        lines = [text(strong(at), " – ", one.message) if at else text(one.message) for at, one in named]
        return notice("warn", text(_("Still to be mended:")), items(lines), key="paper-found")

    # ------------------------------------------------------------ what is done

    def choose(self, kind: str) -> None:
        """Work on another paper."""
        self.kind = next((known for known in KINDS if known == kind), self.kind)

    def add(self) -> None:
        """Add a line. BadInput."""
        self.at.change(lambda copie: add_line(copie, self.kind, self.at.case))

    def check(self) -> None:
        """Show what is missing or wrong; it then follows every change."""
        self.checked.add(self.kind)
        self.say(_("The paper is checked."))

    def file(self) -> File:
        """The paper as it is filled in, as a Word document."""
        paper = paper_of(self.copie, self.kind, self.at.case)
        name = f"{title_of(self.kind)}-{'+'.join(self.copie.pupils)}.docx".replace(" ", "-")
        return File(name, to_docx(self.kind, paper, self.at.case), DOCX)

    def _dropper(self, place: int) -> Callable[[], object]:
        return lambda: self.at.change(lambda copie: drop_line(copie, self.kind, self.at.case, place))


_AFTER_LINES = frozenset(
    {"foot_discount", "fees", "total_ht", "total_vat", "total_ttc", "mention", "payment"}
    | {"cash_discount", "late_rate", "recovery_fee"}
)
_Frozen = tuple[tuple[tuple[str, str], ...], tuple[tuple[tuple[str, str], ...], ...]]


def _frozen(paper: dict[str, Any]) -> _Frozen:
    fields = tuple((name, value) for name, value in paper.items() if name != LINES)
    return fields, tuple(tuple(line.items()) for line in paper[LINES])


@lru_cache(maxsize=16)
def _checked(kind: PaperKind, paper: _Frozen, case: Case) -> tuple[Problem, ...]:
    fields, lines = paper
    return check_paper(kind, {**dict(fields), LINES: [dict(line) for line in lines]}, case)


def papers_html(desk: Desk) -> str:
    """The papers that are begun, field by field, for a notebook without its kernel."""
    begun = papers_of(desk.opened())
    if not begun:
        nothing = escaped(_("No paper is begun yet."))
        return f"<p>{nothing}</p>"
    parts = []
    for name in begun:
        kind = cast(PaperKind, name)
        paper = paper_of(desk.opened(), kind, desk.case)
        fields = [f"{entry.label}{colon()} {paper[entry.name]}" for entry in entries(kind) if paper[entry.name]]
        lines = [" | ".join(value for value in line.values() if value) for line in paper[LINES]]
        shown = [escaped(line) for line in (*fields, *lines) if line]
        parts.append(f"<h4>{escaped(title_of(kind))}</h4>{unordered(shown)}")
    return "".join(parts)
