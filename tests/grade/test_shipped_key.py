"""The keys shipped with the case: they hold for its answers, argue every item, and mark as a teacher would."""

import re
from decimal import Decimal
from itertools import combinations, product

import pytest

from promptlab.files.cases import load_case
from promptlab.files.keys import key_path, read_key, read_keys
from promptlab.grade.ideas import holds, spoken_in, written
from promptlab.grade.keyed import checked, place
from promptlab.grade.matching import match
from promptlab.grade.rules_tags import tags
from promptlab.grade.setup import prepare
from promptlab.grade.subject import Subject
from promptlab.model.copie import About, Copie, Tagging
from promptlab.review.counts import UNSUITABLE
from tests.grade.builders import HALF, an_exercise, statements

CASE = load_case("reclamation")
RUNS = ("run-a", "run-b", "run-c")
KEYS = {run: read_key(key_path(CASE.folder, run), CASE) for run in RUNS}
ON = {run: an_exercise(CASE, run) for run in RUNS}

SETUP = prepare(CASE)
TAGS = next(criterion for criterion in SETUP.rubric.criteria if criterion.rule == "tags")
LEVELS = {level.id: level.start for level in SETUP.rubric.levels}

VAT = Decimal("1.20")
MONEY = re.compile(r"(?<![\d,])(\d{1,3}(?:[\u202f\u00a0 ]?\d{3})*,\d\d)(?!\d)")
REFERENCE = re.compile(r"\b(?:[ABN]\d{2,5}|[A-Z]-\d{4}|\d\d-\d{3}|00023|S000\d+|WH/OUT/\d+)\b")
NUMBER = re.compile(r"n°\u00a0([\w/-]*\d)|(?:bon|facture|commande|avoir)\u00a0?\s?(\d{3,})")
"""Numbers of documents as an argument writes them."""


def item_tags(item):
    return {one.tag for one in item.accepted if one.credit}


def two_sided(tags):
    return "relevant" in tags and bool(tags & set(UNSUITABLE))


def taggings_of(key):
    return tuple(Tagging(item.column, item.item, item.text, item.span, item.tag) for item in key.items)


def words_of_case(run):
    """All that the documents and the answers of `run` say, as one text."""
    documents = " ".join(map(repr, CASE.documents))
    return documents + " ".join(passage.text for passage in ON[run].passages.values())


def amounts_of_case(run):
    """Every amount that the documents print or that follows from them by VAT or by taking one from the other."""
    lines = [line for document in CASE.documents for line in document.lines]
    printed = {line.amount for line in lines if line.amount} | {line.unit_price for line in lines if line.unit_price}
    totals = {
        total
        for document in CASE.documents
        for total in (document.total_ht, document.total_vat, document.total_ttc)
        if total
    }
    vat = {(amount * (VAT - 1)).quantize(Decimal("0.01")) for amount in printed}
    all_in = {(amount * VAT).quantize(Decimal("0.01")) for amount in printed}
    known = printed | totals | vat | all_in
    known |= {abs(a - b) for a, b in product(known, repeat=2)}
    quoted = MONEY.findall(" ".join(passage.text for passage in ON[run].passages.values()))
    return known | {decimal(text) for text in quoted}


def score(run, taggings):
    """What the rule of the shipped rubric makes of `taggings`."""
    copie = Copie("copie", CASE.name, about=About(run, "", ON[run].answers), taggings=taggings)
    return tags(Subject(copie, SETUP.case, SETUP.key_for(copie)), TAGS).score


def decimal(text):
    return Decimal(re.sub(r"[\u202f\u00a0 ]", "", text).replace(",", "."))


# ---------------------------------------------------------------- the files


def test_every_run_of_the_case_has_a_key_that_loads():
    assert tuple(key.run for key in read_keys(CASE)) == RUNS == tuple(run.name for run in CASE.runs)


@pytest.mark.parametrize("run", RUNS)
def test_a_key_is_about_the_answers_of_its_run(run):
    assert KEYS[run].answers == ON[run].answers
    assert place(KEYS[run], ON[run]).problems == ()
    assert checked(KEYS[run], ON[run]).key == KEYS[run]


@pytest.mark.parametrize("run", RUNS)
def test_a_key_does_not_fit_another_run(run):
    other = RUNS[RUNS.index(run) - 1]
    assert place(KEYS[run], ON[other]).problems


@pytest.mark.parametrize("run", RUNS)
def test_a_key_says_who_wrote_it_and_that_a_teacher_has_to_validate_it(run):
    head = key_path(CASE.folder, run).read_text("utf-8").partition("format = 1")[0]
    for said in (head, KEYS[run].origin):
        assert "Claude" in said
        assert "valider par le professeur" in said


# ---------------------------------------------------------------- the items


@pytest.mark.parametrize("run", RUNS)
def test_an_item_stands_in_the_answer_to_the_letter(run):
    for item in KEYS[run].items:
        passage = ON[run].passages[item.column, item.item]
        assert passage.text == item.text
        assert item.words in passage.text
        assert passage.divisible or item.span is None


