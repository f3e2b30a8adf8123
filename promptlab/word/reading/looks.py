"""In which colour a stretch of text is seen: highlights, shadings, styles, theme."""

import re
from functools import cache
from typing import TYPE_CHECKING

from promptlab.word import contract
from promptlab.word.colours import family
from promptlab.word.reading.archive import W

if TYPE_CHECKING:
    from lxml.etree import _Element

HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000", "white": "FFFFFF",
    "none": "",
}  # fmt: skip
# What a shading says by name (w:themeFill) and what the theme calls it.
_THEME = {"background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "hyperlink": "hlink"}
_HEX = re.compile("[0-9A-Fa-f]{6}")
_PERCENT = re.compile(r"pct(\d+)")
_DEEPEST = 20  # styles based on one another; Word allows 11
_ROLES = {
    contract.REFERENCE: "reference",
    contract.ADDED: "added",
    contract.SIGN: "sign",
    "promptlab reference": "reference",
    "promptlab added": "added",
    "promptlab sign": "sign",
    "CommentReference": "added",
}
Colour = str | None  # RRGGBB; "" for a colour that was taken away; None where nothing is said


class Looks:
    """The styles and the theme of one document."""

    def __init__(self, styles: "_Element | None", theme: "_Element | None") -> None:
        self._styles: dict[str, _Element] = {}
        self._theme = theme
        self._themed: dict[str, str] | None = None
        self._fills: dict[str, Colour] = {}
        self._paragraphs: dict[str, Colour] = {}
        self.roles: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.default = ""
        for style in styles.iterfind(f"{W}style") if styles is not None else ():
            identity = style.get(f"{W}styleId") or ""
            name = style.find(f"{W}name")
            self._styles[identity] = style
            self.names[identity] = said = (name.get(f"{W}val") or "") if name is not None else ""
            if role := _ROLES.get(identity) or _ROLES.get(said):
                self.roles[identity] = role
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default = identity

    def of_run(self, properties: "_Element | None") -> tuple[Colour, str, bool]:
        """The colour that run properties give, the role of their character style ("reference", "added", …), and marks.

        The last says whether they mark their letters otherwise than by a colour behind them, as no view does.
        """
        shade: Colour = None
        style, lit, marked = "", "", False
        for one in properties if properties is not None else ():
            tag = one.tag
            if tag == _RUN_STYLE:
                style = one.get(_VAL) or ""
            elif tag == _HIGHLIGHT:
                lit = HIGHLIGHTS.get(one.get(_VAL) or "none", "")
                shade = "" if shade is None else shade
            elif tag == _SHADE:
                shade = self._shading(one)
            elif tag in _MARKS:
                marked = marked or _marks(one)
        if shade is None and style:
            shade = self._of_style(style)
        return lit or shade, self.roles.get(style, ""), marked

    def of_paragraph(self, properties: "_Element | None") -> tuple[Colour, str, bool]:
        """The colour that stands behind a whole paragraph, the id of its style, whether its mark was deleted."""
        style, shade, joined = self.default, None, False
        for one in properties if properties is not None else ():
            tag = one.tag
            if tag == _PARAGRAPH_STYLE:
                style = one.get(_VAL) or ""
            elif tag == _SHADE:
                shade = self._shading(one)
            elif tag == _LETTERS:
                joined = one.find(_DELETED) is not None
        if shade is None and style:
            if style not in self._paragraphs:
                self._paragraphs[style] = self._of_style(style)
            shade = self._paragraphs[style]
        return shade, style, joined

    def of_cell(self, properties: "_Element | None") -> Colour:
        """The colour of a cell."""
        shade = properties.find(_SHADE) if properties is not None else None
        return None if shade is None else self._shading(shade)

    def _of_style(self, identity: str) -> Colour:
        """What the chain of a style says: of the letters first, then of the paragraph."""
        if identity in self._fills:
            return self._fills[identity]
        self._fills[identity] = found = None  # a style that leads back to itself ends here
        style, steps = self._styles.get(identity), 0
        while style is not None and found is None and steps < _DEEPEST:
            found = self.of_run(style.find(f"{W}rPr"))[0]
            shade = style.find(f"{W}pPr/{W}shd")
            if found is None and shade is not None:
                found = self._shading(shade)
            based = style.find(f"{W}basedOn")
            style = self._styles.get(based.get(_VAL) or "") if based is not None else None
            steps += 1
        self._fills[identity] = found
        return found

    def _shading(self, shade: "_Element") -> Colour:
        """The colour of a w:shd: its fill, mixed with the colour of its pattern."""
        fill = self._colour(shade, "fill", "themeFill")
        pattern = shade.get(_VAL) or "clear"
        if pattern in ("clear", "nil"):
            return fill
        if pattern == "solid":
            return self._colour(shade, "color", "themeColor") or fill
        if (found := _PERCENT.fullmatch(pattern)) and int(found[1]) >= 5:
            over = self._colour(shade, "color", "themeColor") or "000000"
            return _mixed(over, fill or "FFFFFF", min(int(found[1]), 100) / 100)
        return fill

    def _colour(self, shade: "_Element", plain: str, themed: str) -> str:
        value = shade.get(f"{W}{plain}") or ""
        if _HEX.fullmatch(value):
            return value.upper()
        name = shade.get(f"{W}{themed}") or ""
        found = self._theme_colours().get(_THEME.get(name, name), "") if name else ""
        if not found:
            return ""
        tint, dark = shade.get(f"{W}{themed}Tint"), shade.get(f"{W}{themed}Shade")
        try:
            if tint:
                return _mixed(found, "FFFFFF", int(tint, 16) / 255)
            return _mixed(found, "000000", int(dark, 16) / 255) if dark else found
        except ValueError:
            return found

    def _theme_colours(self) -> dict[str, str]:
        if self._themed is None:
            self._themed = {}
            a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
            scheme = self._theme.find(f".//{a}clrScheme") if self._theme is not None else None
            for one in scheme if scheme is not None else ():
                value = (one[0].get("lastClr") or one[0].get("val") or "") if len(one) else ""
                if _HEX.fullmatch(value):
                    self._themed[str(one.tag).rpartition("}")[2]] = value.upper()
        return self._themed


@cache
def is_grey(colour: str) -> bool:
    """Whether an RRGGBB colour is a grey, black or white."""
    return bool(colour) and family(colour) == "grey"


def _marks(one: "_Element") -> bool:
    """Whether one of _MARKS is seen: letters in a colour that is not grey, a line under or through them."""
    value = one.get(_VAL) or ""
    if one.tag == _INK:
        return _HEX.fullmatch(value) is not None and not is_grey(value.upper())
    return value not in ("none", "0", "false", "off")


def _mixed(one: str, other: str, share: float) -> str:
    """`share` of the colour `one` over the colour `other`."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{max(0, min(255, round(mine * share + its * (1 - share)))):02X}" for mine, its in pairs)


_VAL = f"{W}val"
_INK = f"{W}color"
_MARKS = frozenset({_INK, f"{W}u", f"{W}strike", f"{W}dstrike"})
_LETTERS = f"{W}rPr"
_DELETED = f"{W}del"
_HIGHLIGHT = f"{W}highlight"
_SHADE = f"{W}shd"
_RUN_STYLE = f"{W}rStyle"
_PARAGRAPH_STYLE = f"{W}pStyle"
