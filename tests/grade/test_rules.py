from dataclasses import replace
from fractions import Fraction

import pytest

from promptlab.files.copie_form import to_values
from promptlab.grade.ideas import holds, written
from promptlab.grade.keyed import place
from promptlab.grade.rules import RULES
from promptlab.grade.subject import Subject
from promptlab.model.answer import Answer, Provenance
from promptlab.model.copie import About, Plain, Work
from promptlab.model.key import Idea, Key
from promptlab.model.rubric import Criterion
from tests.grade.builders import HALF, a_copie, a_key, a_key_item, statements, tagging


def judge(name, copie, case, placed=None, material=None, **asked):
    rule = RULES[name]
    tasks = asked.pop("tasks", ())
    criterion = Criterion("c", "C", name, Fraction(4), tuple((dict(rule.settings) | asked).items()), tasks=tasks)
    return rule.judge(Subject(copie, case, placed, material or {}), criterion)


@pytest.fixture(scope="module")
def placed(on):
    return place(a_key(on), on)


@pytest.fixture
def perfect(on, placed):
    """A copie that has all the tags of the key."""
    taggings = [
        tagging(
            on.passages[item.column, item.item],
            item.tag,
            reason="channel",
            rationale="Le client écrit, il ne téléphone pas.",
            evidence=item.evidence[0] if item.evidence else None,
        )
        for item in placed.key.items
    ]
    return a_copie(on, taggings=taggings)


def with_work(copie, name, value):
    return replace(copie, works=(Work(name, 1, Plain.of(value)),))


def test_a_copie_like_the_key_has_the_full_score(perfect, keyed_case, placed):
    for name in ("tags", "rationale", "evidence"):
        assert judge(name, perfect, keyed_case, placed).score == 1


def test_an_empty_copie_scores_nothing_and_every_item_is_told_with_its_argument(on, keyed_case, placed):
    judged = judge("tags", a_copie(on), keyed_case, placed)
    assert judged.score == 0
    assert [found.verdict for found in judged.found] == ["missed"] * 18
    assert all("chose à discuter" in found.why for found in judged.found)


def test_as_many_right_tags_as_guessing_gives_earn_nothing(on, keyed_case, placed):
    first, second, third = [item for item in placed.key.items if item.tag == "inappropriate"][:3]
    at = [on.passages[item.column, item.item] for item in (first, second, third)]
    guessed = [tagging(at[0]), tagging(at[1], "relevant"), tagging(at[2], "relevant")]
    assert judge("tags", a_copie(on, taggings=guessed), keyed_case, placed).score == 0
    better = [*guessed[:2], tagging(at[2])]
    assert judge("tags", a_copie(on, taggings=better), keyed_case, placed).score > 0
    assert judge("tags", a_copie(on, taggings=guessed), keyed_case, placed, chance=Fraction(0)).score > 0


def test_a_tag_is_told_with_the_words_of_the_pupil_and_what_was_expected(on, keyed_case):
    passage, other = statements(on, 1)[:2]
    on_key = place(Key("run-a", on.answers, "unsuitable", items=(a_key_item(passage, span=(0, 20)),)), on)
    copie = a_copie(on, taggings=[tagging(passage, "relevant", span=(2, 9)), tagging(other)])
    wrong, beside = judge("tags", copie, keyed_case, on_key).found
    assert (wrong.verdict, wrong.text) == ("wrong", passage.text[2:9])
    assert wrong.expected == on.label("inappropriate")
    assert (beside.verdict, beside.text) == ("wrong", other.text)
    assert beside.expected


def test_the_expected_passages_are_as_many_for_every_pupil(on, keyed_case):
    must, may = statements(on, 1)[:2]
    items = (a_key_item(must), a_key_item(may, optional=True))
    on_key = place(Key("run-a", on.answers, items=items), on)
    label = on.label("inappropriate")
    for found, taggings in enumerate(([tagging(may)], [tagging(must), tagging(may)])):
        reason = judge("tags", a_copie(on, taggings=taggings), keyed_case, on_key).reason
        assert f"{label} {found} of 1" in reason


