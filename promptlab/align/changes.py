"""What became of each phase from one answer to the next."""

from collections.abc import Iterator, Sequence

from promptlab.align.words import language_of, stem, words_in
from promptlab.messages import _
from promptlab.model.comparison import Change, ChangeKind, Column, Phase
from promptlab.model.parsed import Item, Step

MORE = 1.4  # a cell with so many times the words of the former one says more


def changes_between(columns: Sequence[Column], phases: Sequence[Phase]) -> tuple[Change, ...]:
    """The changes from each column to the next, phase by phase; `source` and `target` are places of columns, from 1.

    A phase in its old place is kept, more precise, split or merged; one that changed its place among the others is
    also `moved`.
    """
    return tuple(
        change
        for number in range(1, len(columns))
        for change in _from_to(columns[number - 1], columns[number], number, phases)
    )


def _from_to(former: Column, latter: Column, number: int, phases: Sequence[Phase]) -> Iterator[Change]:
    added = added_words(former.prompt_text, latter.prompt_text)
    moved = _moved(phases, number - 1, number)
    for place, phase in enumerate(phases, 1):
        before, after = phase.cells[number - 1], phase.cells[number]
        if not before and not after:
            continue
        texts = [_texts(former, before), _texts(latter, after)]
        shown = [word for word in added if word in texts[1] and word not in texts[0]]
        kind = _kind(before, after, texts, shown)
        yield Change(number, number + 1, place, kind, (before, after), _why(kind, shown))
        if place in moved:
            yield Change(number, number + 1, place, "moved", (before, after), _why("moved", []))


def _kind(
    before: Sequence[int], after: Sequence[int], texts: Sequence[Sequence[str]], shown: Sequence[str]
) -> ChangeKind:
    if not before:
        return "new"
    if not after:
        return "dropped"
    if len(after) > len(before):
        return "split"
    if len(before) > len(after):
        return "merged"
    longer = len(texts[1]) >= MORE * len(texts[0]) and len(texts[1]) - len(texts[0]) >= 8
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
    longest: list[list[int]] = []
    for at, rank in enumerate(ranks):
        before = [longest[earlier] for earlier in range(at) if ranks[earlier] <= rank]
        longest.append([*max(before, key=len, default=[]), at])
    kept = max(longest, key=len, default=[])
    return {place for at, place in enumerate(shared) if at not in kept}


def added_words(former: str, latter: str) -> tuple[str, ...]:
    """The words of the prompt `latter` that `former` did not have, in their order, each once."""
    language = language_of(latter)
    known = {stem(word, language) for word in words_in(former)}
    return tuple(dict.fromkeys(word for word in words_in(latter) if stem(word, language) not in known))


def _texts(column: Column, ranks: Sequence[int]) -> list[str]:
    """All words of the steps of these ranks."""
    return [word for rank in ranks for word in _words(column.answer.steps[rank - 1])]


def _words(step: Step) -> Iterator[str]:
    yield from words_in(step.title)
    for item in step.items:
        yield from _item_words(item)


def _item_words(item: Item) -> Iterator[str]:
    yield from words_in(" ".join([item.label or "", item.text, *(cell for row in item.rows for cell in row)]))
    for child in item.items:
        yield from _item_words(child)
