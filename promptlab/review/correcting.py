"""The corrections of the table that a copie keeps: made one by one, replayed on the table whenever it is rebuilt."""

from dataclasses import dataclass, replace

from promptlab.align.correction_words import in_words
from promptlab.align.corrections import correct, why_not
from promptlab.errors import BadInput
from promptlab.files.alignments import history_to_json, read_history
from promptlab.files.faults import Table
from promptlab.messages import _
from promptlab.model.alignment import Correction, History
from promptlab.model.comparison import Comparison
from promptlab.model.copie import CORRECTIONS, Copie, Plain
from promptlab.model.problem import Problem
from promptlab.review.history import with_field

MOST_CORRECTIONS = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction that a copie keeps, in words, and why it is not applied: "" where it is."""

    words: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A table with the corrections of a copie; `entries` are all of them, those that do not fit too."""

    table: Comparison
    entries: tuple[Entry, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The corrections that are kept but not applied."""
        return tuple(
            Problem(entry.why_not, _("correction {number}", number=number))
            for number, entry in enumerate(self.entries, 1)
            if entry.why_not
        )


def correct_alignment(copie: Copie, correction: Correction) -> Copie:
    """`copie` with one correction of the table more. It can be taken back. Raises BadInput above MOST_CORRECTIONS."""
    if len(copie.corrections) >= MOST_CORRECTIONS:
        raise BadInput(_("A copie keeps at most {most} corrections: take some out first.", most=MOST_CORRECTIONS))
    (entry,) = history_to_json(History((correction,)))["corrections"]
    return with_field(copie, CORRECTIONS, "correct", (*copie.corrections, Plain.of(entry)))


def take_out(copie: Copie, number: int) -> Copie:
    """`copie` without its correction `number`, from 1; the same where there is none. It can be taken back."""
    left = tuple(entry for at, entry in enumerate(copie.corrections, 1) if at != number)
    return with_field(copie, CORRECTIONS, "correct", left)


def corrections_of(copie: Copie) -> tuple[Correction | None, ...]:
    """The corrections that the copie keeps, in their order; None stands for one that is not understood."""
    return tuple(_read(entry) for entry in copie.corrections)


def said_corrections(copie: Copie) -> tuple[str, ...]:
    """The same in words, a line for each."""
    return tuple(_words(correction) for correction in corrections_of(copie))


def replay(comparison: Comparison, copie: Copie) -> Replayed:
    """`comparison` with the corrections of `copie`. What no longer fits, or is not understood, is kept and told."""
    found = corrections_of(copie)
    known = tuple(correction for correction in found if correction is not None)
    reasons = iter(why_not(comparison, known))
    strange = _("this correction is not understood: it is kept but not applied. Make it again, or take it out.")
    entries = tuple(
        Entry(_words(correction), next(reasons) if correction is not None else strange) for correction in found
    )
    made = Replayed(comparison, entries)
    table = replace(correct(comparison, known), problems=(*comparison.problems, *made.problems))
    return replace(made, table=table)


def _read(entry: Plain) -> Correction | None:
    faults: list[Problem] = []
    history = read_history(Table({"corrections": [entry.value]}, CORRECTIONS, faults))
    return history.done[0] if len(history.done) == 1 and not faults else None


def _words(correction: Correction | None) -> str:
    return in_words(correction) if correction is not None else _("(not understood)")
