"""The names that the writer and the reader of a comparison document share.

A document says where each of its texts comes from in three ways, from the surest to the weakest:

1. a bookmark at the start of the paragraph: `pl_<column>_<id with _ for .>`, column counted from 1 (`pl_2_3_1` is item
   3.1 of column 2, `pl_2_3` the title of its step 3); the rows of a table item add `_r<row>`. Trust the start of a
   bookmark only: LibreOffice moves ends, and doubles a name when a paragraph is split;
2. a small grey reference before the text: `2·3.1`;
3. the text itself.

Custom properties say which comparison it is. Desktop Word cuts a property at 255 UTF-16 units, so `promptlab` holds a
short JSON object (`format`, `id`, `by`, `pieces`), and the longer object (`case`, `title`, `columns`, `phases`) stands
cut into `promptlab_1` … `promptlab_<pieces>`.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

FORMAT = 1
PROPERTY = "promptlab"
PROPERTY_LIMIT = 250

# Ids of what is not an item: the opening text, the closing text, what stood in <think>, and the pupils' own cells.
INTRO = "I"
CONCLUSION = "C"
THINKING = "T"
REMARK = "remark"
DISCUSSION = "discussion"

# Paragraph styles of the table (ids, and names without accents: LibreOffice drops accents from ids).
PHASE = "PlPhase"
HEAD = "PlHead"
GROUP = "PlGroup"
STEP = "PlStep"
ITEM = "PlItem"
EXAMPLE = "PlExample"
TABLE_HEAD = "PlTableHead"
TABLE_ROW = "PlTableRow"
EMPTY = "PlEmpty"
WRITE = "PlWrite"
# Character styles.
REFERENCE = "PlRef"
ADDED = "PlAdded"  # a word that the view adds and the answer does not hold: "Exemple", "Étape 4"

_BOOKMARK = re.compile(r"pl_(\d+)_(remark|discussion|[ICT]|[SG]?\d+(?:_\d+)*)(?:_r(\d+))?")
REFERENCE_TEXT = re.compile(r"(\d+)·([ICT]|[SG]?\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a paragraph comes from: a column from 1, an id ("3.1", "S1", "I"), a row of a table item from 1."""

    column: int
    id: str
    row: int | None = None

    @property
    def bookmark(self) -> str:
        """The name of the bookmark that stands at the paragraph."""
        name = f"pl_{self.column}_{self.id.replace('.', '_')}"
        return name if self.row is None else f"{name}_r{self.row}"

    @property
    def reference(self) -> str:
        """The small reference that a person sees before the text."""
        return f"{self.column}·{self.id}"


def anchor(bookmark: str) -> Anchor | None:
    """The anchor that a bookmark names, or None where the bookmark is not one of an answer."""
    found = _BOOKMARK.fullmatch(bookmark)
    if not found:
        return None
    column, identity, row = found.groups()
    return Anchor(int(column), identity.replace("_", "."), int(row) if row else None)


def phase_bookmark(number: int, table: int) -> str:
    """The bookmark of the PHASES cell of phase `number` (from 1) in the document's `table`-th table (from 1)."""
    return f"pl_phase_{number}_t{table}"


def row_bookmark(row: str, table: int) -> str:
    """The bookmark of the PHASES cell of a row that is no phase: `intro`, `key_points`, `remark` or `discussion`."""
    return f"pl_row_{row}_t{table}"


def properties(short: dict[str, Any], long: dict[str, Any]) -> list[tuple[str, str]]:
    """The custom properties (name, value) that hold both objects, each value within what Word keeps."""
    text = json.dumps(long, ensure_ascii=True, separators=(",", ":"))
    pieces = [text[at : at + PROPERTY_LIMIT] for at in range(0, len(text), PROPERTY_LIMIT)]
    head = json.dumps(short | {"pieces": len(pieces)}, ensure_ascii=True, separators=(",", ":"))
    return [(PROPERTY, head), *((f"{PROPERTY}_{rank}", piece) for rank, piece in enumerate(pieces, 1))]


def from_properties(found: dict[str, str]) -> dict[str, Any] | None:
    """Both objects as one, out of a document's custom properties; None where they are missing or damaged."""
    try:
        head = json.loads(found[PROPERTY])
        text = "".join(found[f"{PROPERTY}_{rank}"] for rank in range(1, int(head["pieces"]) + 1))
        return {**head, **json.loads(text)}
    except (KeyError, TypeError, ValueError):
        return None
