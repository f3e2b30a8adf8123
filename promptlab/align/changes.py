"""What became of each phase from one answer to the next, and what the words added to the prompt changed."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from promptlab.align.words import language_of, stem, words_in
from promptlab.messages import _
from promptlab.model.comparison import Change, ChangeKind, Column, Comparison, Phase
from promptlab.model.parsed import Step, all_items

MORE = 1.4  # a cell with so many times the words of the former one says more,
MORE_WORDS = 8  # if these are at least so many words more
QUOTE = 110  # characters of an answer that are quoted beside a word of the prompt

# Words that lead a prompt in and name no work.
_LEAD_INS = frozenset(["cadre", "cas", "contexte", "situation", "case", "context", "situación", "caso", "contexto"])


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a word that was added to the prompt shows in the answer: the row, the step's rank, its sentence there."""

    phase: int
    step: int
    quote: str


@dataclass(frozen=True, slots=True)
class AddedWord:
    """A word that the prompt of column `target` adds to what was asked before; no `traces` where it shows nowhere new.

    `source` and `target` are places of columns, from 1.
    """

    source: int
    target: int
    word: str
    traces: tuple[Trace, ...] = ()


def changes_between(columns: Sequence[Column], phases: Sequence[Phase]) -> tuple[Change, ...]:
    """The changes from each column to the next, phase by phase; `source` and `target` are places of columns, from 1.

    A phase in its old place is kept, more precise, split or merged; one that changed its place among the others is
    also `moved`. A phase that neither of the two answers has is passed over.
    """
    readings = [_reading(column) for column in columns]
    return tuple(change for number in range(1, len(columns)) for change in _from_to(readings, number, phases))


def _from_to(readings: Sequence["_Reading"], number: int, phases: Sequence[Phase]) -> Iterator[Change]:
    added = [stem(word, readings[number].language) for word in _added(readings, number)]
    moved = _moved(phases, number - 1, number)
    for place, phase in enumerate(phases, 1):
        before, after = phase.cells[number - 1], phase.cells[number]
        if not before and not after:
            continue
        former, latter = readings[number - 1].stems(before), readings[number].stems(after)
        shown = [latter[word] for word in added if word in latter and word not in former]
        sizes = (readings[number - 1].length(before), readings[number].length(after))
        kind = _kind(before, after, sizes, shown)
        yield Change(number, number + 1, place, kind, (before, after), _why(kind, shown))
        if place in moved:
            yield Change(number, number + 1, place, "moved", (before, after), _why("moved", []))


def _kind(before: Sequence[int], after: Sequence[int], sizes: tuple[int, int], shown: Sequence[str]) -> ChangeKind:
    if not before:
        return "new"
    if not after:
        return "dropped"
    if len(after) > len(before):
        return "split"
    if len(before) > len(after):
        return "merged"
    longer = sizes[1] >= MORE * sizes[0] and sizes[1] - sizes[0] >= MORE_WORDS
    return "more_precise" if shown or longer else "kept"


def _why(kind: ChangeKind, shown: Sequence[str]) -> str:
    said = {
        "new": _("This work was not in the answer before."),
        "dropped": _("This work is no longer in the answer."),
        "split": _("What one step did is now spread over more steps."),
        "merged": _("What several steps did is now done by fewer."),
        "moved": _("This work has changed its place in the process."),
        "more_precise": _("The step says more than before."),
        "kept": _("The step is about the same."),
    }[kind]
    if shown:
        words = ", ".join(_("“{word}”", word=word) for word in shown)
        said += _(" Words added by the prompt are found here: {words}.", words=words)
    return said


def _moved(phases: Sequence[Phase], former: int, latter: int) -> set[int]:
    """The phases, from 1, that do not keep their order: all but a longest run of phases whose order is the same."""
    shared = [place for place, phase in enumerate(phases, 1) if phase.cells[former] and phase.cells[latter]]
    shared.sort(key=lambda place: (min(phases[place - 1].cells[former]), place))
    ranks = [min(phases[place - 1].cells[latter]) for place in shared]
    kept = set(_longest_rising(ranks))
    return {place for at, place in enumerate(shared) if at not in kept}


