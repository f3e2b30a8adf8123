"""The names that the writer and the reader of a comparison document share.

A document says where each of its texts comes from in three ways, from the surest to the weakest:

1. a bookmark at the start of the paragraph: `pl_<column>_<id with _ for .>`, column counted from 1 (`pl_2_3_1` is item
   3.1 of column 2, `pl_2_3` the title of its step 3); the rows of a table item add `_r<row>`. Trust the start of a
   bookmark only: LibreOffice moves ends, and doubles a name when a paragraph is split;
2. a small grey reference before the text: `2·3.1`;
3. the text itself.

Custom properties say which comparison it is. Desktop Word cuts a property at 255 UTF-16 units, so `promptlab` holds a
short JSON object (`format`, `id`, `by`, `pieces`, `copie`), and the longer object (`case`, `title`, `columns`,
`phases`, `answers`: prompt, fingerprint and steps of each, `outside`: digests of the paragraphs that stand outside the
table) stands cut into `promptlab_1` … `promptlab_<pieces>`. The copie that the document shows, without what could be
undone, is the file of a copie, deflated and in base 64, cut into `promptlab_copie_1` … `promptlab_copie_<copie>`.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
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
SIGN = "PlSign"  # signs of tags and codes of reasons, beside the reference

COPIE_PROPERTY = "promptlab_copie"
MOST_COPIE_BYTES = 20_000_000  # of a copie unpacked
STATEMENT_WORK = "statement"  # the work of a copie that holds the answers, by question
STATEMENTS = ("kept", "corrected", "documents", "pupil")  # the questions of the statement, in their order

_BOOKMARK = re.compile(r"pl_(\d{1,3})_(remark|discussion|[ICT]|[SG]?\d+(?:_\d+)*)(?:_r(\d{1,6}))?")
_ROW = re.compile(r"pl_(?:phase_(\d{1,6})|row_(intro|key_points|remark|discussion))_t\d+")
_STATEMENT = re.compile(r"pl_statement_(kept|corrected|documents|pupil)")
REFERENCE_TEXT = re.compile(r"(\d{1,3})·([ICT]|[SG]?\d+(?:\.\d+)*)")


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


@lru_cache(maxsize=16_384)  # the documents of a class have the same bookmarks
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


def row_of(bookmark: str) -> str | None:
    """What the bookmark of a PHASES cell says of its row: the number of a phase, or the name of another row."""
    found = _ROW.fullmatch(bookmark)
    return (found[1] or found[2]) if found else None


def statement_bookmark(question: str) -> str:
    """The bookmark of the cell in which pupils answer one of STATEMENTS."""
    return f"pl_statement_{question}"


def statement_of(bookmark: str) -> str | None:
    """Which of STATEMENTS is answered at that bookmark."""
    found = _STATEMENT.fullmatch(bookmark)
    return found[1] if found else None


def digest(text: str) -> str:
    """Six hexadecimal digits that know a paragraph again, whatever its spaces; page numbers are no part of it."""
    return f"{zlib.crc32(''.join(text.split()).casefold().encode('utf-8', 'replace')) & 0xFFFFFF:06x}"


def digests(texts: Iterable[str]) -> str:
    """The digests of `texts`, one after the other, each once."""
    return "".join(dict.fromkeys(digest(text) for text in texts))


def known_digests(text: object) -> frozenset[str]:
    """The digests that `digests` wrote; none where there are none."""
    return frozenset(text[at : at + 6] for at in range(0, len(text), 6)) if isinstance(text, str) else frozenset()


def copie_properties(content: bytes) -> list[tuple[str, str]]:
    """The custom properties (name, value) that hold the file of a copie."""
    text = base64.b64encode(zlib.compress(content, 9)).decode("ascii")
    pieces = [text[at : at + PROPERTY_LIMIT] for at in range(0, len(text), PROPERTY_LIMIT)]
    return [(f"{COPIE_PROPERTY}_{rank}", piece) for rank, piece in enumerate(pieces, 1)]


def copie_from_properties(found: Mapping[str, str], pieces: int) -> bytes | None:
    """The file of a copie out of a document's custom properties; None where it is damaged or too large."""
    try:
        packed = base64.b64decode("".join(found[f"{COPIE_PROPERTY}_{rank}"] for rank in range(1, pieces + 1)))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, MOST_COPIE_BYTES)
        return content if unpacking.eof else None
    except (KeyError, ValueError, binascii.Error, zlib.error):
        return None


def properties(short: dict[str, Any], long: dict[str, Any]) -> list[tuple[str, str]]:
    """The custom properties (name, value) that hold both objects, each value within what Word keeps."""
    text = json.dumps(long, ensure_ascii=True, separators=(",", ":"))
    pieces = [text[at : at + PROPERTY_LIMIT] for at in range(0, len(text), PROPERTY_LIMIT)]
    head = json.dumps(short | {"pieces": len(pieces)}, ensure_ascii=True, separators=(",", ":"))
    return [(PROPERTY, head), *((f"{PROPERTY}_{rank}", piece) for rank, piece in enumerate(pieces, 1))]


def from_properties(found: Mapping[str, str]) -> dict[str, Any] | None:
    """Both objects as one, out of a document's custom properties; None where they are missing or damaged."""
    try:
        head = json.loads(found[PROPERTY])
        text = "".join(found[f"{PROPERTY}_{rank}"] for rank in range(1, int(head["pieces"]) + 1))
        return {**head, **json.loads(text)}
    except (KeyError, TypeError, ValueError):
        return None
