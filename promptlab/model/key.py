"""The answer key: what a teacher expects of the table of one run, argued item by item."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from promptlab.model.alignment import SavedAnswer
from promptlab.model.copie import Span

Others = Literal["neutral", "unsuitable", "wrong"]
Where = Literal["remarks", "discussion", "both"]
FORMAT = 1
FOLDER = "key"  # of a case; it never goes to pupils


@dataclass(frozen=True, slots=True)
class Accepted:
    """A tag that the key accepts on an item, and the part of the item's weight that it earns, 0 to 1."""

    tag: str
    credit: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One item, or a part of it, that a pupil is expected to tag.

    `text` is the whole text of the item, so that it is found again when ids change; `span` is the part of it that is
    meant. The first of `accepted` is the tag expected, the others are alternatives. Any of `reasons` and any of
    `evidence` is right; none given means that any will do. `why` is the argument that the pupil reads afterwards. An
    `optional` item earns nothing where it is missed.
    """

    column: int
    item: str
    text: str
    span: Span | None
    accepted: tuple[Accepted, ...]
    reasons: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    why: str = ""
    weight: Fraction = Fraction(1)
    optional: bool = False

    @property
    def tag(self) -> str:
        """The tag expected."""
        return self.accepted[0].tag

    @property
    def words(self) -> str:
        """The words that are meant: those of the span, or all of them."""
        return self.text[self.span[0] : self.span[1]] if self.span else self.text

    def credit(self, tag: str) -> Fraction:
        """What `tag` earns on this item, 0 where the key does not accept it."""
        return next((one.credit for one in self.accepted if one.tag == tag), Fraction(0))


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea expected in the remarks or in the discussion.

    It is there where each group of `words` has one of its words or phrases, in any form (`téléphon*` is any word that
    begins so), and none of `without`. `column` is the answer that it is about, 0 for any.
    """

    id: str
    text: str
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    column: int = 0
    where: Where = "both"
    why: str = ""
    weight: Fraction = Fraction(1)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What is expected of the table of one run.

    `answers` say for which answers it holds. `others` is what becomes of a tag on an item that the key does not name:
    it counts for nothing, is wrong where it calls the item unsuitable, or is wrong in any case.
    `origin` says in words who made it.
    """

    run: str
    answers: tuple[SavedAnswer, ...]
    others: Others = "neutral"
    origin: str = ""
    items: tuple[KeyItem, ...] = ()
    ideas: tuple[Idea, ...] = ()
