"""The parts of a .docx file put into one ZIP archive, the same bytes for the same parts."""

import io
import zipfile
from pathlib import Path

PARTS = Path(__file__).with_name("parts")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)

# Name in the archive -> file in parts/. Word wants the content types first.
_FILES = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/app.xml": "app.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
}


def static_parts(values: dict[str, str]) -> dict[str, str]:
    """The parts that are files of this folder, with `{name}` replaced by each of `values`."""
    found = {}
    for name, file in _FILES.items():
        text = (PARTS / file).read_text(encoding="utf-8")
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", value)
        found[name] = text
    return found


def packed(parts: dict[str, str]) -> bytes:
    """The archive of `parts` (name in the archive -> XML)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the bytes would depend on the machine
            archive.writestr(entry, text.encode("utf-8"))
    return target.getvalue()
