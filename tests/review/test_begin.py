import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.names import Names
from promptlab.errors import BadInput
from promptlab.review.as_json import to_json
from promptlab.review.begin import begin, rename
from promptlab.review.pseudonyms import pseudonym
from promptlab.review.tagging import tag
from tests.review.builders import a_copie, an_exercise, part

CLASS = Names(["Léa Dupont", "Tom Le Goff"])


@pytest.mark.parametrize(
    ("given", "kept"), [("p07", "P07"), (" TB12 ", "TB12"), ("lion-bleu", "lion-bleu"), ("Zoé", "Zoé")]
)
def test_code_or_short_word_is_a_pseudonym(given, kept):
    assert pseudonym(given, names=CLASS) == kept


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "empty"),
        ("x" * 500, "500 characters"),
        ("../P07", "/"),
        ("a\\b", "take out"),
        ("lea@lycee.fr", "e-mail"),
        ("Jean Martin", "a space"),
        ("P07\u202e", "no pseudonym"),
        ("😀😀", "😀"),
        ("a", "no pseudonym"),
        ("dupont", "name of the class"),
        ("lea-dupont", "name of the class"),
        ("Lea_2", "name of the class"),
        ("LE-GOFF", "name of the class"),
    ],
)
def test_what_is_no_pseudonym_is_refused_with_what_to_do(given, said):
    with pytest.raises(BadInput, match="P07") as refused:
        pseudonym(given, names=CLASS)
    assert said in str(refused.value)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_pseudonym_is_stable_and_holds_no_sign_of_a_path(text):
    try:
        word = pseudonym(text)
    except BadInput:
        return
    assert pseudonym(word) == word
    assert not set(word) & set('/\\:*?"<>|@. \n\t\x00')


def test_two_pupils_may_share_a_copie_but_not_five():
    assert begin(an_exercise(), ["p01", "P02", "P01"]).pupils == ("P01", "P02")
    with pytest.raises(BadInput, match="P05"):
        begin(an_exercise(), [f"P0{number}" for number in range(1, 6)])


def test_every_copie_has_its_own_id_and_knows_its_answers():
    one, two = a_copie(run="run-a"), a_copie()
    assert one.id != two.id
    assert [answer.prompt for answer in one.about.answers] == [1, 2]


def test_session_that_is_not_in_the_case_is_refused():
    with pytest.raises(BadInput, match="no session 9: the case has 1, 2"):
        a_copie(session=9)


def test_pseudonym_can_be_changed_later():
    assert rename(a_copie(), ["p09"]).pupils == ("P09",)


def test_json_has_the_promised_shape():
    on = an_exercise()
    copie = tag(a_copie(on, "P07", session=2), on, part(11, 24), "non_compliant", reason="law", evidence="order:A52000")
    shape = to_json(copie)
    assert list(shape)[:9] == [
        "copie",
        "pupil",
        "case",
        "session",
        "tags",
        "remarks",
        "discussion",
        "changed",
        "problems",
    ]
    assert (
        shape["tags"][0].items()
        >= {
            "column": 1,
            "item": "1.2",
            "text": "sous 14 jours",
            "span": [11, 24],
            "tag": "non_compliant",
            "reason": "law",
            "rationale": "",
            "evidence": "order:A52000",
        }.items()
    )
    assert (shape["pupil"], shape["session"], shape["remarks"], shape["changed"]) == ("P07", 2, ["", ""], [])


def test_copie_without_pseudonym_says_null():
    assert to_json(a_copie())["pupil"] is None