def test_a_table_that_nobody_touched_earns_nothing(on, keyed_case):
    assert judge("table", a_copie(on), keyed_case).score == 0
    written = a_copie(on, taggings=[tagging(one) for one in statements(on)[:5]], remarks=("a", "b", "c"))
    assert judge("table", written, keyed_case).score == 1
    assert judge("table", replace(written, about=About()), keyed_case).score == HALF


def test_a_table_painted_in_one_colour_is_no_choice(on, keyed_case, placed):
    painted = a_copie(on, taggings=[tagging(one) for one in statements(on)])
    assert judge("table", painted, keyed_case, placed).score == 0
    thought = [tagging(one, ("relevant", "inappropriate")[number % 2]) for number, one in enumerate(statements(on))]
    assert judge("table", a_copie(on, taggings=thought), keyed_case, placed).score == Fraction(3, 4)


def test_an_idea_is_told_with_the_sentence_that_says_it(on, keyed_case, placed):
    copie = a_copie(on, remarks=("Bof. On y pense à l’oral ! Fin.",))
    (right, _missed) = judge("remarks", copie, keyed_case, placed).found
    assert (right.verdict, right.said) == ("right", "On y pense à l’oral !")


def test_enough_makes_the_full_score_of_a_part_of_the_key(on, keyed_case, placed, perfect):
    some = replace(perfect, taggings=perfect.taggings[:9])
    assert judge("tags", some, keyed_case, placed, enough=HALF).score == 1
    assert judge("tags", some, keyed_case, placed).score == Fraction(2, 3)


def test_without_a_key_the_tags_have_no_basis(perfect, keyed_case):
    for name in ("tags", "rationale", "evidence", "remarks"):
        judged = judge(name, perfect, keyed_case)
        assert judged.score is None
        assert "no key" in judged.reason


def test_the_result_says_what_was_found_of_each_tag_and_how_the_tags_are(on, keyed_case, placed, perfect):
    reason = judge("tags", perfect, keyed_case, placed).reason
    assert "9 of 9" in reason
    assert "3 of 3" in reason
    assert "6 of 6" in reason
    assert "18 (right: 18" in reason


def test_a_tag_without_explanation_gets_half_of_what_a_reason_gives(on, keyed_case):
    passages = statements(on, 1)[:2]
    on_key = place(Key("run-a", on.answers, items=tuple(a_key_item(one, reasons=("channel",)) for one in passages)), on)
    first = tagging(passages[0], reason="channel")
    second = tagging(passages[1], reason="law", rationale="Ce n’est pas le droit qui dit cela.")
    judged = judge("rationale", a_copie(on, taggings=[first, second]), keyed_case, on_key, least=2)
    assert judged.score == HALF
    assert [found.verdict for found in judged.found] == ["partly", "partly"]


def test_one_explained_tag_is_no_full_score(on, keyed_case, placed):
    passage = statements(on, 1)[0]
    copie = a_copie(on, taggings=[tagging(passage, reason="channel", rationale="Le client écrit un courriel ici.")])
    assert judge("rationale", copie, keyed_case, placed, least=5).score == Fraction(1, 5)


def test_the_document_without_its_line_proves_by_half(on, keyed_case):
    passage = statements(on, 1)[0]
    on_key = place(Key("run-a", on.answers, items=(a_key_item(passage, evidence=("invoice:N52000",)),)), on)
    for evidence, score in (("invoice:N52000", 1), ("invoice", HALF), ("order", 0), (None, 0)):
        copie = a_copie(on, taggings=[tagging(passage, evidence=evidence)])
        assert judge("evidence", copie, keyed_case, on_key).score == score


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Cette réponse pense au TÉLÉPHONE, pas à l’écrit.", True),
        ("Elle conseille des échanges téléphoniques par ecrit.", True),
        ("Elle est orale.", False),
        ("Le téléphone.", False),
        ("Au téléphone et à l’écrit, jamais de remboursement.", False),
        ("", False),
    ],
)
def test_an_idea_is_found_in_any_form_of_its_words(text, there):
    idea = Idea("a", "a", (("oral", "téléphon*"), ("écrit", "courriel")), ("remboursements",))
    assert holds(written(text, "fr"), idea, "fr") is there


