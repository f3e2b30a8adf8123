"""Reading a letter from the file that a pupil hands in: .docx, .md or .txt."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.answers import read_answer
from promptlab.files.system import reason_of
from promptlab.messages import _

KINDS = (".docx", ".md", ".txt")
MOST_BYTES = 20_000_000  # of the file
MOST_XML = 30_000_000  # of one part of it, unpacked
MOST_ENTRIES = 2_000
LINE_BREAK = "\u2028"  # a line broken inside a paragraph: the paragraph stays one line of the count

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY = "word/document.xml"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": LINE_BREAK, f"{_W}cr": LINE_BREAK, f"{_W}noBreakHyphen": "-"}
_STRUCK = (f"{_W}del", f"{_W}moveFrom", _FALLBACK)


def read_letter(path: Path) -> str:
    """The text of the letter in the file `path`; in a .docx, each paragraph is one line.

    The letterhead and the foot of a .docx go with its first and last paragraph. Raises BadInput, naming the file and
    what to do, for anything that is no letter: missing, empty, too large, damaged, protected, of another kind.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise BadInput(
            _(
                "{path}: a letter is read from {kinds}. Save it as one of these, then try again.",
                path=path,
                kinds=", ".join(KINDS),
            )
        )
    empty = _("{path} is empty: write the letter, save it, then try again.", path=path)
    if kind != ".docx":
        return read_answer(path, if_empty=empty)
    text = docx_text(_content(path), name=str(path))
    if not text.strip():
        raise BadInput(empty)
    return text


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise BadInput(_("{path} does not exist: check its name and its folder.", path=path)) from error
    except OSError as error:
        said = _(
            "{path} cannot be read ({reason}): close it elsewhere, or check that you may open it.",
            path=path,
            reason=reason_of(error),
        )
        raise BadInput(said) from error
    if len(content) > MOST_BYTES:
        raise BadInput(
            _("{path} has more than {most} MB: is it the right file?", path=path, most=MOST_BYTES // 1_000_000)
        )
    return content


def docx_text(content: bytes, *, name: str = "letter.docx") -> str:
    """The text of a .docx, a line for each paragraph; `name` is what the messages call it. Raises BadInput."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(
            _(
                "{path} is an old Word file or protected by a password: open it in Word, save it as .docx "
                "without a password.",
                path=name,
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive, name)
    except BadInput:
        raise
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise BadInput(
            _("{path} is no Word document, or a damaged one: open it in Word and save it again.", path=name)
        ) from error
    if _BODY not in parts:
        raise BadInput(_("{path} is no Word document: save the letter as .docx, then try again.", path=name))
    body = list(_paragraphs(_tree(parts[_BODY], name)))
    heads = [
        line
        for part in sorted(parts)
        if part.startswith("word/header")
        for line in _paragraphs(_tree(parts[part], name))
        if line.strip()
    ]
    feet = [
        line
        for part in sorted(parts)
        if part.startswith("word/footer")
        for line in _paragraphs(_tree(parts[part], name))
        if line.strip()
    ]
    body = body or [""]
    body[0] = LINE_BREAK.join([*heads, body[0]])
    body[-1] = LINE_BREAK.join([body[-1], *feet])
    return "\n".join(body)


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """The parts of the document that hold text, each within its bounds."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise BadInput(_("{path} has {count} parts: that is no letter.", path=name, count=len(entries)))
    found = {}
    for entry in entries:
        if entry.filename == _BODY or entry.filename.startswith(("word/header", "word/footer")):
            with archive.open(entry) as part:
                found[entry.filename] = part.read(MOST_XML + 1)
            if len(found[entry.filename]) > MOST_XML:
                raise BadInput(
                    _(
                        "{path} unpacks to more than {most} MB: that is no letter.",
                        path=name,
                        most=MOST_XML // 1_000_000,
                    )
                )
    return found


def _tree(xml: bytes, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(_("{path} is a damaged Word document: open it in Word and save it again.", path=name)) from error
    if tree.getroottree().docinfo.doctype:
        raise BadInput(
            _("{path} holds a document type declaration, which no Word document has: it was not read.", path=name)
        )
    return tree


def _paragraphs(tree: Any) -> Iterator[str]:
    """The text of each paragraph; those of text boxes come after the paragraph that holds them."""
    for paragraph in tree.iter(f"{_W}p"):
        if not any(above.tag in _STRUCK for above in paragraph.iterancestors()):
            yield _list_sign(paragraph) + "".join(_pieces(paragraph))


def _list_sign(paragraph: Any) -> str:
    """The sign that Word shows before the paragraph of a list, which is no text of it."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return "• " if listed or (style is not None and str(style.get(f"{_W}val")).startswith("List")) else ""


def _pieces(element: Any) -> Iterator[str]:
    """The text below `element`, without deleted text, and without paragraphs of its own inside (text boxes)."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _STRUCK and child.tag not in (f"{_W}p", f"{_W}pPr", f"{_W}rPr"):
            stack.append(iter(child))
