"""Which blocks could be the heads of steps: numbered candidates, and headings that say whether they count."""

from collections.abc import Sequence
from typing import NamedTuple

from promptlab.parse.blocks import Block
from promptlab.parse.closing import is_asked
from promptlab.parse.inline import Rich
from promptlab.parse.numbering import Number, read_number, skip_signs
from promptlab.parse.vocabulary import Kind, is_preamble, kind_of

# Levels below the six of headings: a line in bold, a line of text, an element of a bulleted list.
BOLD, TEXT, BULLET = 7, 8, 9
DEAD: frozenset[Kind] = frozenset({"key_points", "template", "summary", "note", "conclusion"})
_SOLID = {"keycap", "circled", "word", "word-"}
_LONGEST_TITLE = 110


class Head(NamedTuple):
    """A block that could begin a step: its place in the list of blocks, rank among forms, printed value and style."""

    at: int
    level: int
    value: int
    style: str
    indent: int
    lead: bool

    @property
    def key(self) -> tuple[int, str, int]:
        """What the heads of one series have in common."""
        style = "digit" if self.level <= BOLD and self.style.startswith(("digit", "bare")) else self.style
        return self.level, style, self.indent if self.indent > 1 else 0

    @property
    def solid(self) -> bool:
        """Whether the form alone tells a head from an element of some list."""
        return self.level <= BOLD or self.style in _SOLID


class Marker(NamedTuple):
    """A line that stands over what follows it: a heading, a line all in bold, or a short line such as "Conseils :"."""

    at: int
    level: int
    title: str
    kind: Kind | None


def covers(rich: Rich, start: int, end: int) -> bool:
    """Whether the first emphasised stretch holds the characters from `start` to `end`."""
    return bool(rich.bold) and rich.bold[0][0] <= start and rich.bold[0][1] >= min(end, len(rich.text))


def all_bold(rich: Rich) -> bool:
    """Whether every letter of a text is in bold, but for signs and a colon around it."""
    if not rich.bold or "\n" in rich.text:
        return False
    start, end = rich.bold[0][0], rich.bold[-1][1]
    outside = rich.text[:start] + rich.text[end:]
    for (_, left), (right, _) in zip(rich.bold, rich.bold[1:], strict=False):
        outside += rich.text[left:right]
    return not any(char.isalnum() for char in outside)


def lead_end(rich: Rich, start: int) -> int:
    """The end of the bold stretch that begins at `start` (signs aside), or `start`."""
    for left, right in rich.bold:
        if right > start and not any(char.isalnum() for char in rich.text[start:left]):
            return right
    return start


def head_of(at: int, block: Block) -> Head | None:
    """The block as a numbered candidate, or None."""
    rich = block.rich if block.kind in ("heading", "plain", "bullet", "ordered") else None
    if rich is None:
        return None
    if block.kind == "ordered" and block.value is not None:
        return Head(at, TEXT, block.value, f"digit{block.mark}", block.indent, lead_end(rich, 0) > 0)
    number = read_number(rich)
    if number is None or not _fits(block, rich, number):
        return None
    level = {"heading": block.level, "bullet": BULLET}.get(block.kind, TEXT)
    if level == TEXT and covers(rich, skip_signs(rich.text), number.end):
        level = BOLD
    return Head(at, level, number.value, number.style, block.indent, lead_end(rich, number.end) > number.end)


def _fits(block: Block, rich: Rich, number: Number) -> bool:
    """Whether a number at the start of this block can be a step's, rather than a quantity or a part of a sentence."""
    bold = covers(rich, skip_signs(rich.text), number.end)
    if block.kind == "heading" or bold:
        return True
    if block.kind == "bullet":
        return number.style in ("word", "keycap", "circled", "digit.", "digit)") and number.parted
    if number.style in ("ordinal", "phase", "bare"):
        return number.parted or number.style == "ordinal"
    return number.parted


def bare_title(rich: Rich) -> str:
    """A heading's text without its number."""
    number = read_number(rich)
    return rich.text[number.body :].strip() if number else rich.text


def marker_of(at: int, block: Block) -> Marker | None:
    """The block as an unnumbered line that stands over what follows, or None."""
    if block.kind == "heading":
        kind = kind_of(bare_title(block.rich))
        return Marker(at, block.level, block.text, "conclusion" if is_asked(block.text) else kind)
    if block.kind != "plain" or block.indent > 3:
        return None
    rich = block.rich
    if len(rich.text) > _LONGEST_TITLE:
        return None
    if block.indent <= 1 and all_bold(rich):
        # A sentence in bold is no heading.
        if rich.text.endswith((".", "…")) or is_asked(rich.text):
            return None
        return Marker(at, BOLD, rich.text, kind_of(bare_title(rich)))
    bare = rich.text.rstrip()
    if len(bare.split()) > 6 or bare.endswith((".", "!", "?", ";", ",")):
        return None
    kind = kind_of(bare)
    return Marker(at, TEXT, bare, kind) if kind else None


class Reading(NamedTuple):
    """All that could structure an answer: numbered candidates and markers, and the candidates in a dead zone."""

    heads: list[Head]
    markers: list[Marker]
    dead: set[int]


def read_heads(blocks: Sequence[Block]) -> Reading:
    """The candidates and markers of an answer, in order."""
    heads: list[Head] = []
    markers: list[Marker] = []
    dead: set[int] = set()
    zone = _Zone()
    for at, block in enumerate(blocks):
        head = head_of(at, block)
        if head:
            heads.append(head)
            if zone.holds(head):
                dead.add(at)
        elif marker := marker_of(at, block):
            markers.append(marker)
            zone.enter(marker)
        elif block.kind == "rule" and zone.level >= BOLD:
            zone.level = 0
    return Reading(heads, markers, dead)


class _Zone:
    """What follows a heading such as "Points clés": a numbered list there is not the steps."""

    def __init__(self) -> None:
        self.level = 0
        self.next_value: int | None = None

    def enter(self, marker: Marker) -> None:
        if self.level and marker.level > self.level:
            return
        self.level = marker.level if marker.kind in DEAD or is_preamble(marker.title) else 0
        self.next_value = None

    def holds(self, head: Head) -> bool:
        if not self.level:
            return False
        if head.level <= min(self.level, BOLD):
            self.level = 0
            return False
        # Under a line of text or in bold only a list of its own is meant; "4." there goes on with the steps.
        if self.level >= BOLD and head.value not in (1, self.next_value):
            self.level = 0
            return False
        self.next_value = head.value + 1
        return True
