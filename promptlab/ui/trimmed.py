"""A drawing for the screen: the sheet of paper it stands on ends where the drawing ends."""

import re

from promptlab.flowchart.geometry import Drawing

_BELOW = 14.0  # points left under the last line
_HEIGHT = re.compile(r'(<svg width="[^"]+" height=")[\d.]+(pt"\s+viewBox="[\d.]+ [\d.]+ [\d.]+ )[\d.]+')


def trimmed(svg: bytes, drawing: Drawing) -> bytes:
    """The SVG of `drawing` without the empty paper below it; one that is laid out otherwise stays as it is."""
    bottom = max([drawing.origin.y + drawing.origin.size, *(lane.box.bottom for lane in drawing.lanes)]) + _BELOW
    if bottom >= drawing.height:
        return svg
    return _HEIGHT.sub(rf"\g<1>{bottom:.2f}\g<2>{bottom:.2f}", svg.decode(), count=1).encode()
