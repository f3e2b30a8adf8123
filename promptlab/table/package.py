"""A workbook's package written so that the same workbook always gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
_DAY = (2000, 1, 1, 0, 0, 0)


def same_each_time(package: bytes, moment: datetime) -> bytes:
    """`package` (a .xlsx) with fixed dates in its archive, and `moment` in place of the time of saving."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            fixed = zipfile.ZipInfo(entry.filename, _DAY)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, content)
    return out.getvalue()
