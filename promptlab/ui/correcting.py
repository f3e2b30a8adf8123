"""The rows of a table and the form that corrects one of them; whoever shows it says where a correction is kept."""

from collections.abc import Callable, Sequence
from functools import partial

from promptlab.align import corrections
from promptlab.align.correction_words import in_words
from promptlab.align.wording import heads, row_label
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.alignment import Correction
from promptlab.model.comparison import Comparison
from promptlab.review.texts import cleaned
from promptlab.ui.panel import Panel
from promptlab.ui.view import (
    Child,
    Node,
    bar,
    button,
    checkbox,
    choice,
    columns,
    ear,
    fieldset,
    group,
    row,
    sign,
    table,
    text,
    text_field,
    wide,
)

LONGEST_NAME = 120  # letters
Place = tuple[int, int]  # a step: its column and its rank there, both from 1


class RowsForm:
    """What is chosen in the form, and what its buttons do.

    A row is known by a step of it, so that it stays chosen when rows come, go or change their places. `now` gives the
    table as it is, `keep` keeps a correction (BadInput, CannotWrite), `panel` shows it all. The keys of the nodes begin
    with `key`.
    """

    def __init__(
        self, now: Callable[[], Comparison], keep: Callable[[Correction], object], panel: Panel, *, key: str = ""
    ) -> None:
        self._now, self._keep, self._say, self._focus, self._key = now, keep, panel.say, panel.focus, key
        self.reset()

    def reset(self) -> None:
        """Choose nothing."""
        self._row: Place | None = None
        self._other: Place | None = None
        self._ticked: frozenset[Place] = frozenset()
        self._name = ""

    # ------------------------------------------------------------ what is shown

    def node(self, found: Comparison, back: Sequence[Node], *, why: bool = False) -> Node:
        """The rows of `found` with the titles of their steps and, if asked for, why they stand there.

        Under the row that is chosen stands what can be done with it, with its steps, and `back`, the buttons that take
        corrections back; under the table where none is.
        """
        chosen, caption = self._number(found, self._row), _("The aligned table")
        back = [self._staying(node) for node in back]
        names = [_("Phase"), *heads(found), *([_("Why on one row")] if why else [])]
        lines = []
        for number, phase in enumerate(found.phases, 1):
            cells = [self._cell(found, place, ranks) for place, ranks in enumerate(phase.cells)]
            head = self._head(row_label(phase, number), number, chosen=number == chosen)
            lines.append(row([head, *cells, *([phase.why] if why else [])], key=f"{self._key}row-{number}"))
            if number == chosen:
                lines.append(self._form(found, number, back, len(names)))
        return group([wide(table(caption, names, lines), caption), bar(back) if chosen is None else None])

    def _cell(self, found: Comparison, place: int, ranks: Sequence[int]) -> Child:
        steps = found.columns[place].answer.steps
        titles = "\n".join(f"{rank}. {steps[rank - 1].title}" for rank in ranks)
        return titles or text(sign("—"), ear(_("no step")))

    def _head(self, label: str, number: int, *, chosen: bool) -> list[Node]:
        press, says = partial(self._choose, number), _("Correct the row {label}", label=label)
        key = f"{self._key}choose-{number}"
        return [text(label), button(_("Correct the row"), key, press, pressed=chosen, says=says)]

    def _form(self, found: Comparison, number: int, back: Sequence[Node], span: int) -> Node:
        left = group([self._steps(found, number), self._naming()])
        form = group([columns([left, group([self._whole(found, number), bar(back)])])], look="editor")
        cell: Node = {"kind": "cell", "scope": "", "span": span, "children": [form]}
        return {"kind": "row", "k": f"{self._key}form", "head": False, "look": "editor", "children": [cell]}

    def _whole(self, found: Comparison, number: int) -> Node:
        other, options = self._number(found, self._other), self._options(found, number)
        with_other = [
            self._button(_("Move the ticked steps to the other row"), "move", self.move),
            self._button(_("Merge row and other row"), "merge", self.merge),
            self._button(_("Put the row at the other’s place"), "reorder", self.reorder),
        ]
        order = [self._button(_("Row up"), "up", self.up), self._button(_("Row down"), "down", self.down)]
        chosen = choice(_("Other row"), str(other or ""), options, f"{self._key}other", self._choose_other)
        return group([chosen, bar(with_other), bar(order)])

    def _steps(self, found: Comparison, number: int) -> Node:
        names, ticked = heads(found), self._ticked_of(found, number)
        boxes = [
            checkbox(
                f"{names[column - 1]} – {rank}. {found.columns[column - 1].answer.steps[rank - 1].title}",
                (column, rank) in ticked,
                f"{self._key}step-{column}-{rank}",
                partial(self._tick, (column, rank)),
            )
            for column, rank in _places(found, number)
        ]
        apart = self._button(_("Give the ticked steps a row of their own"), "split", self.split)
        return fieldset(_("Steps of this row"), [*boxes, bar([apart])])

    def _naming(self) -> Node:
        return group(
            [
                text_field(
                    _("New name of the row"),
                    self._name,
                    f"{self._key}label",
                    self._write_name,
                    most=LONGEST_NAME,
                    enter=f"{self._key}rename",
                ),
                bar([self._button(_("Rename the row"), "rename", self.rename)]),
            ]
        )

    def _button(self, label: str, name: str, do: Callable[[], object]) -> Node:
        return self._staying(button(label, f"{self._key}{name}", do))

    def _staying(self, node: Node) -> Node:
        """A button that keeps the focus though the form moves with its row."""

        def press() -> None:
            node["do"]()
            self._focus(node["k"])

        return node | {"do": press}

    def _options(self, found: Comparison, without: int) -> list[tuple[str, str]]:
        phases = enumerate(found.phases, 1)
        return [
            ("", _("(choose)")),
            *((str(number), row_label(phase, number)) for number, phase in phases if number != without),
        ]

    # ------------------------------------------------------------ what is chosen

    def _choose(self, number: int) -> None:
        """Open the form of that row; close it where it is open."""
        found = self._now()
        opens = number != self._number(found, self._row)
        self.reset()
        self._row = _places(found, number)[0] if opens else None
        self._focus(f"{self._key}choose-{number}")

    def _choose_other(self, value: str) -> None:
        self._other = self._place(value)

    def _write_name(self, value: str) -> None:
        self._name = value

    def _tick(self, place: Place, ticked: bool) -> None:
        self._ticked = self._ticked | {place} if ticked else self._ticked - {place}

    def _place(self, value: str) -> Place | None:
        """A step of the row with that number, by which the row is known."""
        found = self._now()
        number = int(value) if value.isdecimal() else 0
        return _places(found, number)[0] if 1 <= number <= len(found.phases) else None

    def _number(self, found: Comparison, place: Place | None) -> int | None:
        numbers = range(1, len(found.phases) + 1)
        return next((number for number in numbers if place in _places(found, number)), None)

    def _ticked_of(self, found: Comparison, number: int) -> tuple[Place, ...]:
        return tuple(place for place in _places(found, number) if place in self._ticked)

    def _chosen(self, found: Comparison) -> int:
        number = self._number(found, self._row)
        if number is None:
            raise BadInput(_("Choose the rows first."))
        return number

    def _other_chosen(self, found: Comparison) -> int:
        number = self._number(found, self._other)
        if number is None or number == self._number(found, self._row):
            raise BadInput(_("Choose the other row first."))
        return number

    def _steps_chosen(self, found: Comparison) -> tuple[Place, ...]:
        steps = self._ticked_of(found, self._chosen(found))
        if not steps:
            raise BadInput(_("Tick a step first."))
        return steps

    # ------------------------------------------------------------ corrections

    def merge(self) -> None:
        """Make one row of the two that are chosen. BadInput."""
        found = self._now()
        self._correct(corrections.merge_phases(found, self._chosen(found), self._other_chosen(found)))
        self._other = None

    def split(self) -> None:
        """Put the ticked steps into a row of their own. BadInput."""
        found = self._now()
        steps = self._steps_chosen(found)
        self._correct(corrections.split_phase(found, self._chosen(found), steps))
        self._stay(found, steps)

    def move(self) -> None:
        """Put the ticked steps into the other row. BadInput."""
        found = self._now()
        steps = self._steps_chosen(found)
        self._correct(corrections.move_steps(found, steps, self._other_chosen(found)))
        self._stay(found, steps)

    def rename(self) -> None:
        """Give the row that is chosen another name. BadInput."""
        found = self._now()
        name = cleaned(self._name, where=_("New name of the row"), most=LONGEST_NAME)
        self._correct(corrections.rename_phase(found, self._chosen(found), name))
        self._name = ""

    def reorder(self) -> None:
        """Put the row that is chosen at the place of the other one. BadInput."""
        found = self._now()
        self._correct(corrections.reorder_phase(found, self._chosen(found), self._other_chosen(found)))

    def up(self) -> None:
        """Put the row that is chosen one place up. BadInput at the top of the table."""
        self._shift(-1)

    def down(self) -> None:
        """Put the row that is chosen one place down. BadInput at the bottom of the table."""
        self._shift(1)

    def _shift(self, way: int) -> None:
        found = self._now()
        number = self._chosen(found)
        if not 1 <= number + way <= len(found.phases):
            raise BadInput(_("This row is the first already.") if way < 0 else _("This row is the last already."))
        self._correct(corrections.reorder_phase(found, number, number + way))

    def _correct(self, correction: Correction) -> None:
        self._keep(correction)
        self._say(in_words(correction))

    def _stay(self, before: Comparison, gone: tuple[Place, ...]) -> None:
        """Keep the row chosen, by a step that is left in it; go with the steps where none is."""
        left = [place for place in _places(before, self._chosen(before)) if place not in gone]
        self._row, self._ticked = (left or list(gone))[0], frozenset()


def _places(found: Comparison, number: int) -> list[Place]:
    """The steps of row `number`."""
    cells = found.phases[number - 1].cells
    return [(column, rank) for column, cell in enumerate(cells, 1) for rank in cell]
