"""A draft by an AI: what is asked, what is made of good and bad answers."""

import json
import shutil

import pytest

from promptlab.errors import BadInput, NotRecorded
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.runs import MANIFEST, write_run
from promptlab.model.answer import Answer, Provenance, Run
from promptlab.quiz.check import check_quiz
from promptlab.quiz.corpus import corpus_of
from promptlab.quiz.drafting import SCHEMA, draft_prompt, read_draft
from promptlab.quiz.recorded import FOLDER, ask_draft, recorded_draft

SHIPPED = shipped_cases() / "reclamation"
PASSAGE = "La commande et la facture se comparent ligne par ligne"


@pytest.fixture
def case(tmp_path):
    """A copy of the shipped case with one small resource and no draft."""
    ignored = shutil.ignore_patterns("resources", "quiz")
    folder = shutil.copytree(SHIPPED, tmp_path / "cas", ignore=ignored)
    (folder / "resources").mkdir()
    (folder / "resources" / "fiche.md").write_text(f"{PASSAGE}.\n", encoding="utf-8")
    return load_case(folder)


def entry(**fields):
    """A question as the schema asks for it: all fields, those of other kinds empty."""
    usual = dict.fromkeys(SCHEMA["properties"]["questions"]["items"]["properties"], "")
    usual |= {key: [] for key in ("choices", "pairs", "items", "variants")}
    choices = [
        {"text": text, "right": text == "La facture", "feedback": "x"} for text in ("Un plan", "La facture", "Un avis")
    ]
    return usual | {
        "id": "comparer", "kind": "single", "text": "Que compare-t-on à la commande\u202f?", "choices": choices,
        "justification": "On compare la commande et la facture.", "document": "resources/fiche.md", "passage": PASSAGE,
        "difficulty": "easy", "category": "Contrôle",
    } | fields  # fmt: skip


def answer(text, prompt="p"):
    return Answer(1, prompt, text, Provenance("modele", "fournisseur", "2026-11-21"))


def draft(*entries, before="", after=""):
    return answer(before + json.dumps({"title": "Quiz", "questions": list(entries)}, ensure_ascii=False) + after)


def test_shipped_prompt_is_what_would_be_asked_now():
    shipped = (SHIPPED / FOLDER / "prompt.md").read_text("utf-8")
    assert shipped == draft_prompt(load_case(SHIPPED))


def test_prompt_holds_every_resource_and_document(case):
    prompt = draft_prompt(case)
    assert PASSAGE in prompt
    for resource in corpus_of(case):
        assert resource.name in prompt
    assert "N52000" in prompt
    assert "670,00\u00a0€" in prompt


def test_case_without_anything_to_ask_on_is_refused(tmp_path, case):
    shutil.rmtree(case.folder / "resources")
    shutil.rmtree(case.folder / "documents")
    with pytest.raises(BadInput, match="resources"):
        draft_prompt(load_case(case.folder))


def test_empty_resource_is_refused_by_name(case):
    (case.folder / "resources" / "vide.md").write_text(" \n")
    with pytest.raises(BadInput, match=r"vide\.md"):
        draft_prompt(case)


def test_good_draft_becomes_a_quiz_of_which_nothing_is_accepted(case):
    reading = read_draft(draft(entry()), case)
    assert reading.problems == ()
    (question,) = reading.quiz.questions
    assert (question.id, question.accepted, reading.quiz.draft.model) == ("comparer", None, "modele")
    assert check_quiz(reading.quiz, corpus_of(case)).faults == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("```json\n", "\n```"), ("Voici le quiz :\n\n```json\n", "\n```\nBonne séance !"), ("Voici : ", " Voilà.")],
)
def test_words_and_fences_around_the_json_are_passed_over(case, before, after):
    assert len(read_draft(draft(entry(), before=before, after=after), case).quiz.questions) == 1


@pytest.mark.parametrize(
    "text", ["Bien sûr ! Voici un quiz.", '{"title": "Quiz", "questions": [{"id": "a"', "", "[" * 20000]
)
def test_answer_that_is_no_json_makes_nothing(case, text):
    with pytest.raises(BadInput, match="JSON"):
        read_draft(answer(text), case)


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"questions": []}', '{"questions": [3]}', '{"questions": [{"kind": "essay"}]}']
)
def test_json_without_a_usable_question_makes_nothing(case, text):
    with pytest.raises(BadInput):
        read_draft(answer(text), case)


def test_invented_source_is_found(case):
    invented = entry(
        id="b", text="Autre", document="resources/code.md", passage="L’article 9999 du Code civil dit cela"
    )
    report = check_quiz(read_draft(draft(entry(), invented), case).quiz, corpus_of(case))
    assert [(fault.question, fault.kind) for fault in report.faults] == [("b", "passage_not_found")]


def test_bad_question_is_told_and_the_others_are_kept(case):
    reading = read_draft(draft(entry(), entry(kind="drag"), "x", entry(id="n", kind="numeric", value="peu")), case)
    assert [question.id for question in reading.quiz.questions] == ["comparer"]
    assert len({problem.where.split(",")[0] for problem in reading.problems}) == 3


def test_every_kind_can_be_drafted(case):
    kinds = [
        entry(),
        entry(id="m", kind="multiple"),
        entry(id="t", kind="true_false", choices=[{"text": "Vrai", "right": True}, {"text": "Faux", "right": False}]),
        entry(id="p", kind="matching", choices=[], pairs=[{"left": "a", "right": "b"}, {"left": "", "right": "c"}]),
        entry(id="o", kind="ordering", choices=[], items=["a", "b"]),
        entry(id="s", kind="short", choices=[], variants=["avoir"]),
        entry(id="n", kind="numeric", choices=[], value=193.5, tolerance="0,01", unit="€"),
    ]  # fmt: skip
    reading = read_draft(draft(*kinds), case)
    assert reading.problems == ()
    found = {question.id: question for question in reading.quiz.questions}
    assert len(found) == len(kinds)
    assert str(found["n"].value) == "193.5"
    assert found["t"].choices[0].right
    assert found["p"].decoys == ("c",)


def test_recorded_draft_is_replayed_and_another_prompt_is_not(case):
    with pytest.raises(NotRecorded, match="--live"):
        recorded_draft(case)
    write_run(case.folder / FOLDER, Run("draft", (answer("{}", draft_prompt(case)),)))
    assert recorded_draft(case).text == "{}"
    (case.folder / "resources" / "fiche.md").write_text("Tout autre chose.\n")
    with pytest.raises(NotRecorded, match="another prompt"):
        recorded_draft(case)


def test_live_answer_is_recorded_before_anything_is_made_of_it(case, tmp_path):
    class Source:
        def complete_json(self, prompt, schema):
            from promptlab.ask.structured import Structured

            assert schema is SCHEMA
            return Structured({}, answer("{}", prompt))

    found = ask_draft(case, Source(), tmp_path / "record")
    assert found.prompt == draft_prompt(case)
    assert (tmp_path / "record" / MANIFEST).is_file()


def test_shipped_draft_is_read():
    case = load_case(SHIPPED)
    assert len(read_draft(recorded_draft(case), case).quiz.questions) >= 15