@pytest.mark.parametrize("run", RUNS)
def test_an_item_is_argued_in_words_for_a_pupil(run):
    for item in KEYS[run].items:
        assert 6 <= len(item.why.split()) <= 60, item.why
        assert item.why.endswith((".", "»")), item.why
        assert not re.search(r"'|\s\s| [:;!?]", item.why), f"French typography: {item.why}"


@pytest.mark.parametrize("run", RUNS)
def test_an_item_is_proved_by_documents_of_the_case(run):
    for item in KEYS[run].items:
        assert set(item.evidence) <= set(ON[run].evidences)
        assert len(set(item.evidence)) == len(item.evidence)


@pytest.mark.parametrize("run", RUNS)
def test_an_unsuitable_item_has_reasons_and_one_that_must_be_found_has_a_proof(run):
    for item in KEYS[run].items:
        if item.tag in UNSUITABLE:
            assert item.reasons, item.words
        if not item.optional:
            assert item.evidence, item.words


@pytest.mark.parametrize("run", RUNS)
def test_an_item_accepts_opposite_tags_only_where_it_is_optional_and_for_a_part(run):
    for item in KEYS[run].items:
        if two_sided(item_tags(item)):
            assert item.optional, item.words
            opposite = [one for one in item.accepted if two_sided({one.tag, item.tag})]
            assert all(one.credit <= HALF for one in opposite)


@pytest.mark.parametrize("run", RUNS)
def test_two_items_on_the_same_words_do_not_contradict_each_other(run):
    for one, other in combinations(KEYS[run].items, 2):
        if (one.column, one.item) != (other.column, other.item):
            continue
        assert one.span, f"{one.column} {one.item}: the whole and a part"
        assert other.span, f"{other.column} {other.item}: the whole and a part"
        assert one.span[1] <= other.span[0] or other.span[1] <= one.span[0]


@pytest.mark.parametrize("run", RUNS)
def test_parts_of_one_item_have_opposite_tags_only_where_each_must_be_found(run):
    for one, other in combinations(KEYS[run].items, 2):
        if (one.column, one.item) == (other.column, other.item) and two_sided({one.tag, other.tag}):
            assert not one.optional, one.words
            assert not other.optional, other.words


@pytest.mark.parametrize("run", RUNS)
def test_the_amounts_of_an_argument_follow_from_the_documents(run):
    amounts = amounts_of_case(run)
    for argued in (*KEYS[run].items, *KEYS[run].ideas):
        for text in MONEY.findall(f"{argued.text} {argued.why}"):
            assert decimal(text) in amounts, f"{text} in: {argued.why}"


@pytest.mark.parametrize("run", RUNS)
def test_the_references_of_an_argument_stand_in_the_documents_or_the_answers(run):
    said = words_of_case(run)
    for argued in (*KEYS[run].items, *KEYS[run].ideas):
        for text in REFERENCE.findall(argued.why) + [a or b for a, b in NUMBER.findall(argued.why)]:
            assert text in said, f"{text} in: {argued.why}"


@pytest.mark.parametrize(("run", "column"), list(product(RUNS, (1, 2, 3))))
def test_a_key_asks_for_what_a_pupil_can_find_in_a_lesson(run, column):
    must = [item for item in KEYS[run].items if item.column == column and not item.optional]
    assert 5 <= len(must) <= 25
    assert sum(item.tag in UNSUITABLE for item in must) >= 4
    assert any(item.tag == "relevant" for item in must), "analysing is not only finding faults"


@pytest.mark.parametrize("run", RUNS)
def test_the_false_premise_of_the_third_prompt_is_what_weighs_most(run):
    heaviest = max(KEYS[run].items, key=lambda item: item.weight)
    assert (heaviest.column, heaviest.tag, heaviest.optional) == (3, "non_compliant", False)
    assert "false_premise" in heaviest.reasons
    assert {"invoice:N52000", "delivery:N52000", "order:A52000"} <= set(heaviest.evidence)


# ---------------------------------------------------------------- marking with it


@pytest.mark.parametrize("run", RUNS)
def test_a_copie_tagged_as_the_key_is_gets_everything(run):
    found = match(place(KEYS[run], ON[run]), taggings_of(KEYS[run]), HALF)
    assert (found.recall(), found.precision()) == (1, 1)


@pytest.mark.parametrize("run", RUNS)
def test_a_pupil_who_finds_what_must_be_found_gets_full_recall(run):
    must = [tagging for tagging, item in zip(taggings_of(KEYS[run]), KEYS[run].items, strict=True) if not item.optional]
    found = match(place(KEYS[run], ON[run]), tuple(must), HALF)
    assert (found.recall(), found.precision()) == (1, 1)


@pytest.mark.parametrize(("run", "tag"), list(product(RUNS, ("inappropriate", "non_compliant", "relevant"))))
def test_a_pupil_who_tags_everything_alike_stays_below_mastery(run, tag):
    alike = tuple(Tagging(one.column, one.id, one.text, None, tag) for one in statements(ON[run]))
    assert score(run, alike) < LEVELS["M"]


