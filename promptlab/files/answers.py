"""Reading one answer from a text file, whatever program wrote it."""

import codecs
import re
import shlex
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.system import reason_of
from promptlab.messages import _

MOST_BYTES = 5_000_000

# Order matters: the UTF-32 mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WEB_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# More control characters than one in this many is no text; a few are pasted along with some pages.
_CONTROL_SHARE = 200
_OTHER_FORMATS = {
    b"PK\x03\x04": "Word, Excel, ZIP",
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\xd0\xcf\x11\xe0": "Word",
}


def read_answer(path: Path, *, if_empty: str = "") -> str:
    """The text of the answer in the file `path`, with line feeds only and without byte order mark.

    UTF-8, UTF-16 and UTF-32 with their mark, UTF-8 without, else Windows-1252. Raises BadInput, naming the file and
    what to do, for a missing file, a folder, more than MOST_BYTES bytes (not read then), an empty or a binary file.
    `if_empty` is said of an empty file that is to hold something else than an answer.
    """
    content = _content(path)
    for start, formats in _OTHER_FORMATS.items():
        if content.startswith(start):
            said = _(
                "{path} is not text but {formats}: open it, copy the answer, and save it as a .md or .txt file.",
                path=path,
                formats=formats,
            )
            raise BadInput(f"{said} {_import_hint(path)}" if path.suffix.lower() == ".docx" else said)
    text = _decoded(path, content).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise BadInput(if_empty or _("{path} is empty: paste the answer into it, then try again.", path=path))
    if "\x00" in text or len(_CONTROL.findall(text)) * _CONTROL_SHARE > len(text):
        raise _binary(path)
    if _WEB_PAGE.match(text):
        raise BadInput(_("{path} is a web page, not the text of an answer.", path=path) + " " + _import_hint(path))
    return text


def _import_hint(path: Path) -> str:
    return _(
        "Or have promptlab read it: promptlab import {path} --into CASE --run NAME", path=shlex.quote(path.as_posix())
    )


def _content(path: Path) -> bytes:
    try:
        _check_size(path)
        with path.open("rb") as file:
            # One byte more than allowed, for what has no size of its own (a pipe) or grows meanwhile.
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise BadInput(_("{path} does not exist: check its name and its folder.", path=path)) from error
    except OSError as error:
        reason = reason_of(error)
        message = _(
            "{path} cannot be read ({reason}): close it elsewhere, or check that you may open it.",
            path=path,
            reason=reason,
        )
        raise BadInput(message) from error
    if len(content) > MOST_BYTES:
        raise BadInput(
            _("{path} has more than {most} MB: is it the right file?", path=path, most=MOST_BYTES // 1_000_000)
        )
    return content


def _check_size(path: Path) -> None:
    if path.is_dir():
        example = path / "prompt1.md"
        raise BadInput(
            _("{path} is a folder: give the file of one answer, for example {example}.", path=path, example=example)
        )
    size = path.stat().st_size
    if size > MOST_BYTES:
        megabytes, most = round(size / 1e6, 1), MOST_BYTES // 1_000_000
        raise BadInput(
            _(
                "{path} has {size} MB; an answer has at most {most} MB: is it the right file?",
                path=path,
                size=megabytes,
                most=most,
            )
        )


def _decoded(path: Path, content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _binary(path) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if content.count(0):
        return _unmarked_utf16(path, content)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _unmarked_utf16(path: Path, content: bytes) -> str:
    """UTF-16 that lost its mark has a zero in every second byte of Latin text."""
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if len(content) % 2 == 0 and zeros.count(0) > 0.7 * len(zeros):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                break
    raise _binary(path)


def _binary(path: Path) -> BadInput:
    return BadInput(
        _("{path} is not text: save the answer as plain text (.md or .txt, UTF-8), then try again.", path=path)
    )
