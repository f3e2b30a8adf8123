"""A quiz as Moodle XML: HTML texts in CDATA, UTF-8, categories, feedback, penalties.

The elements are those that Moodle's own importer reads (docs.moodle.org, “Moodle XML format”).
"""

from collections.abc import Iterator
from decimal import Decimal
from xml.sax.saxutils import escape

from promptlab.messages import _
from promptlab.model.quiz import Choice, Question, Quiz
from promptlab.quiz.extras import head_note, question_note
from promptlab.quiz.html_text import to_html
from promptlab.quiz.naming import category_path
from promptlab.quiz.origin import statement
from promptlab.quiz.variants import all_variants
from promptlab.quiz.weights import right_weight, wrong_weight

CARRIED = ("difficulty", "category", "source", "accents")  # what Moodle XML has no place for
TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "matching": "matching",
    "ordering": "matching",
    "short": "shortanswer",
    "numeric": "numerical",
}
# What a wrong try costs where pupils may try again. A third is Moodle's default; true or false leaves no second try.
PENALTY, PENALTY_TRUE_FALSE = "0.3333333", "1.0000000"


def to_moodle_xml(quiz: Quiz) -> str:
    """The XML of all the questions of `quiz`; see `formats.export_quiz` for what may go out."""
    parts, category = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", f"<!-- {head_note(quiz)} -->"], None
    parts += [f"<!-- {line.replace('-', '‐')} -->" for line in statement(quiz)]  # no "--" may stand in a comment
    for question in quiz.questions:
        if question.category != category:
            category = question.category
            path = escape(category_path(quiz.title, category))
            parts.append(f'<question type="category"><category><text>{path}</text></category></question>')
        parts += _question(question)
    return "\n".join([*parts, "</quiz>"]) + "\n"


def _question(question: Question) -> Iterator[str]:
    yield f"<!-- {question_note(question, CARRIED)} -->"
    yield f'<question type="{TYPES[question.kind]}">'
    yield f"  <name><text>{escape(question.id)}</text></name>"
    yield _html("questiontext", question.text)
    yield _html("generalfeedback", question.justification)
    yield f"  <defaultgrade>{question.points:f}</defaultgrade>"
    yield f"  <penalty>{PENALTY_TRUE_FALSE if question.kind == 'true_false' else PENALTY}</penalty>"
    yield "  <hidden>0</hidden>"
    yield f"  <idnumber>{escape(question.id)}</idnumber>"
    yield from _answers(question)
    yield "</question>"


def _answers(question: Question) -> Iterator[str]:
    if question.kind in ("single", "multiple"):
        yield f"  <single>{'true' if question.kind == 'single' else 'false'}</single>"
        yield "  <shuffleanswers>true</shuffleanswers>"
        yield "  <answernumbering>abc</answernumbering>"
        yield from _combined()
        yield from (_choice(choice, _weight(question, choice)) for choice in question.choices)
    elif question.kind == "true_false":
        yield from (_choice(choice, "100" if choice.right else "0", form="") for choice in question.choices)
    elif question.kind in ("matching", "ordering"):
        yield "  <shuffleanswers>true</shuffleanswers>"
        yield from _combined()
        yield from (_pair(left, right) for left, right in _pairs(question))
    elif question.kind == "short":
        yield f"  <usecase>{int(question.case)}</usecase>"
        yield from (_plain_answer(text.replace("*", "\\*")) for text in all_variants(question))
    elif question.value is not None:
        yield _plain_answer(f"{question.value:f}", tolerance=question.tolerance)
        yield from _unit(question.unit)


def _weight(question: Question, choice: Choice) -> str:
    if question.kind == "single":
        return "100" if choice.right else "0"
    return right_weight(question) if choice.right else wrong_weight(question)


def _choice(choice: Choice, weight: str, *, form: str = ' format="html"') -> str:
    text = _cdata(to_html(choice.text)) if form else escape(choice.text)
    return (
        f'  <answer fraction="{weight}"{form}><text>{text}</text>'
        f'<feedback format="html"><text>{_cdata(to_html(choice.feedback))}</text></feedback></answer>'
    )


def _plain_answer(text: str, *, tolerance: Decimal | None = None) -> str:
    margin = "" if tolerance is None else f"<tolerance>{tolerance:f}</tolerance>"
    return (
        f'  <answer fraction="100" format="moodle_auto_format"><text>{_cdata(text)}</text>'
        f'<feedback format="html"><text></text></feedback>{margin}</answer>'
    )


def _pairs(question: Question) -> Iterator[tuple[str, str]]:
    if question.kind == "ordering":
        yield from ((str(place), text) for place, text in enumerate(question.items, 1))
        return
    yield from ((pair.left, pair.right) for pair in question.pairs)
    yield from (("", text) for text in question.decoys)


def _pair(left: str, right: str) -> str:
    return (
        f'  <subquestion format="html"><text>{_cdata(to_html(left))}</text>'
        f"<answer><text>{_cdata(right)}</text></answer></subquestion>"
    )


def _unit(unit: str) -> Iterator[str]:
    if unit:
        yield f"  <units><unit><multiplier>1</multiplier><unit_name>{escape(unit)}</unit_name></unit></units>"
        yield "  <unitgradingtype>0</unitgradingtype>"  # the unit may be left out
        yield "  <showunits>0</showunits>"


def _combined() -> Iterator[str]:
    """What Moodle says of a response as a whole."""
    yield _html("correctfeedback", _("Your answer is right."))
    yield _html("partiallycorrectfeedback", _("Your answer is partly right."))
    yield _html("incorrectfeedback", _("Your answer is wrong."))


def _html(name: str, text: str) -> str:
    return f'  <{name} format="html"><text>{_cdata(to_html(text))}</text></{name}>'


def _cdata(text: str) -> str:
    """`text` as a CDATA section, whatever it holds; nothing for nothing."""
    inside = text.replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{inside}]]>" if text else ""
