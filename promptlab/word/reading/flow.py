"""A document as lines of text, tables and comments."""

from typing import TYPE_CHECKING

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.word.reading.archive import Archive, W
from promptlab.word.reading.looks import Looks
from promptlab.word.reading.nouns import Flow
from promptlab.word.reading.walker import Walker, children, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_flow(archive: Archive) -> Flow:
    """The document in `archive` as lines, tables and comments. Raises BadInput."""
    main = archive.main()
    parts = dict(reversed(archive.relations(main)))
    looks = Looks(_tree(archive, parts, "styles"), _tree(archive, parts, "theme"))
    root = archive.tree(main)
    if root is None:
        raise BadInput(_("{name}: this is no Word document (.docx).", name=archive.name))
    notes = {
        (kind, one.get(f"{W}id") or ""): text_of(one, looks)
        for kind in ("footnotes", "endnotes")
        for one in children(_tree(archive, parts, kind))
        if one.get(f"{W}type") in (None, "normal")
    }
    walker = Walker(looks, archive.name, notes)
    walker.walk(root)
    walker.finish()
    around = Walker(looks, archive.name, {}, counted=False)  # pages have other numbers on every computer
    for kind, path in archive.relations(main):
        if kind in ("header", "footer") and (part := archive.tree(path)) is not None:
            around.walk(part)
            around.finish()
    comments = walker.comments(children(_tree(archive, parts, "comments")))
    return Flow(walker.lines, walker.tables, comments, around.lines, archive.properties(), walker.strange)


def _tree(archive: Archive, parts: dict[str, str], kind: str) -> "_Element | None":
    return archive.tree(parts[kind]) if kind in parts else None
