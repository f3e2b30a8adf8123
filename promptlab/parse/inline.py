"""Inline Markdown to plain text with its emphasised stretches: the only module that knows markdown-it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

Span = tuple[int, int]

# Stands where marks were taken out from between two letters ("**S**pécifique"): it has no width, and keeps apart what
# the answer kept apart.
JOINER = "\u2060"

_MARKS = re.compile(r"[*_`~\\\[]")
_LINK = re.compile(
    r"""(?<!\\)(?P<bang>!?)\[(?P<text>[^\[\]\n]{0,500})\]
        \((?P<url>[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)(?P<title>\s+"[^"\n]{0,300}")?\)""",
    re.VERBOSE,
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_STRAY = re.compile(r"\*{2,}")
# Above this many marks in one stretch emphasis is no longer meant, and looking for pairs would cost time.
_MOST_MARKS = 4000


class Rich(NamedTuple):
    """A text without marks; `bold` and `marked` (bold or italic) are (start, end) ranges of `text`, in order."""

    text: str
    bold: tuple[Span, ...] = ()
    marked: tuple[Span, ...] = ()

    def cut(self, start: int, end: int | None = None) -> "Rich":
        """The part from `start` to `end` without outer spaces, its ranges moved along."""
        stop = len(self.text) if end is None else end
        piece = self.text[start:stop]
        start += len(piece) - len(piece.lstrip())
        stop = start + len(piece.strip())
        return Rich(self.text[start:stop], _moved(self.bold, start, stop), _moved(self.marked, start, stop))


def _moved(spans: tuple[Span, ...], start: int, stop: int) -> tuple[Span, ...]:
    return tuple((max(a, start) - start, min(b, stop) - start) for a, b in spans if max(a, start) < min(b, stop))


@cache
def _reader() -> MarkdownIt:
    # Links, images, HTML and entities stay as written: decoding them would drop or change words.
    return (
        MarkdownIt("commonmark").enable("strikethrough").disable(["link", "image", "autolink", "html_inline", "entity"])
    )


def plain(source: str) -> Rich:
    """`source` (inline Markdown, possibly of several lines) without its marks.

    `[text](url)` becomes `text (url)`; unmatched `**` are dropped; HTML and entities stay as they are.
    """
    if "<" in source:
        source = _AUTOLINK.sub(r"\1", source)
    if not _MARKS.search(source):
        return Rich(source.strip())
    if "](" in source:
        source = _LINK.sub(_link, source)
    if len(_MARKS.findall(source)) > _MOST_MARKS:
        return Rich(_STRAY.sub(JOINER, source).strip())
    tokens: list[Token] = []
    reader = _reader()
    reader.inline.parse(source, reader, {}, tokens)
    return _without_stray(*_joined(tokens)).cut(0)


def _link(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    url = f" ({found['url']}{found['title'] or ''})" if found["url"] or found["title"] else ""
    return (JOINER if before.isalpha() else "") + found["text"] + url


def _joined(tokens: list[Token]) -> tuple[Rich, tuple[Span, ...]]:
    """The text of the tokens with its emphasis, and the stretches (code) that are to be left as they are."""
    parts: list[str] = []
    at = 0
    opened: dict[str, list[int]] = {"strong": [], "em": []}
    found: dict[str, list[Span]] = {"strong": [], "em": []}
    code: list[Span] = []
    marked = False
    for token in tokens:
        name, _, turn = token.type.partition("_")
        if name in opened and turn == "open":
            opened[name].append(at)
        elif name in opened and turn == "close":
            found[name].append((opened[name].pop(), at))
        content = "\n" if name in ("softbreak", "hardbreak") else token.content
        marked = marked or token.type not in ("text", "text_special")
        if marked and content[:1].isalpha() and parts and parts[-1][-1:].isalpha():
            parts.append(JOINER)
            at += 1
        if token.type == "code_inline":
            code.append((at, at + len(content)))
        if content:
            parts.append(content)
            at += len(content)
            marked = token.type == "code_inline"
    bold = _united(found["strong"])
    return Rich("".join(parts), bold, _united([*bold, *found["em"]])), tuple(code)


def _united(spans: list[Span]) -> tuple[Span, ...]:
    """The same stretches, those that touch or overlap made one."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


def _without_stray(rich: Rich, code: tuple[Span, ...]) -> Rich:
    """`**` that Markdown did not pair (`**Objet :**Votre…`), paired in order; an odd one is dropped."""
    stray = [m.span() for m in _STRAY.finditer(rich.text) if not any(a <= m.start() < b for a, b in code)]
    if not stray:
        return rich
    # One that stood between two letters leaves the joiner in its place.
    gone = list(accumulate((b - a - _parts_letters(rich.text, (a, b)) for a, b in stray), initial=0))
    moved = _mover(stray, gone)
    pairs = [(moved(stray[i][1]), moved(stray[i + 1][0])) for i in range(0, len(stray) - 1, 2)]
    kept = "".join(_between(rich.text, stray))
    spans = [(moved(a), moved(b)) for a, b in rich.bold]
    marked = [(moved(a), moved(b)) for a, b in rich.marked]
    return Rich(kept, _united([*spans, *pairs]), _united([*marked, *pairs]))


def _mover(stray: list[Span], gone: list[int]) -> Callable[[int], int]:
    ends = [end for _, end in stray]

    def moved(at: int) -> int:
        return at - gone[bisect_right(ends, at)]

    return moved


def _parts_letters(text: str, span: Span) -> bool:
    return text[span[0] - 1 : span[0]].isalpha() and text[span[1] : span[1] + 1].isalpha()


def _between(text: str, stray: list[Span]) -> Iterator[str]:
    at = 0
    for start, end in stray:
        yield text[at:start]
        if _parts_letters(text, (start, end)):
            yield JOINER
        at = end
    yield text[at:]
