"""Which copie of a pupil counts where there are several, and whose copie it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from promptlab.ask.names import folded
from promptlab.files.class_list import Pupil
from promptlab.grade.outcome import Outcome, PupilOutcome
from promptlab.messages import _
from promptlab.model.mark import Mark
from promptlab.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One pupil's copie among those handed in: where it came from, and its rank in the order of the files."""

    place: int
    source: str
    outcome: PupilOutcome
    changed: bool
    shared: bool

    @property
    def mark(self) -> Mark:
        """Its mark."""
        return self.outcome.mark


def entries(outcomes: Iterable[Outcome]) -> list[Entry]:
    """The pupils of all outcomes, in the order of the files."""
    return [
        Entry(place, outcome.source, pupil, outcome.changed, len(outcome.pupils) > 1)
        for place, outcome in enumerate(outcomes)
        for pupil in outcome.pupils
    ]


def picked(found: Sequence[Entry]) -> tuple[list[Entry], list[Problem]]:
    """One entry for each pupil, the latest, and what is to be said of the others.

    Of one copie the highest revision counts, of several copies of a pupil the one saved last.
    """
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[_who(entry)].append(entry)
    chosen, told = [], []
    for group in groups.values():
        copies: dict[str, list[Entry]] = defaultdict(list)
        for entry in group:
            copies[entry.mark.copie].append(entry)
        best = max((max(same, key=_revision) for same in copies.values()), key=_saved)
        chosen.append(best)
        told += [_superseded(other, best) for other in group if other is not best]
    told += _same_id(chosen)
    return sorted(chosen, key=lambda entry: entry.place), told


def missing(chosen: Sequence[Entry], pupils: Sequence[Pupil]) -> tuple[list[Pupil], list[Problem]]:
    """Who of the list handed nothing in, and the pseudonyms that the list does not have."""
    there = {_who(entry) for entry in chosen}
    known = {pupil.pseudonym.casefold() for pupil in pupils}
    told = [
        Problem(_("the pseudonym “{code}” is not in the list of pupils.", code=entry.outcome.pupil), entry.source)
        for entry in chosen
        if entry.outcome.pupil and entry.outcome.pupil.casefold() not in known
    ]
    return [pupil for pupil in pupils if pupil.pseudonym.casefold() not in there], told if pupils else []


def owner(source: str, pupils: Sequence[Pupil]) -> Pupil | None:
    """The one pupil of the list whose name stands in the name of a file, None where there is none or more than one."""
    words = set(folded(source.rpartition(".")[0].replace("_", " ")).split())
    found = [pupil for pupil in pupils if (name := folded(pupil.name).split()) and words.issuperset(name)]
    return found[0] if len(found) == 1 else None


def _who(entry: Entry) -> str:
    return entry.outcome.pupil.casefold() or f" {entry.mark.copie}"


def _revision(entry: Entry) -> tuple[int, datetime, bool, str]:
    return (entry.mark.revision, _moment(entry.mark.saved_at), entry.changed, entry.source)


def _saved(entry: Entry) -> tuple[datetime, int, bool, str]:
    return (_moment(entry.mark.saved_at), entry.mark.revision, entry.changed, entry.source)


def _moment(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _superseded(other: Entry, best: Entry) -> Problem:
    who = best.outcome.pupil or best.mark.copie
    if other.mark.copie == best.mark.copie:
        said = _(
            "{pupil} handed this copie in several times: revision {kept} ({source}) counts, not this one ({revision}).",
            pupil=who,
            kept=best.mark.revision,
            source=best.source,
            revision=other.mark.revision,
        )
    elif not (best.mark.saved_at and other.mark.saved_at):
        said = _(
            "{pupil} handed in two different copies, and nothing says which was saved last: {source} counts. "
            "Look at both.",
            pupil=who,
            source=best.source,
        )
    else:
        said = _(
            "{pupil} handed in two different copies: the one saved last ({source}) counts. Look at this one.",
            pupil=who,
            source=best.source,
        )
    return Problem(said, other.source)


def _same_id(chosen: Sequence[Entry]) -> list[Problem]:
    """Copies with one id under different pseudonyms that are not shared: one may be a copy of the other's file."""
    by_copie: dict[str, list[Entry]] = defaultdict(list)
    for entry in chosen:
        by_copie[entry.mark.copie].append(entry)
    told = []
    for group in by_copie.values():
        if len({entry.place for entry in group}) > 1:
            who = ", ".join(entry.outcome.pupil for entry in group)
            said = _("{pupils}: their files hold the same copie; one may have been made from the other's.", pupils=who)
            told.append(Problem(said, group[0].source))
    return told
