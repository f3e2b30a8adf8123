"""The form under a text of the table: tag it or a part of it, and say why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from promptlab.messages import _
from promptlab.model.copie import Spot, Tagging
from promptlab.review.exercise import Exercise, Passage
from promptlab.ui.marks import Mark
from promptlab.ui.view import Node, bar, button, choice, group, text, text_area

MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the buttons and fields of the form do."""

    tag: Callable[[str], object]
    move: Callable[[str, int], object]
    whole: Callable[[], object]
    reason: Callable[[Tagging, str], object]
    evidence: Callable[[Tagging, str], object]
    rationale: Callable[[Tagging, str], object]
    remove: Callable[[Tagging], object]
    close: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Editor:
    """The form for one text: `at` is what the next tag goes on, `taggings` are those that the text has."""

    exercise: Exercise
    marks: dict[str, Mark]
    passage: Passage
    at: Spot
    taggings: tuple[Tagging, ...]
    deeds: Deeds

    def node(self) -> Node:
        """The form as a node."""
        return group(
            [
                text({"s": "strong", "t": _("Tag:")}, " ", self._what()),
                bar(
                    [
                        *(self._tag(mark) for mark in self.marks.values()),
                        button(_("Close"), "close-editor", self.deeds.close, tone="plain"),
                    ],
                    key="tags",
                ),
                self._part() if self.passage.divisible else None,
                *(self._tagging(tagging) for tagging in self.taggings),
            ],
            look="editor",
            key="editor",
        )

    def _what(self) -> str:
        if self.at.span is None:
            return _("the whole text “{words}”", words=short(self.passage.text))
        return _("“{words}”", words=short(self.passage.text[self.at.span[0] : self.at.span[1]]))

    def _tag(self, mark: Mark) -> Node:
        down = any(tagging.spot == self.at and tagging.tag == mark.id for tagging in self.taggings)
        label = f"{mark.letter} {mark.label}"
        return button(label, f"tag-{mark.id}", lambda: self.deeds.tag(mark.id), pressed=down)

    def _part(self) -> Node:
        def moving(label: str, key: str, end: str, way: int, says: str) -> Node:
            return button(label, key, lambda: self.deeds.move(end, way), tone="plain", says=says)

        if self.at.span is None:
            start = moving(_("Choose a part"), "part", "end", 1, "")
            return bar([start], key="parts")
        return bar(
            [
                moving(_("◂ start"), "start-back", "start", -1, _("◂ start one word earlier")),
                moving(_("start ▸"), "start-on", "start", 1, _("start ▸ one word later")),
                moving(_("◂ end"), "end-back", "end", -1, _("◂ end one word earlier")),
                moving(_("end ▸"), "end-on", "end", 1, _("end ▸ one word later")),
                button(_("Whole text"), "whole", self.deeds.whole, tone="plain"),
            ],
            key="parts",
        )

    def _tagging(self, tagging: Tagging) -> Node:
        key = key_of(tagging)
        mark = self.marks.get(tagging.tag)
        what = _("“{words}”", words=short(tagging.words)) if tagging.span else _("the whole text")
        name = f"{mark.letter if mark else '?'} {self.exercise.label(tagging.tag)}"
        deeds = self.deeds
        reasons = [(reason, self.exercise.label(reason)) for reason in self.exercise.reasons]
        proofs = [(one.id, one.label) for one in self.exercise.evidences.values()]
        return group(
            [
                text({"s": "strong", "t": name}, f" – {what}"),
                choice(
                    _("Reason"),
                    tagging.reason or "",
                    _options(reasons, tagging.reason),
                    f"reason-{key}",
                    lambda value: deeds.reason(tagging, value),
                ),
                text_area(
                    _("Why? In your own words"),
                    tagging.rationale,
                    f"rationale-{key}",
                    lambda value: deeds.rationale(tagging, value),
                    rows=3,
                ),
                choice(
                    _("Document that proves it"),
                    tagging.evidence or "",
                    _options(proofs, tagging.evidence),
                    f"evidence-{key}",
                    lambda value: deeds.evidence(tagging, value),
                ),
                button(_("Take this tag out"), f"remove-{key}", lambda: deeds.remove(tagging), tone="danger"),
            ],
            look="tag",
            key=f"tagging-{key}",
        )


def key_of(tagging: Tagging) -> str:
    """What tells the taggings of one text apart on the screen."""
    start, end = tagging.span or ("", "")
    return f"{tagging.tag}-{start}-{end}"


def short(words: str) -> str:
    """`words` in one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= MOST_QUOTED else line[: MOST_QUOTED - 1] + "…"


def _options(known: Iterable[tuple[str, str]], chosen: str | None) -> list[tuple[str, str]]:
    """The closed list with “none”, and what is chosen where the case does not have it."""
    options = [("", _("– none –")), *known]
    if chosen and all(chosen != identity for identity, _label in options):
        options.append((chosen, chosen))
    return options
