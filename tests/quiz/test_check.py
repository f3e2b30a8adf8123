"""What the check finds, and what it lets through."""

import pytest

from promptlab.model.quiz import Choice, Pair, Source
from promptlab.quiz.check import check_quiz
from promptlab.quiz.reading_level import reading_level
from promptlab.quiz.typography import typography_faults
from tests.quiz.builders import CORPUS, PASSAGE, matching, numeric, ordering, question, quiz, single, true_false


def kinds(*questions, corpus=CORPUS, **fields):
    return [fault.kind for fault in check_quiz(quiz(*questions, **fields), corpus).faults]


def test_sound_question_has_no_fault_and_shows_its_passage():
    report = check_quiz(quiz(single()), CORPUS)
    assert report.faults == ()
    assert report.passages[0][1].excerpt == PASSAGE


def test_two_right_answers_are_found():
    two = (Choice("Un litige", True), Choice("Un procès", True), Choice("Une vente"))
    assert kinds(question(choices=two)) == ["several_right_answers"]
    assert "several_right_answers" not in kinds(question(kind="multiple", choices=two))


@pytest.mark.parametrize(
    "one",
    [
        question(choices=(Choice("Un litige"), Choice("Une vente"), Choice("Un don"))),
        question(kind="short", variants=("",)),
        question(kind="multiple", choices=(Choice("Un litige"), Choice("Une vente"), Choice("Un don"))),
    ],
)
def test_question_without_right_answer_is_found(one):
    assert "no_right_answer" in kinds(one)


def test_all_choices_right_is_found():
    every = (Choice("Un litige", True), Choice("La réclamation", True), Choice("Un accord", True))
    assert kinds(question(kind="multiple", choices=every)) == ["too_many_right_answers"]


def test_same_choice_twice_is_found_whatever_its_case_and_accents():
    assert "duplicate_choices" in kinds(single(wrong=("Une réponse", "une Reponse.")))
    assert "duplicate_choices" in kinds(matching(decoys=("3",)))
    assert "duplicate_choices" in kinds(ordering(items=("le litige", "la réclamation", "Le litige")))


def test_choice_that_holds_another_is_found():
    assert kinds(single(right="Un litige", wrong=("Un litige ouvert", "Un don"))) == ["overlapping_choices"]
    assert kinds(single(wrong=("De 1 à 3 jours", "De 2 à 5 jours"))) == []  # both wrong: nobody is misled


def test_ranges_that_meet_are_found():
    one = single(right="De 1 à 3 jours", wrong=("De 3 à 5 jours", "De 6 à 9 jours"), justification="Un litige.")
    assert kinds(one) == ["overlapping_choices"]


def test_two_choices_are_too_few():
    assert kinds(single(wrong=("Une vente",))) == ["too_few_choices"]


def test_missing_source_and_justification_are_found():
    assert kinds(single(source=None, justification="")) == ["no_justification", "no_source"]


def test_invented_passage_is_found_with_the_nearest_one():
    told = check_quiz(quiz(single(source=Source("resources/fiche.md", "Le litige vient avant la réclamation"))), CORPUS)
    assert [fault.kind for fault in told.faults] == ["passage_not_found"]
    assert PASSAGE in told.faults[0].message


def test_invented_document_is_found_and_the_right_one_named():
    (fault,) = check_quiz(quiz(single(source=Source("resources/autre.md", PASSAGE))), CORPUS).faults
    assert fault.kind == "passage_not_found"
    assert "resources/fiche.md" in fault.message


def test_passage_of_two_words_proves_nothing():
    assert kinds(single(source=Source("resources/fiche.md", "Le litige"))) == ["passage_not_found"]


def test_passage_is_found_whatever_its_typography():
    other = PASSAGE.replace("’", "'").replace(" ", "\u00a0").upper()
    assert kinds(single(source=Source("resources/fiche.md", other))) == []


