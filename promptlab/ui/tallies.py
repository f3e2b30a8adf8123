"""What the tags come to: counts for each prompt, the share of unsuitable items drawn, the list of what is tagged."""

from collections.abc import Callable

from promptlab.align.wording import heads
from promptlab.messages import _, ngettext
from promptlab.model.copie import Copie, Tagging
from promptlab.review.counts import ColumnCount, counts
from promptlab.review.exercise import Exercise
from promptlab.ui.editor import short
from promptlab.ui.marks import Mark
from promptlab.ui.view import Bar, Child, Node, bars, button, details, group, heading, items, row, table, text, wide


def tallies(copie: Copie, exercise: Exercise, marks: dict[str, Mark]) -> Node:
    """The counts of every prompt, as bars, in words, and as a table."""
    found = counts(copie, exercise)
    names = heads(exercise.comparison)
    drawn = [Bar(name, one.share, share_in_words(one)) for name, one in zip(names, found, strict=True)]
    head: list[Child] = [_("Prompt"), *(f"{mark.letter} {mark.label}" for mark in marks.values()), _("items")]
    lines = [
        row([name, *(str(number) for _tag, number in one.by_tag), str(one.items)])
        for name, one in zip(names, found, strict=True)
    ]
    caption = _("Tags of each prompt")
    return group(
        [
            heading(_("What did the precision of the prompt change?")),
            bars(_("Share of items that do not suit (inappropriate or non-compliant)"), drawn, key="shares"),
            text(in_words(found, names)),
            details(caption, [wide(table(caption, head, lines, ear_caption=True), caption)], key="counts"),
        ],
        key="tallies",
    )


def share_in_words(count: ColumnCount) -> str:
    """How many items of how many, and what share that is."""
    percent = round(100 * count.share)
    return ngettext(
        "{count} item of {items} ({percent} %)",
        "{count} items of {items} ({percent} %)",
        count.unsuitable,
        items=count.items,
        percent=percent,
    )


def in_words(found: tuple[ColumnCount, ...], names: tuple[str, ...]) -> str:
    """One sentence about the way from the first prompt to the last."""
    empty = [name for name, one in zip(names, found, strict=True) if not any(number for _tag, number in one.by_tag)]
    if len(empty) == len(names):
        return _("Nothing is tagged yet.")
    if empty:
        return _("Nothing is tagged yet in {columns}: the columns cannot be compared yet.", columns=", ".join(empty))
    first, last = found[0], found[-1]
    before, after = round(100 * first.share), round(100 * last.share)
    values = {"first": names[0], "last": names[-1], "before": before, "after": after}
    if after < before:
        return _("From {first} to {last} the share goes down from {before} % to {after} %.", **values)
    if after > before:
        return _("From {first} to {last} the share goes up from {before} % to {after} %.", **values)
    return _("From {first} to {last} the share stays at {after} %.", **values)


def list_of_tags(copie: Copie, exercise: Exercise, marks: dict[str, Mark], go: Callable[[Tagging], object]) -> Node:
    """Every tag in words, with a button that goes to its text."""
    entries: list[Child] = []
    for place, tagging in enumerate(copie.taggings):
        where = _("PROMPT {column}, {item}", column=tagging.column, item=tagging.item)
        button_ = button(
            where, f"go-{place}", _going(go, tagging), tone="plain", says=_("{where}: go there", where=where)
        )
        entries.append(group([text(tag_in_words(tagging, exercise, marks)), button_]))
    title = ngettext("My tags: {count}", "My tags: {count}", len(copie.taggings))
    return details(title, [items(entries) if entries else text(_("Nothing is tagged yet."))], key="list-of-tags")


def tag_in_words(tagging: Tagging, exercise: Exercise, marks: dict[str, Mark]) -> str:
    """One tag with all that was said of it."""
    mark = marks.get(tagging.tag)
    name = f"{mark.letter if mark else '?'} {exercise.label(tagging.tag)}"
    said = [name, _("“{words}”", words=short(tagging.words))]
    said += [exercise.label(each) for each in (tagging.reason, tagging.evidence) if each]
    return " – ".join([*said, *([tagging.rationale] if tagging.rationale else [])])


def _going(go: Callable[[Tagging], object], tagging: Tagging) -> Callable[[], object]:
    return lambda: go(tagging)
