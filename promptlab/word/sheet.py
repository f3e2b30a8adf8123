"""What a document counts while it is written: bookmarks, numbered lists, comments."""

from dataclasses import dataclass, field

from promptlab.messages import _
from promptlab.word.contract import Anchor
from promptlab.word.marking import PLAIN, Ink, Marking

BULLETS = 1  # w:numId of the lists that parts/numbering.xml holds
CHECKS = 2
FIRST_ORDERED = 3
DEEPEST = 8  # Word knows nine levels, from 0
HIGHEST_NUMBER = 32767


@dataclass(slots=True)
class Sheet:
    """The running numbers of one document, and the few words that its cells repeat."""

    language: str
    marking: Marking | None = None
    bookmarks: int = 0
    lists: list[tuple[int, int]] = field(default_factory=list)
    colon: str = ""
    example: str = ""

    def __post_init__(self) -> None:
        self.colon = "\u00a0:" if self.language.startswith("fr") else ":"
        self.example = _("Example")

    def ink(self, anchor: Anchor) -> Ink:
        """How the text of `anchor` is written: with its tags, where the document shows a copie."""
        return self.marking.ink(anchor) if self.marking else PLAIN

    def marked(self, name: str, content: str) -> str:
        """`content` (runs) inside a bookmark."""
        self.bookmarks += 1
        number = self.bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def ordered_list(self, level: int, start: int) -> int:
        """The w:numId of a new numbered list whose first number at `level` is `start`."""
        self.lists.append((level, start))
        return FIRST_ORDERED + len(self.lists) - 1

    def ordered_lists(self) -> str:
        """The w:num elements of the numbered lists."""
        return "".join(
            f'<w:num w:numId="{FIRST_ORDERED + rank}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="{level}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for rank, (level, start) in enumerate(self.lists)
        )
