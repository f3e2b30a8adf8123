"""A comparison as the JSON document that scripts read."""

from typing import Any

from promptlab.model.comparison import Comparison


def to_json(comparison: Comparison) -> dict[str, Any]:
    """`comparison` as plain values, in the shape of `promptlab compare --json`."""
    return {
        "by": comparison.by,
        **({"origin": comparison.origin} if comparison.origin else {}),
        "columns": [{"prompt": column.prompt, "source": column.source} for column in comparison.columns],
        "phases": [
            {
                "label": phase.label,
                "cells": [list(cell) for cell in phase.cells],
                "why": phase.why,
                "confidence": round(phase.confidence, 2),
            }
            for phase in comparison.phases
        ],
        "changes": [
            {
                "from": change.source,
                "to": change.target,
                "phase": change.phase,
                "kind": change.kind,
                "steps": [list(ranks) for ranks in change.steps],
                "why": change.why,
            }
            for change in comparison.changes
        ],
        "problems": [{"where": problem.where, "message": problem.message} for problem in comparison.problems],
    }
