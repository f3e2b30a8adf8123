"""Plain texts as HTML, and HTML from elsewhere as plain texts."""

import html
import re
from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_SILENT = frozenset({"script", "style", "template"})
_KEPT_OUT = frozenset({"img", "video", "audio", "object", "iframe", "svg", "math", "table"})


def to_html(text: str) -> str:
    """`text` as HTML: signs of HTML escaped, line feeds as <br>."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def from_html(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of an HTML text, its paragraphs on lines of their own; and the names of what words cannot hold
    (pictures, films, tables), which are left out.
    """
    if "<" not in text and "&" not in text:
        return " ".join(text.split("\n")).strip(), ()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    said = "".join(reader.parts)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", said)).strip(), tuple(reader.left_out)


class _Reader(HTMLParser):
    """Gathers text; knows no tag but those that end a line, and those whose content is no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.left_out: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _KEPT_OUT:
            alternative = dict(attrs).get("alt") or ""
            self.left_out.append(f"{tag} {alternative}".strip())
        elif tag == "br" or (tag in _BREAKS and self.parts and not self.parts[-1].endswith("\n")):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BREAKS and tag != "br" and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\r", "").replace("\n", " "))
