"""Small pieces of WordprocessingML, as strings."""

import re

from promptlab.files.cells import legal

_LINE_BREAK = re.compile(r"<br\s*/?>|\r\n?", re.IGNORECASE)
_PLAIN = re.compile("[^<>&\x00-\x1f\ud800-\udfff\ufffe\uffff]*")
_PIECES = re.compile(r"([\n\t])")
_SIGNS = {"\n": "<w:br/>", "\t": "<w:tab/>"}

BOLD = "<w:b/>"


def escaped(text: str) -> str:
    """`text` for an element or for an attribute in double quotes."""
    return legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def shown(text: str) -> str:
    """`text` as the page shows it: a literal `<br>` breaks the line, a literal `&nbsp;` is a no-break space."""
    return _LINE_BREAK.sub("\n", text).replace("&nbsp;", "\u00a0")


def run(text: str, properties: str = "") -> str:
    """One run with the given run properties (the inside of w:rPr); an empty text gives nothing."""
    if not text:
        return ""
    before = f"<w:r><w:rPr>{properties}</w:rPr>" if properties else "<w:r>"
    if _PLAIN.fullmatch(text):
        return f'{before}<w:t xml:space="preserve">{text}</w:t></w:r>'
    pieces = _PIECES.split(shown(text))
    inside = "".join(
        _SIGNS.get(piece) or f'<w:t xml:space="preserve">{escaped(piece)}</w:t>' for piece in pieces if piece
    )
    return f"{before}{inside}</w:r>"


def styled(text: str, style: str) -> str:
    """One run in a character style."""
    return run(text, f'<w:rStyle w:val="{style}"/>')


def partly_bold(text: str, spans: tuple[tuple[int, int], ...], properties: str = "") -> str:
    """Runs of `text`, bold between the (start, end) of `spans`; a span outside the text is cut to it.

    `properties` are further run properties, of those that the schema wants after bold.
    """
    if not spans:
        return run(text, properties)
    runs, done = [], 0
    for start, end in sorted(spans):
        first, last = max(start, done), min(end, len(text))
        if first < last:
            runs += [run(text[done:first], properties), run(text[first:last], BOLD + properties)]
            done = last
    return "".join(runs) + run(text[done:], properties)


def paragraph(style: str, content: str, extra: str = "") -> str:
    """One paragraph in a paragraph style; `extra` are further paragraph properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'
