"""What a copie adds to the document: shaded words, signs beside the references, comments, the texts of its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from promptlab.files.tags import default_tags
from promptlab.model.case import Case, Tag
from promptlab.model.copie import Copie, Tagging
from promptlab.review.counts import fits
from promptlab.review.exercise import Exercise, evidences
from promptlab.word.contract import REMARK, STATEMENT_WORK, Anchor
from promptlab.word.markup import BOLD, paragraph, partly_bold, run

_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Words:
    """How a case calls its tags, reasons and evidences: for the signs and the comments of a document."""

    tags: Mapping[str, Tag]
    codes: Mapping[str, str]
    labels: Mapping[str, str]

    def sign(self, tagging: Tagging) -> str:
        """The sign of a tag with the code of its reason: "⚠C"."""
        tag = self.tags.get(tagging.tag)
        return (tag.sign if tag else "") + self.codes.get(tagging.reason or "", "")

    def head(self, tagging: Tagging) -> str:
        """The first line of a tag's comment: tag, reason, evidence."""
        tag = self.tags.get(tagging.tag)
        label = f"{tag.sign} {tag.label}" if tag else tagging.tag
        more = [self.labels.get(each, each) for each in (tagging.reason, tagging.evidence) if each]
        return _SEPARATOR.join([label, *more])

    def comment(self, tagging: Tagging) -> str:
        """The whole text of a tag's comment, "" where there is nothing to say beyond the tag."""
        if not (tagging.reason or tagging.evidence or tagging.rationale):
            return ""
        return "\n".join([self.head(tagging), *([tagging.rationale] if tagging.rationale else [])])


def words_of(case: Case | None) -> Words:
    """The words of `case`; without one, those of the standard tags."""
    tags = (case.tags if case else ()) or default_tags()
    reasons = case.reasons if case else ()
    proofs = {evidence.id: evidence.label for evidence in evidences(case)} if case else {}
    return Words(
        {tag.id: tag for tag in tags},
        {reason.id: reason.code for reason in reasons},
        proofs | {reason.id: reason.label for reason in reasons},
    )


def shown_taggings(copie: Copie, on: Exercise) -> dict[tuple[int, str], tuple[Tagging, ...]]:
    """The tags of `copie` that the table of `on` can show, by column and id of their text."""
    found: dict[tuple[int, str], tuple[Tagging, ...]] = {}
    for tagging in copie.taggings:
        if tagging.tag in on.tags and fits(tagging, on):
            place = (tagging.column, tagging.item)
            found[place] = (*found.get(place, ()), tagging)
    return found


def painted(length: int, taggings: Iterable[Tagging]) -> list[str | None]:
    """Which tag each of `length` characters shows; a part shows over the whole."""
    seen: list[str | None] = [None] * length
    for tagging in sorted(taggings, key=lambda tagging: tagging.span is not None):
        start, end = tagging.span or (0, length)
        seen[start:end] = [tagging.tag] * (min(end, length) - start)
    return seen


class Ink:
    """How the text of one anchor is written: here as it is, without any tag."""

    signs = ""

    def run(self, text: str, properties: str = "") -> str:
        """A run of what stands beside the text: label, number, cells of a table."""
        return run(text, properties)

    def text(self, text: str, bold: tuple[tuple[int, int], ...] = ()) -> str:
        """The text itself; `bold` are the stretches to be bold."""
        return partly_bold(text, bold)

    def around(self, content: str) -> str:
        """`content`, all runs of the anchor, with the comments on the whole of it."""
        return content


PLAIN = Ink()


