"""A ParsedAnswer in the shape of `promptlab parse --json`."""

from typing import Any

from promptlab.model.parsed import Group, Item, ParsedAnswer


def to_json(parsed: ParsedAnswer) -> dict[str, Any]:
    """The answer as objects, arrays and strings only; absent strings are "", an item without label has null.

    Beyond the contract an item of an ordered list has `number`, what the list printed, and a group `text`, the
    sentences below its heading.
    """
    return {
        "intro": parsed.intro,
        "groups": [_group(group) for group in parsed.groups],
        "steps": [
            {"rank": step.rank, "title": step.title, "items": [_item(item) for item in step.items]}
            for step in parsed.steps
        ],
        "sections": [
            {"kind": section.kind, "title": section.title, "items": [_item(item) for item in section.items]}
            for section in parsed.sections
        ],
        "conclusion": parsed.conclusion,
        "thinking": parsed.thinking,
        "problems": [{"line": problem.line, "message": problem.message} for problem in parsed.problems],
    }


def _group(group: Group) -> dict[str, Any]:
    shown: dict[str, Any] = {"title": group.title, "first": group.first, "last": group.last}
    if group.text:
        shown["text"] = group.text
    return shown


def _item(item: Item) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": item.id, "kind": item.kind, "label": item.label, "text": item.text}
    if item.number is not None:
        shown["number"] = item.number
    if item.rows:
        shown["rows"] = [list(row) for row in item.rows]
    shown["items"] = [_item(child) for child in item.items]
    return shown
