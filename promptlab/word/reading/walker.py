"""The XML of a document made lines of text: every way in which Word lets a person type one.

Verified on files that Word itself saved: runs cut up by editing and proofing marks, w:highlight, comments on ranges and
on points, merged cells (gridSpan, vMerge), nested tables. *Not verified with Word*, written from the standard (ISO
29500-1): tracked changes and moves, content controls, fields, text boxes, footnotes.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.word.reading.archive import W
from promptlab.word.reading.looks import Colour, Looks, is_grey
from promptlab.word.reading.nouns import Cell, Comment, Line, Piece, Place, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_LINES = 30_000
MOST_LETTERS = 10_000_000
MOST_CELLS_WIDE = 200
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL = f"{W}val"
_TRUE = (None, "1", "true", "on")


def children(root: "_Element | None") -> "Iterable[_Element]":
    """The children of `root`, none where there is no root."""
    return root if root is not None else ()


def text_of(element: "_Element", looks: Looks) -> str:
    """The text of a note or a comment, a line for each paragraph."""
    walker = Walker(looks, "", {})
    walker.walk(element)
    walker.finish()
    return "\n".join(line.text for line in walker.lines).strip()


class Walker:
    """Walks through the XML once and gathers lines and tables."""

    def __init__(self, looks: Looks, name: str, notes: dict[tuple[str, str], str], *, counted: bool = True) -> None:
        """`notes` are the texts of footnotes by kind and id; what fields work out is read where `counted`."""
        self._counted = counted
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.strange: list[str] = []
        self._looks, self._name, self._notes = looks, name, notes
        self._line: Line | None = None
        self._cell: Cell | None = None
        self._behind = ""  # the colour behind the paragraph
        self._pending: list[str] = []  # bookmarks that stand between paragraphs
        self._ranges: dict[str, list[Place | None]] = {}
        self._deleting = 0
        self._field_code: list[bool] = []
        self._letters = 0

    def walk(self, element: "_Element") -> None:
        """Read all that stands in `element`."""
        for child in element:
            handler = _HANDLERS.get(child.tag)
            if handler:
                handler(self, child)

    def finish(self) -> None:
        """Put bookmarks at the very end on the last line, and the halves of lines together whose mark was deleted."""
        if self._pending and self.lines:
            self.lines[-1].bookmarks += [(self.lines[-1].length, name) for name in self._pending]
        self._pending = []

    def comments(self, elements: "Iterable[_Element]") -> list[Comment]:
        """The comments of the document with what they stand on."""
        found = []
        for one in elements:
            start, end = (self._ranges.get(one.get(f"{W}id") or "") or [None, None])[:2]
            if text := text_of(one, self._looks):
                found.append(Comment(text, start or end, end or start))
        return found

    # ------------------------------------------------------------ blocks

    def paragraph(self, element: "_Element") -> None:
        """w:p"""
        if len(self.lines) >= MOST_LINES:
            raise BadInput(_("{name}: this document is too long to be one of promptlab.", name=self._name))
        outer = (self._line, self._behind, self._field_code)
        properties = _first(element, _PARAGRAPH_PROPERTIES)
        shade, style, joined = self._looks.of_paragraph(properties)
        line = self._open(style)
        behind = shade if shade is not None else (self._cell.colour if self._cell else "")
        self._behind = "" if is_grey(behind) else behind  # pages are laid out in grey: only letters are marked with it
        self._field_code = []
        self.walk(element)
        line.joined = joined
        self._line, self._behind, self._field_code = outer

    def _open(self, style: str) -> Line:
        before = self.lines[-1] if self.lines else None
        if before and before.joined and before.cell is self._cell:
            line = before  # its end was deleted with track changes: this paragraph goes on in it
            line.joined = False
        else:
            line = Line(self._cell, style)
            self.lines.append(line)
            if self._cell:
                self._cell.lines.append(line)
        line.bookmarks += [(line.length, name) for name in self._pending]
        self._pending = []
        self._line = line
        return line

    def table(self, element: "_Element") -> None:
        """w:tbl; a table inside a cell is read as lines of that cell."""
        if self._cell:
            self.walk(element)
            return
        table = Table(len(self.tables))
        for column in element.iterfind(f"{W}tblGrid/{W}gridCol"):
            table.widths.append(_number(column.get(f"{W}w"), 1) or 1)
        del table.widths[MOST_CELLS_WIDE:]
        self.tables.append(table)
        self.walk(element)

    def row(self, element: "_Element") -> None:
        """w:tr; a row of a table inside a cell only holds lines of that cell."""
        if self._cell:
            self.walk(element)
            return
        if self.tables:
            self.tables[-1].rows.append([])
        self._at = int(_number(_value(element, f"{W}trPr/{W}gridBefore"), 0))
        self.walk(element)

    def cell(self, element: "_Element") -> None:
        """w:tc"""
        if self._cell or not self.tables or not self.tables[-1].rows:
            self.walk(element)
            return
        properties = element.find(f"{W}tcPr")
        span = min(max(1, int(_number(_value(properties, f"{W}gridSpan"), 1))), MOST_CELLS_WIDE)
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        table = self.tables[-1]
        colour = self._looks.of_cell(properties) or ""
        below = merge is not None and merge.get(_VAL) != "restart"
        self._cell = Cell(table.number, len(table.rows) - 1, self._at, self._at + span, colour, below)
        table.rows[-1].append(self._cell)
        self._at += span
        self.walk(element)
        self._cell = None

    _at = 0
    _marked = False

    def control(self, element: "_Element") -> None:
        """w:sdt: a content control; its invitation to type is no text."""
        properties = element.find(f"{W}sdtPr")
        if properties is not None and properties.find(f"{W}showingPlcHdr") is not None:
            return
        self.through(element.find(f"{W}sdtContent"))

    def through(self, element: "_Element | None") -> None:
        """An element that only wraps others."""
        if element is not None:
            self.walk(element)

    def embedded(self, _element: "_Element") -> None:
        """w:altChunk: another document in this one."""
        self.strange.append(_("another document is embedded here; its text cannot be read"))

    # ------------------------------------------------------------ marks

    def bookmark(self, element: "_Element") -> None:
        """w:bookmarkStart"""
        name = element.get(f"{W}name") or ""
        if not name.startswith("pl_"):
            return
        if self._line is not None:
            self._line.bookmarks.append((self._line.length, name))
        else:
            self._pending.append(name)

    def range_start(self, element: "_Element") -> None:
        """w:commentRangeStart"""
        self._ranges.setdefault(element.get(f"{W}id") or "", [None, None])[0] = self._here(next_line=True)

    def range_end(self, element: "_Element") -> None:
        """w:commentRangeEnd"""
        self._ranges.setdefault(element.get(f"{W}id") or "", [None, None])[1] = self._here()

    def reference(self, element: "_Element") -> None:
        """w:commentReference: where the range is missing, the comment stands on this point."""
        places = self._ranges.setdefault(element.get(f"{W}id") or "", [None, None])
        if places[0] is None and places[1] is None:
            places[1] = self._here()

    def _here(self, *, next_line: bool = False) -> Place:
        if self._line is None:
            return Place(len(self.lines), 0) if next_line else Place(len(self.lines) - 1, 10**9)
        number = len(self.lines) - 1
        if self.lines[number] is not self._line:
            number = self.lines.index(self._line)
        return Place(number, self._line.length)

    # ------------------------------------------------------------ text

    def run(self, element: "_Element") -> None:
        """w:r"""
        colour: Colour = self._behind
        role, self._marked = "", False
        for child in element:
            tag = child.tag
            if tag == _TEXT:
                self._add(child.text or "", colour, role)
            elif tag == _RUN_PROPERTIES:
                shade, role, self._marked = self._looks.of_run(child)
                colour = self._behind if shade is None else shade
            elif tag in _LETTERS:
                self._add(_LETTERS[tag], colour, role)
            elif tag in _IN_RUN:
                _IN_RUN[tag](self, child)
            elif tag == _SYMBOL:
                self._add(_symbol(child), colour, role)

    def maths(self, element: "_Element") -> None:
        """m:oMath: its letters, one after the other."""
        for one in element.iter(f"{_MATHS}t"):
            self._marked = False
            self._add(one.text or "", self._behind, "")

    def _add(self, text: str, colour: Colour, role: str) -> None:
        line = self._line
        if line is None or not text or (self._field_code and self._field_code[-1]):
            return
        if self._deleting:
            line.deleted.append(text)
            return
        self._letters += len(text)
        if self._letters > MOST_LETTERS:
            raise BadInput(_("{name}: this document is too long to be one of promptlab.", name=self._name))
        line.pieces.append(_new_piece(Piece, (text, colour or "", role, self._marked)))
        line.length += len(text)

    def struck(self, element: "_Element") -> None:
        """w:delText"""
        if self._line is not None and element.text and self._deleting:
            self._line.deleted.append(element.text)

    def deletion(self, element: "_Element") -> None:
        """w:del and w:moveFrom: what a person took out with track changes."""
        self._deleting += 1
        self.walk(element)
        self._deleting -= 1

    def field(self, element: "_Element") -> None:
        """w:fldChar: between begin and separate stands the code of a field, after it what is read."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._field_code.append(True)
        elif self._field_code and kind == "separate":
            self._field_code[-1] = not self._counted
        elif self._field_code and kind == "end":
            self._field_code.pop()

    def counted(self, element: "_Element") -> None:
        """w:fldSimple: what a field works out, such as the number of a page."""
        if self._counted:
            self.walk(element)

    def note(self, element: "_Element") -> None:
        """w:footnoteReference and w:endnoteReference"""
        kind = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
        text = self._notes.get((kind, element.get(f"{W}id") or ""), "")
        if text and self._line is not None:
            self._line.notes.append(text)

    def picture(self, element: "_Element") -> None:
        """w:drawing, w:pict, w:object: the text boxes in it are lines of their own after this one."""
        boxes = list(element.iter(f"{W}txbxContent"))
        if not boxes and self._line is not None and not self._deleting:
            self._line.pictures += 1
        line, code = self._line, self._field_code
        self._line, self._field_code = None, []
        for box in boxes:
            if not any(above.tag == f"{W}txbxContent" for above in box.iterancestors()):
                self.walk(box)
        self._line, self._field_code = line, code

    def alternatives(self, element: "_Element") -> None:
        """mc:AlternateContent: the same thing in two forms; the first one is read."""
        chosen = element.find(f"{_MC}Choice")
        for child in children(chosen if chosen is not None else element.find(f"{_MC}Fallback")):
            handler = _HANDLERS.get(child.tag) or _IN_RUN.get(child.tag)
            if handler:
                handler(self, child)


