"""What the parser was unsure of, as Problems with their line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from promptlab.messages import _
from promptlab.model.problem import Problem
from promptlab.parse.blocks import Block
from promptlab.parse.series import Choice
from promptlab.parse.zones import Outline

_CUT = re.compile(
    r"(?:,|\(|\b(?:de|du|des|le|la|les|l|un|une|et|ou|à|au|aux|en|pour|par|avec|dans|sur|que|qui|d"
    r"|the|a|an|of|to|and|or|for|with|in|on|your|their|el|los|las|y|o|con|para|der|die|das|und|il|e))$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…:;»”\"')\]}>*_`|]\W*$")
_LONG = 8


def doubts(blocks: Sequence[Block], broken: Sequence[tuple[int, str]], choice: Choice, zones: Outline) -> list[Problem]:
    """All the doubts about one answer; `broken` names tables and code blocks that are not whole, with their line."""
    found = [*_steps(choice, blocks), *_numbers(choice, blocks), *_broken(broken), *_cut(blocks)]
    bare = [step for step in zones.steps if not step.body and not any(char.isalpha() for char in step.block.text)]
    message = _("This step has neither a title nor a text: check the answer.")
    return [*found, *(Problem(message, line=step.block.first) for step in bare)]


def _steps(choice: Choice, blocks: Sequence[Block]) -> Iterator[Problem]:
    if choice.series is None:
        line = blocks[0].first if blocks else 1
        yield Problem(_("No steps were found in this answer: number them (1., 2., 3.) if it has any."), line=line)
    elif choice.doubtful:
        line = blocks[choice.series.places[0]].first
        yield Problem(
            _(
                "It is not certain that the steps begin here: check the {count} steps found.",
                count=len(choice.series.heads),
            ),
            line=line,
        )
    elif not choice.series.numbered:
        line = blocks[choice.series.places[0]].first
        yield Problem(
            _("The steps have no numbers: the {count} headings were taken for steps.", count=len(choice.series.heads)),
            line=line,
        )


def _numbers(choice: Choice, blocks: Sequence[Block]) -> Iterator[Problem]:
    if choice.series is None or not choice.series.numbered:
        return
    heads = choice.series.heads
    if all(head.value == heads[0].value for head in heads) and len(heads) > 1:
        yield Problem(
            _("Every step prints the number {number}: they were ranked by position.", number=heads[0].value),
            line=blocks[heads[0].at].first,
        )
        return
    if heads[0].value > 1:
        yield Problem(
            _("The numbering begins at {number}: the first steps may be missing.", number=heads[0].value),
            line=blocks[heads[0].at].first,
        )
    for before, head in pairwise(heads):
        if head.style == "decimal" and head.value == 1:
            # "1.3" is followed by "2.1".
            continue
        if head.value != before.value + 1:
            yield Problem(
                _(
                    "The numbering goes from {before} to {after}: the step was ranked by position.",
                    before=before.value,
                    after=head.value,
                ),
                line=blocks[head.at].first,
            )


def _broken(broken: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    messages = {
        "fence": _("A code block is opened here and never closed: its lines were read as text."),
        "delimiter": _("This table has no line of dashes under its header: its first row was taken for the header."),
        "ragged": _("The rows of this table do not all have the same number of cells: check it."),
    }
    for line, what in broken:
        yield Problem(messages[what], line=line)


def _cut(blocks: Sequence[Block]) -> Iterator[Problem]:
    """A last block that ends in mid-sentence."""
    written = [block for block in blocks if block.kind != "rule"]
    if not written or written[-1].rows or written[-1].kind == "fence":
        return
    last = written[-1]
    text = last.text.rstrip()
    alike = [block for block in written[:-1] if block.kind == last.kind and len(block.text.split()) >= _LONG]
    ended = sum(bool(_ENDED.search(block.text[-8:])) for block in alike)
    unlike = (
        len(text.split()) >= _LONG
        and not _ENDED.search(text[-8:])
        and text[-1:].isalpha()
        and (last.kind == "plain" or ended * 2 > len(alike))
        and bool(alike)
    )
    letter = last.kind == "quote" or last.kind == "heading"
    if not letter and (_CUT.search(text) or unlike or last.source.count("**") % 2):
        yield Problem(
            _(
                "The answer seems to be cut in mid-sentence: “{end}”. Ask for the rest, or go on without it.",
                end=text[-40:],
            ),
            line=last.last,
        )
