"""A quiz as GIFT, the plain text that Moodle and others import.

All texts that GIFT lets be formatted are written as [html]: so neither `->` nor a leading `[` or `%` can be taken for
a sign of GIFT, which has no escape for them. Rules: docs.moodle.org, “GIFT format”, and what Moodle's importer does.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.quiz import Choice, Question, Quiz
from promptlab.quiz.extras import head_note, question_note
from promptlab.quiz.html_text import to_html
from promptlab.quiz.naming import category_path
from promptlab.quiz.origin import statement
from promptlab.quiz.variants import all_variants
from promptlab.quiz.weights import right_weight, wrong_weight

CARRIED = ("difficulty", "category", "points", "source", "case", "accents", "unit")  # what GIFT has no place for
_SPECIAL = re.compile(r"[\\~=#{}:]")


def to_gift(quiz: Quiz) -> str:
    """The GIFT text of all the questions of `quiz`; see `formats.export_quiz` for what may go out.

    Raises BadInput for a short answer that holds `->`: GIFT would take it for a pair, and has no way to say otherwise.
    """
    head = "\n".join(f"// {' '.join(line.split())}" for line in statement(quiz))
    blocks, category = [f"// {head_note(quiz)}\n{head}".rstrip()], None
    for question in quiz.questions:
        if question.category != category:
            category = question.category
            blocks.append(f"$CATEGORY: {category_path(quiz.title, category)}")
        blocks.append(_question(question))
    return "\n\n".join(blocks) + "\n"


def _question(question: Question) -> str:
    comment = f"// {question_note(question, CARRIED)}"
    head = f"::{_plain(question.id)}::[html]{_html(question.text)}"
    general = f"####{_html(question.justification)}" if question.justification else ""
    if question.kind == "true_false":
        return f"{comment}\n{head}{{{_true_false(question)}{general}}}"
    start = "{#" if question.kind == "numeric" else "{"
    lines = [comment, head + start, *(f"\t{line}" for line in _answers(question))]
    return "\n".join([*lines, *([f"\t{general}"] if general else []), "}"])


def _answers(question: Question) -> Iterator[str]:
    if question.kind == "single":
        yield from (f"{'=' if choice.right else '~'}{_choice(choice)}" for choice in question.choices)
    elif question.kind == "multiple":
        right, wrong = right_weight(question), wrong_weight(question)
        yield from (f"~%{right if choice.right else wrong}%{_choice(choice)}" for choice in question.choices)
    elif question.kind == "matching":
        yield from (f"={_html(pair.left)} -> {_plain(pair.right)}" for pair in question.pairs)
        yield from (f"= -> {_plain(text)}" for text in question.decoys)
    elif question.kind == "ordering":
        yield from (f"={place} -> {_plain(text)}" for place, text in enumerate(question.items, 1))
    elif question.kind == "short":
        yield from (f"=%100%{_short(text)}" for text in all_variants(question))
    elif question.value is not None:
        yield f"=%100%{_number(question.value)}:{_number(question.tolerance)}"


def _true_false(question: Question) -> str:
    truth = any(choice.right for choice in question.choices if choice.text == "true")
    said = {choice.right: choice.feedback for choice in question.choices}
    wrong, right = said.get(False, ""), said.get(True, "")
    text = "TRUE" if truth else "FALSE"
    if right:
        return f"{text}#{_html(wrong)}#{_html(right)}"
    return f"{text}#{_html(wrong)}" if wrong else text


def _choice(choice: Choice) -> str:
    return _html(choice.text) + (f"#{_html(choice.feedback)}" if choice.feedback else "")


def _short(text: str) -> str:
    """A variant is no HTML; Moodle takes * for any text, unless a backslash stands before it."""
    if "->" in text:
        raise BadInput(_("GIFT cannot hold the short answer “{text}”: write → for ->, or export as .xml.", text=text))
    starred = text.replace("*", "\\*")
    return ("[plain]" if starred.startswith("[") else "") + _plain(starred)


def _html(text: str) -> str:
    coded = to_html(text)
    if coded[:1] in ("[", "%"):
        coded = f"&#{ord(coded[0])};{coded[1:]}"
    return _SPECIAL.sub(r"\\\g<0>", coded)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _number(value: Decimal) -> str:
    return f"{value:f}"
