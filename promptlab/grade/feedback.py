"""What a pupil is told about a copie: what was found, what was missed and why, what to do next; before any layout."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from promptlab.grade.figures import figure
from promptlab.messages import _, ngettext
from promptlab.model.case import Case
from promptlab.model.copie import Comment, Return
from promptlab.model.mark import Found, Mark, Result, Verdict
from promptlab.model.rubric import Rubric

MOST = 12  # entries of all lists together: with the table they fill two pages
_FIRST = {"right": 3, "again": 4, "missed": 3}  # of each list of the first criterion; the rest is counted
_OTHERS = {"right": 2, "again": 2, "missed": 2}
_MOST_NOTES = 4
_LONGEST = 120  # letters of a passage
_LONGEST_WHY = 240
_NEXT = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: where it stands, its words, and what there is to say of it, line by line."""

    where: str
    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion in the table: its level, its points, and how these came about."""

    title: str
    level: str
    points: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """What there is to see of one criterion: lists of items, each under its heading, and the teacher's comments."""

    title: str
    lists: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that a pupil reads, the most useful first: `blocks` are those of the criteria that lost most points.

    `session` is in words, "" where it is not one; `rows` have every criterion.
    """

    title: str
    session: str
    pupil: str
    mark: str
    opening: str
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    comments: tuple[str, ...]
    next_steps: tuple[str, ...]
    closing: str


def feedback(mark: Mark, case: Case, rubric: Rubric) -> Feedback:
    """What to tell the pupil of `mark`."""
    return Feedback(
        title=case.title,
        session=_session(mark),
        pupil=" + ".join(mark.pupils) or short_id(mark.copie),
        mark=mark_text(mark),
        opening=_opening(mark),
        notes=_notes(mark, rubric),
        rows=tuple(
            Row(result.title, _level(result, rubric), points_text(result), result.reason) for result in mark.results
        ),
        blocks=tuple(_blocks(mark.results)),
        comments=mark.comments,
        next_steps=_next(mark.results),
        closing=_(
            "No AI marked this work: rules worked the points out from your teacher's key. Your teacher has the last "
            "word: if you do not agree with something, show it."
        ),
    )


def short_id(copie: str) -> str:
    """What stands for the pupil of a copie that bears no pseudonym."""
    return copie[:8]


def mark_text(mark: Mark) -> str:
    """The mark with its scale: "14,5 / 20"."""
    if mark.mark is None:
        return _("not marked yet")
    return f"{figure(mark.mark)} / {figure(mark.scale)}"


def points_text(result: Result) -> str:
    """The points of a criterion with what they are out of."""
    return f"{figure(result.points)} / {figure(result.out_of)}"


def return_of(mark: Mark, told: Feedback, now: str) -> Return:
    """What is sent back to the pupil's dashboard: `mark` with what is `told`; `now` is the ISO 8601 time of it."""
    comments = [Comment(told.opening), *(Comment(text) for text in mark.comments)]
    own = {block.title: block.comments for block in told.blocks}
    for row in told.rows:
        text = " ".join([f"{row.level}, {row.points}. {row.reason}", *own.get(row.title, ())])
        comments.append(Comment(text.strip(), row.title))
    comments += [Comment(step, _("Next step")) for step in told.next_steps]
    return Return(mark.validated, mark.mark, mark.scale, tuple(comments), mark.revision, now)


def _session(mark: Mark) -> str:
    numbers = ", ".join(map(str, mark.sessions))
    return ngettext("session {numbers}", "sessions {numbers}", len(mark.sessions), numbers=numbers) if numbers else ""


def _opening(mark: Mark) -> str:
    if any(found.verdict == "right" for result in mark.results for found in result.found):
        return _("Here is what is right in your work, what to look at again, and how to go on.")
    return _("Your copie has arrived. Here is how to go on from what is there.")


def _notes(mark: Mark, rubric: Rubric) -> tuple[str, ...]:
    names = {one.id: one.title for one in rubric.criteria}
    notes = []
    if mark.waiting:
        waiting = " · ".join(names[one] for one in mark.waiting)
        notes.append(_("This mark is provisional. Your teacher has still to mark: {criteria}.", criteria=waiting))
    if mark.assumed:
        notes.append(_("Your document names no session: it is marked as work on the comparison table."))
    told = [str(problem) for problem in mark.problems]
    notes += [f"{said[:1].upper()}{said[1:]}" for said in told[:_MOST_NOTES]]
    if len(told) > _MOST_NOTES:
        more = len(told) - _MOST_NOTES
        notes.append(ngettext("{count} more remark went to your teacher.", "{count} more remarks went to your teacher.",
                              more))  # fmt: skip
    return tuple(notes)


def _level(result: Result, rubric: Rubric) -> str:
    if result.level:
        return rubric.level(result.level).label
    return _("to be marked") if result.by == "nobody" else _("not counted")


def _blocks(results: Iterable[Result]) -> Iterator[Block]:
    """The criteria of which there is something to show, those that lost most first, MOST entries in all."""
    marked = [one for one in results if one.points is not None or one.comments]
    marked.sort(key=lambda one: ((one.points or Fraction(0)) - one.out_of, -one.out_of))
    left, known = MOST, set[str]()
    for rank, result in enumerate(marked):
        lists = []
        for head, name, found in _lists(result):
            count = min((_OTHERS if rank else _FIRST)[name], left)
            if entries := _entries(found, count, known):
                lists.append((head, entries))
                left -= min(count, len(found))
        if lists or result.comments:
            yield Block(result.title, tuple(lists), result.comments)


def _lists(result: Result) -> Iterator[tuple[str, str, list[Found]]]:
    by: dict[Verdict, list[Found]] = {}
    for found in result.found:
        by.setdefault(found.verdict, []).append(found)
    yield _("What you found"), "right", by.get("right", [])
    yield _("To look at again"), "again", [*by.get("wrong", []), *by.get("partly", [])]
    yield _("What was still to find"), "missed", by.get("missed", [])


def _entries(found: Sequence[Found], most: int, known: set[str]) -> tuple[Entry, ...]:
    """The first `most` of `found`; what is `known`, the arguments told already, is not told again."""
    if not most:
        return ()
    shown = [Entry(one.where, _short(one.text), tuple(_lines(one, known))) for one in found[:most]]
    if len(found) > most:
        shown.append(Entry("", ngettext("and {count} more", "and {count} more", len(found) - most)))
    return tuple(shown)


def _lines(found: Found, known: set[str]) -> Iterator[str]:
    said = _("You said: {said}", said=_short(found.said)) if found.said else ""
    if found.verdict == "right":
        yield from filter(None, [said])
        return
    expected = _("Expected: {expected}", expected=found.expected) if found.expected else ""
    yield from filter(None, [" — ".join(filter(None, [said, expected]))])
    if found.why and found.why not in known:
        known.add(found.why)
        yield _short(found.why, _LONGEST_WHY)


def _next(results: Iterable[Result]) -> tuple[str, ...]:
    """The advice of the criteria that lost most points, the worst first."""
    asked = [one for one in results if one.advice and one.points is not None and one.points < one.out_of]
    asked.sort(key=lambda one: (one.points or Fraction(0)) - one.out_of)
    return tuple(dict.fromkeys(one.advice for one in asked))[:_NEXT]


def _short(text: str, longest: int = _LONGEST) -> str:
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    cut = plain[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"
