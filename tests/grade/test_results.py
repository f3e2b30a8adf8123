"""What comes out of marking: feedback, tables, pages, files."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser

import pytest
from lxml import etree
from openpyxl import load_workbook

from promptlab.errors import CannotWrite
from promptlab.files.class_list import Pupil
from promptlab.files.csv_rows import read_csv
from promptlab.files.returns import read_return
from promptlab.grade.class_html import class_html
from promptlab.grade.classroom import grade_class
from promptlab.grade.collecting import Handed
from promptlab.grade.feedback import feedback
from promptlab.grade.feedback_docx import feedback_docx
from promptlab.grade.feedback_html import feedback_html
from promptlab.grade.marking import mark_hand_in
from promptlab.grade.outcome import Job
from promptlab.grade.overview import overview
from promptlab.grade.sheets import marks_csv, marks_xlsx
from promptlab.grade.similarity import alike, longest_common
from promptlab.grade.writing import Staging, safe_name, write_class, write_sheet
from promptlab.model.copie import Copie
from promptlab.model.hand_in import HandIn
from promptlab.model.mark import Override, Overrides
from tests.grade.builders import a_class, any_copie, handed, read_json

EVIL = '=HYPERLINK("http://x")<script>alert(1)</script>&\x07'
NOW = "2026-11-22T10:00:00+01:00"


class Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)


def graded(setup, files, *, read=read_json, **more):
    return grade_class(files, setup, Job.of(setup, read, now=NOW), **more)


def read_called(codes, name, data, case):
    """A copie whose pupil has whatever code `codes` says for the file."""
    found = read_json(name, data, case)
    return replace(found, copie=replace(found.copie, pupils=(codes.get(name) or found.copie.pupils[0],)))


def called(codes):
    return partial(read_called, codes)


def evil(copie):
    taggings = tuple(replace(one, rationale=EVIL) for one in copie.taggings)
    return replace(copie, taggings=tuple(sorted(taggings, key=lambda one: one.key)), remarks=(EVIL,))


def told(setup, copie):
    mark, _copie = mark_hand_in(HandIn("x.json", copie), setup)
    return feedback(mark, setup.case, setup.rubric)


def test_feedback_says_what_was_found_missed_and_why(setup, on):
    found = told(setup, any_copie(on, "P01", 1))
    tags = next(block for block in found.blocks if "tiqueter" in block.title)
    heads = [head for head, _entries in tags.lists]
    assert heads == ["What you found", "To look at again", "What was still to find"]
    missed = dict(tags.lists)["What was still to find"]
    assert all("chose à discuter" in " ".join(entry.lines) for entry in missed[:-1])
    assert found.next_steps


def test_long_lists_are_cut_and_the_rest_is_counted(setup, on):
    found = told(setup, Copie("x", on.case.name, ("P01",), session=2, about=any_copie(on, "P01", 1).about))
    tags = next(block for block in found.blocks if "tiqueter" in block.title)
    ((_head, entries),) = tags.lists
    assert len(entries) == 4
    assert "15" in entries[-1].text


def test_feedback_is_short_whatever_is_behind_it(setup, on):
    for number in range(5):
        found = told(replace(setup, sessions=()), replace(any_copie(on, "P01", number), session=None))
        shown = [entry for block in found.blocks for _head, entries in block.lists for entry in entries if entry.where]
        assert len(shown) <= 12
        assert len(found.rows) > 15
        lines = [line for entry in shown for line in entry.lines]
        assert all(len(line) < 500 for line in lines)


def test_feedback_says_that_no_ai_marked(setup, on):
    found = told(setup, any_copie(on, "P01", 1))
    assert "No AI" in found.closing
    assert found.session == "session 2"
    assert found.closing in " ".join(Seen(feedback_html(found)).words)


def test_marks_stand_under_headings_on_their_side(setup, on):
    sheet = load_workbook(io.BytesIO(marks_xlsx(graded(setup, a_class(on, 1)), "Notes"))).worksheets[0]
    heads, row = list(sheet.iter_rows())[:2]
    for head, cell in zip(heads, row, strict=True):
        assert head.alignment.horizontal == ("right" if isinstance(cell.value, int | float) else "left"), head.value
    assert sheet.page_setup.fitToWidth == 1


def test_the_page_of_the_class_names_a_bad_file_once_and_below_the_results(setup, on):
    bad = Handed("dossier/Dupont Léa_12_file.json", b"[")
    found = graded(setup, [*a_class(on, 2), bad])
    text = class_html(found, overview(found))
    assert text.count(bad.name) == 1
    assert text.index("<svg") < text.index("<details>") < text.index(bad.name)
    assert "⚠" not in text or "chose a tag" in text


def test_feedback_pages_hold_text_and_nothing_that_runs(setup, on):
    page = Seen(feedback_html(told(setup, evil(any_copie(on, "P01", 1)))))
    names = {tag for tag, _attributes in page.tags}
    assert not names & {"script", "iframe", "object", "img", "link", "form", "a"}
    assert "alert(1)" in " ".join(page.words)
    assert [attributes["lang"] for tag, attributes in page.tags if tag == "html"] == ["en"]


def test_the_word_feedback_is_a_sound_document_with_the_same_text(setup, on):
    found = told(setup, evil(any_copie(on, "P01", 1)))
    content = feedback_docx(found)
    assert content == feedback_docx(found)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    text = "".join(parts["word/document.xml"].itertext())
    assert found.mark in text
    assert "alert(1)" in text
    for block in found.blocks:
        assert block.title in text


def test_marks_are_a_french_csv_with_names_of_the_list(setup, on, tmp_path):
    pupils = (Pupil("P000", "=cmd(), Léa"), Pupil("P001", "Ben; Ali"), Pupil("P555", "Absent"))
    content = marks_csv(graded(setup, a_class(on, 2), pupils=pupils))
    assert content.startswith(b"\xef\xbb\xbf")
    (tmp_path / "m.csv").write_bytes(content)
    file = read_csv(tmp_path / "m.csv")
    assert file.delimiter == ";"
    assert file.texts(1)[:2] == ("P000", "'=cmd(), Léa")
    assert re.fullmatch(r"\d+(,5)?", file.texts(2)[2])
    assert file.texts(2)[3] == "20"
    assert file.texts(3)[0] == "P555"
    assert file.texts(3)[2] == ""


def test_marks_are_a_workbook_without_formulas(setup, on):
    pupils = (Pupil("P000", "=cmd()"), Pupil("P001", "@x"))
    content = marks_xlsx(graded(setup, a_class(on, 2), pupils=pupils), "Notes")
    assert content == marks_xlsx(graded(setup, a_class(on, 2), pupils=pupils), "Notes")
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "=cmd()" in [cell.value for cell in cells]
    first = book.worksheets[0]
    assert isinstance(first["C2"].value, int | float)


def test_the_page_of_the_class_shows_pseudonyms_and_nothing_that_runs(setup, on):
    pupils = (Pupil("P000", "Léa Dupont"), Pupil("P001", "Ali Ben"), Pupil("P777", "Zoé Absente"))
    files = [*a_class(on, 2), handed(evil(any_copie(on, "P99", 3)), "evil.json")]
    found = graded(setup, files, read=called({"evil.json": "P<b>3"}), pupils=pupils)
    text = class_html(found, overview(found))
    page = Seen(text)
    assert not {tag for tag, _attributes in page.tags} & {"script", "iframe", "img", "link", "form", "b"}
    words = " ".join(page.words)
    assert "P777" in words
    assert "Dupont" not in text
    assert "Absente" not in text


def test_files_are_written_under_safe_names_that_nobody_else_has(setup, on, tmp_path):
    codes = {f"{n}.json": code for n, code in enumerate(("../../P01", "P01", "p/01", "CON", "Élodie"))}
    files = [handed(replace(any_copie(on, "P01", 1), id=f"id {name}"), name) for name in codes]
    with Staging(tmp_path / "notes") as staging:
        found = graded(setup, files, read=called(codes), keep=staging.keep)
        staging.give(found.entries)
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert len([name for name in made if name.startswith("notes/feedback/") and name.endswith(".html")]) == 5
    assert len(made) == 15
    assert not [name for name in made if ".marking" in name]


@pytest.mark.parametrize("name", ["..", "", "a/b", "C:x", "NUL", "x" * 300, "\x00", "P01."])
def test_a_safe_name_is_never_a_path(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 61
    assert not set(safe) & set('/\\:.\x00<>"|?*')
    assert safe.upper() != "NUL"


def test_the_feedback_that_stays_is_that_of_the_copie_that_counts(setup, on, tmp_path):
    new, old = replace(any_copie(on, "P01", 1), revision=5), any_copie(on, "P01", 2)
    with Staging(tmp_path) as staging:
        found = graded(setup, [handed(new, "neuf.json"), handed(old, "vieux.json")], keep=staging.keep)
        staging.give(found.entries)
    returned = read_return(tmp_path / "returns" / "P01.json")
    assert returned.returned.revision == 5
    assert returned.returned.mark == found.entries[0].mark.mark
    assert returned.returned.returned_at == NOW
    assert returned.session == 2


def test_all_files_of_the_class_are_written_and_tell_the_same(setup, on, tmp_path):
    found = graded(setup, a_class(on, 3))
    names = [one.path.name for one in write_class(found, tmp_path)]
    assert names == ["marks.csv", "marks.xlsx", "class.html", "class.json"]
    values = json.loads((tmp_path / "class.json").read_text("utf-8"))
    assert [pupil["pupil"] for pupil in values["pupils"]] == ["P000", "P001", "P002"]
    assert values["marks"]["count"] == 3


def test_the_sheet_of_the_teacher_keeps_what_was_written_there(setup, on, tmp_path):
    manual = replace(setup, sessions=(4,))
    first = write_sheet(graded(manual, a_class(on, 1)), tmp_path)
    assert first.path.name == "overrides.csv"
    text = first.path.read_text("utf-8-sig").replace("P000;langue;;;", "P000;langue;M;;Bien\u00a0!")
    first.path.write_text(text, "utf-8", newline="")
    decided = replace(manual, overrides=Overrides((Override("P000", "langue", "M"),)))
    second = write_sheet(graded(decided, a_class(on, 2)), tmp_path)
    after = second.path.read_text("utf-8")
    assert after.startswith(text)
    assert "P001;langue;;;" in after
    assert after.count("P000;plan") == 1
    assert write_sheet(graded(decided, a_class(on, 2)), tmp_path) is None


def test_a_pupil_whose_code_ends_another_has_a_line_of_the_sheet_too(setup, on, tmp_path):
    manual = replace(setup, sessions=(4,))
    write_sheet(graded(manual, [handed(any_copie(on, "MP07", 1), "a.json")]), tmp_path)
    both = [handed(any_copie(on, pupil, 1), f"{pupil}.json") for pupil in ("MP07", "P07")]
    written = write_sheet(graded(manual, both), tmp_path)
    rows = list(csv.reader(written.path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[0] for row in rows if row[1] == "langue"] == ["MP07", "P07"]


def test_a_line_of_the_sheet_is_known_whatever_parts_and_quotes_its_cells(setup, on, tmp_path):
    manual = replace(setup, sessions=(4,))
    sheet = write_sheet(graded(manual, a_class(on, 1)), tmp_path).path
    rows = list(csv.reader(sheet.read_text("utf-8-sig").splitlines(), delimiter=";"))
    sheet.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), "utf-8")
    assert write_sheet(graded(manual, a_class(on, 1)), tmp_path) is None


def test_no_pseudonym_is_a_formula_in_the_sheet_of_the_teacher(setup, on, tmp_path):
    manual = replace(setup, sessions=(4,))
    file = handed(any_copie(on, "P01", 1), "evil.json")
    sheet = write_sheet(graded(manual, [file], read=called({"evil.json": "=1+1"})), tmp_path).path
    rows = list(csv.reader(sheet.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {"'=1+1"}
    assert write_sheet(graded(manual, [file], read=called({"evil.json": "=1+1"})), tmp_path) is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "notes").write_bytes(b"")
    with pytest.raises(CannotWrite):
        Staging(tmp_path / "notes")


LONG = (
    "Le client a reçu un tissu noir au lieu du tissu bleu qu’il avait commandé le vingt novembre ; il demande un avoir."
)


def test_copies_with_the_same_sentences_are_a_hint_with_the_passage():
    texts = {
        "P01": LONG + " Moi je pense autre chose ensuite.",
        "P02": "Début à moi. " + LONG.lower(),
        "P03": "Rien à voir du tout ici.",
    }
    (pair,) = alike(texts)
    assert (pair.one, pair.other) == ("P01", "P02")
    assert pair.share > 0.7
    assert "tissu noir au lieu du tissu bleu" in pair.passage


def test_what_everybody_was_given_is_no_hint():
    assert alike({"P01": LONG, "P02": LONG}, [LONG]) == ()


def test_what_half_of_the_class_writes_is_no_hint():
    assert alike({f"P{n}": LONG for n in range(12)}) == ()


def test_the_longest_common_passage_is_given_as_it_is_written():
    assert longest_common("Ah ! LE CLIENT,  Éric, écrit.", "le client eric dort") == "LE CLIENT, Éric"
    assert longest_common("a", "b") == ""
