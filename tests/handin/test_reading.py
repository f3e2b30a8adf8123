import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from promptlab.errors import BadInput
from promptlab.handin import read_hand_in, read_hand_in_bytes
from promptlab.handin.tables import shipped_case, tables_of
from promptlab.model.answer import Answer, Provenance
from promptlab.model.copie import About
from tests.handin.builders import a_copie, as_docx, as_json, as_notebook, by_hand, case, on, saved, values
from tests.word_reading.builders import Document, blank, made, properties


def told(hand_in):
    return "\n".join(str(problem) for problem in hand_in.problems)


def short(hand_in):
    return [(one.column, one.item, one.tag, one.reason, one.rationale) for one in hand_in.copie.taggings]


@pytest.mark.parametrize("given", [True, False])
def test_the_three_kinds_give_the_same_copie(given):
    copie = a_copie()
    about = case() if given else None
    files = {"a.docx": as_docx(copie), "a.ipynb": as_notebook(values(copie)), "a.json": as_json(copie)}
    for name, data in files.items():
        hand_in = read_hand_in_bytes(name, data, case=about)
        assert hand_in.copie == copie
        assert (hand_in.seen, hand_in.source) == (name[2:], name)
        assert (hand_in.changed, hand_in.problems) == ((), ())


def test_content_counts_and_not_the_name(tmp_path):
    copie = a_copie()
    for name, data in (("a.json", as_docx(copie)), ("b", as_notebook(values(copie))), ("c.txt", as_json(copie))):
        path = tmp_path / name
        path.write_bytes(data)
        assert read_hand_in(path).copie == copie


def test_document_of_the_class_without_a_copie_gets_an_id_of_its_own():
    one, same = (read_hand_in_bytes(name, as_docx()) for name in ("a.docx", "b.docx"))
    other = read_hand_in_bytes("a.docx", as_docx(run="run-b"))
    assert one.copie.id == same.copie.id != other.copie.id
    assert (one.copie.case, one.copie.about.run, other.copie.about.run) == ("reclamation", "run-a", "run-b")
    assert one.copie.about == About("run-a", "meaning", on().answers)
    assert (one.copie.taggings, one.changed, one.problems) == ((), (), ())


def test_other_things_are_refused_with_what_can_be_read():
    with pytest.raises(BadInput, match=r"photo\.png.*\.docx, \.ipynb, \.json"):
        read_hand_in_bytes("photo.png", b"\x89PNG....")


def test_missing_file_and_folder_are_refused(tmp_path):
    for path in (tmp_path / "x.docx", tmp_path):
        with pytest.raises(BadInput, match=path.name):
            read_hand_in(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.docx")
    with pytest.raises(BadInput):
        read_hand_in(tmp_path / "a.docx")


# ---------------------------------------------------------------- whose case, which answers


def test_document_of_another_case_is_refused():
    with pytest.raises(BadInput, match="“claim”, not “reclamation”"):
        read_hand_in_bytes("a.docx", blank_of_another_case(), case=case())


def blank_of_another_case():
    from promptlab.word.comparison import comparison_docx
    from tests.word_reading.builders import CASE, TABLE

    return comparison_docx(TABLE, case=replace(CASE, name="claim"))


def test_same_case_with_answers_that_are_not_at_hand_is_read_as_it_stands():
    hand_in = read_hand_in_bytes("a.docx", blank())
    assert "not at hand" in told(hand_in)
    assert hand_in.copie.case == "reclamation"


def test_case_that_is_not_at_hand_is_told():
    hand_in = read_hand_in_bytes("a.docx", blank_of_another_case())
    assert "“claim”" in told(hand_in)


def test_answers_of_a_pupil_travel_in_the_copie():
    source = Provenance("m", "p", "2026-11-21")
    texts = [answer.text.replace("client", "acheteur") for answer in case().run("run-a").answers]
    own = tuple(Answer(number, "?", text, source) for number, text in enumerate(texts, 1))
    copie = replace(a_copie(), answers=own, about=About("", "meaning", ()), taggings=())
    on_own, _why = tables_of(case()).table(About(), own)
    copie = replace(copie, about=About("", "meaning", on_own.answers))
    from promptlab.word.comparison import comparison_docx

    table = replace(on_own.comparison, phases=on().comparison.phases)
    hand_in = read_hand_in_bytes("a.docx", comparison_docx(table, case=case(), copie=copie), case=case())
    assert hand_in.copie == copie
    assert hand_in.problems == ()


def test_run_that_the_case_does_not_hold_is_asked_for():
    copie = a_copie()
    strange = replace(copie, about=replace(copie.about, run="live-1", answers=()))
    asked = []

    def find_run(about, name):
        asked.append((about.name, name))
        return about.run("run-a")

    assert read_hand_in_bytes("a.json", as_json(strange), find_run=find_run).problems == ()
    assert asked == [("reclamation", "live-1")]


def test_no_case_outside_the_shipped_ones_is_opened():
    assert [shipped_case(name) for name in ("", ".", "..", "../reclamation", "/etc", "C:x", ".git")] == [None] * 7


def test_tables_of_a_case_are_worked_out_once():
    assert tables_of(case()) is tables_of(replace(case()))


# ---------------------------------------------------------------- documents that teachers make


def test_table_made_by_hand_is_read_by_its_texts():
    document = by_hand()
    table = document.tables[0]
    paragraph = table.rows[1].cells[2].paragraphs[1]
    for run in paragraph.runs:
        properties(run._r).append(made('<w:highlight w:val="yellow"/>'))
    table.rows[-2].cells[3].text = "La troisième est la plus précise"
    hand_in = read_hand_in_bytes("tableau.docx", saved(document), case=case())
    ((column, item, tag, _reason, _why),) = short(hand_in)
    assert (column, item, tag) == (2, "1.1", "inappropriate")
    assert hand_in.copie.remarks == ("", "", "La troisième est la plus précise")
    assert hand_in.copie.about.run == "run-a"


def test_any_other_document_is_refused():
    import docx

    document = docx.Document()
    document.add_paragraph("Mon rapport de stage")
    for about in (case(), None):
        with pytest.raises(BadInput, match=r"rapport\.docx"):
            read_hand_in_bytes("rapport.docx", saved(document), case=about)


# ---------------------------------------------------------------- notebooks


def test_highest_revision_of_a_notebook_is_read():
    old, new = a_copie(), replace(a_copie(), revision=9, tasks=(4,))
    new = replace(new, id=old.id)
    hand_in = read_hand_in_bytes("a.ipynb", as_notebook(values(new), values(old), values(old)))
    assert hand_in.copie == new
    assert hand_in.problems == ()


def test_other_copies_in_a_notebook_are_told():
    mine = replace(a_copie(), saved_at="2026-11-22T10:00:00+01:00")
    other = replace(a_copie(), id="other", pupils=("P09",))
    hand_in = read_hand_in_bytes("a.ipynb", as_notebook(values(other), values(mine)))
    assert hand_in.copie == mine
    assert "P09" in told(hand_in)


def test_same_revision_with_two_contents_is_told():
    one = a_copie()
    two = replace(one, tasks=(6,))
    hand_in = read_hand_in_bytes("a.ipynb", as_notebook(values(one), values(two)))
    assert hand_in.copie == two
    assert "revision 3" in told(hand_in)


def test_copie_kept_as_lines_of_text_is_joined():
    copie = a_copie()
    lines = as_json(copie).decode().splitlines(keepends=True)
    assert read_hand_in_bytes("a.ipynb", as_notebook(lines)).copie == copie
    assert read_hand_in_bytes("a.ipynb", as_notebook("".join(lines))).copie == copie


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"cells": 3}', as_notebook(), as_notebook({"promptlab": "copie"}),
                                  as_notebook("{"), b'{"cells": ' + b"[" * 100_000])  # fmt: skip
