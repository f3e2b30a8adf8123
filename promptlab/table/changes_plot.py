"""What changes from answer to answer, for the eye: phases in rows, prompts in columns, a dot for each step."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from promptlab.align.lines import shown
from promptlab.align.wording import SIGNS, change_name, colon, heads, row_label
from promptlab.messages import _, ngettext
from promptlab.model.comparison import ChangeKind, Comparison
from promptlab.model.parsed import Item, Step, all_items
from promptlab.table.markup import text

LABEL_WIDTH, COLUMN_WIDTH, DOT_ROOM, ROW_PADDING, HEAD = 300, 170, 30, 12, 40
LEGEND_WIDTH = 190
SMALLEST, LARGEST, MOST_ITEMS = 5.0, 12.0, 14  # radius of a dot; items from which it grows no more
MOST_SIGNS = 40  # characters of a phase's label
_PAPER = "var(--paper, var(--jp-layout-color0, #fff))"
_INK, _DOT = "currentColor", "var(--accent, #1f4e8c)"
_STROKES: dict[ChangeKind, str] = {
    "kept": 'stroke-width="1.5"',
    "more_precise": 'stroke-width="4"',
    "moved": 'stroke-width="2" stroke-dasharray="7 5"',
    "split": 'stroke-width="2"',
    "merged": 'stroke-width="2"',
    "new": "",
    "dropped": "",
}


def changes_svg(comparison: Comparison) -> str:
    """The changes of `comparison` as one SVG element for a page or a notebook, with its text alternative inside.

    A dot is a step, the larger the more items it has, with its rank beside it; a line joins the steps of a phase from
    one answer to the next, and a sign on it says what changed. Colours follow the page; kinds differ without colour.
    """
    drawing = _Drawing(comparison)
    name = hashlib.sha256(repr((comparison.phases, comparison.changes)).encode("utf-8", "replace")).hexdigest()[:8]
    title, words = text(_("Changes from one answer to the next")), text(changes_in_words(comparison))
    body = "".join((drawing.heads(), drawing.rows(), drawing.lines(), drawing.dots(), drawing.legend()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t{name} d{name}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}" width="{drawing.width}" height="{drawing.height}" '
        f'font-size="14" font-family="inherit" fill="{_INK}">'
        f'<title id="t{name}">{title}</title><desc id="d{name}">{words}</desc>{body}</svg>'
    )


def changes_in_words(comparison: Comparison) -> str:
    """The same as a text: a line for each phase, with its steps in every answer and what became of them."""
    names = heads(comparison)
    lines = []
    for number, phase in enumerate(comparison.phases, 1):
        cells = (f"{name} {', '.join(map(str, cell)) or '–'}" for name, cell in zip(names, phase.cells, strict=True))
        kinds = [
            f"{change.source} → {change.target} {change_name(change.kind)}"
            for change in comparison.changes
            if change.phase == number
        ]
        lines.append("; ".join([f"{row_label(phase, number)}{colon()} {', '.join(cells)}", *kinds]) + ".")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Dot:
    """One step in the drawing."""

    x: float
    y: float
    radius: float
    step: Step


class _Drawing:
    """Where everything stands: each phase has the height of its fullest cell."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        fullest = [max((len(cell) for cell in phase.cells), default=1) for phase in comparison.phases]
        self.tops = [HEAD]
        for most in fullest:
            self.tops.append(self.tops[-1] + max(1, most) * DOT_ROOM + ROW_PADDING)
        self.width = LABEL_WIDTH + COLUMN_WIDTH * max(1, len(comparison.columns))
        self.across = max(1, self.width // LEGEND_WIDTH)
        lines = -(-(len(self._legend()) + 1) // self.across)  # the first entry takes the room of two
        self.height = self.tops[-1] + 22 * (lines + 1)
        self.places = {
            (row, column): tuple(self._dots(row, column))
            for row in range(len(comparison.phases))
            for column in range(len(comparison.columns))
        }

    def _dots(self, row: int, column: int) -> Iterator[_Dot]:
        steps = self.comparison.steps_at(self.comparison.phases[row], column)
        middle = (self.tops[row] + self.tops[row + 1]) / 2
        for place, step in enumerate(steps):
            y = middle + (place - (len(steps) - 1) / 2) * DOT_ROOM
            size = min(1.0, _count(step.items) / MOST_ITEMS) ** 0.5
            yield _Dot(self._x(column), y, round(SMALLEST + (LARGEST - SMALLEST) * size, 1), step)

    def _x(self, column: int) -> float:
        return LABEL_WIDTH + COLUMN_WIDTH * (column + 0.5)

    def heads(self) -> str:
        """The names of the answers over their columns."""
        return "".join(
            f'<text x="{self._x(column):g}" y="24" text-anchor="middle" font-weight="700">{text(name)}</text>'
            for column, name in enumerate(heads(self.comparison))
        )

    def rows(self) -> str:
        """The labels of the phases, with a thin line between them."""
        drawn = []
        for row, phase in enumerate(self.comparison.phases):
            label = " ".join(shown(row_label(phase, row + 1)).split())
            short = label if len(label) <= MOST_SIGNS else label[: MOST_SIGNS - 1].rstrip() + "…"
            middle = (self.tops[row] + self.tops[row + 1]) / 2
            drawn.append(
                f'<line x1="0" x2="{self.width}" y1="{self.tops[row]}" y2="{self.tops[row]}" stroke="{_INK}" '
                f'stroke-opacity=".2"/><text x="4" y="{middle + 5:g}">{text(short)}<title>{text(label)}</title></text>'
            )
        return "".join(drawn)

    def lines(self) -> str:
        """The lines from answer to answer, each kind in its own stroke, its sign in the middle."""
        drawn: list[str] = []
        signs: dict[tuple[int, int], list[str]] = {}
        for change in self.comparison.changes:
            row, former, latter = change.phase - 1, change.source - 1, change.target - 1
            if (row, former) not in self.places or (row, latter) not in self.places:
                continue
            signs.setdefault((row, former), []).append(SIGNS[change.kind])
            moves = change.kind != "moved" and any(
                other.kind == "moved" and (other.phase, other.source) == (change.phase, change.source)
                for other in self.comparison.changes
            )
            if _STROKES[change.kind] and not moves:
                drawn += self._joined(change.kind, self.places[row, former], self.places[row, latter])
        for (row, former), told in signs.items():
            x = LABEL_WIDTH + COLUMN_WIDTH * (former + 1)
            y = (self.tops[row] + self.tops[row + 1]) / 2 + 6
            drawn.append(
                f'<text x="{x}" y="{y:g}" text-anchor="middle" font-size="17" font-weight="700" paint-order="stroke" '
                f'stroke="{_PAPER}" stroke-width="7">{" ".join(told)}</text>'
            )
        return "".join(drawn)

    def _joined(self, kind: ChangeKind, former: tuple[_Dot, ...], latter: tuple[_Dot, ...]) -> Iterator[str]:
        for one in former:
            for other in latter:
                yield (
                    f'<line x1="{one.x + one.radius + 22:g}" y1="{one.y:g}" x2="{other.x - other.radius - 4:g}" '
                    f'y2="{other.y:g}" stroke="{_INK}" stroke-opacity=".65" {_STROKES[kind]}/>'
                )

    def dots(self) -> str:
        """A dot for each step, with its rank."""
        drawn = []
        for dots in self.places.values():
            for dot in dots:
                items = ngettext("{count} item", "{count} items", _count(dot.step.items))
                tip = f"{dot.step.rank}. {shown(dot.step.title)} ({items})"
                drawn.append(
                    f'<g><title>{text(tip)}</title><circle cx="{dot.x:g}" cy="{dot.y:g}" r="{dot.radius:g}" '
                    f'fill="{_DOT}"/><text x="{dot.x + dot.radius + 3:g}" y="{dot.y + 4:g}" font-size="12">'
                    f"{dot.step.rank}</text></g>"
                )
        return "".join(drawn)

    def _legend(self) -> list[str]:
        kinds = list(dict.fromkeys(change.kind for change in self.comparison.changes))
        named = [f"{SIGNS[kind]} {change_name(kind)}" for kind in SIGNS if kind in kinds]
        return [_("dot: a step; larger: more items"), *named]

    def legend(self) -> str:
        """What the signs mean."""
        entries = self._legend()
        placed = [0, *range(2, len(entries) + 1)]
        return "".join(
            f'<text x="{4 + at % self.across * LEGEND_WIDTH}" y="{self.tops[-1] + 24 + at // self.across * 22}" '
            f'font-size="13">{text(entry)}</text>'
            for at, entry in zip(placed, entries, strict=True)
        )


def _count(items: tuple[Item, ...]) -> int:
    return sum(1 + max(0, len(item.rows) - 1) for item in all_items(items))
