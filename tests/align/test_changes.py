"""What became of a phase from one answer to the next."""

from hypothesis import given, settings

from promptlab.align.changes import added_words, changes_between, prompt_effects
from promptlab.align.compare import compare
from promptlab.model.comparison import Comparison, Phase
from tests.align.builders import columns, tables


def kinds(answers, *cells):
    """The kinds of the changes of a table of these columns and rows."""
    phases = tuple(Phase("", cell) for cell in cells)
    return [(change.phase, change.kind) for change in changes_between(answers, phases)]


def test_same_step_is_kept():
    assert kinds(columns(["Répondre"], ["Répondre"]), ((1,), (1,))) == [(1, "kept")]


def test_work_that_appears_is_new_and_work_that_goes_is_dropped():
    answers = columns(["Écouter"], ["Régulariser"])
    assert kinds(answers, ((1,), ()), ((), (1,))) == [(1, "dropped"), (2, "new")]


def test_one_step_that_becomes_two_is_split_and_back_is_merged():
    answers = columns(["Répondre"], ["Rédiger", "Envoyer"], ["Répondre"])
    assert kinds(answers, ((1,), (1, 2), (1,))) == [(1, "split"), (1, "merged")]


def test_step_that_says_much_more_is_more_precise():
    long = "Comparer la facture, le bon de commande, le bon de livraison et le bon de retour, ligne par ligne."
    assert kinds(columns(["Vérifier"], [("Vérifier", long)]), ((1,), (1,))) == [(1, "more_precise")]


def test_few_words_more_are_still_kept():
    assert kinds(columns(["Vérifier"], [("Vérifier", "Lire vite.")]), ((1,), (1,))) == [(1, "kept")]


def test_one_phase_that_changes_its_place_is_moved_and_the_others_are_not():
    answers = columns(["A", "B", "C", "D"], ["B", "C", "D", "A"])
    told = kinds(answers, ((1,), (4,)), ((2,), (1,)), ((3,), (2,)), ((4,), (3,)))
    assert told == [(1, "kept"), (1, "moved"), (2, "kept"), (3, "kept"), (4, "kept")]


def test_phase_that_neither_answer_has_is_passed_over():
    answers = columns(["A"], [], [])
    assert [(change.source, change.kind) for change in changes_between(answers, (Phase("", ((1,), (), ())),))] == [
        (1, "dropped")
    ]


def test_word_of_the_prompt_that_shows_makes_a_step_more_precise_and_is_quoted():
    answers = columns(
        [("Répondre", "Choisir le canal.")],
        [("Répondre", "Écrire une lettre.")],
        asked=("Quelles sont les étapes ?", "Dans le cadre d'une lettre de réclamation"),
    )
    (change,) = changes_between(answers, (Phase("", ((1,), (1,))),))
    assert change.kind == "more_precise"
    assert "lettre" in change.why


def test_word_that_was_in_the_step_already_is_no_change():
    answers = columns([("Répondre", "Une lettre.")], [("Répondre", "Une lettre.")], asked=("étapes", "lettre"))
    assert kinds(answers, ((1,), (1,))) == [(1, "kept")]


def test_prompt_adds_to_all_the_prompts_before_it():
    answers = columns(
        [], [], [], asked=("Les étapes de la réclamation ?", "par écrit", "la réclamation facturée à tort")
    )
    assert added_words(answers, 1) == ("écrit",)
    assert added_words(answers, 2) == ("facturée", "tort")


def test_going_back_to_an_earlier_prompt_adds_nothing():
    answers = columns([], [], asked=("étapes", "par écrit"))[::-1]
    assert added_words(answers, 1) == ()


def test_effects_of_a_prompt_are_told_with_row_step_and_sentence():
    answers = columns(
        ["Répondre", "Archiver"],
        [("Répondre", "Écrire une lettre de deux pages."), "Archiver"],
        asked=("étapes", "une lettre recommandée"),
    )
    phases = (Phase("", ((1,), (1,))), Phase("", ((2,), (2,))))
    found = {effect.word: effect.traces for effect in prompt_effects(Comparison("meaning", answers, phases))}
    assert [(trace.phase, trace.step, trace.quote) for trace in found["lettre"]] == [
        (1, 1, "Écrire une lettre de deux pages.")
    ]
    assert found["recommandée"] == ()


def test_word_that_stood_in_the_row_before_the_prompt_named_it_leaves_no_trace():
    answers = columns([("Répondre", "Une lettre.")], [("Répondre", "Une lettre.")], asked=("étapes", "lettre"))
    (effect,) = prompt_effects(Comparison("meaning", answers, (Phase("", ((1,), (1,))),)))
    assert (effect.word, effect.traces) == ("lettre", ())


def test_words_that_only_lead_a_prompt_in_are_not_added_words():
    assert added_words(columns([], [], asked=("étapes", "Dans le cadre d'une lettre")), 1) == ("lettre",)


def test_long_sentence_is_quoted_around_the_word():
    text = "mot " * 60 + "lettre " + "mot " * 60
    answers = columns(["Répondre"], [("Répondre", text)], asked=("étapes", "lettre"))
    (effect,) = prompt_effects(Comparison("meaning", answers, (Phase("", ((1,), (1,))),)))
    quote = effect.traces[0].quote
    assert "lettre" in quote
    assert quote.startswith("… ")
    assert quote.endswith(" …")
    assert len(quote) < 120


@settings(max_examples=50, deadline=None)
@given(tables(most=4))
def test_each_phase_has_one_change_and_perhaps_a_move_for_each_two_columns(answers):
    table = compare(answers)
    for number in range(1, len(answers)):
        here = [change for change in table.changes if change.source == number]
        stands = [at for at, phase in enumerate(table.phases, 1) if phase.cells[number - 1] or phase.cells[number]]
        assert [change.phase for change in here if change.kind != "moved"] == stands
        assert all(change.target == number + 1 for change in here)
        assert all(change.steps == table.phases[change.phase - 1].cells[number - 1 : number + 1] for change in here)
        if answers[number - 1].answer == answers[number].answer:
            assert {change.kind for change in here} <= {"kept", "more_precise"}
