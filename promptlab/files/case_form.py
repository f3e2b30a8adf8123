"""A case as a teacher types it, texts by place, and the files that it makes: checked whole before one is written."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from promptlab.files.case_fields import DOCUMENT_KINDS, Field, document_kind, section_of
from promptlab.files.cases import FORMAT, MANIFEST, read_manifest
from promptlab.files.documents import read_document
from promptlab.files.faults import Table
from promptlab.files.toml import to_toml
from promptlab.messages import _
from promptlab.model.case import Case, DocumentKind
from promptlab.model.problem import Problem

Form = Mapping[str, str]  # "order/lines[2].quantity" → "25": the part, a slash, the place in it
CheckChart = Callable[[str], Sequence[Problem]]
FLOWCHART = "flowchart.toml"
MOST_ROWS = 500
_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")
_SHARED = ("name", "role", "address", "contact", "phone", "email", "siret", "ape")
_PARTS = {"order": "2a", "delivery": "2b", "invoice": "3", "complaint": "1", "credit_note": "4", "return_slip": "5"}


@dataclass(slots=True)
class Files:
    """The values of the files that a form makes, by name; `places` lead from a place in a file back to the form."""

    toml: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def contents(self) -> Iterator[tuple[str, str]]:
        """(name, text) of each file; the manifest last, so that a folder is a case only when all of it is there."""
        for name, values in sorted(self.toml.items(), key=lambda pair: pair[0] == MANIFEST):
            if name == MANIFEST:
                yield from self.texts.items()
            yield name, to_toml(values)


def files_of(form: Form) -> Files:
    """The files of the case that `form` describes; what is no number where one is needed is in `problems`."""
    made = Files()
    made.toml[MANIFEST] = _manifest(form, made)
    for key in document_keys(form):
        more = key.partition("-")[2]
        name = f"documents/{_PARTS[document_kind(key)]}{f'.{more}' if more else ''}-{key}.toml"
        made.toml[name] = _document(form, key, name, made)
    if chart := _flowchart(form, made):
        made.toml[FLOWCHART] = chart
    for number, (_at, row) in enumerate(_rows(form, "resources", "resources"), 1):
        title, text = row.get("title", "").strip(), row.get("text", "")
        head = f"# {title}\n\n" if title and not text.lstrip().startswith("# ") else ""
        made.texts[f"resources/{number}-{_slug(title) or 'fiche'}.md"] = f"{head}{text.strip()}\n"
    return made


def read_form(
    form: Form, folder: Path, *, check_chart: CheckChart = lambda _text: ()
) -> tuple[Case, tuple[Problem, ...]]:
    """The case that `form` would make in `folder`, and its faults at their places of the form; nothing is written.

    `check_chart` looks at the text of the flowchart, which this room does not know.
    """
    made = files_of(form)
    faults: list[Problem] = []
    documents = tuple(
        read_document(Table(values, name, faults), get_args(DocumentKind), source=name)
        for name, values in sorted(made.toml.items())
        if name.startswith("documents/")
    )
    case = read_manifest(Table(made.toml[MANIFEST], MANIFEST, faults), folder, documents, ())
    found = [*made.problems, *(_in_form(_placed(fault, made.places), form) for fault in faults)]
    if FLOWCHART in made.toml:
        found += [Problem(fault.message, "boxes") for fault in check_chart(to_toml(made.toml[FLOWCHART]))]
    return case, tuple(found)


def document_keys(form: Form) -> tuple[str, ...]:
    """The parts of `form` that are documents with something in them, in the order of the case ("invoice-2" too)."""
    keys = {place.split("/")[0] for place, text in form.items() if text.strip()}
    return tuple(sorted((key for key in keys if document_kind(key)), key=_rank))


def row_count(form: Form, part: str) -> int:
    """The number of the last row of that part that holds something, 0 where there is none."""
    section = section_of(part)
    rows = _rows(form, part, section.rows_key) if section else []
    return rows[-1][0] if rows else 0


def places_of(part: str, rows: int) -> Iterator[tuple[str, Field]]:
    """Every place of that part of a form, with its field: the fields that stand once, then `rows` rows."""
    section = section_of(part)
    if section is None:
        return
    for each in section.fields:
        yield f"{part}/{each.key}", each
    for number in range(1, rows + 1):
        for each in section.rows:
            yield f"{part}/{section.rows_key}[{number}].{each.key}", each


# ---------------------------------------------------------------- the manifest


def _manifest(form: Form, made: Files) -> dict[str, Any]:
    values: dict[str, Any] = {"format": FORMAT}
    for key in ("title", "language", "level", "summary"):
        values[key] = _text(form, f"case/{key}")
        made.places[f"{MANIFEST}, {key}"] = f"case/{key}"
    values |= {"language": values["language"] or "fr", "fictional": True, "default_run": ""}
    if live := _parted(_text(form, "case/live"), ",;"):
        values["live"] = {"sessions": [_whole(one, "case/live", made) for one in live]}
    values["prompts"] = [row["text"].strip() for _at, row in _rows(form, "prompts", "prompts")]
    made.places[f"{MANIFEST}, prompts"] = "prompts"
    for role in ("company", "customer"):
        values[role] = _filled(form, role, f"{role}.")
        values[role]["role"] = "seller" if role == "company" else "buyer"
        made.places |= {f"{MANIFEST}, {role}.{key}": f"{role}/{role}.{key}" for key in ("name", *_SHARED)}
    tasks = []
    for place, row in _placed_rows(form, "tasks", "tasks", MANIFEST, made):
        number = _whole(row.get("number", ""), f"{place}.number", made)
        sessions = [_whole(one, f"{place}.sessions", made) for one in _parted(row.get("sessions", ""), ",;")]
        tasks.append({"number": number, "text": row.get("text", "").strip(), "sessions": sessions})
    values["tasks"] = tasks
    reasons = []
    for _place, row in _placed_rows(form, "reasons", "reasons", MANIFEST, made):
        known = {key: row[key].strip() for key in ("code", "label", "meaning") if row.get(key)}
        reasons.append({"id": row.get("id", "").strip() or _slug(row.get("label", "")), "label": "", **known})
    values["reasons"] = reasons
    return values


# ---------------------------------------------------------------- documents


def _document(form: Form, key: str, name: str, made: Files) -> dict[str, Any]:
    section, kind = section_of(key), document_kind(key)
    label = section.label if section else key
    values: dict[str, Any] = {"kind": kind, "title": _text(form, f"{key}/title") or label[:1].upper() + label[1:]}
    for at, text in _own(form, key):
        made.places[f"{name}, {at}"] = f"{key}/{at}"
        if "." not in at and at not in ("title", "enclosures"):
            values[at] = text
    if enclosures := _parted(_text(form, f"{key}/enclosures"), ";\n"):
        values["enclosures"] = enclosures
    for table in ("cites", "terms", "totals"):
        if found := _filled(form, key, f"{table}."):
            values[table] = found
    seller, buyer = ("to", "from") if kind == "complaint" else ("seller", "buyer")
    for role, party in ((seller, "company"), (buyer, "customer")):
        shared = {each: _text(form, f"{party}/{party}.{each}") for each in _SHARED}
        given = {"role": "seller" if party == "company" else "buyer", **_filled(form, key, f"{role}.")}
        values[role] = {each: text for each, text in {**shared, **given}.items() if text}
        made.places |= {f"{name}, {role}.{each}": f"{party}/{party}.{each}" for each in ("name", *_SHARED)}
    if footer := _filled(form, key, "footer."):
        values["footer"] = {"name": values[seller].get("name", ""), "role": "seller", **footer}
    values["lines"] = [
        {each: text.strip() for each, text in row.items()} for _at, row in _placed_rows(form, key, "lines", name, made)
    ]
    return {each: value for each, value in values.items() if value != []}


def _own(form: Form, key: str) -> Iterator[tuple[str, str]]:
    """(place in the document, text) of each filled field that stands once."""
    section = section_of(key)
    for each in section.fields if section else ():
        if text := _text(form, f"{key}/{each.key}"):
            yield each.key, text


# ---------------------------------------------------------------- the flowchart


def _flowchart(form: Form, made: Files) -> dict[str, Any]:
    lanes = [row.get("name", "").strip() for _at, row in _rows(form, "lanes", "lane")]
    boxes = _rows(form, "boxes", "node")
    if not lanes and not boxes:
        return {}
    ids = {name: f"lane{number}" for number, name in enumerate(lanes, 1)}
    title = _text(form, "boxes/flowchart.title") or _text(form, "case/title")
    origin = _text(form, "boxes/flowchart.origin")
    nodes = [_box(row, f"boxes/node[{at}]", ids, made) for at, row in boxes] or _first_boxes(list(ids.values()))
    return {
        "title": title,
        "origin": origin,
        "lane": [{"id": one, "name": name} for name, one in ids.items()],
        "node": nodes,
    }


def _box(row: Mapping[str, str], place: str, lanes: Mapping[str, str], made: Files) -> dict[str, Any]:
    name = row.get("lane", "").strip()
    if name not in lanes:
        said = _("“{lane}” is no lane: write one of {lanes}.", lane=name, lanes=", ".join(lanes) or "–")
        made.problems.append(Problem(said, f"{place}.lane"))
    number = _whole(row.get("number", ""), f"{place}.number", made)
    box: dict[str, Any] = {
        "id": f"n{number}",
        "kind": row.get("kind", "").strip() or "action",
        "lane": lanes.get(name, ""),
        "text": row.get("text", "").strip(),
    }
    exits: dict[str, str] = {}
    following: list[str] = []
    for part in _parted(row.get("next", ""), ";"):
        label, colon, target = part.rpartition(":")
        at = f"n{_whole(target, f'{place}.next', made)}"
        if colon:
            exits[label.strip()] = at
        else:
            following.append(at)
    if exits:
        box["exits"] = exits
    if following:
        box["next"] = following
    return box


def _first_boxes(lanes: Sequence[str]) -> list[dict[str, Any]]:
    """A chart to go on with: the request, the work, the end."""
    return [
        {"id": "n1", "kind": "start", "lane": lanes[0], "text": _("Request received"), "next": ["n2"]},
        {"id": "n2", "kind": "action", "lane": lanes[-1], "text": _("Deal with the request"), "next": ["n3"]},
        {"id": "n3", "kind": "end", "lane": lanes[0], "text": _("Answer received")},
    ]


# ---------------------------------------------------------------- places and texts


def _rows(form: Form, part: str, list_key: str) -> list[tuple[int, dict[str, str]]]:
    """(row number, texts by field) of each row that holds something, in order."""
    found: dict[int, dict[str, str]] = {}
    start = f"{part}/{list_key}["
    for place, text in form.items():
        if place.startswith(start) and text.strip():
            at = _ROW.fullmatch(place.partition("/")[2])
            if at:
                found.setdefault(int(at[2]), {})[at[3]] = text
    return sorted(found.items())


def _placed_rows(form: Form, part: str, list_key: str, name: str, made: Files) -> Iterator[tuple[str, dict[str, str]]]:
    """(place in the form, texts) of each row; empty rows between are skipped, so places are noted."""
    for at, (number, row) in enumerate(_rows(form, part, list_key), 1):
        place = f"{part}/{list_key}[{number}]"
        made.places[f"{name}, {list_key}[{at}]"] = place
        yield place, row


def _placed(fault: Problem, places: Mapping[str, str]) -> Problem:
    """`fault` at the place of the form that the place in the file comes from."""
    where, rest = fault.where, ""
    while where and where not in places:
        where, dot, last = where.rpartition(".")
        rest = f"{dot}{last}{rest}"
    return Problem(fault.message, f"{places[where]}{rest}" if where else fault.where)


def _in_form(fault: Problem, form: Form) -> Problem:
    """`fault` in the words of a form: what a file calls a missing key is a field left empty."""
    empty = "/" in fault.where and not form.get(fault.where, "").strip()
    return Problem(_("this field is empty: fill it in."), fault.where) if empty else fault


def _text(form: Form, place: str) -> str:
    return form.get(place, "").strip()


def _filled(form: Form, part: str, prefix: str) -> dict[str, str]:
    """The fields of a part that begin with `prefix` and hold something, in the order in which they are declared."""
    section = section_of(part)
    keys = [each.key for each in (section.fields if section else ()) if each.key.startswith(prefix)]
    return {key.removeprefix(prefix): text for key in keys if (text := _text(form, f"{part}/{key}"))}


def _parted(text: str, signs: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{signs}]", text) if part.strip()]


def _whole(text: str, place: str, made: Files) -> int:
    plain = text.strip()
    if plain.isdecimal() and len(plain) < 6:
        return int(plain)
    made.problems.append(Problem(_("“{value}” is no whole number: write one such as 3.", value=plain), place))
    return 0


def _slug(text: str) -> str:
    import unicodedata

    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40]


def _rank(key: str) -> tuple[int, int]:
    kind, _dash, number = key.partition("-")
    return DOCUMENT_KINDS.index(kind), int(number or 1)
