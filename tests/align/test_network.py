"""What holds for the evidence and the networks behind alignment by meaning, whatever they were fitted on."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings

from promptlab.align.evidence import Evidence
from promptlab.align.network import likelihoods, shipped
from promptlab.align.steps import bags_of
from promptlab.align.vectors import word_vectors
from tests.align.builders import columns, tables

FR = ("Accuser réception de la réclamation", "Vérifier la facture", "Rembourser le client", "Archiver le dossier")
SAME_WORK = ("Confirmer que la plainte est bien arrivée", "Contrôler le montant facturé", "Rendre l'argent", "Classer")


def likely(*answers):
    """The likelihoods of the steps of answers whose steps are titles alone."""
    steps = bags_of(columns(*answers)).steps
    return likelihoods(Evidence(steps, word_vectors()), shipped().networks)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_likelihoods_are_shares_and_the_same_both_ways(answers):
    steps = bags_of(answers).steps
    if steps:
        found = likelihoods(Evidence(steps, word_vectors()), shipped().networks)
        assert ((found >= 0) & (found <= 1)).all()
        assert (found == found.T).all()


@settings(max_examples=40, deadline=None)
@given(tables())
def test_evidence_of_a_pair_is_the_same_both_ways_and_finite(answers):
    steps = bags_of(answers).steps
    if steps:
        evidence = Evidence(steps, word_vectors())
        assert np.isfinite(evidence.steps).all()
        assert np.isfinite(evidence.pairs).all()
        assert np.allclose(evidence.pairs, evidence.pairs.transpose(1, 0, 2))


def test_steps_in_the_same_words_are_likelier_the_same_work_than_any_other():
    found = likely(FR, (*FR[:3], "Demander un avis au responsable"))
    across = found[:4, 4:]
    assert [int(row.argmax()) for row in across[:3]] == [int(column.argmax()) for column in across.T[:3]]
    assert across.max() > 0.9


def test_steps_in_other_words_are_likelier_the_same_work_than_the_rest_of_the_table():
    steps = bags_of(columns(FR, SAME_WORK)).steps
    found = likelihoods(Evidence(steps, word_vectors()), shipped().networks)
    one, other = ([at for at, step in enumerate(steps) if step.column == column] for column in (0, 1))
    across = found[np.ix_(one, other)]
    assert (across.argmax(1) == np.arange(4)).sum() >= 3


@pytest.mark.parametrize("count", [1, 5])
def test_words_that_no_table_knows_still_have_likelihoods(count):
    found = likely(("Qwxz", "Zzyx"), ("Wvrkt",) * count)
    assert found.shape == (2 + count, 2 + count)
    assert np.isfinite(found).all()


def test_an_answer_without_steps_changes_no_likelihood():
    assert (likely(FR, SAME_WORK) == likely(FR, SAME_WORK, ())).all()


def test_accents_typed_as_signs_of_their_own_change_no_likelihood():
    apart = tuple(unicodedata.normalize("NFD", title) for title in SAME_WORK)
    assert apart != SAME_WORK
    assert (likely(FR, apart) == likely(FR, SAME_WORK)).all()


def test_an_answer_too_short_to_tell_is_in_the_language_of_the_table():
    terse = ("Record complaint", "Check invoice", "Refund customer")
    said = ("Write the complaint down in the file", "Read the invoice with the customer", "Pay the money back to him")
    assert {step.language for step in bags_of(columns(terse, said)).steps} == {"en"}
