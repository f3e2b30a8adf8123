"""The aligned table as nodes: phases in rows, answers in columns, the pupil's remarks under them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from promptlab.align.wording import SIGNS, change_name, heads, row_label
from promptlab.messages import _, language
from promptlab.model.comparison import Comparison, Phase
from promptlab.model.copie import Copie, Settings
from promptlab.model.parsed import ParsedAnswer
from promptlab.table.cells import certainty, changes_at, same_why
from promptlab.ui.keeping import Kept
from promptlab.ui.marks import Mark
from promptlab.ui.passages import Passages, State
from promptlab.ui.view import Child, Node, details, ear, sign, soft, strong, text, text_area

_Maker = Callable[[int, ParsedAnswer], list[Child]]


@dataclass(frozen=True, slots=True)
class Writing:
    """What the rows to write in do: `change(column, text)`."""

    remark: Callable[[int, str], object]
    discussion: Callable[[int, str], object]


@dataclass(frozen=True, slots=True)
class Aligned:
    """One layout of the table (by meaning or by rank) with its texts in a state; `kept` is what was made before."""

    comparison: Comparison
    passages: Passages
    kept: Kept
    state: State

    def rows(self, copie: Copie, writing: Writing) -> Iterator[Node]:
        """The rows in their order; with a filter, only those that have something left."""
        self.kept.begin(self.state)
        at = self.state.at if self.state.apart and self.state.editor else None
        for row in self._rows(copie, writing):
            yield row
            if at is not None and self.state.editor and _holds(row, f"{at.column}:{at.item}"):
                cell = _cell([self.state.editor()], "") | {"span": len(self.comparison.columns) + 1}
                yield {"kind": "row", "k": "row-editor", "head": False, "look": "editor", "children": [cell]}
                at = None

    def _rows(self, copie: Copie, writing: Writing) -> Iterator[Node]:
        names = heads(self.comparison)
        yield from self._around("intro", _("Introduction"), self._intro, names)
        for number, phase in enumerate(self.comparison.phases, 1):
            yield from self._phase(phase, number, names)
        yield from self._around("after", _("Key points"), self._after, names)
        yield self._written("remark", _("Remarks on the results and on the differences"), copie.remarks, writing.remark)
        discussed = _("Exchange on the highlighted items")
        yield self._written("discussion", discussed, copie.discussion, writing.discussion)
        yield from self._around("thinking", _("Reasoning shown by the model"), self._thinking, names)

    # ------------------------------------------------------------ phases

    def _phase(self, phase: Phase, number: int, names: Sequence[str]) -> Iterator[Node]:
        row = f"{self.comparison.by}-{number}"
        cells = []
        for place, name in enumerate(names):
            answer = self.comparison.columns[place].answer
            groups = {(place + 1, f"G{at}") for at, _group in enumerate(answer.groups, 1)}
            places = {(place + 1, str(rank)) for rank in phase.cells[place]} | groups
            make = partial(self._steps, phase, number, place, name)
            cells.append(self.kept.cell(f"{row}-{place + 1}", places, make))
        if self.state.only is None or any(cell["children"] for cell in cells):
            head = self.kept.cell(f"{row}-head", (), lambda: _cell(self._head(phase, number), "row"))
            yield self.kept.row(f"row-{row}", "", (head, *cells))

    def _steps(self, phase: Phase, number: int, place: int, name: str) -> Node:
        answer = self.comparison.columns[place].answer
        steps = [
            node
            for step in self.comparison.steps_at(phase, place)
            for node in self.passages.step(place + 1, answer, step, self.state)
        ]
        if self.state.only is not None:
            return _cell(steps, "", name, place + 1)
        changes = changes_at(self.comparison, number, place)
        badges = " · ".join(f"{SIGNS[change.kind]} {change_name(change.kind)}" for change in changes)
        empty = text(sign("—"), ear(_("no step")))
        return _cell([text(soft(badges)) if badges else None, *(steps or [empty])], "", name, place + 1)

    def _head(self, phase: Phase, number: int) -> list[Child]:
        why = "" if same_why(self.comparison) else phase.why
        lines = [line for line in (why, certainty(self.comparison, phase)) if line]
        more = details(_("Why?"), [text(soft(line)) for line in lines]) if lines else None
        return [text(strong(row_label(phase, number))), more]

    # ------------------------------------------------------------ the other rows

    def _around(self, row: str, label: str, make: _Maker, names: Sequence[str]) -> Iterator[Node]:
        cells = []
        for place, (name, column) in enumerate(zip(names, self.comparison.columns, strict=True), 1):
            others = {(place, each) for each in ("I", "C", "T")}
            others |= {(place, f"S{at}") for at, _section in enumerate(column.answer.sections, 1)}
            others |= {(place, f"G{at}") for at, _group in enumerate(column.answer.groups, 1)}
            cells.append(self.kept.cell(f"{row}-{place}", others, partial(self._beside, make, place, name)))
        if any(cell["children"] for cell in cells):
            head = self.kept.cell(f"{row}-head", (), lambda: _cell([text(strong(label))], "row"))
            yield self.kept.row(f"row-{row}", "", (head, *cells))

    def _beside(self, make: _Maker, place: int, name: str) -> Node:
        return _cell(make(place, self.comparison.columns[place - 1].answer), "", name, place)

    def _intro(self, place: int, answer: ParsedAnswer) -> list[Child]:
        return self.passages.intro(place, answer, self.state)

    def _after(self, place: int, answer: ParsedAnswer) -> list[Child]:
        return self.passages.after(place, answer, self.state)

    def _thinking(self, place: int, _answer: ParsedAnswer) -> list[Child]:
        return self.passages.thinking(place, self.state)

    def _written(self, name: str, label: str, texts: Sequence[str], change: Callable[[int, str], object]) -> Node:
        cells = [_cell([text(strong(label))], "row")]
        for column, head in enumerate(heads(self.comparison), 1):
            value = texts[column - 1] if column <= len(texts) else ""
            key = f"{name}-{column}"
            area = text_area(f"{label} – {head}", value, key, partial(change, column), rows=5, hide_label=True)
            cells.append(_cell([area], "", head, column))
        return self.kept.row(f"row-{name}", "write", tuple(cells))


def grid(
    comparison: Comparison,
    rows: list[Node],
    marks: dict[str, Mark],
    settings: Settings,
    do: Callable[[dict[str, Any]], object],
    *,
    spoken: str = "",
    shows: str = "",
) -> Node:
    """The whole table; `do` takes what mouse and keys do on its texts, `spoken` is the language of the answers.

    Where `shows`, the filter, or the layout is another one, the screen goes back to the top of the table.
    """
    return {
        "kind": "grid",
        "k": "grid",
        "do": do,
        "name": _("Comparison table"),
        "caption": _("Phases in rows, answers in columns"),
        "head": [_("PHASES"), *heads(comparison)],
        "lang": spoken if spoken[:2] != language() else "",
        "tags": [{"colour": mark.colour, "ink": mark.ink} for mark in marks.values()],
        "letters": {mark.letter.lower(): mark.id for mark in marks.values()},
        "rows": comparison.by,
        "shows": shows,
        "stacked": settings.stacked,
        "font": settings.font_size,
        "spacing": settings.spacing,
        "contrast": settings.contrast,
        "children": rows,
    }


def legend(marks: dict[str, Mark]) -> Node:
    """The tags: letter, colour, name and meaning."""
    tags = [
        {"colour": mark.colour, "ink": mark.ink, "letter": mark.letter, "label": mark.label, "meaning": mark.meaning}
        for mark in marks.values()
    ]
    return {"kind": "legend", "k": "legend", "tags": tags}


def _holds(node: Node, key: str) -> bool:
    return bool(node.get("k") == key) or any(_holds(child, key) for child in node.get("children", ()))


def _cell(children: list[Child], scope: str, which: str = "", column: int = 0) -> Node:
    inside = [text(child) if isinstance(child, str) else child for child in children if child is not None]
    return {"kind": "cell", "scope": scope, "which": which, "column": column, "children": inside}
