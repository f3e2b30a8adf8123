"""The zones of an answer while they are being filled: steps, groups, sections, conclusion."""

from dataclasses import dataclass, field

from promptlab.model.parsed import SectionKind
from promptlab.parse.blocks import Block
from promptlab.parse.heads import Head
from promptlab.parse.items import Draft


@dataclass
class StepDraft:
    """A step with the blocks that follow its head."""

    head: Head
    block: Block
    body: list[Block] = field(default_factory=list)


@dataclass
class GroupDraft:
    """A heading over several steps: the rank of the first one, and sentences below it."""

    title: Block
    level: int
    first: int
    text: list[Block] = field(default_factory=list)


@dataclass
class SectionDraft:
    """What follows the steps; `level` is that of the line that opened it, 0 where nothing did."""

    kind: SectionKind
    title: str
    first: int
    level: int
    body: list[Block] = field(default_factory=list)
    lead: Draft | None = None


@dataclass
class Outline:
    """The zones of an answer, each with its blocks in order."""

    intro: list[Block] = field(default_factory=list)
    groups: list[GroupDraft] = field(default_factory=list)
    steps: list[StepDraft] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=list)
    conclusion: list[Block] = field(default_factory=list)
