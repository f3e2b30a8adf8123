"""From the text of an answer to a ParsedAnswer."""

import re
from collections.abc import Iterable

from promptlab.messages import _
from promptlab.model.parsed import Group, ParsedAnswer, Section, Step
from promptlab.model.problem import Problem
from promptlab.parse.blocks import Block
from promptlab.parse.doubts import doubts
from promptlab.parse.inline import Rich
from promptlab.parse.items import build
from promptlab.parse.numbering import read_number, skip_signs
from promptlab.parse.outline import outline
from promptlab.parse.rows import rows_as_steps
from promptlab.parse.scan import Scanner, to_lines
from promptlab.parse.series import choose
from promptlab.parse.titles import split_head
from promptlab.parse.zones import GroupDraft, Outline, SectionDraft, StepDraft

_THINK = re.compile(r"^[ \t]*<(think(?:ing)?|thought|reasoning)>", re.IGNORECASE | re.MULTILINE)
_THOUGHT = re.compile(r"</(?:think(?:ing)?|thought|reasoning)>", re.IGNORECASE)


def parse_answer(text: str) -> ParsedAnswer:
    """An answer in Markdown, or pasted without it, as intro, steps, sections and conclusion.

    Every word of `text` is in exactly one string of the result, in its order, but for numbering such as "Étape 1 :".
    Never raises for a `str`: what was not understood is in `problems`, with its line counted from 1.
    """
    rest, thinking, problems = _without_thinking(text.removeprefix("\ufeff"))
    scanner = Scanner(to_lines(rest))
    blocks = scanner.read()
    choice = choose(blocks)
    if choice.series is None and (apart := rows_as_steps(blocks)):
        blocks = apart
        choice = choose(blocks)
    zones = outline(blocks, choice.series)
    problems += doubts(blocks, scanner.broken, choice, zones)
    return ParsedAnswer(
        intro=_joined(zones.intro),
        groups=_groups(zones),
        steps=tuple(_step(rank, draft) for rank, draft in enumerate(zones.steps, 1)),
        sections=tuple(_section(rank, draft) for rank, draft in enumerate(zones.sections, 1)),
        conclusion=_joined(zones.conclusion),
        thinking=thinking,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
    )


def _without_thinking(text: str) -> tuple[str, str, list[Problem]]:
    """The text with blank lines where the model thought aloud, its thoughts, and what was wrong with their tags."""
    thoughts: list[str] = []
    parts: list[str] = []
    problems: list[Problem] = []
    at = 0
    opened, closed = _THINK.search(text), _THOUGHT.search(text)
    if (
        closed
        and (not opened or closed.start() < opened.start())
        and not text[: closed.start()].lstrip().startswith("#")
    ):
        # Some servers leave the opening tag out.
        thoughts.append(text[: closed.start()])
        at = closed.end()
        parts.append(_blank(text[:at]))
    while found := _THINK.search(text, at):
        end = _THOUGHT.search(text, found.end())
        stop, behind = (end.start(), end.end()) if end else (len(text), len(text))
        if end is None:
            line = text.count("\n", 0, found.end()) + 1
            problems.append(
                Problem(
                    _("A <think> block is not closed: all that follows was taken for thinking. Check the answer."),
                    line=line,
                )
            )
        thoughts.append(text[found.end() : stop])
        parts += [text[at : found.start()], _blank(text[found.start() : behind])]
        at = behind
    return "".join([*parts, text[at:]]), "\n".join(thought.strip() for thought in thoughts), problems


def _blank(text: str) -> str:
    return "\n" * text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def _joined(blocks: Iterable[Block]) -> str:
    return "\n".join(line for block in blocks if (line := _line(block)))


def _line(block: Block) -> str:
    """A block as it stands in running text."""
    if block.kind == "fence" and block.mark:
        return f"{block.mark}\n{block.text}".strip()
    sign = f"{block.value}{block.mark} " if block.value is not None else "• " if block.listed else ""
    return sign + block.text if block.text.strip() else ""


def _groups(zones: Outline) -> tuple[Group, ...]:
    found = []
    later: list[GroupDraft] = []
    for draft in reversed(zones.groups):
        while later and later[-1].level > draft.level:
            later.pop()
        last = later[-1].first - 1 if later else len(zones.steps)
        found.append(Group(_group_title(draft), draft.first, last, text=_joined(draft.text)))
        later.append(draft)
    return tuple(reversed(found))


def _group_title(draft: GroupDraft) -> str:
    rich = draft.title.rich
    number = read_number(rich)
    return rich.cut(number.end if number and number.parted else skip_signs(rich.text)).text.rstrip(":： \u00a0\u202f")


def _step(rank: int, draft: StepDraft) -> Step:
    title, rest, body = split_head(draft)
    last = body[-1].last if body else draft.block.last
    return Step(rank, title, build(body, str(rank), rest), (draft.block.first, last))


def _section(rank: int, draft: SectionDraft) -> Section:
    last = draft.body[-1].last if draft.body else draft.lead.last if draft.lead else draft.first
    return Section(draft.kind, _bare(draft.title), build(draft.body, f"S{rank}", draft.lead), (draft.first, last))


def _bare(title: str) -> str:
    number = read_number(Rich(title))
    return title[number.end if number and number.parted else skip_signs(title) :].strip()
