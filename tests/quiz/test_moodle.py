"""Moodle XML out and in, held against a schema of what Moodle's importer reads."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from promptlab.errors import BadInput
from promptlab.files.cases import shipped_cases
from promptlab.files.quizzes import load_quiz
from promptlab.quiz.moodle_reading import from_moodle_xml
from promptlab.quiz.moodle_writing import to_moodle_xml
from tests.quiz import builders

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "moodle.xsd"))


def read(text):
    return from_moodle_xml(text if isinstance(text, bytes) else text.encode(), title="sans titre")


def only(kind, inside, name="Q"):
    text = f"<name><text>{name}</text></name><questiontext format='html'><text>Quoi ?</text></questiontext>"
    reading = read(f"<quiz><question type='{kind}'>{text}{inside}</question></quiz>")
    return reading.quiz.questions[0] if reading.quiz.questions else None, "\n".join(map(str, reading.problems))


@given(builders.quizzes())
@settings(max_examples=150, deadline=None)
def test_any_quiz_comes_back_as_it_went_out_and_keeps_to_the_schema(quiz):
    text = to_moodle_xml(quiz)
    SCHEMA.assertValid(etree.fromstring(text.encode()))
    reading = read(text)
    assert reading.problems == ()
    assert reading.quiz == quiz


def test_shipped_quiz_keeps_to_the_schema():
    quiz = load_quiz(shipped_cases() / "reclamation" / "quiz.toml")
    root = etree.fromstring(to_moodle_xml(quiz).encode())
    SCHEMA.assertValid(root)
    assert len(root.findall("question")) > len(quiz.questions)
    assert root.xpath("string(//question[@type='numerical'][1]/answer/tolerance)") == "0.005"


def test_schema_finds_a_weight_that_moodle_refuses():
    text = to_moodle_xml(builders.quiz(builders.single())).replace('fraction="100"', 'fraction="37"')
    assert not SCHEMA.validate(etree.fromstring(text.encode()))


def test_texts_stand_in_cdata_and_first_line_is_the_declaration():
    text = to_moodle_xml(builders.quiz(builders.single(text="a < b & c ]]> d")))
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>')
    assert "<![CDATA[a &lt; b &amp; c ]]&gt; d]]>" in text


# ---------------------------------------------------------------- what others write


def test_choices_with_one_right_answer_are_read():
    found, problems = only(
        "multichoice",
        "<single>true</single><answer fraction='100' format='html'><text><![CDATA[<p>Oui</p>]]></text>"
        "<feedback><text>Bravo</text></feedback></answer><answer fraction='0'><text>Non</text></answer>",
    )
    assert (found.kind, problems) == ("single", "")
    assert [(choice.text, choice.right, choice.feedback) for choice in found.choices] == [
        ("Oui", True, "Bravo"),
        ("Non", False, ""),
    ]


def test_number_with_unit_is_read_and_its_feedback_told():
    found, problems = only(
        "numerical",
        "<answer fraction='100'><text>804</text><tolerance>0.5</tolerance>"
        "<feedback><text>Oui</text></feedback></answer>"
        "<units><unit><multiplier>1</multiplier><unit_name>€</unit_name></unit></units>",
    )
    assert (found.value, found.tolerance, found.unit) == (Decimal(804), Decimal("0.5"), "€")
    assert "Oui" in problems


def test_short_answer_with_a_wildcard_is_told():
    found, problems = only(
        "shortanswer",
        "<usecase>1</usecase><answer fraction='100'><text>avoir</text></answer>"
        "<answer fraction='100'><text>av*</text></answer><answer fraction='50'><text>note</text></answer>",
    )
    assert (found.variants, found.case) == (("avoir",), True)
    assert "av*" in problems
    assert "50" in problems


@pytest.mark.parametrize("kind", ["essay", "cloze", "ddwtos", "description"])
def test_kind_that_is_not_known_is_told(kind):
    found, problems = only(kind, "")
    assert found is None
    assert kind in problems


def test_picture_is_told():
    inside = "<answer fraction='100'><text>x</text></answer>"
    text = "<questiontext format='html'><text>Voir &lt;img src='a.png' alt='plan'/&gt;</text></questiontext>"
    reading = read(f"<quiz><question type='shortanswer'><name><text>a</text></name>{text}{inside}</question></quiz>")
    assert reading.quiz.questions[0].text == "Voir"
    assert "plan" in str(reading.problems[0])


def test_category_is_read():
    text = (
        "<quiz><question type='category'><category><text>$course$/top/Quiz/Droit</text></category></question>"
        "<question type='shortanswer'><name><text>a</text></name><questiontext><text>x</text></questiontext>"
        "<answer fraction='100'><text>y</text></answer></question></quiz>"
    )
    quiz = read(text).quiz
    assert (quiz.title, quiz.questions[0].category) == ("Quiz", "Droit")


@pytest.mark.parametrize(
    ("text", "said"), [("<quiz><question>", "line 1"), ("", "XML"), ("<rss/>", "rss"), ("{}", "XML")]
)
def test_what_is_no_quiz_is_refused(text, said):
    with pytest.raises(BadInput, match=said):
        read(text)


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with pytest.raises(BadInput):
        read(f'<!DOCTYPE quiz [<!ENTITY x SYSTEM "{secret.as_uri()}">]><quiz>&x;</quiz>')
