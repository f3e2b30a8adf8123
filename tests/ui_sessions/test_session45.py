"""Sessions 4 and 5: draft, reply and its check, differences, papers, decision scheme, debrief, statement."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from promptlab.decisions import check, read_decisions
from promptlab.errors import AskFailed, BadInput
from promptlab.files.copies import read_copie
from promptlab.letter.papers import KINDS, columns, entries, model_paper
from promptlab.model.answer import Answer, Provenance
from promptlab.ui.classroom import Classroom, write_classroom
from promptlab.ui.session45_debrief import DebriefPanel, debrief_html
from promptlab.ui.session45_decisions import DecisionsPanel, decisions_html, decisions_of
from promptlab.ui.session45_differences import DifferencesPanel, differences_html
from promptlab.ui.session45_draft import DraftPanel
from promptlab.ui.session45_letter import LetterPanel, letter_html
from promptlab.ui.session45_papers import PapersPanel, paper_of, papers_html, papers_of
from promptlab.ui.session45_reply import keep_draft, letter_of, write_letter
from promptlab.ui.session45_statement import StatementPanel, statement_html
from promptlab.ui.texts import text_of
from tests.ui.acting import has, node_of, nodes, press, upload, words_of, write
from tests.ui_sessions.builders import desk_in, shipped

DRAFT = {"text": "Madame,\n\nVotre avoir est de 840,00 € TTC.", "model": "m", "date": "2026-11-21", "recorded": True}


def with_draft(folder, text=""):
    desk = desk_in(folder, "P07")
    desk.change(lambda copie: keep_draft(copie, DRAFT))
    if text:
        desk.change(lambda copie: write_letter(copie, "text", text))
    return desk


# ---------------------------------------------------------------- draft


def test_medium_and_reason_are_kept(tmp_path):
    panel = DraftPanel(desk_in(tmp_path, "P07"))
    write(panel, "letter-medium", "email")
    write(panel, "letter-why", "La réclamation est un courriel.")
    kept = letter_of(read_copie(panel.at.path))
    assert (kept["medium"], kept["why"], kept["draft"]) == ("email", "La réclamation est un courriel.", None)


def test_recorded_draft_comes_with_its_provenance_and_can_be_begun_with(tmp_path):
    from promptlab.letter.draft import recorded_draft

    panel = DraftPanel(desk_in(tmp_path, "P07"))
    press(panel, "draft-recorded")
    answer = recorded_draft(shipped())
    draft = letter_of(read_copie(panel.at.path))["draft"]
    assert (draft["text"], draft["model"], draft["recorded"]) == (answer.text, answer.provenance.model, True)
    assert answer.provenance.model in words_of(panel)
    press(panel, "draft-take")
    assert letter_of(panel.at.copie)["text"] == answer.text.strip()
    press(panel, "draft-take")
    assert node_of(panel, "draft-take")["error"]
    press(panel, "draft-undo")
    assert letter_of(panel.at.copie)["text"] == ""


def test_case_without_a_draft_says_so(tmp_path):
    case = replace(shipped(), folder=tmp_path / "case")
    panel = DraftPanel(desk_in(tmp_path, "P07", case=case))
    assert not has(panel, "draft-recorded")


class Scripted:
    """An AI that gives one answer, or refuses."""

    def __init__(self, text):
        self.text, self.closed, self.asked = text, False, ""

    def ask(self, conversation, on_progress=None):
        self.asked = conversation.prompts[-1]
        if not self.text:
            raise AskFailed("no network")
        return Answer(1, self.asked, self.text, Provenance("live-model", "host", "2026-11-27T10:00:00+01:00"))

    def close(self):
        self.closed = True


def test_live_draft_is_asked_only_where_the_teacher_allows_it(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert not has(DraftPanel(desk_in(tmp_path, "P07")), "draft-live")
    write_classroom(tmp_path, Classroom(live=True, model="live-model"), (4,))
    source = Scripted("Madame, …")
    monkeypatch.setattr("promptlab.ui.session45_draft.source_of", lambda _allowed, _desk: source)
    panel = DraftPanel(desk_in(tmp_path, "P07"))
    press(panel, "draft-live")
    draft = letter_of(read_copie(panel.at.path))["draft"]
    assert draft == {"text": "Madame, …", "model": "live-model", "date": "2026-11-27", "recorded": False}
    assert "A52" in source.asked
    assert source.closed


def test_live_draft_is_not_asked_where_the_case_keeps_live_questions_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    write_classroom(tmp_path, Classroom(live=True, model="live-model"), (1, 4))
    elsewhere = DraftPanel(desk_in(tmp_path, "P07", case=replace(shipped(), live_sessions=(1,))))
    assert not has(elsewhere, "draft-live")
    with pytest.raises(BadInput):
        elsewhere.ask()
    assert has(DraftPanel(desk_in(tmp_path, "P07", case=replace(shipped(), live_sessions=(4,)))), "draft-live")


def test_draft_that_does_not_come_says_why_beside_the_button(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    write_classroom(tmp_path, Classroom(live=True, model="live-model"), (4,))
    monkeypatch.setattr("promptlab.ui.session45_draft.source_of", lambda _allowed, _desk: Scripted(""))
    panel = DraftPanel(desk_in(tmp_path, "P07"))
    press(panel, "draft-live")
    assert "no network" in node_of(panel, "draft-live")["error"]
    assert letter_of(panel.at.copie)["draft"] is None


# ---------------------------------------------------------------- reply


def test_letter_is_kept_as_it_is_written(tmp_path):
    panel = LetterPanel(desk_in(tmp_path, "P07"))
    write(panel, "letter-text", "Madame,\n\nNous <b>regrettons</b>…")
    assert letter_of(read_copie(panel.at.path))["text"] == "Madame,\n\nNous <b>regrettons</b>…"
    assert "<b>" not in letter_html(panel.at)
    press(panel, "letter-undo")
    assert letter_of(panel.at.copie)["text"] == ""


def test_letter_is_checked_with_the_documents(tmp_path):
    panel = LetterPanel(desk_in(tmp_path, "P07"))
    press(panel, "letter-check")
    assert node_of(panel, "letter-check")["error"]
    write(panel, "letter-text", "Madame,\n\nVotre avoir est de 804,00 € TTC. La facture 879 est du 26/11/N.")
    press(panel, "letter-check")
    assert "804,00" in words_of(panel)
    write(panel, "letter-text", "Madame,")
    assert not has(panel, "letter-found")


def test_contradicted_fact_has_its_sign_its_word_and_what_is_right(tmp_path):
    panel = LetterPanel(desk_in(tmp_path, "P07"))
    write(panel, "letter-text", "Madame,\n\nVotre commande n° 11-024 du 21/11/N est arrivée.")
    press(panel, "letter-check")
    rows = [node for node in nodes(panel.tree()) if node["k"].startswith("claim-") and "/" not in node["k"]]
    said = [str(row) for row in rows if "21/11" in str(row)]
    assert "✖" in said[0]
    assert "20/11/N" in said[0]
    assert node_of(panel, "letter-summary")["tone"] == "error"
    assert node_of(panel, "letter-missing")["tone"] == "warn"


def test_letter_and_e_mail_are_made_of_the_reply(tmp_path):
    panel = LetterPanel(desk_in(tmp_path, "P07"))
    press(panel, "letter-docx")
    assert node_of(panel, "letter-docx")["error"]
    write(panel, "letter-text", "Objet : votre réclamation\n\nMadame,\n\nNous vous livrons.\n\nMme Duvalier")
    ((_message, (content,)), *_more) = press(panel, "letter-docx")
    assert "Nous vous livrons." in ZipFile(BytesIO(content)).read("word/document.xml").decode()
    ((message, (content,)), *_more) = press(panel, "letter-email")
    assert message["name"].endswith(".txt")
    assert "Nous vous livrons." in content.decode()


# ---------------------------------------------------------------- differences


def test_changes_are_told_by_words_and_not_by_colour_alone(tmp_path):
    desk = with_draft(tmp_path, "Madame,\n\nVotre avoir est de 804,00 € TTC.")
    panel = DifferencesPanel(desk)
    parts = [part for node in nodes(node_of(panel, "differences")) for part in node.get("parts", ())]
    styles = {part["t"]: part["s"] for part in parts}
    assert any(style == "removed" and "840" in text for text, style in styles.items())
    assert any(style == "added" and "804" in text for text, style in styles.items())
    assert sum(style == "ear" for style in (part["s"] for part in parts)) >= 4
    assert "<del>" in differences_html(desk)


def test_without_a_draft_there_is_nothing_to_compare(tmp_path):
    desk = desk_in(tmp_path, "P07")
    assert not has(DifferencesPanel(desk), "differences")
    assert "<del>" not in differences_html(desk)


# ---------------------------------------------------------------- papers


def fill_in(panel, kind, values):
    write(panel, "paper-kind", kind)
    for entry in entries(kind):
        write(panel, f"paper-{kind}-{entry.name}", values[entry.name])
    for place, line in enumerate(values["lines"]):
        if place:
            press(panel, "paper-add")
        for column in columns(kind):
            write(panel, f"paper-{kind}-{place}-{column.name}", line[column.name])


def test_paper_begins_blank_but_for_the_company(tmp_path):
    panel = PapersPanel(desk_in(tmp_path, "P07"))
    assert node_of(panel, "paper-return_slip-seller_name")["value"] == shipped().company.name
    assert node_of(panel, "paper-return_slip-buyer_name")["value"] == ""
    assert papers_of(panel.at.copie) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_right_paper_is_told_to_be_right(tmp_path, kind):
    panel = PapersPanel(desk_in(tmp_path, "P07"))
    right = model_paper(kind, shipped()) | {"number": "A-12", "date": "28/11/N"}
    right |= {name: "3 × taux légal" for name in ("late_rate",) if name in right}
    right |= {name: "40 €" for name in ("recovery_fee",) if name in right}
    right |= {"mention": "Annule et remplace la facture n° 879 du 26/11/N"} if kind == "corrected_invoice" else {}
    fill_in(panel, kind, right)
    press(panel, "paper-check")
    assert node_of(panel, "paper-found")["tone"] == "ok", words_of(panel)[-600:]
    assert paper_of(read_copie(panel.at.path), kind, shipped()) == right


def test_wrong_total_is_found_and_the_finding_follows_the_correction(tmp_path):
    panel = PapersPanel(desk_in(tmp_path, "P07"))
    right = model_paper("credit_note", shipped()) | {"number": "A-12", "date": "28/11/N"}
    fill_in(panel, "credit_note", right | {"total_ttc": "840,00"})
    press(panel, "paper-check")
    assert node_of(panel, "paper-found")["tone"] == "warn"
    write(panel, "paper-credit_note-total_ttc", "804,00")
    assert node_of(panel, "paper-found")["tone"] == "ok"


def test_papers_are_kept_one_beside_the_other_and_undone(tmp_path):
    panel = PapersPanel(desk_in(tmp_path, "P07"))
    write(panel, "paper-return_slip-reason", "Référence <i>fausse</i>")
    write(panel, "paper-kind", "credit_note")
    press(panel, "paper-add")
    write(panel, "paper-credit_note-1-designation", "Toile noire")
    press(panel, "paper-credit_note-drop-0")
    kept = papers_of(read_copie(panel.at.path))
    assert kept["return_slip"]["reason"] == "Référence <i>fausse</i>"
    assert [line["designation"] for line in kept["credit_note"]["lines"]] == ["Toile noire"]
    assert "<i>" not in papers_html(panel.at)
    press(panel, "paper-undo")
    assert len(papers_of(panel.at.copie)["credit_note"]["lines"]) == 2


def test_paper_is_given_as_a_word_file(tmp_path):
    panel = PapersPanel(desk_in(tmp_path, "P07"))
    write(panel, "paper-return_slip-reason", "Référence fausse")
    ((_message, (content,)), *_more) = press(panel, "paper-docx")
    assert "Référence fausse" in ZipFile(BytesIO(content)).read("word/document.xml").decode()


# ---------------------------------------------------------------- decision scheme


def begun(folder):
    panel = DecisionsPanel(desk_in(folder, "P07"))
    press(panel, "rules-begin")
    return panel


def test_decision_scheme_begins_without_the_rules_of_the_key(tmp_path):
    table = decisions_of(read_copie(begun(tmp_path).at.path))
    assert table.rules == ()
    assert table.conditions


def test_gap_can_be_filled_with_one_press(tmp_path):
    panel = begun(tmp_path)
    press(panel, "rule-add")
    table = decisions_of(panel.at.copie)
    first = table.conditions[0]
    write(panel, f"when-R1-{first.id}", first.values[0].id)
    write(panel, "then-R1-0", table.actions[0].id)
    assert has(panel, "gap-0")
    press(panel, "gap-0")
    table = decisions_of(panel.at.copie)
    assert len(table.rules) == 2
    write(panel, "then-R2-0", table.actions[1].id)
    assert decisions_of(panel.at.copie).rules[1].actions == (table.actions[1].id,)


def test_rules_that_cover_everything_are_told_to(tmp_path):
    panel = begun(tmp_path)
    press(panel, "rule-add")
    table = decisions_of(panel.at.copie)
    write(panel, "then-R1-0", table.actions[0].id)
    assert check(decisions_of(panel.at.copie)).is_clean
    assert node_of(panel, "rules-found")["tone"] == "ok"
    assert "→" in decisions_html(panel.at)
    press(panel, "rule-drop-R1")
    assert decisions_of(panel.at.copie).rules == ()
    press(panel, "rules-undo")
    assert len(decisions_of(panel.at.copie).rules) == 1


def shipped_scheme():
    return (shipped().folder / "decisions.toml").read_bytes()


def test_workbook_goes_out_and_comes_back_as_the_same_rules(tmp_path):
    panel = DecisionsPanel(desk_in(tmp_path, "P07"))
    upload(panel, "rules-file", "schema.toml", shipped_scheme())
    before = decisions_of(panel.at.copie)
    ((message, (content,)), *_more) = press(panel, "rules-xlsx")
    press(panel, f"rule-drop-{before.rules[0].id}")
    upload(panel, "rules-file", message["name"], content)
    rules = decisions_of(read_copie(panel.at.path)).rules
    assert [rule.id for rule in rules] == [rule.id for rule in before.rules]
    assert check(decisions_of(panel.at.copie)).is_clean


def test_file_that_is_no_scheme_changes_nothing(tmp_path):
    panel = begun(tmp_path)
    press(panel, "rule-add")
    before = panel.at.copie
    upload(panel, "rules-file", "schema.xlsx", b"PK no workbook")
    assert "schema.xlsx" in node_of(panel, "rules-file")["error"]
    assert panel.at.copie == before


def test_all_missing_rules_are_added_at_once(tmp_path):
    panel = DecisionsPanel(desk_in(tmp_path, "P07"))
    upload(panel, "rules-file", "schema.toml", shipped_scheme())
    table = decisions_of(panel.at.copie)
    for rule in table.rules[:6]:
        press(panel, f"rule-drop-{rule.id}")
    press(panel, "gaps-all")
    found = check(decisions_of(panel.at.copie))
    assert all(gap.unfilled for gap in found.gaps)


def test_tree_is_drawn_where_it_is_asked_for(tmp_path):
    panel = DecisionsPanel(desk_in(tmp_path, "P07"))
    upload(panel, "rules-file", "schema.toml", shipped_scheme())
    assert not has(panel, "tree")
    press(panel, "tree-show")
    pages = [node for node in nodes(node_of(panel, "tree")) if node["kind"] == "picture"]
    assert pages
    assert all(page["description"] for page in pages)
    press(panel, "tree-show")
    assert not has(panel, "tree")


def test_scheme_without_its_case_file_is_opened_from_a_file(tmp_path):
    case = replace(shipped(), folder=tmp_path / "case")
    panel = DecisionsPanel(desk_in(tmp_path, "P07", case=case))
    assert not has(panel, "rules-begin")
    upload(panel, "rules-file", "schema.toml", shipped_scheme())
    assert len(decisions_of(panel.at.copie).rules) == len(read_decisions(shipped().folder / "decisions.toml").rules)


# ---------------------------------------------------------------- debrief, statement


def test_debrief_keeps_each_answer(tmp_path):
    panel = DebriefPanel(desk_in(tmp_path, "P07"))
    write(panel, "debrief-limits", "1. Elle invente.\n2. …")
    write(panel, "debrief-use", "Pour trouver les étapes.")
    copie = read_copie(panel.at.path)
    assert text_of(copie, "debrief", "limits") == "1. Elle invente.\n2. …"
    assert "Elle invente" in debrief_html(panel.at)


def test_statement_says_what_is_recorded_and_what_the_pupil_says(tmp_path):
    desk = with_draft(tmp_path, "Madame,")
    panel = StatementPanel(desk)
    write(panel, "statement-kept", "Les phases <b>")
    write(panel, "statement-corrected", "Le délai inventé.")
    copie = read_copie(desk.path)
    assert text_of(copie, "statement", "kept") == "Les phases <b>"
    html = statement_html(desk)
    assert "Le délai inventé." in html
    assert "<b>" not in html
    assert desk.run.answers[0].provenance.model in words_of(panel)
    assert "(m)" in words_of(panel)
    assert {work.name for work in desk.copie.works} == {"letter", "statement"}
