"""Session 1: three prompts, their answers, the analyses, the page to print."""

from dataclasses import replace

import pytest

from promptlab.ask.scripted import ScriptedSource
from promptlab.errors import BadInput, NotRecorded
from promptlab.files.copies import read_copie
from promptlab.model.answer import Run
from promptlab.ui.documents import document_html, documents_html, scenario_html
from promptlab.ui.session1_analysis import AnalysisPanel, analysis_of
from promptlab.ui.session1_asking import ask_live, near_of, pasted, replay
from promptlab.ui.session1_printing import PrintPanel, answers_page
from promptlab.ui.session1_prompt import PASTE, PromptPanel, prompt_html
from tests.ui.acting import has, node_of, press, words_of, write
from tests.ui_sessions.builders import NOW, desk_in, shipped

PROMPTS = shipped().prompts


def sent(desk, number, text=None):
    panel = PromptPanel(desk, number)
    write(panel, f"prompt-{number}", text or PROMPTS[number - 1])
    press(panel, f"send-{number}")
    return panel


def test_prompt_of_the_case_gets_its_recorded_answer(tmp_path):
    desk = desk_in(tmp_path, "P07")
    sent(desk, 1)
    (answer,) = read_copie(desk.path).answers
    assert answer == shipped().run().answers[0]


def test_typography_of_the_keyboard_makes_no_difference(tmp_path):
    desk = desk_in(tmp_path, "P07")
    sent(desk, 1, PROMPTS[0].upper().removesuffix(" ?"))
    assert desk.copie.answers[0].number == 1


def test_steps_of_the_answer_are_shown_with_its_source(tmp_path):
    shown = words_of(sent(desk_in(tmp_path, "P07"), 1))
    assert "Step 7" in shown
    assert "Anthropic" in shown


def test_another_prompt_is_offered_the_nearest_recorded_one(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = sent(desk, 1, "Quelles sont les étapes du traitement d'une commande ?")
    assert desk.copie.answers == ()
    assert PROMPTS[0] in words_of(panel)
    press(panel, "take-1")
    assert desk.copie.answers[0].prompt == PROMPTS[0]
    assert not has(panel, "take-1")


def test_second_prompt_typed_first_is_told_its_place(tmp_path):
    panel = sent(desk_in(tmp_path, "P07"), 1, PROMPTS[1])
    assert "prompt 2" in words_of(panel)
    assert PROMPTS[0] in words_of(panel)


def test_what_is_no_prompt_of_the_chain_is_not_called_one(tmp_path):
    desk = desk_in(tmp_path, "P07")
    shown = words_of(sent(desk, 1, "azerty"))
    assert PROMPTS[0] in shown
    assert "prompt 2" not in shown
    sent(desk, 1)
    asked = "Quelles sont les étapes du traitement de la réclamation client dans le cadre d’une réclamation écrite ?"
    shown = words_of(sent(desk, 2, asked))
    assert PROMPTS[1] in shown
    assert "prompt 1" not in shown


def test_accents_left_out_are_no_other_prompt(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = sent(desk, 1, "quelles sont les etapes du traitement de la reclamation client")
    assert desk.copie.answers[0].prompt == PROMPTS[0]
    assert "changed" not in words_of(panel)


def test_later_prompt_waits_for_the_earlier_ones(tmp_path):
    desk = desk_in(tmp_path, "P07")
    assert not has(PromptPanel(desk, 2), "prompt-2")
    sent(desk, 1)
    assert has(PromptPanel(desk, 2), "prompt-2")


def test_chain_is_replayed_as_one_conversation(tmp_path):
    desk = desk_in(tmp_path, "P07")
    for number in (1, 2, 3):
        sent(desk, number)
    assert desk.copie.answers == shipped().run().answers


def test_empty_prompt_is_refused_beside_the_button(tmp_path):
    panel = PromptPanel(desk_in(tmp_path, "P07"), 1)
    press(panel, "send-1")
    assert "empty" in node_of(panel, "send-1")["error"]


def test_changed_prompt_says_that_the_answer_is_to_the_former_one(tmp_path):
    panel = sent(desk_in(tmp_path, "P07"), 1)
    write(panel, "prompt-1", "Autre chose")
    assert PROMPTS[0] in words_of(panel)


def test_typed_prompt_survives_a_restart_before_it_is_sent(tmp_path):
    write(PromptPanel(desk_in(tmp_path, "P07"), 1), "prompt-1", "Quelles sont")
    again = PromptPanel(desk_in(tmp_path, "P07"), 1)
    assert node_of(again, "prompt-1")["value"] == "Quelles sont"


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "  \u200b \n\u2060 ", "mot " * 20_000])
def test_paste_that_is_empty_or_no_answer_in_its_length_is_refused(tmp_path, text):
    panel = PromptPanel(desk_in(tmp_path, "P07"), 1)
    write(panel, "prompt-1", PROMPTS[0])
    write(panel, "way-1", PASTE)
    write(panel, "tool-1", "Un chat")
    write(panel, "paste-1", text)
    press(panel, "send-1")
    assert node_of(panel, "send-1")["error"]
    assert panel.at.copie.answers == ()


