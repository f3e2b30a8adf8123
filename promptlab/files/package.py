"""The package of an office document, written so that the same document always gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime

from promptlab.errors import BadInput
from promptlab.messages import _

UNDATED = datetime(2000, 1, 1)  # what a document bears that is given no date
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP knows


def moment_of(made: str) -> datetime:
    """The ISO 8601 date `made` as the properties of a document take it; UNDATED for "". Raises BadInput."""
    try:
        return datetime.fromisoformat(made).replace(tzinfo=None) if made else UNDATED
    except ValueError as error:
        raise BadInput(
            _("“{made}” is not a date: write it as in 2026-11-21 or 2026-11-21T14:30:00.", made=made)
        ) from error


def same_each_time(package: bytes, *, saved: datetime | None = None) -> bytes:
    """`package` (.docx, .xlsx) with fixed dates in its archive; `saved` takes the place of the time of saving in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if saved and entry.filename == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + saved.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            fixed = zipfile.ZipInfo(entry.filename, _DAY)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, content)
    return out.getvalue()
