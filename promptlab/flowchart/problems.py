"""The faults of a flowchart's text as Problems, for rooms that gather the faults of several files."""

from promptlab.errors import BadInput
from promptlab.flowchart.reading import parse_flowchart
from promptlab.model.problem import Problem


def chart_faults(text: str) -> list[Problem]:
    """What is wrong with `text` (TOML) as a flowchart, one Problem a fault; empty where nothing is."""
    try:
        parse_flowchart(text)
    except BadInput as error:
        first, *more = str(error).splitlines()
        return [Problem(line) for line in [line.strip(" -") for line in more] or [first]]
    return []