def _first(element: "_Element", tag: str) -> "_Element | None":
    """The first child of `element`, where it is a `tag`: that is where properties stand."""
    first = element[0] if len(element) else None
    return first if first is not None and first.tag == tag else None


def _value(element: "_Element | None", path: str) -> str | None:
    found = element.find(path) if element is not None else None
    return None if found is None else found.get(_VAL)


def _number(text: str | None, otherwise: float) -> float:
    try:
        return min(max(float(text or otherwise), 0), 1e6)
    except ValueError:
        return otherwise


def _symbol(element: "_Element") -> str:
    """A sign of a symbol font; those fonts use the private range F000–F0FF."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 32 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else ""


_TEXT, _SYMBOL, _RUN_PROPERTIES, _PARAGRAPH_PROPERTIES = f"{W}t", f"{W}sym", f"{W}rPr", f"{W}pPr"
_LETTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_new_piece = tuple.__new__  # as Piece(…) does, without its call
_Handler = Callable[[Walker, "_Element"], None]
_HANDLERS: dict[object, _Handler] = {
    f"{W}p": Walker.paragraph,
    f"{W}r": Walker.run,
    f"{W}tbl": Walker.table,
    f"{W}tr": Walker.row,
    f"{W}tc": Walker.cell,
    f"{W}sdt": Walker.control,
    f"{W}altChunk": Walker.embedded,
    f"{W}bookmarkStart": Walker.bookmark,
    f"{W}commentRangeStart": Walker.range_start,
    f"{W}commentRangeEnd": Walker.range_end,
    f"{W}del": Walker.deletion,
    f"{W}moveFrom": Walker.deletion,
    f"{W}fldSimple": Walker.counted,
    f"{_MATHS}oMath": Walker.maths,
    f"{_MATHS}oMathPara": Walker.maths,
    f"{_MC}AlternateContent": Walker.alternatives,
    **dict.fromkeys(
        (f"{W}{name}" for name in ("body", "ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo",
                                   "ruby", "rubyBase")),
        Walker.through,
    ),
}  # fmt: skip
_IN_RUN: dict[object, _Handler] = {
    f"{W}delText": Walker.struck,
    f"{W}fldChar": Walker.field,
    f"{W}commentReference": Walker.reference,
    f"{W}footnoteReference": Walker.note,
    f"{W}endnoteReference": Walker.note,
    f"{W}drawing": Walker.picture,
    f"{W}pict": Walker.picture,
    f"{W}object": Walker.picture,
    f"{_MC}AlternateContent": Walker.alternatives,
    f"{W}ruby": Walker.through,
}