def _longest_rising(ranks: Sequence[int]) -> Iterator[int]:
    """The places of a longest rising subsequence of `ranks`, from its end (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, rank in enumerate(ranks):
        pile = bisect_left(tails, rank)
        before.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1], ends[pile : pile + 1] = [rank], [at]
    at = ends[-1] if ends else -1
    while at >= 0:
        yield at
        at = before[at]


# ---------------------------------------------------------------- the words of the prompts


def added_words(columns: Sequence[Column], number: int) -> tuple[str, ...]:
    """The words, each once, that the prompts up to that of `columns[number]` add to those up to the column before.

    In a chain every prompt adds to the earlier ones. None where the columns go backwards or answer the same prompt.
    """
    return _added([_reading(column) for column in columns], number)


def _added(readings: Sequence["_Reading"], number: int) -> tuple[str, ...]:
    former, latter = readings[number - 1].column.prompt, readings[number].column.prompt
    if latter <= former:
        return ()
    known = {
        stem(word, one.language)
        for one in readings
        if one.column.prompt <= former
        for word in words_in(one.column.prompt_text)
    }
    added = [
        word
        for one in sorted(readings, key=lambda one: one.column.prompt)
        if former < one.column.prompt <= latter
        for word in words_in(one.column.prompt_text)
        if word not in _LEAD_INS and stem(word, one.language) not in known
    ]
    return tuple(dict.fromkeys(added))


def prompt_effects(comparison: Comparison) -> tuple[AddedWord, ...]:
    """Each word that a prompt adds, beside the sentences of the answer in which it newly shows."""
    readings = [_reading(column) for column in comparison.columns]
    return tuple(
        AddedWord(number, number + 1, word, tuple(_traces(comparison, readings, number, word)))
        for number in range(1, len(readings))
        for word in _added(readings, number)
    )


def _traces(comparison: Comparison, readings: Sequence["_Reading"], number: int, word: str) -> Iterator[Trace]:
    language = readings[number].language
    wanted = stem(word, language)
    for place, phase in enumerate(comparison.phases, 1):
        if wanted in readings[number - 1].stems(phase.cells[number - 1]):
            continue
        for step in comparison.steps_at(phase, number):
            quote = next((text for text in _texts(step) if wanted in _stems(text, language)), None)
            if quote is not None:
                yield Trace(place, step.rank, _around(quote, wanted, language))


def _around(text: str, wanted: str, language: str) -> str:
    """At most QUOTE characters of `text`, whole words of it, with the word of stem `wanted` in them."""
    words = " ".join(text.split()).split(" ")
    at = next((place for place, word in enumerate(words) if wanted in _stems(word, language)), 0)
    first = last = at
    while True:
        wider = [(max(0, first - 1), last), (first, min(len(words) - 1, last + 1))]
        grown = [one for one in wider if one != (first, last) and len(" ".join(words[one[0] : one[1] + 1])) <= QUOTE]
        if not grown:
            break
        first, last = max(grown, key=lambda one: (one[1] - at) <= (at - one[0]) + 1 and one[1] > last)
    return ("… " if first else "") + " ".join(words[first : last + 1]) + (" …" if last < len(words) - 1 else "")


# ---------------------------------------------------------------- the words of the answers


@dataclass(frozen=True, slots=True)
class _Reading:
    """A column read once: its language; for each step its stems, with the words as they stand, and its length."""

    column: Column
    language: str
    steps: tuple[dict[str, str], ...]
    lengths: tuple[int, ...]

    def stems(self, ranks: Sequence[int]) -> dict[str, str]:
        """The stems of the steps of these ranks."""
        return {key: word for rank in reversed(ranks) for key, word in self.steps[rank - 1].items()}

    def length(self, ranks: Sequence[int]) -> int:
        """How many words they have."""
        return sum(self.lengths[rank - 1] for rank in ranks)


def _reading(column: Column) -> _Reading:
    texts = [" ".join(_texts(step)) for step in column.answer.steps]
    language = language_of(" ".join(texts))
    return _Reading(
        column,
        language,
        tuple(_stems(text, language) for text in texts),
        tuple(len(words_in(text)) for text in texts),
    )


def _stems(text: str, language: str) -> dict[str, str]:
    return {stem(word, language): word for word in reversed(words_in(text))}


def _texts(step: Step) -> Iterator[str]:
    """The title of a step and each of its items as a text."""
    yield step.title
    for item in all_items(step.items):
        lead = f"{item.label}: " if item.label else ""
        rows = " – ".join(cell for row in item.rows for cell in row)
        yield f"{lead}{item.text} {rows}".strip()
