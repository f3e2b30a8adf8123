"""What a correction by hand did, in words."""

from collections.abc import Sequence

from promptlab.messages import _, ngettext
from promptlab.model.alignment import Correction, CorrectionKind, StepRef

_MOST_NAMED = 2  # steps that are named one by one


def correction_name(kind: CorrectionKind) -> str:
    """A kind of correction in words."""
    names: dict[CorrectionKind, str] = {
        "merge": _("rows merged"),
        "split": _("row split"),
        "move": _("step moved"),
        "rename": _("row renamed"),
        "reorder": _("row put elsewhere"),
    }
    return names[kind]


def in_words(correction: Correction) -> str:
    """One line: what `correction` did, with the titles of the steps that it names."""
    steps, target = _named(correction.steps), _named(correction.target)
    if correction.kind == "merge":
        return _("Made one row: {steps}", steps=steps)
    if correction.kind == "split" or (correction.kind == "move" and not target):
        return _("Given a row of their own: {steps}", steps=steps)
    if correction.kind == "move":
        return _("Put on the row of {target}: {steps}", target=target, steps=steps)
    if correction.kind == "rename":
        return _("The row of {steps} is now called “{label}”", steps=steps, label=correction.label)
    if target:
        return _("The row of {steps} now comes after that of {target}", steps=steps, target=target)
    return _("The row of {steps} now comes first", steps=steps)


def _named(steps: Sequence[StepRef]) -> str:
    titles = [
        _("“{word}”", word=step.title) if step.title else _("step {rank}", rank=step.rank)
        for step in steps[:_MOST_NAMED]
    ]
    if more := len(steps) - len(titles):
        titles.append(ngettext("{count} more step", "{count} more steps", more))
    return ", ".join(titles)
