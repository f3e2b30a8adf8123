"""An existing case, or the usual one, as the texts that a teacher can change in a form."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.case_fields import DOCUMENT_KINDS, sections
from promptlab.files.case_form import FLOWCHART, places_of
from promptlab.files.cases import MANIFEST
from promptlab.files.resources import read_resources
from promptlab.messages import _

_USUAL = Path(__file__).parent / "usual_case.toml"
_TITLE = re.compile(r"\A\s*#[ \t]+(.+)\n")


def usual_form() -> dict[str, str]:
    """A form to begin with: the usual tasks, reasons, lanes and flowchart of a written complaint, the rest empty."""
    values = tomllib.loads(_USUAL.read_text(encoding="utf-8"))
    form = dict(_manifest(values))
    form.update(_chart(values["flowchart"]))
    return form


def form_of(folder: Path) -> dict[str, str]:
    """The case in `folder` as a form; what a form has no place for (tags, answers, key) is not in it.

    Raises BadInput where one of its files cannot be read.
    """
    form = dict(_manifest(_toml(folder / MANIFEST)))
    counts: dict[str, int] = {}
    for path in sorted((folder / "documents").glob("*.toml")):
        values = _toml(path)
        kind = str(values.get("kind", ""))
        if kind in DOCUMENT_KINDS:
            counts[kind] = counts.get(kind, 0) + 1
            key = f"{kind}-{counts[kind]}" if counts[kind] > 1 else kind
            form.update(_document(key, values, form))
    if (folder / FLOWCHART).is_file():
        form.update(_chart(_toml(folder / FLOWCHART)))
    for number, resource in enumerate(read_resources(folder), 1):
        title = _TITLE.match(resource.text)
        form[f"resources/resources[{number}].title"] = title[1].strip() if title else Path(resource.name).stem
        form[f"resources/resources[{number}].text"] = resource.text[title.end() :].strip() if title else resource.text
    return form


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=error)) from error


def _manifest(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {section.key for section in sections()}
    for key, value in values.items():
        if isinstance(value, str) and key in ("title", "language", "level", "summary"):
            yield f"case/{key}", value
        elif key in ("company", "customer"):
            yield from ((f"{key}/{key}.{name}", str(text)) for name, text in value.items() if name != "role")
        elif key == "live":
            yield "case/live", ", ".join(map(str, value.get("sessions", ())))
        elif key == "prompts":
            yield from ((f"prompts/prompts[{number}].text", text) for number, text in enumerate(value, 1))
        elif key in ("tasks", "reasons") and key in known:
            yield from _flat(f"{key}/", {key: value}).items()


def _document(key: str, values: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, str]:
    """One document; what it says of the two firms as the case itself does is left to the case."""
    found = _flat(f"{key}/", values)
    declared = {place for place, _field in places_of(key, len(values.get("lines", ())))}
    for role, party in (("seller", "company"), ("to", "company"), ("buyer", "customer"), ("from", "customer")):
        for place, text in list(found.items()):
            if place.startswith(f"{key}/{role}.") and form.get(f"{party}/{party}.{place.rpartition('.')[2]}") == text:
                del found[place]
    return {place: text for place, text in found.items() if place in declared}


def _chart(values: Mapping[str, Any]) -> dict[str, str]:
    """The lanes and the shapes, which are numbered in the order of the file."""
    lanes = {lane["id"]: lane["name"] for lane in values.get("lane", ())}
    form = {f"boxes/flowchart.{key}": str(values[key]) for key in ("title", "origin") if values.get(key)}
    form |= {f"lanes/lane[{number}].name": name for number, name in enumerate(lanes.values(), 1)}
    numbers = {node["id"]: str(number) for number, node in enumerate(values.get("node", ()), 1)}
    for number, node in enumerate(values.get("node", ()), 1):
        place = f"boxes/node[{number}]"
        following = node.get("next", [])
        targets = [following] if isinstance(following, str) else list(following)
        exits = [f"{label}: {numbers[target]}" for label, target in node.get("exits", {}).items()]
        texts = {
            "number": str(number),
            "lane": lanes[node["lane"]],
            "kind": node["kind"],
            "text": node["text"],
            "next": "; ".join([*(numbers[target] for target in targets), *exits]),
        }
        form |= {f"{place}.{key}": text for key, text in texts.items() if text}
    return form


def _flat(start: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Nested values as texts by place."""
    found: dict[str, str] = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= _flat(f"{start}{key}.", value)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, entry in enumerate(value, 1):
                found |= _flat(f"{start}{key}[{number}].", entry)
        elif isinstance(value, list):
            sign = ", " if all(isinstance(entry, int) for entry in value) else "; "
            found[f"{start}{key}"] = sign.join(map(str, value))
        else:
            found[f"{start}{key}"] = str(value)
    return found
