"""The sentences of a letter, and the words in them that say what a figure is about."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise

from promptlab.letter.cues import Cue, cues_of

# A full stop ends a sentence, but not after a shortened word.
_SHORTENED = (
    "\\bm", "\\bmr", "mme", "\\bart", "\\bref", "\\bno", "\\btel", "\\bnov", "\\bdec", "\\bfact", "\\bcde", "\\bqte",
    "\\benv", "\\bnum", "\\bsept", "\\boct", "\\bjanv", "\\bfevr", "\\bjuil",
)  # fmt: skip
_END = re.compile(
    r"(?<=[.!?…])(?!(?<=[ (]n\.) ?\d)" + "".join(rf"(?<!{word}\.)" for word in _SHORTENED) + r"[ \"]+(?=[^ ])|\n"
)
_LIST = re.compile(r"\s*(?:[-•–*·>;]|\d+[.)]|[a-z]\))\s")
_NUMBERED = re.compile(r"\s*(?:\d+|[a-z])\.\s*")
_LABEL = re.compile(r"\s*[\w'/. -]{1,28} ?:")
_LONGEST = 3_000
_WRAPPED = 45  # a line at least this long that ends without a stop goes on in the next


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of folded text that is read by itself; `intro` is the sentence with a colon that a list hangs on."""

    start: int
    end: int
    listed: bool = False
    intro: "Sentence | None" = None


class Context:
    """The folded text of a letter with its sentences and cues; everything is looked up by place."""

    def __init__(self, folded: str, extra: Iterable[Cue] = ()) -> None:
        self.text = folded
        self.sentences = tuple(_sentences(folded))
        self.cues: tuple[Cue, ...] = tuple(sorted([*cues_of(folded), *extra], key=lambda cue: (cue.start, cue.end)))
        self._starts = [sentence.start for sentence in self.sentences]
        self._places = [cue.start for cue in self.cues]

    def without(self, spans: Iterable[tuple[int, int]]) -> "Context":
        """The same context without the articles named within `spans`: what is told of them is open."""
        struck = list(spans)
        if not struck:
            return self
        other = copy(self)
        other.cues = tuple(
            cue
            for cue in self.cues
            if cue.tag != "product" or not any(start <= cue.start and cue.end <= end for start, end in struck)
        )
        other._places = [cue.start for cue in other.cues]
        return other

    def sentence(self, place: int) -> Sentence:
        """The sentence in which `place` stands."""
        return self.sentences[max(0, bisect_right(self._starts, place) - 1)]

    def within(self, start: int, end: int, tags: Iterable[str]) -> list[Cue]:
        """The cues with one of `tags` between two places, in order."""
        wanted = frozenset(tags)
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        return [cue for cue in self.cues[first:last] if cue.tag in wanted and cue.end <= end]

    def before(self, place: int, tags: Iterable[str], *, clause: bool = False) -> list[Cue]:
        """The cues of the sentence (or clause) that end before `place`, the nearest first."""
        start = self.clause(place)[0] if clause else self.sentence(place).start
        return self.within(start, place, tags)[::-1]

    def after(self, place: int, tags: Iterable[str], *, clause: bool = True) -> list[Cue]:
        """The cues of the clause (or sentence) that begin after `place`, the nearest first."""
        end = self.clause(place)[1] if clause else self.sentence(place).end
        return self.within(place, end, tags)

    def clause(self, place: int) -> tuple[int, int]:
        """From where to where the clause around `place` goes: to a semicolon, a contrast, a conjunction."""
        sentence = self.sentence(place)
        start, end = sentence.start, sentence.end
        if self.text[start:end].lstrip(" \n").startswith(";"):
            return start, end  # a row of a table
        for wall in self.within(sentence.start, sentence.end, ("wall", "contrast")):
            if wall.end <= place:
                start = wall.end
            elif wall.start >= place:
                end = wall.start
                break
        return start, end

    def has(self, place: int, tags: Iterable[str], *, sentence: bool = False) -> bool:
        """Whether one of `tags` stands in the clause (or sentence) of `place`."""
        here = self.sentence(place)
        start, end = (here.start, here.end) if sentence else self.clause(place)
        return bool(self.within(start, end, tags))

    def contrasted(self, place: int) -> bool:
        """Whether `place` stands in a contrast: "au lieu de …", "et non …"."""
        before = self.before(place, ("contrast", "wall"))
        return bool(before) and before[0].tag == "contrast" and place - before[0].end < 120

    def negated(self, place: int) -> bool:
        """Whether `place` follows "et non", "non pas", or its clause denies something."""
        return self.has(place, ("negation",)) or any(
            place - cue.end < 60
            and self.text[cue.start : cue.end].startswith(("et non", "non pas", "et pas", "pas le", "pas la"))
            for cue in self.before(place, ("contrast",))[:1]
        )

    def reported(self, place: int) -> bool:
        """Whether the sentence tells what the customer says, or quotes the complaint."""
        here = self.sentence(place)
        if self.within(here.start, here.end, ("reported",)):
            return True
        while here.intro is not None:
            here = here.intro
            if self.within(here.start, here.end, ("reported",)):
                return True
        return bool(re.match(r"\s*>", self.text[here.start : here.start + 4]))


def _sentences(folded: str) -> Iterator[Sentence]:
    intro: Sentence | None = None
    start, hangs = 0, False
    for end in _boundaries(folded):
        part = folded[start:end]
        if part.strip():
            listed = bool(_LIST.match(part)) or ";" in part[:40] or (intro is not None and hangs)
            hangs = part.rstrip().endswith((":", ";"))
            sentence = Sentence(start, end, listed, intro if listed or _LABEL.match(part) else None)
            yield sentence
            if part.rstrip().endswith(":"):
                intro = sentence
            elif not sentence.listed and not _LABEL.match(part):
                intro = None
        start = end
    if not folded.strip():
        yield Sentence(0, len(folded))


def _boundaries(folded: str) -> Sequence[int]:
    found: list[int] = []
    for stop in _END.finditer(folded):
        if stop[0] == "\n" and _goes_on(folded, stop.start()):
            continue
        if stop[0] != "\n" and _NUMBERED.fullmatch(folded, found[-1] if found else 0, stop.end()):
            continue
        found.append(stop.end())
    found.append(len(folded))
    # What runs on without a stop is cut all the same, so that the time stays in proportion.
    return [cut for start, end in pairwise([0, *found]) for cut in (*range(start + _LONGEST, end, _LONGEST), end)]


def _goes_on(folded: str, place: int) -> bool:
    """Whether the line that ends at `place` is only wrapped."""
    line = folded[folded.rfind("\n", 0, place) + 1 : place].strip()
    cut = folded.find("\n", place + 1)
    following = folded[place + 1 : cut if cut >= 0 else len(folded)]
    if not line or not following.strip() or line[-1] in ".!?:;" or _LIST.match(following) or _LABEL.match(following):
        return False
    return len(line) >= _WRAPPED
