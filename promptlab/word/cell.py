"""One cell of the table: steps and their items as paragraphs."""

from dataclasses import dataclass, field

from promptlab.messages import _
from promptlab.model.parsed import Item, ParsedAnswer, Section, Step
from promptlab.word import contract
from promptlab.word.contract import Anchor
from promptlab.word.marking import PLAIN, Ink
from promptlab.word.markup import BOLD, paragraph, run, shown, styled
from promptlab.word.sheet import BULLETS, CHECKS, DEEPEST, HIGHEST_NUMBER, Sheet

INDENT = 255  # twentieths of a point for each list level; the same as in parts/numbering.xml
_LABEL_ENDS = (":", "：", "?", "!", ".", "…")


@dataclass(slots=True)
class Cell:
    """What stands under `column` (from 1) in one row; `lines` is roughly how many lines of `width` letters it takes."""

    sheet: Sheet
    column: int
    width: int
    lines: int = 0
    paragraphs: list[str] = field(default_factory=list)
    says_example: bool = True

    def content(self, nothing: str) -> str:
        """The paragraphs, or the words of `nothing`: an empty cell is silent to who hears it."""
        return "".join(self.paragraphs) or paragraph(contract.EMPTY, run(nothing))

    def add(self, style: str, anchor: Anchor, content: str, *, text: str = "", extra: str = "") -> None:
        """One paragraph with its bookmark; the reference is shown, except before the further rows of a table."""
        self.lines += 1 + len(text) // self.width + text.count("\n")
        shown_reference = ""
        if anchor.row is None:
            ink = self.sheet.ink(anchor)
            signs = styled(f"{ink.signs} ", contract.SIGN) if ink.signs else ""
            shown_reference = styled(f"{anchor.reference} ", contract.REFERENCE) + signs
            content = ink.around(content)
        self.paragraphs.append(paragraph(style, self.sheet.marked(anchor.bookmark, shown_reference + content), extra))

    def text(self, identity: str, text: str, *, name: str = "") -> None:
        """A text that is no item: the opening or the closing of an answer; `name` says which."""
        if text:
            added = styled(f"{name}{self.sheet.colon} ", contract.ADDED) if name else ""
            place = Anchor(self.column, identity)
            self.add(contract.ITEM, place, added + self.sheet.ink(place).text(text), text=shown(text))

    def group(self, answer: ParsedAnswer, rank: int) -> None:
        """The headings that gather the steps from `rank` on, where there are any."""
        for number, group in enumerate(answer.groups, 1):
            if group.first == rank:
                place = Anchor(self.column, f"G{number}")
                self.add(contract.GROUP, place, self.sheet.ink(place).text(group.title), text=group.title)

    def step(self, step: Step) -> None:
        """A step: its own rank, its title, its items."""
        place = Anchor(self.column, str(step.rank))
        ink = self.sheet.ink(place)
        added = f'<w:rStyle w:val="{contract.ADDED}"/>'
        # A step without a title has but its number to show a tag on.
        name = styled(_("Step {rank}", rank=step.rank), contract.ADDED)
        if not step.title:
            name = ink.run(_("Step {rank}", rank=step.rank), added)
        title = styled(f"{self.sheet.colon} ", contract.ADDED) + ink.text(step.title) if step.title else ""
        self.add(contract.STEP, place, name + title, text=f"00·00 Étape 00 {step.title}")
        self.items(step.items)

    def section(self, number: int, section: Section) -> None:
        """What follows the steps under a heading of its own."""
        if section.title:
            place = Anchor(self.column, f"S{number}")
            self.add(contract.STEP, place, self.sheet.ink(place).text(section.title), text=section.title)
        self.says_example = section.kind != "template" or not section.title
        self.items(section.items)
        self.says_example = True

    def items(self, items: tuple[Item, ...], level: int = 0) -> None:
        """Items that stand `level` lists deep, with all that stands under them."""
        depth = min(level, DEEPEST)
        before: int | None = None
        ordered = 0
        for item in items:
            number = _list_number(item)
            if number is not None:
                if before is None or number != before + 1:
                    ordered = self.sheet.ordered_list(depth, number)
                self._item(item, _in_list(ordered, depth))
            elif item.kind in ("bullet", "check"):
                self._item(item, _in_list(CHECKS if item.kind == "check" else BULLETS, depth))
            else:
                self._block(item, depth)
            before = number
            self.items(item.items, level + (number is not None or item.kind in ("bullet", "check")))

    def _item(self, item: Item, place: str) -> None:
        typed = f"{item.number}. " if item.number is not None and _list_number(item) is None else ""
        anchor = Anchor(self.column, item.id)
        ink = self.sheet.ink(anchor)
        content = ink.run(typed) + self._label(item, ink) + ink.text(item.text, item.bold)
        text = f"00·0.0 {item.label or ''} {shown(item.text)}"
        self.add(contract.ITEM, anchor, content, text=text, extra=place)

    def _block(self, item: Item, depth: int) -> None:
        """An item that is no line of a list: a paragraph, an example or a table."""
        if item.kind == "example":
            self._example(item, depth)
        elif item.kind == "table":
            self._table(item, depth)
        else:
            self._item(item, _indented(depth))

    def _example(self, item: Item, depth: int) -> None:
        place = Anchor(self.column, item.id)
        ink = self.sheet.ink(place)
        label = self._label(item, ink)
        if not label and self.says_example:
            label = styled(f"{self.sheet.example}{self.sheet.colon} ", contract.ADDED)
        text = f"00·0.0 {item.label or self.sheet.example} {shown(item.text)}"
        content = label + ink.text(item.text, item.bold)
        self.add(contract.EXAMPLE, place, content, text=text, extra=_indented(depth + 1))

    def _table(self, item: Item, depth: int) -> None:
        """A table as lines: tables inside a cell are hard to read, to print and to hear."""
        head = item.rows[0] if item.rows else ()
        ink = self.sheet.ink(Anchor(self.column, item.id))
        # Where the table has a text of its own, the tag is on the text.
        cells = PLAIN if item.text else ink
        names = cells.run(" | ".join(head), BOLD)
        content = (
            self._label(item, ink) + ink.text(item.text, item.bold) + (run(" ") if item.text and names else "") + names
        )
        place = _indented(depth)
        self.add(contract.TABLE_HEAD, Anchor(self.column, item.id), content, text=f"{item.text} {head}", extra=place)
        for number, row in enumerate(item.rows[1:], 1):
            lines = self._row(head, row, cells)
            self.add(contract.TABLE_ROW, Anchor(self.column, item.id, number), lines, text=" ".join(row), extra=place)
            self.lines += max(0, len(row) - 2)

    def _row(self, head: tuple[str, ...], row: tuple[str, ...], ink: Ink) -> str:
        first, values = (row[0], row[1:]) if row else ("", ())
        lead = ink.run(first, BOLD)
        if len(head) <= 2 and len(values) <= 1:
            value = "".join(values)
            return lead + (styled(f"{self.sheet.colon} ", contract.ADDED) if first and value else "") + ink.run(value)
        names = (*head[1:], *[""] * len(values))
        lines = []
        for name, value in zip(names, values, strict=False):
            if value:
                said = styled(f"{name}{self.sheet.colon} ", contract.ADDED) if name else ""
                lines.append("<w:r><w:br/></w:r>" + said + ink.run(value))
        return lead + "".join(lines)

    def _label(self, item: Item, ink: Ink) -> str:
        if not item.label:
            return ""
        ended = item.label.rstrip().endswith(_LABEL_ENDS)
        end = " " if ended else f"{self.sheet.colon} "
        return ink.run(item.label, BOLD) + styled(end, contract.ADDED)


def _list_number(item: Item) -> int | None:
    """The number that a real list can show for the item: Word counts from 0 to 32767."""
    if item.kind in ("bullet", "paragraph") and item.number is not None and 0 <= item.number <= HIGHEST_NUMBER:
        return item.number
    return None


def _in_list(number: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def _indented(depth: int) -> str:
    return f'<w:ind w:left="{INDENT * depth}"/>' if depth else ""
