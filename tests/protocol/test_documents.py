"""The protocol, the teacher's sheets and the notice of a case."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from promptlab.errors import BadInput
from promptlab.files.cases import load_case
from promptlab.model.answer import Answer, Provenance, Run
from promptlab.model.copie import Copie, Plain, Tagging, Work
from promptlab.protocol.docx import page_docx
from promptlab.protocol.html import page_html
from promptlab.protocol.notice import Settings, notice
from promptlab.protocol.page import Picture
from promptlab.protocol.protocol import protocol
from promptlab.protocol.sheets import SESSIONS, sheet
from promptlab.review.statement import statement_of

LETTER = "Madame,\n\nNous établissons un avoir de 804,00 € TTC et de 999,99 €.\n\nCordialement,"


def copie(**works):
    tagging = Tagging(2, "1.1", "un passage", None, "inappropriate", "channel", "C'est écrit, pas oral.")
    made = tuple(Work(name, 1, Plain.of(values)) for name, values in works.items())
    return Copie("abc", "reclamation", ("P07",), taggings=(tagging,), remarks=("r1", "r2"), works=made)


def text_of(page):
    return page_html(page)


# ------------------------------------------------------------ the statement


def answer(number=1, **more):
    return Answer(number, "p", "t", replace(Provenance("Modèle X", "Y", "2026-11-21"), **more))


def test_the_statement_names_the_model_and_who_retouched():
    (said, touched, nothing) = statement_of([answer(1), answer(2, modified=True)])
    assert "Modèle X" in said
    assert "2" in touched
    assert "pupil" in nothing


def test_the_statement_says_whether_the_letter_began_with_a_draft():
    with_draft = statement_of([answer()], copie(letter={"text": "x", "draft": {"text": "y", "model": "Z"}}))
    without = statement_of([answer()], copie(letter={"text": "x", "draft": None}))
    assert any("Z" in line for line in with_draft)
    assert not any("Z" in line for line in without)
    assert any("without the draft" in line for line in without)


def test_the_statement_repeats_what_the_pupils_say_themselves():
    said = statement_of([answer()], copie(statement={"kept": "les phases 1 et 2", "documents": ""}))
    assert any("les phases 1 et 2" in line for line in said)


# ------------------------------------------------------------ the protocol


def test_the_protocol_gathers_the_parts_of_a_copie():
    case = load_case("reclamation")
    made = protocol(case, case.run("run-a"), copie(letter={"text": LETTER, "why": "trace écrite"}), made="2026-11-22")
    html = text_of(made.page)
    for wanted in ("P07", "trace écrite", "804,00", "un passage", "pas oral", "Claude"):
        assert wanted in html, wanted
    assert "999,99" in html.split("To look at again")[1]  # what no document bears out is told
    assert any(isinstance(block, Picture) for block in made.page.blocks)


def test_the_solution_of_the_teacher_never_stands_in_for_what_a_pupil_has_not_made():
    case = load_case("reclamation")
    made = protocol(case, case.run("run-a"), copie())
    assert "decision scheme" in " ".join(problem.where for problem in made.problems)
    assert "R3d" not in text_of(made.page)
    assert "R3d" in text_of(protocol(case, case.run("run-a")).page)


def test_a_flowchart_of_a_copie_that_cannot_be_drawn_is_told_and_replaced():
    case = load_case("reclamation")
    made = protocol(case, case.run("run-a"), copie(flowchart={"title": "x", "node": "?"}))
    assert any(problem.where == "flowchart" for problem in made.problems)
    assert any(isinstance(block, Picture) for block in made.page.blocks)


def test_what_a_pupil_wrote_is_no_markup():
    case = load_case("reclamation")
    made = protocol(case, case.run("run-a"), copie(letter={"text": "<img src=x onerror=alert(1)>"}))
    assert "<img src=x" not in text_of(made.page)
    assert page_docx(made.page)


def test_a_case_without_answers_has_a_protocol_that_says_so(tmp_path):
    case = replace(load_case("reclamation"), runs=(), folder=tmp_path)
    made = protocol(case, Run("", ()))
    assert len(made.problems) >= 3


# ------------------------------------------------------------ sheets


@pytest.mark.parametrize("name", ["reclamation", "cycles"])
@pytest.mark.parametrize("session", SESSIONS)
def test_each_session_of_each_shipped_case_has_its_sheet(name, session):
    case = load_case(name)
    html = text_of(sheet(case, session))
    assert case.title in html.replace("&#x27;", "'")
    for head in ("Objectif", "Déroulement", "Matériel", "Pièges", "Sans ordinateur", "Answers expected"):
        assert head in html, head


def test_the_answers_expected_are_those_of_the_case():
    assert "804.00" in text_of(sheet(load_case("reclamation"), 4))
    cycles = text_of(sheet(load_case("cycles"), 4))
    assert "540.96" in cycles
    assert "804" not in cycles


def test_there_is_no_sixth_session():
    with pytest.raises(BadInput, match="6"):
        sheet(load_case("reclamation"), 6)


# ------------------------------------------------------------ the notice


def settings(**more):
    given = {"home": Path("/travail"), "classroom": Path("/travail/classe.toml"), "copies": 3,
             "until": "2027-08-31", "made": "2026-11-22"}  # fmt: skip
    return Settings(**(given | more))


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, "Rien."),
        ({"live": True, "server": "localhost:11434", "nearby": True, "model": "m"}, "localhost:11434"),
        ({"live": True, "server": "api.exemple.fr", "model": "m"}, "api.exemple.fr"),
    ],
)
def test_the_notice_says_what_leaves_the_machine_with_these_settings(more, wanted):
    html = text_of(notice(load_case("reclamation"), settings(**more)))
    assert wanted in html
    assert "/travail" in html
    assert ("âge minimal" in html) == (bool(more.get("live")) and not more.get("nearby"))


def test_the_notice_names_purpose_legal_basis_controller_and_rights():
    html = text_of(notice(load_case("reclamation"), settings()))
    for wanted in ("Finalité", "6.1.e", "chef d’établissement", "Délégué", "effacer", "limiter", "opposer", "CNIL"):
        assert wanted in html, wanted


def test_the_notice_fits_one_page(tmp_path, needs):
    office = needs("soffice")
    worst = settings(live=True, server="api.un-fournisseur-au-nom-long.example.org", model="un-modele-au-nom-long-2026")
    path = tmp_path / "notice.docx"
    path.write_bytes(page_docx(notice(load_case("reclamation"), worst), made="2026-11-22"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    call = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    import re

    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "notice.pdf").read_bytes())) == 1


def test_the_notice_is_made_from_the_settings_of_the_class(tmp_path):
    from promptlab.cli.notice import command

    (tmp_path / "classe.toml").write_text(
        'sessions = [1]\nlive = true\nmodel = "m"\nbase_url = "https://ia.example/v1"\n'
    )
    target = tmp_path / "notice.html"
    run = CliRunner().invoke(command, ["cycles", "--to", str(target), "--home", str(tmp_path), "--until", "2027-06-30"])
    assert run.exit_code == 0, run.output
    html = target.read_text(encoding="utf-8")
    assert "ia.example" in html
    assert "2027-06-30" in html


def test_the_commands_write_word_and_web_and_refuse_other_endings(tmp_path):
    from promptlab.cli import protocol as room
    from promptlab.cli.sheets import command as sheets

    for name in ("p.docx", "p.html"):
        assert CliRunner().invoke(room.command, ["reclamation", "--to", str(tmp_path / name)]).exit_code == 0
    with pytest.raises(BadInput, match=r"p\.pdf"):
        CliRunner().invoke(room.command, ["reclamation", "--to", str(tmp_path / "p.pdf")], catch_exceptions=False)
    done = CliRunner().invoke(sheets, ["cycles", "--to", str(tmp_path / "fiches"), "--session", "2", "--html"])
    assert done.exit_code == 0
    assert [path.name for path in (tmp_path / "fiches").glob("*.html")] == ["fiche-professeur-cycles-2.html"]


def test_a_case_that_locks_live_questions_leaves_nothing_to_send():
    case = replace(load_case("reclamation"), live_sessions=())
    assert "Rien." in text_of(notice(case, settings(live=True, server="api.exemple.fr", model="m")))


def test_the_statement_stands_on_a_page_of_its_own_after_a_letter():
    import io

    import docx

    from promptlab.letter.layout import letter_docx

    case = load_case("reclamation")
    with_it = docx.Document(io.BytesIO(letter_docx(LETTER, case, statement=["Écrit sans IA."])))
    without = docx.Document(io.BytesIO(letter_docx(LETTER, case)))
    assert with_it.paragraphs[-1].text == "Écrit sans IA."
    assert "Écrit sans IA." not in "\n".join(paragraph.text for paragraph in without.paragraphs)
    assert "w:br" in with_it.element.xml


def test_protocol_and_sheets_take_the_checked_rows_where_they_are_asked_for(tmp_path):
    from promptlab.cli import main

    folder = shutil.copytree(load_case("reclamation").folder, tmp_path / "cas")
    (folder / "comparison.json").unlink()
    assert main(["align", str(folder), "--rename", "1", "Une phase à moi"]) == 0
    shown = {}
    for by in ("meaning", "checked"):
        assert main(["protocol", str(folder), "--by", by, "--to", str(tmp_path / f"{by}.html")]) == 0
        assert main(["sheets", str(folder), "--by", by, "--session", "2", "--html", "--to", str(tmp_path / by)]) == 0
        (page,) = (tmp_path / by).glob("*.html")
        texts = [path.read_text("utf-8") for path in (tmp_path / f"{by}.html", page)]
        shown[by] = ["Une phase à moi" in text for text in texts]
    assert shown == {"meaning": [False, False], "checked": [True, True]}


def test_protocol_and_sheets_have_the_rows_of_the_notebooks_unless_others_are_asked_for(tmp_path, capsys):
    from promptlab.cli import main

    def shown():
        assert main(["protocol", str(folder), "--to", str(tmp_path / "p.html")]) == 0
        assert main(["sheets", str(folder), "--session", "2", "--html", "--to", str(tmp_path)]) == 0
        pages = (tmp_path / "p.html", max(tmp_path.glob("fiche*.html"), key=lambda path: path.stat().st_mtime_ns))
        return [name in page.read_text("utf-8") for page in pages for name in ("Une phase à moi", "A. Prof")]

    folder = shutil.copytree(load_case("reclamation").folder, tmp_path / "cas")
    (folder / "comparison.json").unlink()
    assert main(["align", str(folder), "--rename", "1", "Une phase à moi"]) == 0
    assert shown() == [False] * 4  # nobody has checked them yet
    assert main(["align", str(folder), "--checked", "A. Prof"]) == 0
    assert shown() == [True] * 4
    capsys.readouterr()
    (folder / "comparison.json").write_text("{", encoding="utf-8")
    assert shown() == [False] * 4
    assert capsys.readouterr().err.count("cannot be used") == 2


def test_sheet_of_the_comparison_has_the_step_that_corrects_the_table():
    assert "corriger le tableau" in text_of(sheet(load_case("reclamation"), 2))


def test_checked_rows_that_are_not_there_are_asked_for_in_vain(tmp_path, capsys):
    from promptlab.cli import main

    folder = shutil.copytree(load_case("reclamation").folder, tmp_path / "cas")
    (folder / "comparison.json").unlink()
    assert main(["sheets", str(folder), "--by", "checked", "--to", str(tmp_path / "f")]) == 2
    assert "promptlab align" in capsys.readouterr().err
    assert not (tmp_path / "f").exists()


def test_no_letter_of_a_decision_tree_lies_on_another_in_the_protocol():
    from promptlab.decisions import as_pages, read_decisions
    from promptlab.flowchart.branching import render_tree

    case = load_case("reclamation")
    drawn = {block.png for block in protocol(case, case.run("run-a")).page.blocks if isinstance(block, Picture)}
    assert {render_tree(page, "png") for page in as_pages(read_decisions(case.folder / "decisions.toml"))} <= drawn
