"""Where, at the end of a step or section, the conclusion begins."""

from collections.abc import Sequence

from promptlab.parse.blocks import Block
from promptlab.parse.closing import is_closing, is_farewell, is_last_word, is_of_step, is_offer, is_summing
from promptlab.parse.habits import Habits, announces
from promptlab.parse.items import Draft, labelled
from promptlab.parse.zones import Outline, SectionDraft


def close(section: SectionDraft, found: Outline, *, final: bool) -> None:
    """Move the closing sentences at the end of a section to the conclusion."""
    body = section.body
    if section.kind == "template" and not any(block.kind in ("quote", "fence") for block in body):
        start = _offer_after_letter(body)
    else:
        alone = Habits(
            first_paragraph=not section.lead, later_paragraph=section.kind in ("note", "template") and not _listed(body)
        )
        start = closing_part(body, alone, final=final, many=True)
    if start == 0 and body and not section.lead and not is_offer(body[0].text):
        # A section keeps its first paragraph, whatever it says.
        start = 1 + closing_part(body[1:], Habits(first_paragraph=True, later_paragraph=True), final=final, many=True)
    found.conclusion += body[start:]
    del body[start:]


def _listed(body: Sequence[Block]) -> bool:
    return any(block.listed or block.rows or block.kind == "quote" for block in body)


def _offer_after_letter(body: Sequence[Block]) -> int:
    """Where, behind an unquoted letter, the offer to the reader begins."""
    last = len(body)
    while last > 1 and body[last - 1].kind == "plain" and body[last - 1].apart and is_offer(body[last - 1].text):
        if any(is_farewell(block.text) for block in body[last:]):
            break
        last -= 1
    return last


def _trailing(body: Sequence[Block], at: int) -> bool:
    """Whether a block can be part of a conclusion: a paragraph of its own outside any list, or a list it announces."""
    block = body[at]
    if block.listed:
        return (
            at > 0
            and body[at - 1].kind in ("plain", block.kind)
            and (body[at - 1].listed or body[at - 1].text.endswith((":", "：")))
        )
    return (
        block.kind == "plain"
        and block.indent <= 1
        and (block.apart or (at > 0 and is_closing(block.text)) or is_summing(block.text) or _asks(block.text))
    )


def _asks(text: str) -> bool:
    """Whether a line asks the reader what to do next: it closes the answer even right under a step's title."""
    return is_offer(text) and text.rstrip(" *_»”\"").endswith("?")


def closing_part(body: Sequence[Block], habits: Habits, *, final: bool, many: bool) -> int:
    """Where the closing sentences at the end of a body begin; its length where there are none.

    Words tell ("En suivant ces étapes…", an offer); else a paragraph apart from the rest does, where no step before
    has one in that place and nothing follows.
    """
    start = len(body)
    while start > 0 and (_trailing(body, start - 1) or body[start - 1].kind == "rule"):
        start -= 1
    paragraphs = [at for at in range(start, len(body)) if body[at].kind == "plain"]
    spoken = next((at for at in paragraphs if _speaks(body, at, habits, final=final)), None)
    shaped = None
    if final and many:
        rest = [at for at in paragraphs if not (habits.first_paragraph if at == 0 else habits.later_paragraph)]
        shaped = next((at for at in rest if not announces(body, at) and not _is_own(body[at])), None)
    places = [at for at in (spoken, shaped) if at is not None]
    return min(places) if places else len(body)


def _speaks(body: Sequence[Block], at: int, habits: Habits, *, final: bool) -> bool:
    """Whether a paragraph closes the answer by its words."""
    text = body[at].text
    if is_of_step(text):
        return False
    if at == 0 and habits.first_paragraph:
        return is_offer(text) or (final and is_summing(text))
    return is_closing(text) or (final and at == len(body) - 1 and is_last_word(text))


def _is_own(block: Block) -> bool:
    """Whether a last paragraph belongs to its step by what it says."""
    return is_of_step(block.text) or labelled(Draft("paragraph", block.rich, 0, 0, 0)).kind == "example"
