"""A Word document that holds answers, to Markdown: insertions in, deletions out, both told."""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from promptlab.ask.imports.html import read_html
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PACKAGE = ("[Content_Types].xml", "_rels/.rels")
_READ = ("styles", "numbering", "footnotes", "endnotes", "comments")  # beside the document itself


class Parts(Protocol):
    """A .docx file opened safely: sizes bounded, XML read without entities."""

    def main(self) -> str:
        """The path of the document itself."""
        ...

    def tree(self, path: str) -> "_Element | None":
        """The root of the XML part at `path`, None where there is none. Raises BadInput for one that is not safe."""
        ...

    def relations(self, source: str) -> list[tuple[str, str]]:
        """The parts that the part at `source` names: (kind, path)."""
        ...


OpenParts = Callable[[str, bytes], Parts]


def read_docx(name: str, data: bytes, open_parts: OpenParts) -> tuple[str, tuple[Problem, ...]]:
    """The Markdown of the document `name`, and what was left out or changed in it.

    `open_parts` opens the file and refuses what is not safe to read. Raises BadInput for a file that is no Word
    document, that is damaged, or that holds no words.
    """
    parts = open_parts(name, data)
    main = parts.main()
    root = parts.tree(main)
    html, warned = _html(name, _checked(parts, main))
    page = read_html(html, name)
    problems = [*(_changes(root, name) if root is not None else ()), *page.problems]
    problems += [Problem(message, name) for message in warned]
    return page.turns[0].text, tuple(problems)


def _checked(parts: Parts, main: str) -> bytes:
    """A package of nothing but the parts that are converted, as they were read: each once, no other."""
    from lxml import etree

    beside = [path for kind, path in parts.relations(main) if kind in _READ]
    wanted = [*_PACKAGE, *(path for part in (main, *beside) for path in (part, _relations_of(part)))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for path in dict.fromkeys(wanted):
            root = parts.tree(path)
            if root is not None:
                package.writestr(path, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    return out.getvalue()


def _relations_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _html(name: str, data: bytes) -> tuple[str, list[str]]:
    from xml.parsers.expat import ExpatError

    import mammoth  # type: ignore[import-untyped]

    def no_picture(image: Any) -> dict[str, str]:  # noqa: ARG001
        return {"src": ""}

    try:
        result = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(no_picture))
    except (KeyError, ValueError, OSError, AttributeError, IndexError, zipfile.BadZipFile, ExpatError) as error:
        said = _("{name} cannot be converted: open it in Word or LibreOffice, and copy the answer.", name=name)
        raise BadInput(said) from error
    kinds = Counter(
        message.message.rpartition(": ")[2].rpartition("}")[2] for message in result.messages if _loses(message.message)
    )
    return result.value, [_("Word content was left out ({what}, {count}).", what=kind, count=count)
                          for kind, count in kinds.items()]  # fmt: skip


def _loses(message: str) -> bool:
    """Whether a message of the conversion is about content; a style without a counterpart loses no word."""
    return "style" not in message.casefold()


def _changes(root: "_Element", name: str) -> list[Problem]:
    counted = {kind: sum(1 for _each in root.iter(f"{_W}{kind}")) for kind in ("ins", "del", "commentReference")}
    said = {
        "ins": ngettext(
            "{count} tracked insertion was taken into the text.",
            "{count} tracked insertions were taken into the text.",
            counted["ins"],
        ),
        "del": ngettext(
            "{count} tracked deletion was left out of the text.",
            "{count} tracked deletions were left out of the text.",
            counted["del"],
        ),
        "commentReference": ngettext(
            "{count} comment is no part of the answer: not taken.",
            "{count} comments are no part of the answer: not taken.",
            counted["commentReference"],
        ),
    }
    return [Problem(said[kind], name) for kind, count in counted.items() if count]
