"""A quiz from a Moodle XML file, whoever wrote it: what is understood, and a Problem for each thing that is not."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from promptlab.errors import BadInput
from promptlab.files.quizzes import showable
from promptlab.messages import _
from promptlab.model.problem import Problem
from promptlab.model.quiz import Quiz
from promptlab.quiz.extras import read_note, with_head
from promptlab.quiz.html_text import from_html
from promptlab.quiz.incoming import Incoming, Reading
from promptlab.quiz.naming import category_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def from_moodle_xml(content: bytes, *, title: str) -> Reading:
    """The questions of a Moodle XML file, and what was not understood; `title` is for a quiz that names none.

    Entities and the network are not used. Raises BadInput, with the line, for what is no XML or no quiz.
    """
    root = _parsed(content)
    incoming, named, number = Incoming(), "", 0
    head: Mapping[str, Any] = {}
    note: Mapping[str, Any] = {}
    for element in root:
        if not isinstance(element.tag, str):
            found = read_note(element.text or "")
            head, note = (found, {}) if "title" in found else (head, found)
        elif element.tag == "question" and element.get("type") == "category":
            path = _words(element.find("category"), form="plain_text")[0]
            quiz_title, incoming.category = category_of(path, str(head.get("title", "")))
            named = named or quiz_title
        elif element.tag == "question":
            number += 1
            _read(element, _("question {number}", number=number), note, incoming)
            note = {}
    return incoming.reading(with_head(Quiz(title=named or title), head))


def _parsed(content: bytes) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        said = _(
            "line {line}: this is not correct XML: a mark is not closed there, or & stands alone. Export the quiz "
            "again. Nothing was imported.",
            line=error.lineno,
        )
        raise BadInput(said) from error
    if root.tag != "quiz" or root.getroottree().docinfo.internalDTD is not None:
        raise BadInput(
            _("this XML is no Moodle quiz: it begins with <{tag}>. Nothing was imported.", tag=str(root.tag))
        )
    return root


def _read(element: "_Element", where: str, note: Mapping[str, Any], incoming: Incoming) -> None:
    name = showable("".join(element.xpath("string(name/text)")))
    place = f"{where} ({name})" if name else where
    kind = element.get("type", "")
    text, left_out = _words(element.find("questiontext"))
    for entry in left_out:
        incoming.leave_out(_("“{name}” cannot be shown in a quiz: it was left out.", name=entry), place)
    values: dict[str, Any] = {
        "text": text,
        "justification": _words(element.find("generalfeedback"))[0],
        "points": _points(element),
        **_answer(kind, element, place, incoming.problems),
    }
    incoming.add(values, name=showable(element.findtext("idnumber") or "") or name, where=place, note=note)


def _points(element: "_Element") -> str | None:
    try:
        points = Decimal((element.findtext("defaultgrade") or "1").strip()).normalize()
    except InvalidOperation:
        return None
    return f"{points:f}" if points.is_finite() and points > 0 else None


def _answer(kind: str, element: "_Element", where: str, problems: list[Problem]) -> dict[str, Any]:
    """The kind of a question and the fields of its answer; kind "" where it is of no kind that is known here."""
    readers: dict[str, Callable[[Any, str, list[Problem]], dict[str, Any]]] = {
        "multichoice": _choices,
        "truefalse": _true_false,
        "matching": _matching,
        "match": _matching,
        "shortanswer": _short,
        "numerical": _numeric,
    }
    if kind not in readers:
        return {"kind": "", "why": _("the kind “{kind}” is not known here: it was left out.", kind=kind)}
    for hint in element.findall("hint"):
        _tell_feedback(_words(hint)[0], where, problems)
    return readers[kind](element, where, problems)


def _choices(element: "_Element", where: str, problems: list[Problem]) -> dict[str, Any]:
    single = (element.findtext("single") or "true").strip() not in ("false", "0", "")
    choices = []
    for answer in element.findall("answer"):
        text, left_out = _words(answer)
        weight = _weight(answer)
        if single and 0 < weight < 100:
            problems.append(Problem(_("a part of the points for a choice is not kept: all points or none."), where))
        right = weight >= 100 if single else weight > 0
        choices.append({"text": text, "right": right, "feedback": _words(answer.find("feedback"))[0]})
        said = [_("“{name}” cannot be shown in a quiz: it was left out.", name=name) for name in left_out]
        problems += [Problem(entry, where) for entry in said]
    return {"kind": "single" if single else "multiple", "choices": choices}


def _true_false(element: "_Element", _where: str, _problems: list[Problem]) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": "true_false"}
    for place, answer in enumerate(element.findall("answer")[:2]):
        said = (answer.findtext("text") or "").strip().lower()
        name = said if said in ("true", "false") else ("true", "false")[place]
        values[f"feedback_{name}"] = _words(answer.find("feedback"))[0]
        if name == "true":
            values["answer"] = _weight(answer) >= 100
    return values


def _matching(element: "_Element", _where: str, _problems: list[Problem]) -> dict[str, Any]:
    pairs, decoys = [], []
    for entry in element.findall("subquestion"):
        left, right = _words(entry)[0], _words(entry.find("answer"), form="plain_text")[0]
        if left:
            pairs.append({"left": left, "right": right})
        else:
            decoys.append(right)
    return {"kind": "matching", "pairs": pairs, "decoys": decoys}


def _short(element: "_Element", where: str, problems: list[Problem]) -> dict[str, Any]:
    variants = []
    for answer in element.findall("answer"):
        text, weight = _words(answer, form="plain_text")[0], _weight(answer)
        _tell_feedback(_words(answer.find("feedback"))[0], where, problems)
        if weight < 100:
            said = _("the answer “{text}” counts {weight} % only: it was left out.", text=text, weight=weight)
            problems.append(Problem(said, where))
        elif re.search(r"(?<!\\)\*", text):
            problems.append(Problem(_("“{text}” holds * for any text: it was left out.", text=text), where))
        else:
            variants.append(text.replace("\\*", "*"))
    return {"kind": "short", "variants": variants, "case": (element.findtext("usecase") or "0").strip() == "1"}


def _numeric(element: "_Element", where: str, problems: list[Problem]) -> dict[str, Any]:
    found: list[tuple[str, str]] = []
    for answer in element.findall("answer"):
        text = _words(answer, form="plain_text")[0]
        _tell_feedback(_words(answer.find("feedback"))[0], where, problems)
        figures = [text, (answer.findtext("tolerance") or "0").strip() or "0"]
        if _weight(answer) < 100 or found or not all(map(_is_number, figures)):
            problems.append(Problem(_("the answer “{text}” was left out.", text=text), where))
        else:
            found.append((figures[0], figures[1]))
    if not found:
        return {"kind": "", "why": _("no number in its answer: it was left out.")}
    units = [showable(unit.text or "") for unit in element.findall("units/unit/unit_name")]
    problems += [Problem(_("the unit “{unit}” was left out.", unit=unit), where) for unit in units[1:]]
    value, tolerance = found[0]
    return {"kind": "numeric", "value": value, "tolerance": tolerance, "unit": units[0] if units else ""}


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _weight(answer: "_Element") -> Decimal:
    try:
        weight = Decimal((answer.get("fraction") or "0").strip())
    except InvalidOperation:
        return Decimal(0)
    return weight if weight.is_finite() else Decimal(0)


def _words(element: "_Element | None", *, form: str = "") -> tuple[str, Sequence[str]]:
    """The text that stands in an element's <text>, and the names of what words cannot hold."""
    if element is None:
        return "", ()
    text = showable(element.findtext("text") or "")
    pictures = [file.get("name", "file") for file in element.findall("file")]
    if (form or element.get("format", "html")) in ("plain_text", "markdown", "wiki_like"):
        return text, pictures
    if element.get("format") == "moodle_auto_format":
        text = text.replace("\n", "<br>")
    said, left_out = from_html(text)
    return showable(said), [*left_out, *pictures]


def _tell_feedback(text: str, where: str, problems: list[Problem]) -> None:
    if text:
        problems.append(Problem(_("the feedback “{text}” has no place in this kind of question.", text=text), where))