def test_passage_that_is_silent_about_the_answer_is_found():
    silent = single(right="Un don", wrong=("Un prêt", "Un legs"), justification="C’est ainsi.")
    assert kinds(silent) == ["answer_not_in_passage"]
    assert kinds(numeric(source=Source("resources/fiche.md", PASSAGE))) == ["answer_not_in_passage"]


def test_right_answer_that_stands_out_by_its_length_is_found():
    long = "Un litige, c’est-à-dire un désaccord qui dure malgré un premier échange"
    assert "length_gives_away" in kinds(single(right=long, wrong=("Un don", "Un prêt")))


def rows(place, longer=0):
    """Eight questions whose right answer stands at the place that `place` gives for each."""
    for number in range(8):
        texts = [f"litige {number}{letter}" for letter in "abc"]
        at = place(number)
        texts[at] += "x" * longer
        choices = tuple(Choice(text, spot == at) for spot, text in enumerate(texts))
        yield question(f"q{number}", text=f"Question {number}", choices=choices)


def test_right_answer_always_at_one_place_is_found():
    assert kinds(*rows(lambda number: 1)) == ["position_gives_away"] * 2  # too often, and in a row
    assert kinds(*rows(lambda number: number % 3)) == []


def test_right_answer_always_the_longest_is_found():
    assert kinds(*rows(lambda number: number % 3, longer=4)) == ["length_gives_away"]


def test_true_or_false_that_is_always_true_is_found():
    statements = [true_false(f"t{n}", text=f"Le litige {n} vient après la réclamation.") for n in range(5)]
    assert "position_gives_away" in kinds(*statements)
    mixed = [*statements[:3], *(true_false(f"f{n}", truth=False, text=statements[n].text + "!") for n in range(2))]
    assert "position_gives_away" not in kinds(*mixed)


def test_small_negation_is_found_and_a_loud_one_is_not():
    assert "negative_wording" in kinds(single(text="Lequel n’est pas un litige\u202f?"))
    assert "negative_wording" not in kinds(single(text="Lequel N’EST PAS un litige\u202f?"))


@pytest.mark.parametrize("text", ["Toutes les réponses", "Aucune de ces réponses", "Toutes ces propositions"])
def test_all_of_the_above_is_found(text):
    assert "all_of_the_above" in kinds(single(wrong=(text, "Un don")))


def test_long_sentence_is_found():
    assert "reading_level" in kinds(single(text=" ".join(["mot"] * 40)))


def test_question_asked_twice_is_found():
    assert "duplicate_question" in kinds(single("a"), single("b"))


def test_empty_quiz_is_a_fault():
    assert kinds() == ["no_question"]


def test_typography_is_for_french_alone():
    one = single(text="L'avis?", wrong=("Un don", "Un prêt"))
    assert kinds(one) == ["typography", "typography"]
    assert kinds(one, language="en") == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("l'avoir", "l’avoir"),
        ("Qui ?", "Qui\u202f?"),
        ("Qui?", "Qui\u00a0?"),
        ("Objet : x", "Objet\u00a0: x"),
        ("Objet: x", "à 13:08:32"),
        ("« x »", "«\u00a0x\u00a0»"),
        ("et...", "et…"),
        ("804 €", "804,00\u00a0€"),
        ("804€", "1\u202f234,50\u202f€"),
        ("client·e", "client ou cliente"),
        ('un "mot"', "un «\u00a0mot\u00a0»"),
    ],
)
def test_typography(wrong, right):
    assert typography_faults(wrong)
    assert typography_faults(right) == ()


def test_reading_level_grows_with_sentences_and_words():
    easy = reading_level("Le client lit. Il paie. " * 8)
    hard = reading_level("L’établissement communique immédiatement différentes justifications complémentaires. " * 8)
    assert easy.lix < 40 < 65 < hard.lix
    assert reading_level("Un mot.").lix is None
    assert reading_level("").words == 0


def test_pairs_are_read_like_choices():
    assert "typography" in kinds(matching(pairs=(Pair("l'un", "1"), Pair("deux", "2"), Pair("trois", "3"))))
