"""The class as a whole: how marks lie, how each criterion went, who tagged what, what to discuss."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median
from typing import Any

from promptlab.grade.classroom import Graded
from promptlab.grade.figures import figure
from promptlab.grade.outcome import Outcome
from promptlab.grade.picking import Entry
from promptlab.grade.similarity import Alike, alike
from promptlab.model.answer import Run
from promptlab.model.key import Key
from promptlab.model.problem import Problem
from promptlab.model.rubric import Rubric

_DISCUSS = 12
_ENOUGH = Fraction(1, 10)  # of the copies, and at least two, must tag an item before the class says anything
_DIVIDED = Fraction(1, 4)  # of those who tagged an item against the most frequent tag: worth a discussion


@dataclass(frozen=True, slots=True)
class CriterionOverview:
    """One criterion over the class: mean `share` of its points, how many pupils reached each level, how many wait."""

    id: str
    title: str
    share: Fraction | None
    levels: tuple[tuple[str, int], ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class ItemOverview:
    """One item of a table over the class: how many copies gave it each tag.

    `expected` are the tags that the key expects of the item or of its parts, none where it says nothing; `accepted`
    all those that it takes. `right` of the `copies` about this table have an accepted tag there.
    """

    run: str
    column: int
    item: str
    text: str
    expected: tuple[str, ...]
    accepted: tuple[str, ...]
    why: str
    counts: tuple[tuple[str, int], ...]
    right: int
    copies: int

    @property
    def tagged(self) -> int:
        """How many tags it has in the class."""
        return sum(count for _tag, count in self.counts)

    @property
    def heard(self) -> bool:
        """Whether enough copies tagged it for the class to have a say."""
        return self.tagged >= 2 and self.tagged >= self.copies * _ENOUGH

    @property
    def disputed(self) -> bool:
        """Whether the class says otherwise than the key: of those who tagged it, most chose a tag it does not take."""
        otherwise = sum(count for tag, count in self.counts if tag not in self.accepted)
        return bool(self.accepted) and self.heard and otherwise > self.tagged - otherwise

    @property
    def divided(self) -> bool:
        """Whether the class is of two minds: a quarter of those who tagged it against the most frequent tag."""
        most = max((count for _tag, count in self.counts), default=0)
        return self.heard and self.tagged - most >= max(Fraction(2), self.tagged * _DIVIDED)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page of the class shows."""

    marks: tuple[Decimal, ...]
    scale: Decimal
    bins: tuple[tuple[str, int], ...]
    criteria: tuple[CriterionOverview, ...]
    items: tuple[ItemOverview, ...]
    to_discuss: tuple[ItemOverview, ...]
    alike: tuple[Alike, ...]

    @property
    def mean(self) -> Decimal | None:
        """The mean of the marks."""
        return mean(self.marks) if self.marks else None

    @property
    def median(self) -> Decimal | None:
        """The median of the marks."""
        return median(self.marks) if self.marks else None


def overview(graded: Graded) -> Overview:
    """The class as a whole."""
    rubric = graded.setup.rubric
    marks = tuple(entry.mark.mark for entry in graded.entries if entry.mark.mark is not None)
    items = tuple(_items(graded))
    return Overview(
        marks=marks,
        scale=Decimal(rubric.scale.numerator) / rubric.scale.denominator,
        bins=_bins(marks, rubric.scale),
        criteria=tuple(_criterion(graded, rubric, number) for number in range(len(rubric.criteria))),
        items=items,
        to_discuss=_to_discuss(items),
        alike=alike(_Written(graded), _given(graded)),
    )


def _bins(marks: Iterable[Decimal], scale: Fraction) -> tuple[tuple[str, int], ...]:
    """Ten equal classes from 0 to the scale; the highest mark is in the last one."""
    width = scale / 10
    counts = Counter(min(9, int(Fraction(mark) / width)) for mark in marks)
    return tuple((f"{figure(width * place)}–{figure(width * (place + 1))}", counts[place]) for place in range(10))


def _criterion(graded: Graded, rubric: Rubric, number: int) -> CriterionOverview:
    criterion = rubric.criteria[number]
    results = [found for entry in graded.entries if (found := entry.mark.result(criterion.id))]
    counted = [result for result in results if result.points is not None]
    shares = [(result.points or Fraction(0)) / result.out_of for result in counted if result.out_of]
    levels = Counter(result.level for result in counted)
    return CriterionOverview(
        criterion.id,
        criterion.title,
        sum(shares, Fraction(0)) / len(shares) if shares else None,
        tuple((level.id, levels[level.id]) for level in rubric.levels),
        sum(result.by == "nobody" for result in results),
    )


def _items(graded: Graded) -> Iterable[ItemOverview]:
    for placed in graded.setup.keys:
        run = placed.key.run
        outcomes = [outcome for outcome in graded.counted if outcome.pupils and outcome.pupils[0].mark.run == run]
        if not outcomes:
            continue
        counts = _counts(outcomes)
        right = _right(outcomes, placed.key)
        expected = _expected(placed.key)
        for place, passage in placed.exercise.passages.items():
            if place in expected or place in counts:
                tag, accepted, why = expected.get(place, ((), (), ""))
                counted = tuple(sorted(counts.get(place, Counter()).items()))
                yield ItemOverview(run, *place, passage.text, tag, accepted, why, counted, right[place], len(outcomes))


