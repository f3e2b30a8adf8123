"""A gradebook or marking sheet that the teacher exported from Moodle, filled in; nothing else in it changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from promptlab.ask.names import folded
from promptlab.errors import BadInput
from promptlab.files.cells import csv_cell
from promptlab.files.class_list import Pupil
from promptlab.files.csv_rows import CsvFile
from promptlab.grade.classroom import Graded
from promptlab.grade.figures import figure
from promptlab.grade.picking import Entry
from promptlab.messages import _
from promptlab.model.problem import Problem

_MARK = ("note", "grade", "mark")
_MOST = ("note maximale", "maximum grade")
_FEEDBACK = ("feedback par commentaires", "feedback comments", "commentaires", "feedback")
_IDENTIFIER = ("identifiant", "identifier")
_NUMBER = ("numéro d'identification", "numéro d’identification", "id number", "nom d'utilisateur", "username")
_EMAIL = ("adresse de courriel", "email address", "courriel", "e-mail", "email")
_FIRST = ("prénom", "first name")
_LAST = ("nom de famille", "nom", "last name", "surname")
_FULL = ("nom complet", "full name")
_PARTICIPANT = re.compile(r"(?:^|/)([^/_]+)_(\d+)_assignsubmission_")
_KNOWN = (*_MOST, *_FEEDBACK, *_IDENTIFIER, *_NUMBER, *_EMAIL, *_FIRST, *_LAST, *_FULL)


@dataclass(frozen=True, slots=True)
class Filled:
    """The file filled in, how many marks were put in, and the pupils of the class who have no line there."""

    content: bytes
    count: int
    problems: tuple[Problem, ...]


def fill(file: CsvFile, graded: Graded, *, column: str = "", name: str = "") -> Filled:
    """`file` with the marks of the class in the column called `column`, and feedback where it has such a column.

    Without `column`, it is the one that Moodle calls Note or Grade, else the only one that can hold a mark. A pupil is
    found by the number in the name of the file handed in, by the e-mail address, the number or the name of the list.
    `name` is what messages call the file. Raises BadInput, with the columns there are, where it is not clear which.
    """
    heads = [head.casefold() for head in file.heads]
    place = _mark_place(file.heads, column, name)
    lines = _Lines(file, heads)
    comma = _comma(file, place, heads)
    changes: dict[tuple[int, int], str] = {}
    problems = []
    count, feedback = 0, _place(heads, _FEEDBACK)
    for entry in graded.entries:
        if entry.mark.mark is None:
            continue
        number = lines.of(entry, graded.pupil(entry.outcome.pupil))
        if number is None:
            said = _("{pupil} has no line in {file}: the mark was not put in.", pupil=_who(entry), file=name)
            problems.append(Problem(said, entry.source))
            continue
        changes[number, place] = figure(_scaled(entry, lines.most(number)), comma)
        count += 1
        comment = _comment(entry)
        if comment and feedback is not None and feedback < len(file.records[number]):
            changes[number, feedback] = csv_cell(comment)
    return Filled(file.with_cells(changes), count, tuple(problems))


class _Lines:
    """Finds the line of a pupil."""

    def __init__(self, file: CsvFile, heads: Sequence[str]) -> None:
        self.file, self.heads = file, heads
        self._by: dict[tuple[str, str], list[int]] = {}
        for number in range(1, len(file.records)):
            for key in self._keys(number):
                self._by.setdefault(key, []).append(number)

    def of(self, entry: Entry, pupil: Pupil) -> int | None:
        """The one line that is this pupil's, None where there is none or where it is not clear."""
        found = _PARTICIPANT.search(entry.source)
        wanted = [
            ("participant", found[2] if found else ""),
            ("email", pupil.email.casefold()),
            ("number", pupil.number.casefold()),
            ("name", _sorted_name(pupil.name)),
            ("name", _sorted_name(found[1]) if found else ""),
        ]
        for kind, value in wanted:
            numbers = self._by.get((kind, value), []) if value else []
            if len(numbers) == 1:
                return numbers[0]
        return None

    def most(self, number: int) -> Fraction | None:
        """What the mark of that line is out of, where the file says so."""
        place = _place(self.heads, _MOST)
        texts = self.file.texts(number)
        return _fraction(texts[place]) if place is not None and place < len(texts) else None

    def _keys(self, number: int) -> list[tuple[str, str]]:
        texts = self.file.texts(number)

        def said(names: Sequence[str]) -> str:
            place = _place(self.heads, names)
            return texts[place] if place is not None and place < len(texts) else ""

        digits = re.search(r"(\d+)\s*$", said(_IDENTIFIER))
        full = said(_FULL) or f"{said(_FIRST)} {said(_LAST)}"
        keys = [
            ("participant", digits[1] if digits else ""),
            ("email", said(_EMAIL).casefold()),
            ("number", said(_NUMBER).casefold()),
            ("name", _sorted_name(full)),
        ]
        return [key for key in keys if key[1]]


def _mark_place(heads: Sequence[str], column: str, name: str) -> int:
    lowered = [head.casefold() for head in heads]
    choices = "; ".join(heads)
    if column:
        if column.casefold() not in lowered:
            raise BadInput(
                _("{file}: no column “{column}”; there are: {heads}.", file=name, column=column, heads=choices)
            )
        return lowered.index(column.casefold())
    place = _place(lowered, _MARK)
    if place is not None:
        return place
    bearing = [
        at
        for at, head in enumerate(lowered)
        if head not in _KNOWN
        and not any(word in head for word in ("total", "téléchargement", "downloaded", "feedback"))
    ]
    marks = [at for at in bearing if "(" in lowered[at] or ":" in lowered[at]]
    if len(marks) == 1:
        return marks[0]
    said = _("{file}: say with --moodle-column which column takes the marks: {heads}.", file=name, heads=choices)
    raise BadInput(said)


def _place(heads: Sequence[str], names: Sequence[str]) -> int | None:
    return next((heads.index(name) for name in names if name in heads), None)


def _comma(file: CsvFile, place: int, heads: Sequence[str]) -> bool:
    """Whether the file writes decimals with a comma: as its own numbers do, else as its delimiter lets it."""
    most = _place(heads, _MOST)
    for number in range(1, len(file.records)):
        texts = file.texts(number)
        for at in (place, most):
            said = texts[at] if at is not None and at < len(texts) else ""
            if re.fullmatch(r"\d+[.,]\d+", said):
                return "," in said
    return file.delimiter == ";"


def _scaled(entry: Entry, most: Fraction | None) -> Decimal:
    mark = entry.mark.mark or Decimal(0)
    if most is None or not entry.mark.scale:
        return mark
    scaled = Fraction(mark) * most / Fraction(entry.mark.scale)
    return Decimal(scaled.numerator) / scaled.denominator


def _fraction(text: str) -> Fraction | None:
    return Fraction(text.replace(",", ".")) if re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", text) else None


def _sorted_name(name: str) -> str:
    return " ".join(sorted(folded(name).split()))


def _comment(entry: Entry) -> str:
    provisional = _("Provisional mark.") if entry.mark.waiting else ""
    return " ".join(part for part in (provisional, *entry.mark.comments) if part)


def _who(entry: Entry) -> str:
    return entry.outcome.pupil or entry.mark.copie