class Tagged(Ink):
    """The same for a text that has tags."""

    def __init__(self, taggings: tuple[Tagging, ...], marking: "Marking") -> None:
        self._marking, self._taggings = marking, taggings
        self.signs = " ".join(filter(None, map(marking.words.sign, taggings)))
        self._whole = next((marking.shade(one.tag) for one in taggings if one.span is None), "")
        self._parts = [one for one in taggings if one.span is not None]

    def run(self, text: str, properties: str = "") -> str:
        """Shaded where the whole is tagged."""
        return run(text, properties + self._whole)

    def text(self, text: str, bold: tuple[tuple[int, int], ...] = ()) -> str:
        """Shaded, stretch by stretch, as its characters are tagged; with the comments on its parts."""
        if not self._parts:
            return partly_bold(text, bold, self._whole)
        seen = painted(len(text), self._taggings)
        cuts = {0, len(text), *(at for span in (*bold, *(one.span for one in self._parts if one.span)) for at in span)}
        starts, ends = self._ranges()
        pieces = []
        bounds = sorted(cut for cut in cuts if 0 <= cut <= len(text))
        for first, last in zip(bounds, [*bounds[1:], len(text)], strict=True):
            pieces += [*ends.pop(first, []), *starts.pop(first, [])]
            heavy = BOLD if any(start <= first < end for start, end in bold) else ""
            pieces.append(run(text[first:last], heavy + self._marking.shade(seen[first] if first < last else None)))
        return "".join([*pieces, *(end for left in ends.values() for end in left)])

    def around(self, content: str) -> str:
        """`content` in the comments on the whole."""
        for tagging in self._taggings:
            if tagging.span is None and (number := self._marking.comment(tagging)):
                content = _opened(number) + content + _closed(number)
        return content

    def _ranges(self) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        starts: dict[int, list[str]] = {}
        ends: dict[int, list[str]] = {}
        for tagging in self._parts:
            if tagging.span and (number := self._marking.comment(tagging)):
                starts.setdefault(tagging.span[0], []).append(_opened(number))
                ends.setdefault(tagging.span[1], []).append(_closed(number))
        return starts, ends


def _opened(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def _closed(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


@dataclass(slots=True)
class Marking:
    """The tags of `copie` by the place of their text; `comments` grows while the document is written.

    Tags that stand on no text of the table are not shown: they travel in the copie that the document holds.
    """

    copie: Copie
    words: Words
    places: Mapping[tuple[int, str], tuple[Tagging, ...]]
    comments: list[str] = field(default_factory=list)

    def ink(self, anchor: Anchor) -> Ink:
        """How to write the text of `anchor`."""
        here = self.places.get((anchor.column, anchor.id))
        return Tagged(here, self) if here else PLAIN

    def written(self, place: Anchor) -> str:
        """What the pupil wrote in the cell of `place`, in a row to write in."""
        texts = self.copie.remarks if place.id == REMARK else self.copie.discussion
        return texts[place.column - 1] if place.column <= len(texts) else ""

    def stated(self, question: str) -> str:
        """What the pupil answered to one of STATEMENTS."""
        work = self.copie.work(STATEMENT_WORK)
        values = work.content.value if work else {}
        said = values.get(question, "") if isinstance(values, dict) else ""
        if question == "pupil" and not said:
            return "+".join(self.copie.pupils)
        return said if isinstance(said, str) else ""

    def shade(self, tag: str | None) -> str:
        """The run property that shows a tag, "" for none."""
        found = self.words.tags.get(tag or "")
        return f'<w:shd w:val="clear" w:color="auto" w:fill="{found.colour}"/>' if found else ""

    def comment(self, tagging: Tagging) -> int:
        """The number of a new comment with what is said of `tagging`; 0 where nothing is."""
        said = self.words.comment(tagging)
        if not said:
            return 0
        self.comments.append("".join(paragraph("PlCell", run(line)) for line in said.split("\n")))
        return len(self.comments)

    def comments_xml(self) -> str:
        """The elements of the comments part. They bear no name: who wrote them stands in the copie, as a pseudonym."""
        return "".join(
            f'<w:comment w:id="{number}" w:author="promptlab" w:initials="pl">{said}</w:comment>'
            for number, said in enumerate(self.comments, 1)
        )
