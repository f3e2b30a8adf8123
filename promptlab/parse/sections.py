"""What follows the steps: where it begins, and which sections it makes."""

import re
from collections.abc import Sequence

from promptlab.model.parsed import SectionKind
from promptlab.parse.blocks import Block
from promptlab.parse.closing import is_closing, is_farewell, is_salutation
from promptlab.parse.ending import close
from promptlab.parse.habits import Habits, label_kind, stands_over_list
from promptlab.parse.heads import BOLD, DEAD, TEXT, Marker, all_bold, marker_of
from promptlab.parse.items import Draft, labelled
from promptlab.parse.vocabulary import section_kind
from promptlab.parse.zones import Outline, SectionDraft

_STEP_COLUMN = re.compile(r"^\W*(?:étapes?|steps?|pasos?|phases?|fases?|n°|#|schritt|passo|etapas?)\b", re.IGNORECASE)
FOOTNOTE = re.compile(r"^\[\^?\d{1,2}\](?::|\s+(?:https?:|www\.|[A-Z]))")


def opens(block: Block, body: Sequence[Block], at: int, level: int, habits: Habits) -> bool:
    """Whether a block after the last step's head begins what is no longer that step."""
    if block.kind == "rule":
        return at + 1 < len(body) and not habits.rules
    if block.rows:
        return _is_recapitulation(block, level, habits) and (at > 0 or not habits.first_paragraph)
    mark = marker_of(at, block)
    if block.kind == "heading" and mark:
        return block.level <= level or (mark.kind in DEAD and block.level not in habits.headings)
    if block.kind != "plain" or block.indent > 1:
        return False
    if mark:
        return _marks_section(mark, level, habits) and not _is_of_last_step(mark, body, level)
    if level >= TEXT and at > 0 and not habits.lines_over_lists and stands_over_list(body, at):
        return True
    kind = label_kind(block)
    return (kind is not None and block.apart and kind not in habits.kinds) or bool(FOOTNOTE.match(block.text))


def _marks_section(mark: Marker, level: int, habits: Habits) -> bool:
    if mark.kind in DEAD:
        return mark.kind not in habits.kinds
    if mark.level != BOLD or level < BOLD:
        return False
    return not habits.bold_lines and not mark.title.endswith((":", "："))


def _is_of_last_step(mark: Marker, body: Sequence[Block], level: int) -> bool:
    """Whether a line only announces the quote behind it, or is one of several lines in bold that part a step."""
    if (
        level < BOLD
        and mark.level == BOLD
        and any(block.kind == "plain" and all_bold(block.rich) for block in body[: mark.at])
    ):
        return True
    after = body[mark.at + 1] if mark.at + 1 < len(body) else None
    return (
        mark.kind == "template"
        and mark.title.endswith((":", "："))
        and after is not None
        and after.kind in ("quote", "fence")
    )


def _is_recapitulation(block: Block, level: int, habits: Habits) -> bool:
    """Whether a table below the last step sums up all the steps."""
    if _STEP_COLUMN.match(block.rows[0][0] if block.rows[0] else ""):
        return True
    return level >= TEXT and block.apart and block.indent == 0 and not habits.outside


def read_sections(blocks: Sequence[Block], found: Outline) -> None:
    """The blocks behind the last step to sections and conclusion."""
    current: SectionDraft | None = None
    concluding = False
    for at, block in enumerate(blocks):
        if block.kind == "rule":
            current = current if current and _goes_on(current, last=at + 1 == len(blocks)) else None
            continue
        opened = _opened(block, current, blocks, at)
        concluding = opened == "conclusion" or (concluding and opened is None)
        if concluding:
            current = None
            found.conclusion.append(block)
        elif isinstance(opened, SectionDraft):
            current = opened
            found.sections.append(current)
        elif current:
            current.body.append(block)
        elif _is_loose_closing(blocks, at):
            found.conclusion.append(block)
        else:
            current = _loose_section(block, over_list=stands_over_list(blocks, at))
            found.sections.append(current)
    for section in found.sections:
        final = section is found.sections[-1]
        close(section, found, final=final)
    found.conclusion.sort(key=lambda block: block.first)


