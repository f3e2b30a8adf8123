"""Advice on flowcharts: each rule speaks where it should, and stays silent where it should not."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from promptlab.cli.flowchart import flowchart as command
from promptlab.errors import BadInput
from promptlab.files.copies import save
from promptlab.flowchart import load_flowchart
from promptlab.flowchart.advice import advise
from promptlab.flowchart.crossings import crossings
from promptlab.flowchart.phases import missing_phases
from promptlab.flowchart.verbs import begins_with_a_verb
from promptlab.model.copie import Copie
from promptlab.model.flowchart import Lane
from promptlab.review.writing import keep_work
from tests.flowchart.builders import CLIENT, FIRM, chart, flowcharts, node

FILE = Path(__file__).parents[2] / "data" / "reclamation" / "flowchart.toml"


def sound(*more, edges=(), drop=(), **changed):
    """A flowchart with nothing to advise on, with some shapes and arrows more or fewer."""
    nodes = [
        node("s", "start", "Réclamation reçue"),
        node("a", text="Vérifier les documents", lane="firm"),
        node("q", "decision", "Fondée ?", "firm"),
        node("d", "document", "Avoir", "firm"),
        node("r", text="Refuser avec les preuves", lane="firm"),
        node("e", "end", "Affaire close", "firm"),
    ]
    ways = [("s", "a"), ("a", "q"), ("q", "d", "oui"), ("q", "r", "non"), ("d", "e"), ("r", "e")]
    kept = [way for way in ways if way[:2] not in drop]
    replaced = [changed.get(each.id, each) for each in nodes]
    return chart(*replaced, *more, edges=[*kept, *edges])


def rules(whole, **options):
    return [advice.rule for advice in advise(whole, **options)]


def test_a_sound_flowchart_gets_no_advice():
    assert rules(sound()) == []


def test_the_shipped_flowchart_gets_no_advice():
    assert advise(load_flowchart(FILE)) == ()


SPOILT = {
    "no start": (sound(s=node("s", text="Recevoir la réclamation")), "one_start", ()),
    "two starts": (sound(node("t", "start", "Appel"), edges=[("t", "a")]), "one_start", ("s", "t")),
    "no end": (sound(e=node("e", "document", "Dossier", "firm")), "end", ()),
    "something after the end": (
        sound(node("x", text="Classer", lane="firm"), edges=[("e", "x"), ("x", "e")]),
        "end",
        ("e",),
    ),
    "not reached": (sound(node("x", text="Classer", lane="firm"), edges=[("x", "e")]), "reachable", ("x",)),
    "dead end": (sound(drop=[("r", "e")]), "dead_end", ("r",)),
    "loop": (
        sound(node("x", text="Relire", lane="firm"), drop=[("r", "e")], edges=[("r", "x"), ("x", "r")]),
        "loop",
        ("r", "x"),
    ),
    "one exit": (
        sound(drop=[("q", "r"), ("r", "e")], r=node("r", "document", "Refus", "firm"), edges=[("a", "r")]),
        "exits",
        ("q",),
    ),
    "no label": (sound(drop=[("q", "r")], edges=[("q", "r")]), "exits", ("q",)),
    "same labels": (sound(drop=[("q", "r")], edges=[("q", "r", "Oui ")]), "exits", ("q",)),
    "yes without no": (sound(drop=[("q", "r")], edges=[("q", "r", "peut-être")]), "closed", ("q",)),
    "no question mark": (sound(q=node("q", "decision", "Fondée", "firm")), "question", ("q",)),
    "decides nothing": (
        sound(drop=[("q", "d"), ("d", "e")], edges=[("q", "r", "oui"), ("a", "d")]),
        "decides_nothing",
        ("q",),
    ),
    "an action that branches": (sound(q=node("q", text="Décider", lane="firm")), "decision_shape", ("q",)),
    "no verb": (sound(a=node("a", text="Vérification", lane="firm")), "infinitive", ("a",)),
    "no lane": (sound(a=node("a", text="Vérifier", lane="?")), "lane_of", ("a",)),
    "loose document": (sound(node("x", "document", "Facture", "firm")), "document", ("x",)),
    "long text": (sound(a=node("a", text="Vérifier " + "chaque ligne " * 9, lane="firm")), "long", ("a",)),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_each_weakness_is_named_with_its_shapes_and_nothing_else_is(name):
    whole, rule, ids = SPOILT[name]
    found = [advice for advice in advise(whole) if advice.rule == rule]
    assert [advice.nodes for advice in found] == [ids]
    for id_ in ids:
        text = next(node.text for node in whole.nodes if node.id == id_)
        assert text[:20] in found[0].message
    assert set(rules(whole)) == {rule}


def test_one_lane_or_an_empty_one_is_told():
    from dataclasses import replace

    assert rules(replace(sound(), lanes=(CLIENT, FIRM, Lane("x", "Magasin")))) == ["empty_lane"]
    alone = tuple(replace(each, lane="firm") for each in sound().nodes)
    assert rules(replace(sound(), nodes=alone, lanes=(FIRM,))) == ["lanes"]


def test_a_shape_with_far_more_detail_than_the_others_is_told():
    long = "Lire la lettre du client puis la facture et le bon et la note de la veille"
    more = [node(f"x{at}", text="Classer", lane="firm") for at in range(4)]
    ways = [("r", "x0"), ("x0", "x1"), ("x1", "x2"), ("x2", "x3"), ("x3", "e")]
    assert rules(sound(*more, drop=[("r", "e")], edges=ways, a=node("a", text=long, lane="firm"))) == ["detail"]


def test_a_document_may_be_the_fruit_of_a_step_with_nothing_after_it():
    assert rules(sound(drop=[("d", "e")])) == []


def test_a_loop_with_a_way_out_is_fine():
    assert rules(sound(drop=[("r", "e")], edges=[("r", "a")])) == []


def test_exits_that_are_no_yes_and_no_need_only_differ():
    assert rules(sound(drop=[("q", "d"), ("q", "r")], edges=[("q", "d", "payée"), ("q", "r", "impayée")])) == []


VERBS = "Vérifier|S’assurer que|s'informer|Se renseigner|Ne pas répondre|1. Écrire au client|• Prendre note|Établir"
VERBS += (
    "|Répondre|Rendre compte|Transmettre|Inscrire|Conclure|Recevoir|Prévoir|Réunir|Faire signer|Suivre|Clore|Résoudre"
)
VERBS += (
    "|Émettre|Mettre en attente|Produire|Relire|En informer le client|Connaître|Être à l’écoute|Ouvrir|OBTENIR|Joindre"
)
NO_VERBS = (
    "Vérification|Dossier à classer|Hiver|Courrier reçu|Le client|Premier contrôle|Facture|Lettre|Ordre de marche"
)
NO_VERBS += (
    "|Livre la commande|Compare les documents|Espoir|Soir|Notre réponse|Cadre légal|Commentaire|Affaire close|Avenir"
)
NO_VERBS += "|Vérifiez|On vérifie|Réponse|12|…|Registre|Montre|Entre|Chiffre|Transfère|Papier"


@pytest.mark.parametrize("text", VERBS.split("|"))
def test_an_infinitive_is_known(text):
    assert begins_with_a_verb(text, "fr")


@pytest.mark.parametrize("text", NO_VERBS.split("|"))
def test_what_only_looks_like_an_infinitive_is_not_taken_for_one(text):
    assert not begins_with_a_verb(text, "fr")


def test_verbs_are_looked_at_in_spanish_and_not_in_english():
    assert begins_with_a_verb("Comprobar el pedido", "es")
    assert begins_with_a_verb("Asegurarse", "es-ES")
    assert not begins_with_a_verb("Lugar", "es")
    assert not begins_with_a_verb("Comprobación", "es")
    assert begins_with_a_verb("Order of the day", "en")


def test_phases_in_other_words_are_found_and_absent_ones_told():
    shipped = load_flowchart(FILE)
    there = ["Enregistrer la réclamation", "Accuser réception", "Comprendre la demande", "Suivre et clôturer"]
    absent = ["Recruter un vendeur", "Réserver la salle", "Former les équipes", "Nettoyer les locaux"]
    assert missing_phases(shipped, [*there, *absent], "fr") == tuple(absent)


def test_a_missing_phase_is_named_in_the_advice():
    (advice,) = advise(sound(), phases=["Vérifier les documents", "Payer le transporteur"])
    assert advice.rule == "phase"
    assert "Payer le transporteur" in advice.message


def test_crossing_arrows_are_counted():
    lanes = (CLIENT, FIRM, Lane("third", "Magasin"))
    nodes = [node(f"{lane.id}{row}", lane=lane.id) for row in range(5) for lane in lanes]
    ways = [(f"{lane}{row}", f"{lane}{row + 1}") for row in range(4) for lane in ("client", "firm")]
    tangled = chart(*nodes, edges=[*ways, *((f"client{row}", f"third{row + 1}") for row in range(4))], lanes=lanes)
    assert crossings(tangled) > 2
    assert "crossing" in rules(tangled)
    assert crossings(sound()) == 0


@given(flowcharts())
@settings(max_examples=25, deadline=None)
def test_any_flowchart_can_be_given_advice(whole):
    ids = {node.id for node in whole.nodes}
    for advice in advise(whole):
        assert set(advice.nodes) <= ids
        assert advice.message


def test_a_flowchart_that_cannot_be_drawn_yet_is_given_advice_too():
    assert "one_start" in rules(chart())
    assert "exits" in rules(chart(node("q", "decision", "?", "?"), edges=[("q", "nowhere", "oui")]))


def run(*arguments):
    return CliRunner().invoke(command, [str(each) for each in arguments], standalone_mode=False)


def test_the_command_tells_advice_as_text_and_as_json(tmp_path):
    (tmp_path / "f.toml").write_text(
        FILE.read_text(encoding="utf-8").replace("Analyser la", "Analyse de la"), encoding="utf-8"
    )
    assert "Analyse de la" in run(tmp_path / "f.toml", "--advice").stdout
    (found,) = json.loads(run(tmp_path / "f.toml", "--advice", "--json").stdout)["advice"]
    assert (found["rule"], found["nodes"]) == ("infinitive", ["analyser"])


def test_the_flowchart_of_a_case_is_held_against_its_phases():
    assert run("reclamation", "--advice").exit_code == 0


def test_the_command_asks_what_to_do():
    assert isinstance(run("reclamation").exception, BadInput)


def test_the_flowchart_of_a_copie_is_drawn(tmp_path):
    import tomllib

    copie = Copie("c1", "reclamation", ("P07",))
    save(copie, tmp_path / "c.json", 0)
    assert "session 3" in str(run(tmp_path / "c.json", "--to", tmp_path / "c.txt").exception)
    work = tomllib.loads(FILE.read_text(encoding="utf-8"))
    save(keep_work(copie, "flowchart", 1, work), tmp_path / "d.json", 0)
    assert run(tmp_path / "d.json", "--to", tmp_path / "d.txt").exit_code == 0
    assert "A52000" in (tmp_path / "d.txt").read_text(encoding="utf-8")
