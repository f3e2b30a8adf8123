"""Dates and durations as French letters and documents write them, the year N of textbooks included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from promptlab.casefile.amounts import DIGITS, WORDS, to_number

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SHORT = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5,
    "juin": 6, "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10,
    "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
_YEAR_OF_N = 2001  # any year without 29 February: N stands for no year in particular
_YEAR = r"(?:\d{4}|n(?: ?[+-] ?\d)?(?![\w°º'.]|\.?o)|n(?=\.(?:\s|$)))"
_DATE = re.compile(
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? )?"
    rf"(?:(?<![\w/.,-])(?P<d>\d{{1,2}}) ?(?P<s>[/.]) ?(?P<m>\d{{1,2}})(?: ?(?P=s) ?(?P<y>{_YEAR}|\d\d(?!\d)))(?![\w/])"
    rf"|(?<![\w/.,-])(?P<d4>\d{{1,2}})-(?P<m4>\d{{1,2}})-(?P<y4>{_YEAR}|\d\d)(?![\w/-])"
    rf"|(?<![\w/.,-])(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})(?![\w/%]|,\d)"
    rf"|(?<![\w-])(?P<d3>1 ?er|\d{{1,2}}|{WORDS})[ -]?(?P<name>{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?"
    rf"(?:,? ?(?P<y3>{_YEAR}))?"
    r"|(?<![\w/.-])(?P<iso>\d{4}-\d\d-\d\d)(?![\w-]))"
)
_SPAN = re.compile(
    rf"(?P<count>{DIGITS}|{WORDS}) ?(?P<unit>jours?|j(?![\w'])|heures?|h(?![\w'.])|semaines?|mois|ans?|"
    rf"annees?)(?!\w)(?P<half> et demie?\b)?(?: (?:ouvr|calend)\w+)?"
)
_BEFORE_DAY = re.compile(r"\b(?:du|le|au) $")
Unit = Literal["day", "hour", "week", "month", "year"]
_UNITS: dict[str, Unit] = {"j": "day", "h": "hour", "s": "week", "m": "month", "a": "year"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; `year` is as written: "2026", "N", "N+1", or "" where it is not said."""

    day: int
    month: int
    year: str = ""

    def __str__(self) -> str:
        return f"{self.day:02}/{self.month:02}" + (f"/{self.year}" if self.year else "")

    def same(self, other: "Day") -> bool:
        """Whether both are the same day, where a year that one of them leaves open or calls N is taken as equal."""
        if (self.day, self.month) != (other.day, other.month):
            return False
        years = {self.year, other.year} - {""}
        # N is whatever year the writer has in mind: a figure may stand for it.
        return len(years) < 2 or ("N" in years and any(year.isdigit() for year in years))

    def calendar(self, year_of_n: int = _YEAR_OF_N) -> date:
        """The day as a date, with `year_of_n` for N and for a year that is not said. ValueError: no such day."""
        if self.year.isdigit():
            return date(int(self.year), self.month, self.day)
        return date(year_of_n + int(self.year[1:] or 0), self.month, self.day)

    def later(self, days: int) -> "Day":
        """The day that comes `days` after (or, negative, before) this one, its year said in the same way."""
        return self._like(self.calendar() + timedelta(days))

    def month_end(self) -> "Day":
        """The last day of the month of this day."""
        here = self.calendar()
        first = date(here.year + here.month // 12, here.month % 12 + 1, 1)
        return self._like(first - timedelta(1))

    def _like(self, reached: date) -> "Day":
        if self.year.isdigit():
            return Day(reached.day, reached.month, str(reached.year))
        offset = reached.year - _YEAR_OF_N
        return Day(reached.day, reached.month, f"N{offset:+}" if offset else "N")


@dataclass(frozen=True, slots=True)
class Span:
    """A duration: so many days, hours, weeks, months or years."""

    count: Decimal
    unit: Unit

    @property
    def days(self) -> Decimal | None:
        """Its length in days, where that does not depend on the calendar."""
        lengths = {"day": Decimal(1), "week": Decimal(7), "hour": 1 / Decimal(24)}
        return self.count * lengths[self.unit] if self.unit in lengths else None


@dataclass(frozen=True, slots=True)
class Written:
    """A date or a duration found in a text; `weekday` (0 is Monday) where the writer says one."""

    start: int
    end: int
    value: Day | Span
    weekday: int | None = None


def read_day(printed: str) -> Day | None:
    """The day that a document prints: 20/11/N, 20/11/2026 or 2026-11-20; None where it prints none."""
    return next((found.value for found in dates(printed.lower()) if isinstance(found.value, Day)), None)


def dates(folded: str, *, impossible: bool = False) -> Iterator[Written]:
    """The dates of a folded text, 31/11 included; with `impossible`, 57 novembre and 20/41/N too: meant as dates.

    A day that no calendar has raises ValueError when it is asked for its `calendar`.
    """
    for found in _DATE.finditer(folded):
        if found["iso"]:
            year, month, day = found["iso"].split("-")
        else:
            day = found["d"] or found["d2"] or found["d3"] or found["d4"]
            month = found["m"] or found["m2"] or found["m4"] or str(_SHORT.get(found["name"] or "", 0))
            year = found["y"] or found["y3"] or found["y4"] or ""
        count = to_number(day.removesuffix("er").strip())
        if count is None or not (1 <= count <= 31 and 1 <= int(month) <= 12):
            meant = found["name"] or year or _BEFORE_DAY.search(folded[max(0, found.start() - 4) : found.start()])
            if not impossible or not meant or count is None or not (count < 100 and 0 < int(month) < 100):
                continue
        year = year.replace(" ", "").upper()
        value = Day(int(count), int(month), f"20{year}" if re.fullmatch(r"\d\d", year) else year)
        weekday = WEEKDAYS.index(found["weekday"]) if found["weekday"] else None
        full_stop = found[0].endswith(".") and len(found["name"] or "") > 5
        yield Written(found.start(), found.end() - full_stop, value, weekday)


def spans(folded: str) -> Iterator[Written]:
    """The durations of a folded text: "sous 48 heures", "30 jours", "huit jours"."""
    for found in _SPAN.finditer(folded):
        count = to_number(found["count"])
        if count is not None:
            count += Decimal("0.5") if found["half"] else 0
            yield Written(found.start(), found.end(), Span(count, _UNITS[found["unit"][0]]))


def in_year(day: Day, year: str) -> Day:
    """`day` with `year` where its own is not said."""
    return day if day.year else replace(day, year=year)
