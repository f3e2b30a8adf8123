"""The first hop: the text of an answer to a flat list of blocks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from promptlab.parse.blocks import Block, BlockKind
from promptlab.parse.inline import plain
from promptlab.parse.marks import (
    Mark,
    emoji_bullet,
    has_pipe,
    is_delimiter,
    read_mark,
    split_row,
    width,
)

_LEAD = re.compile(r"[ \t\u00a0\u2002\u2003\u3000\u200b\ufeff]*")
_QUOTES = re.compile(r"(?:>[ \t]?)+")
_HASHES = re.compile(r"^#{1,6}[ \t]+")
# Copied from an editor that escapes what it does not mean to format: `\- Rayon`, `**1\. Titre**`.
_ESCAPED = re.compile(r"^(\W{0,4}\d{1,2})\\(?=[.)])|^\\(?=[-+*][ \t]|#{1,6}[ \t])")
_MARKDOWN = {"markdown", "md", "mdx"}
_TERMINAL = tuple('.!?…:;»”"')
# A wrapped line is at least this long; shorter ones were ended on purpose.
_WRAPPED = 50
# Joining goes on up to here, so that its cost stays in proportion.
_LONGEST = 20_000


@dataclass
class _Line:
    number: int
    raw: str
    indent: int
    text: str
    mark: Mark

    @property
    def blank(self) -> bool:
        return not self.text


@dataclass
class Scanner:
    """Reads lines to blocks; `broken` collects (line, what) of fences and tables that are not whole."""

    lines: list[_Line]
    blocks: list[Block] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)
    apart: bool = True
    _no_close: dict[str, int] = field(default_factory=dict)

    def read(self) -> list[Block]:
        """All blocks, in order."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if line.blank:
                self.apart, at = True, at + 1
                continue
            at = self._block(at, line)
            self.apart = False
        return self.blocks

    def _block(self, at: int, line: _Line) -> int:
        """Read the block that begins at line `at`; returns the line behind it."""
        if line.mark.kind == "fence":
            return self._fence(at)
        if line.mark.kind == "quote":
            return self._quote(at)
        if rows_end := self._table_end(at):
            return self._table(at, rows_end)
        if line.mark.kind == "rule":
            return self._rule(at)
        if line.mark.kind == "plain" and self._continues(line):
            block = self.blocks[-1]
            block.source += " " + line.text
            block.last = line.number
        else:
            self._add(line)
        return at + 1

    def _add(self, line: _Line) -> None:
        mark = line.mark
        if mark.kind == "plain":
            mark = self._sign(line) or mark
        kind: BlockKind = mark.kind  # type: ignore[assignment]
        self._put(
            Block(
                kind,
                mark.text.strip(),
                line.number,
                line.number,
                line.indent,
                level=mark.value or 0 if kind == "heading" else 0,
                mark=mark.sign,
                value=mark.value if kind == "ordered" else None,
            )
        )

    def _put(self, block: Block) -> None:
        block.apart = self.apart
        self.blocks.append(block)

    def _sign(self, line: _Line) -> Mark | None:
        """A sign at the start of the line, taken as a bullet where a line next to it begins with one too."""
        found = emoji_bullet(line.text)
        if not found:
            return None
        near = (line.number - 2, line.number)
        return found if any(self._has_sign(at, line) for at in near) else None

    def _has_sign(self, at: int, line: _Line) -> bool:
        if not 0 <= at < len(self.lines):
            return False
        other = self.lines[at]
        return other.mark.kind == "plain" and other.indent == line.indent and bool(emoji_bullet(other.text))

    def _rule(self, at: int) -> int:
        line = self.lines[at]
        last = self.blocks[-1] if self.blocks and not self.apart else None
        above = self.blocks[-2] if len(self.blocks) > 1 else None
        framed = above and last and above.kind == "rule" and above.last == last.first - 1
        if last and not framed and line.text[0] in "-=" and _may_be_title(last):
            if last.value is not None:
                last.source = f"{last.value}{last.mark} {last.source}"
            last.kind, last.level, last.value, last.last = "heading", 1 if line.text[0] == "=" else 2, None, line.number
        else:
            self._put(Block("rule", "", line.number, line.number, line.indent))
        return at + 1

    def _continues(self, line: _Line) -> bool:
        """Whether a line without marker goes on with the sentence of the block before it."""
        if self.apart or not self.blocks:
            return False
        block = self.blocks[-1]
        if block.kind not in ("plain", "bullet", "check", "ordered") or emoji_bullet(line.text):
            return False
        if len(block.source) > _LONGEST:
            return False
        before = self.lines[line.number - 2].raw
        if before.endswith(("  ", "\\")) or before.rstrip().endswith(":"):
            return False
        if block.source.endswith(","):
            return line.text[0].islower() or len(before) >= _WRAPPED
        return line.text[0].islower() and len(before.strip()) >= _WRAPPED and not block.source.endswith(";")

    def _quote(self, at: int) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].mark.kind == "quote":
            end += 1
        bare = [_QUOTES.sub("", line.text, count=1).strip() for line in self.lines[at:end]]
        source = "\n".join(_HASHES.sub("", text) for text in bare if text)
        if source:
            first = self.lines[at]
            self._put(Block("quote", source, first.number, self.lines[end - 1].number, first.indent))
        return end

    def _fence(self, at: int) -> int:
        line = self.lines[at]
        close = self._fence_end(at)
        if close is None:
            self.broken.append((line.number, "fence"))
            if line.mark.text:
                self._put(Block("plain", line.mark.text, line.number, line.number, line.indent))
            return at + 1
        inside = self.lines[at + 1 : close]
        common = min((line.indent for line in inside if not line.blank), default=0)
        content = "\n".join(line.raw[min(common, line.indent) :] for line in inside).strip("\n")
        if content.strip() or line.mark.text:
            self._put(Block("fence", content, line.number, close + 1, line.indent, mark=line.mark.text))
        return close + 1

    def _fence_end(self, at: int) -> int | None:
        sign = self.lines[at].mark.sign
        if self._no_close.get(sign[0], len(sign) + 1) <= len(sign):
            return None
        for end in range(at + 1, len(self.lines)):
            mark = self.lines[end].mark
            if mark.kind == "fence" and not mark.text and mark.sign.startswith(sign):
                return end
        self._no_close[sign[0]] = len(sign)
        return None

    def _table_end(self, at: int) -> int:
        """The line behind the table that begins at `at`, or 0."""
        text = self.lines[at].text
        if "|" in text and has_pipe(text):
            second = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
            ruled = is_delimiter(second) or is_delimiter(text)
            if not ruled and not (text[0] == "|" and text[-1] == "|"):
                return 0
            end = self._run(at, has_pipe)
            return end if ruled or end - at > 1 else 0
        if "\t" in text and self.lines[at].mark.kind == "plain":
            cells = text.count("\t")
            end = self._run(at, lambda line: line.count("\t") == cells and read_mark(line).kind == "plain")
            return end if end - at > 1 else 0
        return 0

    def _run(self, at: int, fits: Callable[[str], bool]) -> int:
        end = at
        while end < len(self.lines) and not self.lines[end].blank and fits(self.lines[end].text):
            end += 1
        return end

    def _table(self, at: int, end: int) -> int:
        inside = self.lines[at:end]
        piped = "|" in inside[0].text
        rows = [
            [plain(cell).text for cell in (split_row(line.text) if piped else line.text.split("\t"))]
            for line in inside
            if not is_delimiter(line.text)
        ]
        if piped and not any(is_delimiter(line.text) for line in inside):
            self.broken.append((inside[0].number, "delimiter"))
        elif len({len(row) for row in rows}) > 1:
            self.broken.append((inside[0].number, "ragged"))
        if rows:
            block = Block("table", "", inside[0].number, inside[-1].number, inside[0].indent)
            block.rows = tuple(tuple(row) for row in rows)
            self._put(block)
        return end


