"""A .docx file opened safely: bounded, without entities, without network."""

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from promptlab.errors import BadInput
from promptlab.messages import _

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 60_000_000  # of the file; photographs that pupils paste make it large
MOST_ENTRIES = 4_000
MOST_PART_BYTES = 30_000_000  # of one part, unpacked; a long table has 0.3 MB
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# ISO 29500 Strict, an option when saving in Word, has namespaces of its own. Not verified with Word.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Archive:
    """The parts of a .docx file, unpacked one by one where they are asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        """The file called `name` with the content `data`. Raises BadInput that says what it is instead of a .docx."""
        self.name = name
        self._related: dict[str, list[tuple[str, str]]] = {}
        if len(data) > MOST_BYTES:
            size = len(data) // 10**6
            raise BadInput(_("{name}: a file of {size} MB is too large to be read.", name=name, size=size))
        if not data.startswith(b"PK"):
            raise BadInput(_other_kind(name, data))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self._damaged() from error
        if len(entries) > MOST_ENTRIES:
            said = _("{name}: this file holds {count} parts, more than any document.", name=name, count=len(entries))
            raise BadInput(said + " " + _hand_in_again())
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        if "[content_types].xml" not in self._entries:
            raise BadInput(self._no_word_document())

    def part(self, path: str) -> bytes | None:
        """The content of the part at `path`, None where there is none.

        Raises BadInput for one that is damaged, protected, or larger than any document.
        """
        entry = self._entries.get(path.lower())
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise BadInput(_protected(self.name))
        try:
            with self._zip.open(entry) as file:
                content = file.read(MOST_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise self._damaged() from error
        except RuntimeError as error:  # zipfile has no other error for a password
            raise BadInput(_protected(self.name)) from error
        if len(content) > MOST_PART_BYTES:
            said = _("{name}: a part of this file is too large once unpacked.", name=self.name)
            raise BadInput(said + " " + _hand_in_again())
        return content

    def tree(self, path: str) -> "_Element | None":
        """The root element of the XML part at `path`, None where there is none. Raises BadInput as `part` does."""
        content = self.part(path)
        if content is None:
            return None
        from lxml import etree

        if b"purl.oclc.org/ooxml" in content:
            for strict, usual in _STRICT:
                content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.doctype or b"<!ENTITY" in content:
            said = _("{name}: this file declares entities of its own, as no word processor does.", name=self.name)
            raise BadInput(said + " " + _hand_in_again())
        return root

    def main(self) -> str:
        """The path of the document itself, as the package says: every program opens that part. Raises BadInput."""
        usual = "word/document.xml"
        found = next((path for kind, path in self.relations("") if kind == "officeDocument"), usual)
        if found.lower() not in self._entries or not found.lower().startswith("word/"):
            raise BadInput(self._no_word_document())
        return found

    def relations(self, source: str) -> list[tuple[str, str]]:
        """The parts that `source` names: (last word of the type, path). What lies outside the file is left out."""
        if source not in self._related:
            self._related[source] = self._relations(source)
        return self._related[source]

    def _relations(self, source: str) -> list[tuple[str, str]]:
        folder, name = posixpath.split(source)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for relation in root if root is not None else ():
            target, kind = relation.get("Target") or "", relation.get("Type") or ""
            if relation.get("TargetMode") != "External" and kind.startswith(_OFFICE):
                path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found.append((kind.rpartition("/")[2], path))
        return found

    def properties(self) -> dict[str, str]:
        """The custom properties of the document that are texts."""
        root = self.tree("docProps/custom.xml")
        if root is None:
            return {}
        return {one.get("name") or "": one[0].text or "" for one in root if len(one)}

    def _damaged(self) -> BadInput:
        said = _("{name}: this file is damaged or was cut off, it cannot be opened.", name=self.name)
        return BadInput(said + " " + _hand_in_again())

    def _no_word_document(self) -> str:
        try:
            kind = (self.part("mimetype") or b"")[:100]
        except BadInput:
            kind = b""
        if b"opendocument" in kind:
            said = _("{name}: this is an OpenDocument file (.odt), whatever its name says.", name=self.name)
            return said + " " + _save_as_docx()
        return _("{name}: this is no Word document (.docx).", name=self.name) + " " + _save_as_docx()


def _other_kind(name: str, data: bytes) -> str:
    """What to say of a file that is no ZIP archive."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _protected(name)
        return _("{name}: this is a document of an old Word (.doc).", name=name) + " " + _save_as_docx()
    kinds = ((b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"<", "HTML"))
    found = next((kind for start, kind in kinds if data.lstrip()[:8].startswith(start)), "")
    if found:
        said = _("{name}: this is a {kind} file, whatever its name says.", name=name, kind=found)
        return said + " " + _save_as_docx()
    if not data:
        return _("{name}: this file is empty.", name=name) + " " + _hand_in_again()
    return _("{name}: this is no Word document (.docx).", name=name) + " " + _save_as_docx()


def _protected(name: str) -> str:
    said = _("{name}: this document is protected by a password.", name=name)
    return said + " " + _("Open it, take the password out, save it, then hand it in again.")


def _save_as_docx() -> str:
    return _("Open it in Word or LibreOffice, save it as “Word (.docx)”, then hand that file in.")


def _hand_in_again() -> str:
    return _("Open it in Word or LibreOffice, save it, then hand it in again.")