def test_a_phrase_is_found_as_a_phrase():
    idea = Idea("a", "a", (("bon de livraison",),))
    assert holds(written("Les bons de livraisons sont faux.", "fr"), idea, "fr")
    assert not holds(written("La livraison était un bon coup de chance.", "fr"), idea, "fr")


def test_ideas_are_looked_for_where_they_belong(on, keyed_case, placed):
    copie = a_copie(on, remarks=("", "On y pense à l’oral."), discussion=("", "", "L’avoir se déduit de la facture."))
    judged = judge("remarks", copie, keyed_case, placed)
    assert judged.score == HALF
    assert {found.text: found.verdict for found in judged.found} == {
        "La réponse 1 pense à l’oral.": "missed",
        "Un avoir, pas un remboursement.": "right",
    }


def test_tasks_are_counted_among_those_of_the_criterion(on, keyed_case):
    copie = a_copie(on, tasks=(1, 6))
    assert judge("tasks", copie, keyed_case, tasks=(1, 3)).score == HALF
    assert judge("tasks", copie, keyed_case).score == Fraction(2, 11)


def test_answers_count_half_without_their_source(on, keyed_case):
    def answer(number, model):
        return Answer(number, "?", "1. Lire", Provenance(model, "", "2026-11-20" if model else ""))

    pasted = a_copie(on, about=About(), answers=(answer(1, "Mistral"), answer(2, "")))
    assert judge("answers", pasted, keyed_case).score == HALF
    assert judge("answers", a_copie(on), keyed_case).score == 1
    assert judge("answers", a_copie(on, about=About()), keyed_case).score == 0


def test_personal_data_in_a_remark_takes_the_criterion(on, keyed_case):
    assert judge("personal", a_copie(on, remarks=("Trop général.",)), keyed_case).score == 1
    assert judge("personal", a_copie(on), keyed_case).score == 0, "nothing is written yet"
    told = judge("personal", a_copie(on, remarks=("Écrivez à lea.dupont@example.org",)), keyed_case)
    assert told.score == 0
    assert "dupont@" not in repr(told)


def test_texts_must_be_long_enough(on, keyed_case):
    work = {"1": "un deux trois quatre", "2": "un", "3": "un deux trois quatre cinq"}
    copie = with_work(a_copie(on), "analysis", work)
    assert judge("texts", copie, keyed_case, words=4).score == Fraction(2, 3)
    assert judge("texts", a_copie(on), keyed_case).score == 0


def test_works_of_a_strange_form_score_nothing_and_raise_nothing(on, keyed_case):
    for value in (None, 3, "texte", [], [1], {"a": [1]}, {"levels": 3, "text": 4, "answers": 5, "node": 6}):
        for name, work in (
            ("texts", "analysis"),
            ("grid", "grid"),
            ("letter_facts", "letter"),
            ("letter_parts", "letter"),
            ("decisions", "decisions"),
        ):
            assert judge(name, with_work(a_copie(on), work, value), keyed_case).score in (0, None)


def test_the_grid_is_marked_by_what_is_filled_in(on, keyed_case):
    filled = {"chart": "ai", "levels": dict.fromkeys("abcde", "M"), "notes": "un deux trois quatre cinq"}
    assert judge("grid", with_work(a_copie(on), "grid", filled), keyed_case, count=5, words=5).score == 1
    filled["notes"] = ""
    assert judge("grid", with_work(a_copie(on), "grid", filled), keyed_case, count=5).score == Fraction(3, 4)


def test_rules_leave_the_copie_as_it_is(on, keyed_case, placed, perfect):
    before = to_values(perfect)
    for name in ("tags", "rationale", "evidence", "remarks", "tasks", "answers", "table", "personal", "texts"):
        judge(name, perfect, keyed_case, placed)
    assert to_values(perfect) == before