def _may_be_title(block: Block) -> bool:
    short = len(block.source) < 100 and block.first == block.last
    return short and block.kind in ("plain", "ordered") and not block.source.endswith(_TERMINAL)


def to_lines(text: str) -> list[_Line]:
    """The lines of an answer; a quote around the whole answer and an indent common to all lines are taken off."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [line for line in raw if line.strip()]
    if filled and all(line.lstrip().startswith(">") for line in filled):
        raw = [re.sub(r"^\s*>[ \t]?", "", line) for line in raw]
    raw = _unwrapped(raw)
    lines = [_line(number, line) for number, line in enumerate(raw, 1)]
    common = min((line.indent for line in lines if not line.blank), default=0)
    for line in lines:
        line.indent -= common
    return lines


def _line(number: int, raw: str) -> _Line:
    found = _LEAD.match(raw)
    space = found.group() if found else ""
    text = raw[len(space) :].rstrip()
    if "\\" in text[:8]:
        text = _ESCAPED.sub(r"\1", text)
    return _Line(number, raw, width(space.replace("\u200b", "").replace("\ufeff", "")), text, read_mark(text))


def _unwrapped(raw: list[str]) -> list[str]:
    """The lines without a fence that holds the whole answer, or one that says that it holds Markdown."""
    fences = [at for at, line in enumerate(raw) if line.lstrip().startswith(("```", "~~~"))]
    if len(fences) < 2:
        return raw
    opened, closed = fences[0], fences[-1]
    if raw[closed].strip().strip("`~"):
        return raw
    info = raw[opened].strip().lstrip("`~").strip()
    filled = sum(1 for line in raw if line.strip())
    inside = sum(1 for line in raw[opened:closed] if line.strip())
    alone = len(fences) == 2
    if (info.lower() in _MARKDOWN and inside > filled / 2) or (alone and inside > filled * 0.8 and inside > 8):
        raw = list(raw)
        raw[opened], raw[closed] = info, ""
    return raw
