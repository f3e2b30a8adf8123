from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.files.cases import load_case
from promptlab.files.keys import key_text, read_key, read_keys
from promptlab.files.ratios import plain_number, ratio
from promptlab.grade.keyed import checked, place
from promptlab.model.alignment import SavedAnswer
from promptlab.model.key import Accepted, Idea, Key, KeyItem
from tests.grade.builders import a_case_folder, a_key, a_key_item, statements

TAGS = ("inappropriate", "non_compliant", "relevant")
RATIOS = st.fractions(0, 1, max_denominator=999)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)
ACCEPTED = st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True).flatmap(
    lambda tags: st.tuples(*(st.builds(Accepted, st.just(tag), RATIOS) for tag in tags[1:])).map(
        lambda rest, first=tags[0]: (Accepted(first), *rest)
    )
)


@st.composite
def items(draw):
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    whole = words == text or not words.strip()
    return KeyItem(
        draw(st.integers(1, 3)),
        draw(st.from_regex(r"[1-9]\.[1-9]", fullmatch=True)),
        text,
        None if whole else (start, end),
        draw(ACCEPTED),
        tuple(draw(st.lists(st.sampled_from(("channel", "law")), max_size=2, unique=True))),
        tuple(draw(st.lists(st.sampled_from(("order", "invoice:total")), max_size=2, unique=True))),
        draw(TEXTS),
        draw(RATIOS),
        draw(st.booleans()),
    )


IDEAS = st.builds(
    Idea,
    st.uuids().map(str),
    TEXTS,
    st.lists(st.lists(TEXTS.filter(lambda text: text.strip(" *")), min_size=1).map(tuple), min_size=1).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.integers(0, 3),
    st.sampled_from(("remarks", "discussion", "both")),
    st.just("") | TEXTS,
    RATIOS,
    st.booleans(),
)
KEYS = st.builds(
    Key,
    st.just("run-a"),
    st.just((SavedAnswer(1, "ab", 7),)),
    st.sampled_from(("neutral", "wrong")),
    st.just("") | TEXTS,
    st.lists(items(), max_size=4, unique_by=lambda item: (item.column, item.item, item.span)).map(tuple),
    st.lists(IDEAS, max_size=3).map(tuple),
)


@given(key=KEYS)
@settings(max_examples=60, deadline=None)
def test_a_key_written_and_read_is_the_same_key(key, tmp_path_factory):
    case = load_case("reclamation")
    path = tmp_path_factory.mktemp("key") / "run-a.toml"
    path.write_text(key_text(key), "utf-8")
    assert read_key(path, case) == key


@given(number=st.fractions(0, 1000, max_denominator=5000))
def test_a_number_is_written_so_that_it_is_read_exactly(number):
    assert ratio(plain_number(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "1/0", "1e3", "nan", "une", "1/2/3", "1 2"])
def test_what_is_no_number_is_none(text):
    assert ratio(text) is None


@pytest.mark.parametrize(("text", "number"), [("0,5", "1/2"), ("1 / 3", "1/3"), (" 2 ", "2"), ("1.25", "5/4")])
def test_a_number_may_be_written_in_several_ways(text, number):
    assert ratio(text) == Fraction(number)


def test_all_faults_of_a_key_are_told_with_their_places(tmp_path):
    path = tmp_path / "run-a.toml"
    path.write_text(
        """format = 1
run = "run-a"
others = "maybe"
answers = []
[[items]]
column = 9
item = "1.1"
text = "Un texte"
words = "absent"
tag = "wrong_tag"
reasons = ["no_reason"]
weight = "beaucoup"
wieght = 1
[[ideas]]
id = "a"
text = "b"
words = ["oral"]
""",
        "utf-8",
    )
    with pytest.raises(BadInput) as refused:
        read_key(path, load_case("reclamation"))
    said = str(refused.value)
    for fault in ("maybe", "“9”", "absent", "wrong_tag", "no_reason", "beaucoup", "wieght", "ideas[1].words"):
        assert fault in said


def test_an_equal_passage_later_in_the_text_is_found_again(tmp_path):
    case = load_case("reclamation")
    item = KeyItem(1, "1.1", "oui et oui", (7, 10), (Accepted("relevant"),), why="deux fois")
    key = Key("run-a", (SavedAnswer(1, "a", 1),), items=(item,))
    path = tmp_path / "k.toml"
    path.write_text(key_text(key), "utf-8")
    assert "words_at = 2" in path.read_text("utf-8")
    assert read_key(path, case).items[0].span == (7, 10)


def test_the_key_of_a_case_stands_on_its_table(keyed_case, on):
    (key,) = read_keys(keyed_case)
    placed = checked(key, on)
    assert placed.key == key
    assert len(key.items) == 18


def test_an_item_whose_id_has_changed_is_found_by_its_text(on):
    passage = statements(on, 1)[4]
    item = a_key_item(passage)
    moved = KeyItem(1, "9.9", item.text, None, item.accepted)
    placed = place(Key("run-a", on.answers, items=(moved,)), on)
    assert [one.item for one in placed.key.items] == [passage.id]
    assert placed.problems == ()


def test_a_text_that_stands_nowhere_and_an_unknown_proof_are_told(on):
    good = a_key_item(statements(on, 1)[0], evidence=("facture",))
    gone = KeyItem(1, "1.1", "Ce texte n’existe pas.", None, (Accepted("relevant"),))
    placed = place(Key("run-a", on.answers, items=(good, gone)), on)
    assert len(placed.key.items) == 1
    said = " ".join(map(str, placed.problems))
    assert "facture" in said
    assert "n’existe pas" in said
    with pytest.raises(BadInput):
        checked(Key("run-a", on.answers, items=(gone,)), on)


def test_a_key_of_other_answers_is_told(on):
    key = a_key(on)
    strange = Key("run-a", (SavedAnswer(1, "0000", 7),), items=key.items)
    assert any("other answers" in str(problem) for problem in place(strange, on).problems)


def test_a_damaged_key_refuses_the_case(tmp_path):
    case = a_case_folder(tmp_path)
    (case.folder / "key" / "run-a.toml").write_text("format = ", "utf-8")
    with pytest.raises(BadInput, match="run-a"):
        read_keys(case)