def test_notebook_without_a_whole_copie_is_refused(data):
    with pytest.raises(BadInput, match=r"a\.ipynb"):
        read_hand_in_bytes("a.ipynb", data)


def test_damaged_copie_in_a_notebook_is_told_beside_a_whole_one():
    copie = a_copie()
    hand_in = read_hand_in_bytes("a.ipynb", as_notebook({"promptlab": "copie", "id": "x", "format": 1}, values(copie)))
    assert hand_in.copie == copie
    assert hand_in.problems != ()


def test_damaged_copie_in_a_document_is_told_and_the_rest_is_read():
    from tests.word_reading.builders import packed, parts_of

    parts = parts_of(as_docx(a_copie()))
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b'"promptlab_copie_2"', b'"promptlab_copie_x"')
    hand_in = read_hand_in_bytes("a.docx", packed(parts))
    assert "damaged" in told(hand_in)
    assert short(hand_in) == [(2, "1.1", "inappropriate", "channel", "à l’oral")]
    assert hand_in.copie.remarks == ("", "", "plus précis")


def test_nothing_is_executed_and_the_file_stays(tmp_path):
    path = Path(tmp_path / "a.ipynb")
    path.write_bytes(as_notebook(values(a_copie())))
    before = path.read_bytes()
    read_hand_in(path)
    assert path.read_bytes() == before


def test_copie_that_names_another_case_is_told():
    other = replace(a_copie(), case="autre-cas")
    hand_in = read_hand_in_bytes("a.json", as_json(other), case=case())
    assert any("autre-cas" in problem.message and case().name in problem.message for problem in hand_in.problems)
    assert len(hand_in.copie.taggings) == len(a_copie().taggings)
    document = as_docx(other, of=replace(case(), name="autre-cas"))
    assert any("autre-cas" in one.message for one in read_hand_in_bytes("a.docx", document, case=case()).problems)
    same = read_hand_in_bytes("a.docx", as_docx(a_copie()), case=case())
    assert same.problems == ()


def test_table_copied_into_a_new_document_is_recognised_though_its_references_stand():
    marks = re.compile(rb"<w:bookmark(?:Start|End)[^>]*/>")
    given = Document(as_docx(a_copie()))
    given.parts["docProps/custom.xml"] = b"<Properties/>"
    given.root = etree.fromstring(marks.sub(b"", etree.tostring(given.root)))
    hand_in = read_hand_in_bytes("a.docx", given.bytes(), case=case())
    assert hand_in.copie.about.run == a_copie().about.run
    assert [one.item for one in hand_in.copie.taggings] == [one.item for one in a_copie().taggings]
