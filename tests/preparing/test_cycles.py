"""The cases that come along: each part is read by its reader, and the second goes the whole way of a lesson."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.align.recorded import choose
from promptlab.casefile.check import check_documents
from promptlab.casefile.solution import solve
from promptlab.decisions import check, read_decisions
from promptlab.files.alignments import read_alignments
from promptlab.files.cases import load_case, shipped_cases
from promptlab.files.copie_form import to_text
from promptlab.files.keys import read_keys
from promptlab.files.quizzes import load_quiz
from promptlab.files.resources import read_resources
from promptlab.flowchart.grid import read_grid
from promptlab.flowchart.reading import load_flowchart
from promptlab.grade.setup import prepare
from promptlab.letter.draft import draft_prompt
from promptlab.model.copie import Spot
from promptlab.parse import parse_answer
from promptlab.parse.as_json import to_json
from promptlab.quiz.acceptance import require_accepted
from promptlab.quiz.check import check_quiz
from promptlab.quiz.corpus import corpus_of
from promptlab.review.begin import begin
from promptlab.review.exercise import exercise
from promptlab.review.tagging import tag
from tests.parse.words import in_order, lost_and_extra
from tests.preparing.test_guide import command_of

SHIPPED = sorted(path.parent.name for path in shipped_cases().glob("*/case.toml"))
LETTERS = Path(__file__).parent / "cycles"


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request):
    return load_case(request.param)


@pytest.fixture(scope="module")
def cycles():
    return load_case("cycles")


def run(command, *arguments):
    """What `promptlab command …` does: exit status and standard output."""
    done = CliRunner().invoke(command_of(command), [str(one) for one in arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value or 0, done.stdout


# ---------------------------------------------------------------- every shipped case


def test_two_cases_of_two_trades_come_along():
    assert SHIPPED == ["cycles", "reclamation"]


def test_run_of_a_case_is_whole_unchanged_and_says_where_it_is_from(shipped):
    for name in (one.name for one in shipped.runs):
        for prompt, answer in zip(shipped.prompts, shipped.run(name).answers, strict=True):
            assert answer.prompt == prompt
            assert (answer.provenance.model, answer.provenance.provider) == ("Claude", "Anthropic")
            assert not answer.provenance.modified


def test_every_word_of_the_answers_is_in_the_table_once_and_in_order(shipped):
    for answer in shipped.run().answers:
        found = to_json(parse_answer(answer.text))
        assert lost_and_extra(answer.text, found) == ({}, {})
        assert in_order(answer.text, found)
        assert found["problems"] == []


def test_kept_table_of_a_case_fits_its_answers(shipped):
    columns = columns_of(shipped.run())
    kept = choose([*read_alignments(shipped.folder / "comparison.json").values()], columns, "comparison.json")
    table = compare(columns, by="checked", alignment=kept)
    assert kept.checked
    for place, column in enumerate(columns):
        ranks = [rank for phase in table.phases for rank in phase.cells[place]]
        assert sorted(ranks) == [step.rank for step in column.answer.steps]


def test_decision_scheme_of_a_case_has_no_gap_and_no_overlap(shipped):
    assert check(read_decisions(shipped.folder / "decisions.toml")).is_clean


def test_quiz_of_a_case_is_proved_accepted_and_without_fault(shipped):
    quiz = load_quiz(shipped.folder / "quiz.toml")
    report = check_quiz(quiz, corpus_of(shipped))
    assert report.faults == ()
    assert len(report.passages) == len(quiz.questions) >= 10
    require_accepted(quiz)


def test_flowchart_grid_resources_and_prompt_of_the_letter_are_there(shipped):
    assert load_flowchart(shipped.folder / "flowchart.toml").nodes
    assert read_grid(shipped.folder / "grid.toml").criteria
    assert all("pour ce projet" in resource.text for resource in read_resources(shipped.folder))
    asked = (shipped.folder / "letter" / "prompt.txt").read_text("utf-8")
    bare = draft_prompt(shipped, medium="email" if "courriel professionnel" in asked else "letter")
    assert set(bare.split("\n")) <= set(asked.split("\n"))  # what it says besides are the phases


def test_key_of_a_case_argues_every_item_and_holds_for_its_answers(shipped):
    setup = prepare(shipped)
    assert setup.problems == ()
    for key in read_keys(shipped):
        assert len(key.items) >= 15
        assert all(item.why for item in key.items)
        assert all(idea.why for idea in key.ideas)


# ---------------------------------------------------------------- the second one


def test_solution_gives_back_the_surplus_at_its_price_and_the_discount_on_what_stays(cycles):
    figures = {figure.key: (figure.ht, figure.ttc) for figure in solve(cycles).figures}
    assert figures["credit_note"] == (Decimal("450.80"), Decimal("540.96"))
    assert figures["due_after"] == (Decimal("1159.20"), Decimal("1391.04"))


def test_documents_hold_the_errors_of_the_case_and_no_other(cycles):
    kinds = [finding.kind for finding in check_documents(cycles)]
    assert sorted(kinds) == ["law", "price", "quantity", "reference_mismatch", "terms"]
    (quantity,) = (one for one in check_documents(cycles) if one.kind == "quantity")
    assert "20\u00a0pièces" in quantity.message


def test_discount_of_the_order_is_shown_to_pupils_and_to_an_ai(cycles):
    from promptlab.ui.documents import document_html

    order = next(document for document in cycles.documents if document.kind == "order")
    assert "8\u00a0%" in document_html(order)
    assert "−" in document_html(order)
    assert "remise 8 % | à déduire, montant HT 100,80" in draft_prompt(cycles)
    assert "remise 8 %" in next(one.text for one in corpus_of(cycles) if one.name == order.source)


def test_right_reply_is_proved_from_end_to_end():
    status, said = run("check-letter", LETTERS / "reponse-juste.md", "--case", "cycles", "--json")
    found = json.loads(said)
    assert status == 0
    assert [claim["text"] for claim in found["claims"] if claim["verdict"] != "proved"] == []
    assert found["missing"] == []
    assert not [advice for advice in found["advice"] if "remise" in advice]


def test_errors_planted_in_a_reply_are_found():
    status, said = run("check-letter", LETTERS / "reponse-fausse.md", "--case", "cycles", "--json")
    claims = json.loads(said)["claims"]
    verdicts = {(claim["line"], claim["text"]): claim["verdict"] for claim in claims}
    assert status == 1
    wrong = {key for key, verdict in verdicts.items() if verdict == "contradicted"}
    assert {(7, "FA-2219"), (9, "45 pneus"), (9, "10 %"), (11, "450,80 €"), (11, "1 840,00 €")} <= wrong
    assert {key for key, verdict in verdicts.items() if verdict == "unsupported"} == {
        (11, "128,80 €"),
        (13, "25,00 €"),
        (13, "20/03/N"),
    }


@pytest.mark.parametrize("ending", ["gift", "xml", "docx"])
def test_quiz_is_exported(tmp_path, ending):
    from promptlab.cli.quiz import export

    done = CliRunner().invoke(export, ["cycles", "--to", str(tmp_path / f"q.{ending}")], standalone_mode=False)
    assert done.exception is None
    assert (tmp_path / f"q.{ending}").stat().st_size > 1000


def test_pack_of_the_pupils_holds_neither_key_nor_rules_of_decision(tmp_path):
    from zipfile import ZipFile

    run("pack", "cycles", "--to", tmp_path / "p.zip")
    pack = ZipFile(tmp_path / "p.zip")
    names = pack.namelist()
    assert not [name for name in names if "key/" in name]
    assert "[[rule]]" not in "".join(pack.read(name).decode("utf-8") for name in names if "decisions" in name)
    assert "cycles/answers/run-a/prompt3.md" in names


def test_papers_of_the_teacher_are_made(tmp_path):
    run("sheets", "cycles", "--to", tmp_path / "s", "--html")
    assert len(list((tmp_path / "s").glob("*cycles-[1-5].html"))) == 5
    run("notice", "cycles", "--to", tmp_path / "n.html")
    run("protocol", "cycles", "--to", tmp_path / "p.html")
    for page in tmp_path.rglob("*.html"):
        said = page.read_text("utf-8")
        assert "MARSEILLE" not in said, page.name
        assert "TOILES" not in said, page.name


def test_three_copies_are_marked_by_the_key_in_the_order_of_what_they_found(cycles, tmp_path):
    (key,) = read_keys(cycles)
    on = exercise(cycles, compare(columns_of(cycles.run())))
    folder = tmp_path / "rendus"
    folder.mkdir()
    for name, items in (("P01", key.items), ("P02", key.items[::4]), ("P03", ())):
        copie = begin(on, (name,), run="run-a")
        for item in items:
            reason, evidence = (*item.reasons, None)[0], (*item.evidence, None)[0]
            spot = Spot(item.column, item.item, item.span)
            copie = tag(copie, on, spot, item.tag, reason=reason, evidence=evidence, rationale="Le dossier le montre.")
        (folder / f"{name}.json").write_text(to_text(copie), encoding="utf-8")
    run("grade", folder, "--case", "cycles", "--to", tmp_path / "notes", "--session", "2")
    found = json.loads((tmp_path / "notes" / "class.json").read_text("utf-8"))
    marks = [Decimal(str(mark)) for mark in marks_in(found)]
    assert marks[0] > marks[1] > marks[2]


def marks_in(overview):
    """The marks of the pupils by pseudonym."""
    return [pupil["mark"] for pupil in sorted(overview["pupils"], key=lambda one: one["pupil"])]