def _opened(
    block: Block, current: SectionDraft | None, blocks: Sequence[Block], at: int
) -> "SectionDraft | str | None":
    """The section that a block opens, "conclusion", or None where it opens nothing."""
    mark = marker_of(at, block)
    if mark and _may_open(mark, current, blocks, at):
        if mark.kind == "conclusion":
            return "conclusion"
        kind: SectionKind = section_kind(mark.title)  # type: ignore[assignment]
        return SectionDraft(kind, mark.title.rstrip(":： \u00a0\u202f"), block.first, mark.level)
    if block.kind != "plain" or block.indent > 1 or (current and current.kind == "template"):
        return None
    if FOOTNOTE.match(block.text):
        return None if current and current.kind == "note" else SectionDraft("note", "", block.first, 0, [block])
    kind_found = label_kind(block)
    if kind_found == "conclusion" and block.apart:
        return "conclusion"
    if not kind_found or not block.apart or (current and not current.body):
        return None
    return labelled_section(block, section_kind(kind_found) if kind_found == "note" else kind_found)  # type: ignore[arg-type]


def labelled_section(block: Block, kind: SectionKind) -> SectionDraft:
    """A section of `kind` that a paragraph opens: its label is the title, what stands behind it the first item."""
    draft = labelled(Draft("paragraph", block.rich, block.first, block.last, block.indent))
    if draft.label is None:
        colon = block.text.index(":")
        draft.label, draft.rich = block.text[:colon].strip(), block.rich.cut(colon + 1)
    title, draft.label = draft.label, None
    return SectionDraft(kind, title, block.first, TEXT, lead=draft if draft.rich.text else None)


def _may_open(mark: Marker, current: SectionDraft | None, blocks: Sequence[Block], at: int) -> bool:
    if current is None or current.level == 0:
        return mark.level <= BOLD or mark.kind in DEAD
    if mark.level <= min(current.level, 6):
        return True
    if current.kind == "template" and mark.level >= BOLD:
        return mark.kind in DEAD and mark.kind != "note" and blocks[at].apart
    return mark.kind in DEAD and bool(current.body) if current.level < BOLD else mark.level <= BOLD or mark.kind in DEAD


def _goes_on(section: SectionDraft, *, last: bool) -> bool:
    """Whether a rule inside a section frames its text rather than ends it."""
    if section.kind != "template" and section.level and not section.body:
        return True
    framed = section.kind == "template" and not any(is_farewell(block.text) for block in section.body)
    return framed and not last


def _is_loose_closing(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    if block.listed:
        return at > 0 and blocks[at - 1].text.endswith((":", "：")) and is_closing(blocks[at - 1].text)
    if block.kind != "plain":
        return False
    listing = at + 1 < len(blocks) and blocks[at + 1].listed
    return is_closing(block.text) or not (listing or is_note(block) or is_salutation(block.text))


def is_note(block: Block) -> bool:
    """Whether a paragraph bears an emphasised label of its own ("**Ordre de grandeur :** …")."""
    return labelled(Draft("paragraph", block.rich, 0, 0, 0)).label is not None


def _loose_section(block: Block, *, over_list: bool) -> SectionDraft:
    """A section without heading: named by the label of its first paragraph, if that has one."""
    if block.kind == "plain" and is_note(block):
        return labelled_section(block, "note")
    if over_list:
        return SectionDraft(section_kind(block.text), block.text, block.first, TEXT)  # type: ignore[arg-type]
    return SectionDraft(_guess(block), "", block.first, 0, [block])


def _guess(block: Block) -> SectionKind:
    if block.rows:
        return "summary"
    if block.kind in ("quote", "fence") or is_salutation(block.text):
        return "template"
    return "note"
