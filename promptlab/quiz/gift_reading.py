"""A quiz from a GIFT file, whoever wrote it: what is understood, and a Problem for each thing that is not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.problem import Problem
from promptlab.model.quiz import Quiz
from promptlab.quiz.extras import read_note, with_head
from promptlab.quiz.gift_tokens import (
    Tokens,
    entries,
    find,
    formatted,
    plain_text,
    split,
    stripped,
    tokens_of,
    weight_of,
)
from promptlab.quiz.incoming import Incoming, Reading
from promptlab.quiz.naming import category_of

_TRUE = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_CATEGORY = re.compile(r"\$CATEGORY:(.*)")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one question; `line` is where it begins, `note` what its comment carries."""

    text: str
    line: int
    note: Mapping[str, Any]


def from_gift(text: str, *, title: str) -> Reading:
    """The questions of a GIFT text, and what was not understood; `title` is for a quiz that names none.

    Raises BadInput, with the line, where a question has no end: the file is cut or damaged.
    """
    incoming = Incoming()
    head: Mapping[str, Any] = {}
    named = ""
    for block in _blocks(text.lstrip("\ufeff")):
        if "title" in block.note and not block.text:
            head = block.note
            continue
        body, where = block.text, _("line {line}", line=block.line)
        if found := _CATEGORY.match(body):
            quiz_title, incoming.category = category_of(found[1].strip(), str(head.get("title", "")))
            named, body = named or quiz_title, body[found.end() :].strip()
        if body:
            _read(body, block, where, incoming)
    return incoming.reading(with_head(Quiz(title=named or title), head))


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    note: dict[str, Any] = {}
    start = 0
    for number, line in enumerate([*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            note |= read_note(bare[2:])
        elif bare:
            start = start or number
            lines.append(line)
        elif lines or note:
            yield _Block("\n".join(lines).strip(), start or number, note)
            lines, note, start = [], {}, 0


def _read(body: str, block: _Block, where: str, incoming: Incoming) -> None:
    tokens = tokens_of(body)
    name, tokens = _named(tokens)
    if "{" not in tokens and "}" not in tokens:
        incoming.leave_out(_("this is a text without a question: it was left out."), where)
        return
    if "{" not in tokens or "}" not in tokens or tokens.index("}") < tokens.index("{"):
        raise BadInput(
            _(
                "{where}: a brace {brace} is missing, or one in a text lacks its \\. Nothing was imported.",
                where=where,
                brace="{" if "{" not in tokens else "}",
            )
        )
    start, end = tokens.index("{"), tokens.index("}")
    after = tokens[end + 1 :]
    gap = list("_____") if plain_text(after) else []
    answer, general = _general([*tokens[start + 1 : end]])
    stem = _Texts([*tokens[:start], *gap, *after])
    question = {
        "text": stem.text,
        "justification": formatted(general, stem.format)[0],
        **_answer(answer, stem.format, where, incoming.problems),
    }
    _tell_left_out(stem.left_out, where, incoming.problems)
    incoming.add(question, name=name, where=where, note=block.note)


def _named(tokens: list[str]) -> tuple[str, list[str]]:
    if tokens[:2] != [":", ":"]:
        return "", tokens
    end = find(tokens, "::", 2)
    return ("", tokens) if end < 0 else (plain_text(tokens[2:end]), tokens[end + 2 :])


def _general(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The answer, and the general feedback after the last ####."""
    at = next((at for at in range(len(tokens) - 4, -1, -1) if tokens[at : at + 4] == ["#"] * 4), -1)
    return (stripped(tokens), []) if at < 0 else (stripped(tokens[:at]), tokens[at + 4 :])


class _Texts:
    """The text of a question: its words, its format, and what could not be kept of it."""

    def __init__(self, tokens: Tokens) -> None:
        bare, found = stripped(tokens), ""
        for name in ("html", "plain", "moodle", "markdown"):
            if "".join(bare[: len(name) + 2]) == f"[{name}]":
                found = name
        self.format = found or "moodle"
        self.text, self.left_out = formatted(bare, self.format)


def _answer(tokens: list[str], form: str, where: str, problems: list[Problem]) -> dict[str, Any]:
    """The kind of a question and the fields of its answer; kind "" where it has none that can be marked."""
    if not tokens:
        return {"kind": "", "why": _("an open question (essay) has no right answer: it was left out.")}
    if tokens[0] == "#":
        return _numeric(tokens[1:], where, problems)
    if "~" in tokens:
        return _choices(tokens, form, where, problems)
    if "=" in tokens and find(tokens, "->") >= 0:
        return _matching(tokens, form)
    bits = split(tokens, "#")
    said = plain_text(bits[0]).upper()
    if said in _TRUE:
        feedback = [formatted(bit, form)[0] for bit in bits[1:3]] + ["", ""]
        truth = _TRUE[said]
        wrong, right = feedback[0], feedback[1]
        return {
            "kind": "true_false",
            "answer": truth,
            f"feedback_{str(not truth).lower()}": wrong,
            f"feedback_{str(truth).lower()}": right,
        }
    return _short(tokens, where, problems)


def _choices(tokens: list[str], form: str, where: str, problems: list[Problem]) -> dict[str, Any]:
    made: list[dict[str, Any]] = []
    partial = False
    for sign, entry in entries(tokens):
        weight, rest = weight_of(entry)
        right = sign == "=" or (weight is not None and weight > 0)
        partial |= sign == "~" and right
        bits = split(rest, "#", 1)
        text, left_out = formatted(bits[0], form)
        feedback = formatted(bits[1], form)[0] if len(bits) > 1 else ""
        _tell_left_out(left_out, where, problems)
        made.append({"text": text, "right": right, "feedback": feedback})
    single = "=" in tokens
    if single and partial:
        problems.append(Problem(_("a part of the points for a choice is not kept: all points or none."), where))
        for choice, (sign, _rest) in zip(made, entries(tokens), strict=True):
            choice["right"] = sign == "="
    return {"kind": "single" if single else "multiple", "choices": made}


def _matching(tokens: list[str], form: str) -> dict[str, Any]:
    pairs, decoys = [], []
    for _sign, entry in entries(tokens):
        at = find(entry, "->")
        left, right = formatted(entry[: max(at, 0)], form)[0], plain_text(entry[at + 2 :] if at >= 0 else entry)
        if left:
            pairs.append({"left": left, "right": right})
        else:
            decoys.append(right)
    return {"kind": "matching", "pairs": pairs, "decoys": decoys}


def _short(tokens: list[str], where: str, problems: list[Problem]) -> dict[str, Any]:
    variants = []
    for _sign, entry in entries(tokens) if "=" in tokens else [("=", tokens)]:
        weight, rest = weight_of(entry)
        bits = split(rest, "#", 1)
        text = formatted(bits[0], "plain")[0]
        if len(bits) > 1 and plain_text(bits[1]):
            _tell_feedback(plain_text(bits[1]), where, problems)
        if weight is not None and weight < 100:
            said = _("the answer “{text}” counts {weight} % only: it was left out.", text=text, weight=weight)
            problems.append(Problem(said, where))
        elif re.search(r"(?<!\\)\*", text):
            problems.append(Problem(_("“{text}” holds * for any text: it was left out.", text=text), where))
        else:
            variants.append(text.replace("\\*", "*"))
    return {"kind": "short", "variants": variants}


def _numeric(tokens: list[str], where: str, problems: list[Problem]) -> dict[str, Any]:
    found: list[tuple[Decimal, Decimal]] = []
    wrong = find(tokens, "~")
    if wrong >= 0:
        _tell_feedback(plain_text(tokens[wrong:]), where, problems)
        tokens = tokens[:wrong]
    for _sign, entry in entries(tokens) if "=" in tokens else [("=", tokens)]:
        weight, rest = weight_of(entry)
        bits = split(rest, "#", 1)
        if len(bits) > 1 and plain_text(bits[1]):
            _tell_feedback(plain_text(bits[1]), where, problems)
        figure = _figure(plain_text(bits[0]))
        if figure is None or (weight is not None and weight < 100) or found:
            problems.append(Problem(_("the answer “{text}” was left out.", text=plain_text(bits[0])), where))
        else:
            found.append(figure)
    if not found:
        return {"kind": "", "why": _("no number in its answer: it was left out.")}
    return {"kind": "numeric", "value": str(found[0][0]), "tolerance": str(found[0][1])}


def _figure(text: str) -> tuple[Decimal, Decimal] | None:
    """(value, tolerance) of "804", "804:0.5" or "803.5..804.5"."""
    try:
        if ".." in text:
            low, high = (Decimal(part.strip()) for part in text.split("..", 1))
            return (low + high) / 2, abs(high - low) / 2
        value, _colon, tolerance = text.partition(":")
        figure = Decimal(value.strip()), Decimal(tolerance.strip() or "0")
    except (InvalidOperation, ValueError):
        return None
    return figure if all(number.is_finite() for number in figure) else None


def _tell_left_out(names: Sequence[str], where: str, problems: list[Problem]) -> None:
    problems += [Problem(_("“{name}” cannot be shown in a quiz: it was left out.", name=name), where) for name in names]


def _tell_feedback(text: str, where: str, problems: list[Problem]) -> None:
    problems.append(Problem(_("the feedback “{text}” has no place in this kind of question.", text=text), where))
