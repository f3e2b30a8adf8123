"""A step's head line to its title and what stands behind it on the line."""

import re
from typing import NamedTuple

from promptlab.parse.blocks import Block
from promptlab.parse.heads import lead_end
from promptlab.parse.inline import Rich
from promptlab.parse.items import Draft, labelled
from promptlab.parse.numbering import read_number, skip_signs
from promptlab.parse.vocabulary import is_sequence_word
from promptlab.parse.zones import StepDraft

_COLON = re.compile(r"[ \t\u00a0\u202f]{0,4}[:：](?:\s+|$)")
_BRACKET = re.compile(r"\([^()]{1,40}\)[ \t\u00a0\u202f]*[:：–—-]?")
_SEPARATOR = re.compile(r"[ \t\u00a0\u202f]*[:：–—|→.,;\-][ \t\u00a0\u202f]*")
_SENTENCE = re.compile(r"(?<=[^\W\d_][.!?…])[ \u00a0](?=\W{0,3}[A-ZÀ-ÖØ-Þ¿¡«“\"])")
_END = " \t\n:：\u00a0\u202f"
# A line of several sentences is a title and a text; its title is its first sentence, if that is short.
_LONG_LINE, _SHORT_TITLE = 90, 80
_LONGEST_NEXT = 100


class TitleParts(NamedTuple):
    """A title, the draft of the paragraph behind it on its line, and the blocks below."""

    title: str
    rest: Draft | None
    body: list[Block]


def split_head(draft: StepDraft) -> TitleParts:
    """The title of a step; where its number stands alone on a line, the next short line is the title."""
    block, body = draft.block, draft.body
    rich, body_at = _numberless(block)
    if not rich.text and body and _is_title_line(body[0]):
        block, body = body[0], body[1:]
        rich, body_at = block.rich.cut(skip_signs(block.rich.text)), 0
    title, rest = _split(rich, body_at, heading=block.kind == "heading")
    if not rest.text.strip() or not any(char.isalnum() for char in rest.text):
        return TitleParts((title + (f" {rest.text}" if rest.text.strip() else "")).strip(_END), None, body)
    made = Draft("paragraph", rest, block.first, block.last, block.indent, apart=False)
    return TitleParts(title.strip(_END), labelled(made), body)


def _numberless(block: Block) -> tuple[Rich, int]:
    """The text without its number, and where the title proper begins behind words that stay ("Phase 1 :")."""
    rich = block.rich
    number = read_number(rich)
    if block.value is not None and number and number.style != "word":
        number = None
    if number is None or not (number.parted or block.kind == "heading" or lead_end(rich, 0)):
        return rich.cut(skip_signs(rich.text)), 0
    end = max(number.end, skip_signs(rich.text))
    cut = rich.cut(end)
    if cut.text[:1] and not cut.text[0].isalnum():
        signs = skip_signs(cut.text)
        cut = cut.cut(signs)
    return cut, number.body - number.end if number.body > number.end else 0


def _is_title_line(block: Block) -> bool:
    if block.kind == "heading":
        return True
    return block.kind == "plain" and len(block.text) <= _LONGEST_NEXT and not block.text.endswith((".", ":"))


def _split(rich: Rich, at: int, *, heading: bool) -> tuple[str, Rich]:
    text = rich.text
    lead = lead_end(rich, at)
    if text[lead : lead + 1] == "," and is_sequence_word(text) and len(text[:lead].split()) < 4:
        # In "**Enfin**, signez" the emphasised word only counts.
        lead = at
    if lead > at and any(char.isalnum() for char in text[at:lead]):
        between = _SEPARATOR.match(text, lead)
        inside = text[:lead].rstrip().endswith((":", "：", "."))
        if between or inside or not heading or not text[lead:].strip():
            return text[:lead].rstrip(".") if inside else text[:lead], rich.cut(between.end() if between else lead)
    bracket = _BRACKET.match(text, at)
    colon = _COLON.search(text, bracket.end() if bracket else at)
    sentence = _SENTENCE.search(text, at)
    if colon and not (sentence and sentence.start() < colon.start()):
        return text[: colon.start()], rich.cut(colon.end())
    if sentence and len(text) > _LONG_LINE and sentence.start() <= _SHORT_TITLE:
        return text[: sentence.start()].rstrip("."), rich.cut(sentence.end())
    return text, Rich("")
