"""Colours named as a person names them, so that a tag never rests on a colour alone."""

import colorsys

from promptlab.messages import _

Family = str  # "grey", "yellow", "green", "blue", "purple" or "red"

# Upper bound of the hue in degrees; the families follow Word's highlighter: yellow or orange, red or pink, green, …
_HUES: tuple[tuple[float, Family], ...] = (
    (14, "red"),
    (70, "yellow"),
    (170, "green"),
    (255, "blue"),
    (285, "purple"),
    (360, "red"),
)


def family(colour: str) -> Family:
    """The family of an RRGGBB colour. ValueError where it is not one."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.15 or lightness > 0.985 or lightness < 0.04:
        return "grey"
    return next(name for bound, name in _HUES if hue * 360 <= bound)


def ink(colour: str) -> str:
    """Black or white, whichever is read better on an RRGGBB background (WCAG 2.1, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "FFFFFF"


def spoken(colour: str) -> str:
    """The family of an RRGGBB colour in words, as the legend says it."""
    words = {
        "grey": _("grey"),
        "yellow": _("yellow or orange"),
        "green": _("green"),
        "blue": _("blue"),
        "purple": _("purple"),
        "red": _("red or pink"),
    }
    return words[family(colour)]