@pytest.mark.parametrize("run", RUNS)
def test_no_choice_of_one_tag_for_each_answer_reaches_mastery(run):
    for tags_of in product(("inappropriate", "non_compliant", "relevant"), repeat=3):
        alike = (Tagging(one.column, one.id, one.text, None, tags_of[one.column - 1]) for one in statements(ON[run]))
        assert score(run, tuple(alike)) < LEVELS["M"], tags_of


@pytest.mark.parametrize("run", RUNS)
def test_six_right_tags_of_seven_are_mastery(run):
    pairs = zip(taggings_of(KEYS[run]), KEYS[run].items, strict=True)
    right = [tagging for tagging, item in pairs if not item.optional and item.tag in UNSUITABLE][:6]
    good = next(item for item in KEYS[run].items if [one.tag for one in item.accepted] == ["relevant"])
    wrong = Tagging(good.column, good.item, good.text, good.span, "inappropriate")
    assert LEVELS["M"] <= score(run, (*right, wrong))


@pytest.mark.parametrize("run", RUNS)
def test_one_tag_on_a_whole_letter_does_not_do_for_the_lesson(run):
    third = [passage for passage in statements(ON[run], 3) if "Madame, Monsieur," in passage.text]
    letter = max(third, key=lambda passage: len(passage.text))
    assert score(run, (Tagging(3, letter.id, letter.text, None, "non_compliant"),)) < LEVELS["M"]


@pytest.mark.parametrize("run", RUNS)
def test_twelve_of_the_faults_found_are_well_done(run):
    pairs = zip(taggings_of(KEYS[run]), KEYS[run].items, strict=True)
    faults = [tagging for tagging, item in pairs if item.tag in UNSUITABLE and not item.optional]
    assert score(run, tuple(faults[::2][:12])) >= LEVELS["M"]


# ---------------------------------------------------------------- the ideas

REMARKS = (
    "L’IA donne des conseils généraux qui vont à toute entreprise. Elle parle du téléphone et dit de ne pas "
    "interrompre le client, alors que Mme Harrivas nous a écrit un mail.",
    "Cette fois la réponse est mieux adaptée à l’écrit : accusé de réception, trace. Mais il n’y a toujours rien sur "
    "la commande ni sur le motif de notre client.",
    "Le prompt était plus précis, donc la réponse l’est aussi, mais elle se trompe : aucun retour n’a encore eu lieu, "
    "c’est une erreur. En réalité la toile noire N52000 a été livrée à la place de la bleue A52000. L’avoir est une "
    "bonne idée car la facture est à 30 jours, donc pas de remboursement. Elle oublie l’échange que le client demande. "
    "L’avoir sera de 804,00 € TTC.",
)
DISCUSSION = (
    "On garde le plan et l’accusé de réception.",
    "Il faut vérifier chaque point avec la commande et la facture avant d’envoyer.",
    "Si le prompt contient une erreur, l’IA la reprend sans vérifier. Les dates et les noms des exemples sont "
    "inventés.",
)
OFF_TOPIC = (
    "J’ai bien aimé cette réponse, elle est bien écrite et facile à lire.",
    "Cette réponse est plus longue que la première. Elle est bien aussi.",
    "La dernière réponse est la meilleure des trois car il y a un modèle.",
)
MISLED = (
    "Très bonne réponse, il y a sept étapes claires.",
    "Pareil que la première mais plus courte.",
    "La meilleure : le client a retourné la marchandise et on doit le rembourser vite. La lettre est bien faite.",
)


def found_in(key, remarks, discussion):
    language = spoken_in(CASE)
    found = set()
    for idea in key.ideas:
        rows = (remarks if idea.where != "discussion" else ()) + (discussion if idea.where != "remarks" else ())
        columns = (1, 2, 3) * 2
        for column, text in zip(columns, rows, strict=False):
            if idea.column in (0, column) and holds(written(text, language), idea, language):
                found.add(idea.id)
    return found


@pytest.mark.parametrize("run", RUNS)
def test_the_ideas_expected_are_found_in_what_a_good_pupil_writes(run):
    expected = {idea.id for idea in KEYS[run].ideas if not idea.optional}
    assert expected - found_in(KEYS[run], REMARKS, DISCUSSION) == set()


@pytest.mark.parametrize("run", RUNS)
def test_no_idea_is_found_in_words_that_say_nothing_of_the_case(run):
    assert found_in(KEYS[run], OFF_TOPIC, OFF_TOPIC) == set()


@pytest.mark.parametrize("run", RUNS)
def test_no_idea_is_found_in_what_a_pupil_writes_who_believes_the_answers(run):
    assert found_in(KEYS[run], MISLED, MISLED) == set()


@pytest.mark.parametrize("run", RUNS)
def test_no_idea_is_found_in_the_prompts_copied_down(run):
    assert found_in(KEYS[run], CASE.prompts, CASE.prompts) == set()


@pytest.mark.parametrize("run", RUNS)
def test_each_answer_has_ideas_of_its_own_and_each_is_argued(run):
    ideas = KEYS[run].ideas
    assert {idea.column for idea in ideas} == {0, 1, 2, 3}
    assert all(idea.why and idea.text for idea in ideas)