def test_pasted_answer_without_steps_is_kept_and_doubted(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = PromptPanel(desk, 1)
    for key, value in (
        ("prompt-1", PROMPTS[0]),
        ("way-1", PASTE),
        ("tool-1", "Un chat"),
        ("paste-1", "Bonjour 😀 שלום"),
    ):
        write(panel, key, value)
    press(panel, "send-1")
    assert desk.copie.answers[0].text == "Bonjour 😀 שלום"
    assert desk.copie.answers[0].provenance.model == "Un chat"
    assert "⚠" in str(panel.tree())


def test_pasted_answer_must_say_which_ai_gave_it():
    with pytest.raises(BadInput, match="AI"):
        pasted(1, "Bonjour", "1. Noter", tool=" ", now=NOW)


def test_live_questions_are_offered_only_where_the_teacher_allows_them(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:9/v1")
    panel = PromptPanel(desk_in(tmp_path, "P07"), 1)
    assert len(node_of(panel, "way-1")["options"]) == 2
    (tmp_path / "classe.toml").write_text('sessions = [1]\nlive = true\nmodel = "m"\n')
    assert len(node_of(PromptPanel(desk_in(tmp_path, "P07"), 1), "way-1")["options"]) == 3


@pytest.mark.parametrize(("opened", "locked"), [([1], ()), ([1], (2, 4)), ([2], None)])
def test_live_questions_are_closed_by_the_case_and_by_a_closed_session(tmp_path, monkeypatch, opened, locked):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:9/v1")
    (tmp_path / "classe.toml").write_text(f'sessions = {opened}\nlive = true\nmodel = "m"\n')
    panel = PromptPanel(desk_in(tmp_path, "P07", case=replace(shipped(), live_sessions=locked)), 1)
    assert len(node_of(panel, "way-1")["options"]) == 2
    write(panel, "prompt-1", shipped().prompts[0])
    panel.way = "live"
    press(panel, "send-1")
    assert node_of(panel, "send-1")["error"]
    assert panel.at.copie.answers == ()


def test_live_questions_are_offered_where_the_case_names_the_session(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:9/v1")
    (tmp_path / "classe.toml").write_text('live = true\nmodel = "m"\n')
    panel = PromptPanel(desk_in(tmp_path, "P07", case=replace(shipped(), live_sessions=(1,))), 1)
    assert len(node_of(panel, "way-1")["options"]) == 3


def test_live_answer_follows_the_answers_before_it():
    source = ScriptedSource(["1. Noter"])
    before = shipped().run().answers[:1]
    answer = ask_live(lambda: source, 2, "Par écrit", before)
    assert (answer.number, answer.prompt) == (2, "Par écrit")
    assert source.asked[0].answers == before


def test_live_question_needs_the_answers_before_it():
    with pytest.raises(BadInput, match="prompt 1"):
        ask_live(lambda: ScriptedSource([]), 2, "Par écrit", ())


def test_run_without_answers_has_nothing_near():
    assert near_of(Run("vide"), 1, "Bonjour") is None
    with pytest.raises(NotRecorded):
        replay(Run("vide"), 1, "Bonjour")


def test_analysis_is_saved_as_it_is_written(tmp_path):
    desk = desk_in(tmp_path, "P07")
    write(AnalysisPanel(desk, 2), "analysis-2", "Plus précis 👍 <script>")
    assert analysis_of(read_copie(desk.path), 2) == "Plus précis 👍 <script>"
    assert analysis_of(desk.copie, 1) == ""


def test_nothing_can_be_written_before_the_pseudonym(tmp_path):
    panel = AnalysisPanel(desk_in(tmp_path), 1)
    assert not has(panel, "analysis-1")
    assert "pseudonym" in words_of(panel)


def test_page_holds_prompts_answers_and_analyses_as_text(tmp_path):
    desk = desk_in(tmp_path, "P07")
    for number in (1, 2, 3):
        sent(desk, number)
    write(AnalysisPanel(desk, 3), "analysis-3", "<img src=x onerror=alert(1)>")
    page = answers_page(desk)
    assert page.count("<section>") == 3
    assert "<img" not in page
    assert "retour de marchandises" in page


def test_page_is_saved_beside_one_that_was_changed(tmp_path):
    desk = desk_in(tmp_path, "P07")
    panel = PrintPanel(desk)
    press(panel, "save-page")
    panel.made.write_text("mes notes")
    press(panel, "save-page")
    assert panel.made.name.endswith("-2.html")


def test_static_answer_is_escaped(tmp_path):
    desk = desk_in(tmp_path, "P07")
    answer = replace(shipped().run().answers[0], text="1. **Noter** <script>alert(1)</script>\n2. Finir")
    desk.change(lambda copie: replace(copie, answers=(answer,)))
    assert "<script" not in prompt_html(desk, 1)


def test_documents_show_what_is_printed_on_them():
    html = documents_html(shipped())
    for shown in ("11-024", "WH/OUT/00023", "879", "A52000", "N52000", "10 rue Beaumont", "838004927"):
        assert shown in html
    assert html.count("<article") == 4
    assert html.count('scope="col"') >= 12


def test_amounts_are_written_in_the_way_of_the_language(french):
    html = documents_html(shipped())
    assert "3\u202f722,35\u00a0€" in html
    assert "1,5\u00a0%" in html


def test_text_of_a_document_is_never_html():
    hostile = replace(shipped().documents[0], body="<script>alert(1)</script>", subject="<b>x</b>")
    html = document_html(hostile)
    assert "<script" not in html
    assert "<b>" not in html


def test_documents_need_no_style_sheet():
    for html in (documents_html(shipped()), scenario_html(shipped())):
        assert "<style" not in html
        assert "class=" not in html
