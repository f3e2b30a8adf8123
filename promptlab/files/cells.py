"""Texts as cells of a spreadsheet: nothing in them is taken for a formula, and every sign can be kept."""

import re

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
# What XML 1.0, production [2] Char, leaves out; lone surrogates are among it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """`text` with U+FFFD in place of what neither XML nor a spreadsheet can hold."""
    return _ILLEGAL.sub("\ufffd", text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take `text` for a formula (OWASP, CSV injection)."""
    return bool(_FORMULA.match(text))


def csv_cell(text: str) -> str:
    """`text` as a cell of a CSV file, its lines ended by LF; an apostrophe stands before what looks like a formula."""
    safe = legal(text).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{safe}" if looks_like_formula(safe) else safe


def plain_cell(text: str) -> str:
    """The text that `csv_cell` made a cell of."""
    return text[1:] if text.startswith("'") and looks_like_formula(text[1:]) else text