def _counts(outcomes: Iterable[Outcome]) -> dict[tuple[int, str], Counter[str]]:
    """For each item, how many copies gave it each tag; a copie counts once for a tag."""
    counts: dict[tuple[int, str], Counter[str]] = {}
    for outcome in outcomes:
        for tally in set(outcome.tallies):
            counts.setdefault((tally.column, tally.item), Counter())[tally.tag] += 1
    return counts


def _right(outcomes: Iterable[Outcome], key: Key) -> Counter[tuple[int, str]]:
    accepted = {place: tags for place, (_tags, tags, _why) in _expected(key).items()}
    return Counter(
        place
        for outcome in outcomes
        for place in {
            (tally.column, tally.item)
            for tally in outcome.tallies
            if tally.tag in accepted.get((tally.column, tally.item), ())
        }
    )


_Expected = Mapping[tuple[int, str], tuple[tuple[str, ...], tuple[str, ...], str]]


def _expected(key: Key) -> _Expected:
    """For each item of the key: the tags expected, all tags accepted, the argument; its parts taken together."""
    found: dict[tuple[int, str], tuple[tuple[str, ...], tuple[str, ...], str]] = {}
    for item in key.items:
        wanted, tags, why = found.get((item.column, item.item), ((), (), item.why))
        accepted = dict.fromkeys((*tags, *(one.tag for one in item.accepted)))
        found[item.column, item.item] = (tuple(dict.fromkeys((*wanted, item.tag))), tuple(accepted), why)
    return found


def _to_discuss(items: Iterable[ItemOverview]) -> tuple[ItemOverview, ...]:
    """Items on which the class and the key part, or the class is divided, those that most pupils differ on first."""
    chosen = [item for item in items if item.disputed or item.divided]
    chosen.sort(key=lambda item: (-_differ(item), item.run, item.column, item.item))
    return tuple(chosen[:_DISCUSS])


def _differ(item: ItemOverview) -> int:
    """How many tags stand against the key where the class disputes it, else against the most frequent tag."""
    against = sum(count for tag, count in item.counts if tag not in item.accepted)
    return against if item.disputed else item.tagged - max(count for _tag, count in item.counts)


class _Written(Mapping[str, str]):
    """What the pupils wrote, by their pseudonyms; unpacked only when it is looked at."""

    def __init__(self, graded: Graded) -> None:
        places = {entry.place: entry.mark.copie[:8] for entry in graded.entries}
        names = {
            " + ".join(one.pupil for one in graded.outcomes[place].pupils) or copie: place
            for place, copie in places.items()
        }
        self._packed = {name: graded.outcomes[place].words for name, place in names.items()}

    def __getitem__(self, name: str) -> str:
        return zlib.decompress(self._packed[name]).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _given(graded: Graded) -> Iterable[str]:
    """What every pupil had before the eyes: prompts, answers, documents, the key's own words."""
    case = graded.setup.case
    yield from case.prompts
    runs: Iterable[Run] = case.runs
    yield from (answer.text for run in runs for answer in run.answers)
    yield from (document.body for document in case.documents)
    yield from (task.text for task in case.tasks)


def as_json(graded: Graded, found: Overview) -> dict[str, Any]:
    """The class as plain values, for scripts."""
    return {
        "case": graded.setup.case.name,
        "pupils": [_pupil_json(entry) for entry in graded.entries],
        "marks": {"count": len(found.marks), "mean": _number(found.mean), "median": _number(found.median)},
        "criteria": [
            {"id": one.id, "share": _number(one.share), "levels": dict(one.levels), "waiting": one.waiting}
            for one in found.criteria
        ],
        "items": [_item_json(item) for item in found.items],
        "alike": [
            {"one": one.one, "other": one.other, "share": round(one.share, 4), "passage": one.passage}
            for one in found.alike
        ],
        "unreadable": _told(graded.unreadable),
        "superseded": _told(graded.superseded),
        "missing": [pupil.pseudonym for pupil in graded.missing],
        "problems": _told(graded.problems),
    }


def _pupil_json(entry: Entry) -> dict[str, Any]:
    results = [
        {
            "criterion": result.criterion,
            "points": _number(result.points),
            "out_of": _number(result.out_of),
            "level": result.level or None,
            "by": result.by,
        }
        for result in entry.mark.results
    ]
    return {
        "pupil": entry.outcome.pupil or None,
        "copie": entry.mark.copie,
        "source": entry.source,
        "mark": _number(entry.mark.mark),
        "out_of": _number(entry.mark.scale),
        "provisional": bool(entry.mark.waiting),
        "results": results,
    }


def _item_json(item: ItemOverview) -> dict[str, Any]:
    return {
        "run": item.run,
        "column": item.column,
        "item": item.item,
        "text": item.text,
        "expected": item.expected[0] if item.expected else None,
        "accepted": list(item.accepted),
        "counts": dict(item.counts),
        "right": item.right,
        "copies": item.copies,
        "disputed": item.disputed,
    }


def _told(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"where": one.where, "message": one.message} for one in problems]


def _number(value: Fraction | Decimal | None) -> str | None:
    return None if value is None else figure(value, comma=False)
