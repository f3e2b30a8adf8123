"""What a pupil is told about a copie: what was found, what was missed and why, what to do next; before any layout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from promptlab.grade.figures import figure
from promptlab.messages import _, ngettext
from promptlab.model.case import Case
from promptlab.model.copie import Comment, Return
from promptlab.model.mark import Found, Mark, Result
from promptlab.model.rubric import Rubric

MOST = 6  # entries of one list; the rest is counted
_LONGEST = 240
_NEXT = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: where it stands, its words, and what there is to say of it, line by line."""

    where: str
    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One criterion: how it went, and lists of items, each under its heading."""

    title: str
    standing: str
    reason: str
    lists: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that a pupil reads. `rows` are (criterion, level, points) of the table at the top."""

    title: str
    pupil: str
    mark: str
    opening: str
    notes: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    blocks: tuple[Block, ...]
    comments: tuple[str, ...]
    next_steps: tuple[str, ...]
    closing: str


def feedback(mark: Mark, case: Case, rubric: Rubric) -> Feedback:
    """What to tell the pupil of `mark`."""
    return Feedback(
        title=case.title,
        pupil=" + ".join(mark.pupils) or mark.copie[:8],
        mark=mark_text(mark),
        opening=_opening(mark),
        notes=_notes(mark, rubric),
        rows=tuple((result.title, _level(result, rubric), points_text(result)) for result in mark.results),
        blocks=tuple(_block(result, rubric) for result in mark.results if result.points is not None or result.comments),
        comments=mark.comments,
        next_steps=_next(mark.results),
        closing=_(
            "These points were worked out by rules from your teacher's key; no AI marked you. Your teacher has the "
            "last word: if you do not agree with something, show it."
        ),
    )


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
    for block in told.blocks:
        text = " ".join([f"{block.standing}. {block.reason}", *block.comments])
        comments.append(Comment(text.strip(), block.title))
    comments += [Comment(step, _("Next step")) for step in told.next_steps]
    return Return(mark.validated, mark.mark, mark.scale, tuple(comments), mark.revision, now)


def _opening(mark: Mark) -> str:
    right = [found for result in mark.results for found in result.found if found.verdict == "right"]
    if right:
        return ngettext(
            "Your work shows {count} thing that is right: it is listed below, with what to look at again.",
            "Your work shows {count} things that are right: they are listed below, with what to look at again.",
            len(right),
        )
    return _("Your copie has arrived. Here is how to go on from what is there.")


def _notes(mark: Mark, rubric: Rubric) -> tuple[str, ...]:
    names = {one.id: one.title for one in rubric.criteria}
    notes = []
    if mark.sessions:
        notes.append(_("Session: {numbers}.", numbers=", ".join(map(str, mark.sessions))))
    if mark.waiting:
        waiting = " · ".join(names[one] for one in mark.waiting)
        notes.append(_("This mark is provisional. Your teacher has still to mark: {criteria}.", criteria=waiting))
    notes += [
        _("Not counted: {criterion} ({why}).", criterion=result.title, why=result.reason.rstrip("."))
        for result in mark.results
        if result.criterion in mark.left_out
    ]
    notes += [str(problem) for problem in mark.problems]
    return tuple(notes)


def _level(result: Result, rubric: Rubric) -> str:
    if result.level:
        return rubric.level(result.level).label
    return _("to be marked") if result.by == "nobody" else _("not counted")


def _block(result: Result, rubric: Rubric) -> Block:
    by = {verdict: [found for found in result.found if found.verdict == verdict] for verdict in _ORDER}
    lists = (
        (_("What you found"), _entries(by["right"])),
        (_("To look at again"), _entries([*by["wrong"], *by["partly"]])),
        (_("What was still to find"), _entries(by["missed"])),
    )
    return Block(
        title=result.title,
        standing=f"{_level(result, rubric)}, {points_text(result)}",
        reason=result.reason,
        lists=tuple((head, entries) for head, entries in lists if entries),
        comments=result.comments,
    )


_ORDER = ("right", "partly", "wrong", "missed", "aside")


def _entries(found: Sequence[Found]) -> tuple[Entry, ...]:
    shown = [Entry(one.where, _short(one.text), tuple(_lines(one))) for one in found[:MOST]]
    if len(found) > MOST:
        more = ngettext("and {count} more", "and {count} more", len(found) - MOST)
        shown.append(Entry("", more))
    return tuple(shown)


def _lines(found: Found) -> Iterable[str]:
    if found.said and found.verdict != "right":
        yield _("You said: {said}", said=_short(found.said))
    if found.expected and found.verdict != "right":
        yield _("Expected: {expected}", expected=found.expected)
    if found.why:
        yield found.why


def _next(results: Iterable[Result]) -> tuple[str, ...]:
    """The advice of the criteria that lost most points, the worst first."""
    asked = [one for one in results if one.advice and one.points is not None and one.points < one.out_of]
    asked.sort(key=lambda one: (one.points or Fraction(0)) - one.out_of)
    return tuple(dict.fromkeys(one.advice for one in asked))[:_NEXT]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
