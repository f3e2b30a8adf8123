"""A copie: what one pupil, or two who share a screen, made of one case."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from promptlab.model.alignment import SavedAnswer
from promptlab.model.answer import Answer

Contrast = Literal["standard", "high"]
Span = tuple[int, int]
FORMAT = 1  # of the file; a program that knows a lower one must refuse it

# The areas of a copie that can be undone apart from one another; a work of a later session is `works/<name>`.
TAGS = "tags"
REMARKS = "remarks"
DISCUSSION = "discussion"
TASKS = "tasks"
CORRECTIONS = "corrections"
ANSWERS = "answers"
WORKS = "works/"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the table: a column from 1, the id of a text in it ("3.2"), and a part of that text or all of it.

    `span` counts code points of the text, from 0, the end not included; None is the whole text.
    """

    column: int
    item: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Tagging:
    """One tag set on an item or on a part of it.

    `text` is the whole text of the item, so that it is found again when ids change. `reason` is one of the case's
    closed list, `rationale` the pupil's own words, `evidence` names what proves it ("order:A52000").
    """

    column: int
    item: str
    text: str
    span: Span | None
    tag: str
    reason: str | None = None
    rationale: str = ""
    evidence: str | None = None

    @property
    def spot(self) -> Spot:
        """Where the tag stands."""
        return Spot(self.column, self.item, self.span)

    @property
    def words(self) -> str:
        """The words that are tagged: those of the span, or all of them."""
        return self.text[self.span[0] : self.span[1]] if self.span else self.text

    @property
    def key(self) -> tuple[Any, ...]:
        """What taggings are sorted by: as the table is read, column by column; a whole item before its parts."""
        parts = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in self.item.split("."))
        rest = (self.tag, self.text, self.reason or "", self.rationale, self.evidence or "")
        return (self.column, parts, self.item, self.span or (-1, -1), rest, self.reason is None, self.evidence is None)


@dataclass(frozen=True, slots=True)
class About:
    """The table that a copie is about: a recorded run ("" for other answers), its method, its answers by column."""

    run: str = ""
    by: str = "meaning"
    answers: tuple[SavedAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How the pupil wants to read. `font_size` and `spacing` are percentages of the usual ones."""

    font_size: int = 100
    spacing: int = 100
    contrast: Contrast = "standard"
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """Values that this program carries along as they are: any JSON, kept as its text."""

    text: str

    @classmethod
    def of(cls, value: Any) -> "Plain":
        """`value` (None, booleans, finite numbers, texts, lists and tables of them) kept. ValueError, TypeError."""
        return cls(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))

    @property
    def value(self) -> Any:
        """The values, made anew each time."""
        return json.loads(self.text)


@dataclass(frozen=True, slots=True)
class Work:
    """What a session made that has a room of its own (flowchart, letter, quiz …), with the version of its form."""

    name: str
    version: int
    content: Plain


@dataclass(frozen=True, slots=True)
class Comment:
    """What the teacher says about one place of a copie; `where` is in words, "" for the whole."""

    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """What the teacher sent back: tasks validated, a mark out of `out_of`, comments; `revision` is what was read."""

    validated: tuple[int, ...] = ()
    mark: Decimal | None = None
    out_of: Decimal | None = None
    comments: tuple[Comment, ...] = ()
    revision: int = 0
    returned_at: str = ""


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task of the sequence, whether the pupil says it is done and whether the teacher has validated it."""

    number: int
    text: str
    sessions: tuple[int, ...]
    done: bool = False
    validated: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """One change, kept so that it can be taken back: what it added and took away, or what stood there `before`.

    `area` says which part of the copie it touched, and it touches no other; `what` is the name of the action.
    """

    area: str
    what: str
    added: tuple[Tagging, ...] = ()
    removed: tuple[Tagging, ...] = ()
    before: Any = None


@dataclass(frozen=True, slots=True)
class Copie:
    """One pupil's work on one case.

    `pupils` are pseudonyms, two where two share it; `session` is 1 to 5, None for the whole sequence. `revision`
    counts the times it was saved, `saved_at` (ISO 8601) is the last time and `writer` the program that did it.
    `taggings` are sorted and none stands twice; `remarks` and `discussion` hold a text for each column, without
    empty ones at the end; `tasks` are the numbers of those done. `past` and `undone` are the changes that can be
    taken back and made again, the last one last.
    """

    id: str
    case: str
    pupils: tuple[str, ...] = ()
    session: int | None = None
    revision: int = 0
    saved_at: str = ""
    writer: str = ""
    about: About = About()
    taggings: tuple[Tagging, ...] = ()
    remarks: tuple[str, ...] = ()
    discussion: tuple[str, ...] = ()
    tasks: tuple[int, ...] = ()
    corrections: tuple[Plain, ...] = ()
    answers: tuple[Answer, ...] = ()
    works: tuple[Work, ...] = ()
    settings: Settings = Settings()
    returned: Return | None = None
    past: tuple[Edit, ...] = field(default=(), repr=False)
    undone: tuple[Edit, ...] = field(default=(), repr=False)

    def work(self, name: str) -> Work | None:
        """The work of that name, None where there is none yet."""
        return next((work for work in self.works if work.name == name), None)
