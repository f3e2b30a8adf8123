"""What a check found, in sentences that say what to do next, and as the JSON of the command line."""

from collections.abc import Iterator
from typing import Any

from promptlab.decisions.check import Check, Gap
from promptlab.decisions.words import in_words
from promptlab.messages import _, ngettext
from promptlab.model.decisions import DecisionTable, When


def verdict(found: Check) -> str:
    """One sentence on the whole table."""
    if found.is_clean:
        return ngettext(
            "{count} combination: it has its actions.",
            "{count} combinations: every possible one has its actions, and no two rules disagree.",
            found.combinations,
        )
    return _(
        "{count} combinations; gaps: {gaps}, overlaps with different actions: {overlaps}, other faults: {problems}.",
        count=found.combinations,
        gaps=len(found.gaps),
        overlaps=len(found.conflicts),
        problems=len(found.problems),
    )


def faults_in_words(table: DecisionTable, found: Check) -> Iterator[str]:
    """What must be mended: problems, gaps, overlaps with different actions."""
    for problem in found.problems:
        yield str(problem)
    for gap in found.gaps:
        case = in_words(table, gap.when)
        if gap.unfilled:
            yield _("Gap: rule {rule} has no action yet ({case}). Fill it in.", rule=gap.unfilled, case=case)
        elif gap.count is None:
            yield _("Gap: no rule for {case}. Write one.", case=case)
        else:
            yield ngettext(
                "Gap ({count} combination): no rule for {case}. Write one.",
                "Gap ({count} combinations): no rule for {case}. Write one.",
                gap.count,
                case=case,
            )
    for overlap in found.conflicts:
        first, second = overlap.rules
        yield _(
            "Overlap: rules {first} and {second} disagree, for example for {case}. Part them, or give them one action.",
            first=first,
            second=second,
            case=in_words(table, overlap.example),
        )


def hints_in_words(table: DecisionTable, found: Check) -> Iterator[str]:
    """What could be simpler: rules never reached, rules that can be one, overlaps that agree."""
    for lost in found.unreachable:
        if lost.by:
            rules = ", ".join(lost.by[:12])
            yield _("Rule {rule} decides nothing: {rules} already say it. Take it out.", rule=lost.rule, rules=rules)
        else:
            yield _("Rule {rule} only fits impossible combinations. Take it out.", rule=lost.rule)
    for merge in found.mergeable:
        case = in_words(table, merge.when)
        yield _("Rules {rules} can be one: {case}.", rules=", ".join(merge.rules), case=case)
    for overlap in found.overlaps:
        if overlap.same:
            first, second = overlap.rules
            yield _("Rules {first} and {second} overlap, with the same actions.", first=first, second=second)


def to_json(table: DecisionTable, found: Check) -> dict[str, Any]:
    """The check as plain values: the contract of `promptlab decisions --json`."""
    return {
        "title": table.title,
        "hit": table.hit,
        "conditions": len(table.conditions),
        "rules": len(table.rules),
        "combinations": found.combinations,
        "complete": found.complete,
        "gaps": [_gap(table, gap) for gap in found.gaps],
        "overlaps": [
            {
                "rules": list(overlap.rules),
                "when": _plain(overlap.when),
                "example": {condition: values[0] for condition, values in overlap.example},
                "words": in_words(table, overlap.when),
                "same_actions": overlap.same,
            }
            for overlap in found.overlaps
        ],
        "unreachable": [{"rule": lost.rule, "by": list(lost.by)} for lost in found.unreachable],
        "mergeable": [{"rules": list(merge.rules), "when": _plain(merge.when)} for merge in found.mergeable],
        "problems": [{"where": problem.where, "message": problem.message} for problem in found.problems],
    }


def _gap(table: DecisionTable, gap: Gap) -> dict[str, Any]:
    words = in_words(table, gap.when)
    return {"when": _plain(gap.when), "words": words, "count": gap.count, "rule": gap.unfilled or None}


def _plain(when: When) -> dict[str, list[str]]:
    return {condition: list(values) for condition, values in when}
