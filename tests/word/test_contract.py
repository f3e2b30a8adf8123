"""The marks by which a document is found again."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlab.model.parsed import Section
from promptlab.word import contract
from promptlab.word.colours import family, spoken
from promptlab.word.comparison import comparison_docx
from promptlab.word.contract import Anchor, anchor
from tests.word.build import W, answer, bookmarks, by_rank, case, item, large, paragraph_at, part, text_of

_ranks = st.lists(st.integers(1, 999), min_size=1, max_size=6).map(lambda ranks: ".".join(map(str, ranks)))
_ids = st.one_of(
    _ranks, _ranks.map("S{}".format), st.integers(1, 99).map("G{}".format),
    st.sampled_from([contract.INTRO, contract.CONCLUSION, contract.THINKING, contract.REMARK, contract.DISCUSSION]),
)  # fmt: skip


@given(st.builds(Anchor, st.integers(1, 30), _ids, st.none() | st.integers(1, 50)))
def test_bookmark_leads_back_to_its_anchor(place):
    assert anchor(place.bookmark) == place


@pytest.mark.parametrize("name", ["_GoBack", "pl_phase_1_t1", "pl_row_intro_t1", "pl_2", "pl_2_", "xpl_1_1", "pl_1_1x"])
def test_other_bookmark_is_no_anchor(name):
    assert anchor(name) is None


@given(st.builds(Anchor, st.integers(1, 30), _ranks | _ranks.map("S{}".format)))
def test_visible_reference_names_column_and_id(place):
    found = contract.REFERENCE_TEXT.match(f"{place.reference} some text")
    assert (int(found[1]), found[2]) == (place.column, place.id)


def _content():
    table = item("", at="1.2", kind="table", rows=(("a", "b"), ("c", "d")))
    end = Section("key_points", "Remember", (item(at="S1.1"),))
    nested = item(items=(item(at="1.1.1"),))
    return comparison_docx(by_rank(answer(nested, table, intro="Hi", sections=(end,), conclusion="Bye")))


def test_every_text_of_an_answer_has_its_bookmark():
    assert [name for name in bookmarks(_content()) if anchor(name)] == [
        "pl_1_I", "pl_1_1", "pl_1_1_1", "pl_1_1_1_1", "pl_1_1_2", "pl_1_1_2_r1", "pl_1_S1", "pl_1_S1_1", "pl_1_C",
        "pl_1_remark", "pl_1_discussion",
    ]  # fmt: skip


def test_bookmarks_are_unique_paired_and_short_enough_for_word():
    content = comparison_docx(large(12, columns=10))
    names = bookmarks(content)
    starts = [mark.get(f"{W}id") for mark in part(content).iter(f"{W}bookmarkStart")]
    ends = [mark.get(f"{W}id") for mark in part(content).iter(f"{W}bookmarkEnd")]
    assert len(names) == len(set(names)) > 300
    assert starts == ends
    assert len(set(starts)) == len(starts)
    assert max(map(len, names)) <= 40


def test_reference_stands_before_each_text():
    content = _content()
    for name in bookmarks(content):
        place = anchor(name)
        if place and place.row is None and place.id not in (contract.REMARK, contract.DISCUSSION):
            assert text_of(paragraph_at(content, name)).startswith(f"{place.reference} ")


def test_rows_to_fill_in_have_a_bookmark_for_each_column_and_row_heads_one_of_their_own():
    names = bookmarks(comparison_docx(by_rank(answer(), answer())))
    assert {f"pl_{column}_{name}" for column in (1, 2) for name in ("remark", "discussion")} <= set(names)
    assert {"pl_phase_1_t1", "pl_row_key_points_t1", "pl_row_remark_t1", "pl_row_discussion_t1"} <= set(names)


def _properties(content):
    custom = part(content, "docProps/custom.xml")
    return {one.get("name"): one[0].text for one in custom}


def test_properties_say_which_comparison_it_is():
    content = comparison_docx(by_rank(answer(steps=2), answer(), title="Le colis"), case=case())
    found = contract.from_properties(_properties(content))
    assert (found["format"], found["by"], found["case"], found["title"]) == (
        contract.FORMAT,
        "rank",
        "claim",
        "Le colis",
    )
    assert found["columns"] == [{"prompt": 1, "source": "answer1.md"}, {"prompt": 2, "source": "answer2.md"}]
    assert found["phases"] == [{"label": "phase 1", "cells": [[1], [1]]}, {"label": "phase 2", "cells": [[2], []]}]


def test_no_property_is_longer_than_what_word_keeps():
    found = _properties(comparison_docx(large(40)))
    assert len(found) > 5
    assert max(len(text.encode("utf-16-le")) // 2 for text in found.values()) <= 255
    assert json.loads(found["promptlab"])["pieces"] == len(found) - 1


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=400), max_size=6))
def test_properties_come_back_as_they_were(long):
    assert contract.from_properties(dict(contract.properties({}, {"long": long})))["long"] == long


def test_damaged_properties_are_no_properties():
    whole = dict(contract.properties({"id": "x"}, {"long": "text" * 200}))
    assert contract.from_properties({}) is None
    assert contract.from_properties({name: text for name, text in whole.items() if name != "promptlab_2"}) is None
    assert contract.from_properties(whole | {"promptlab_1": "cut"}) is None


def test_id_changes_with_any_text_and_with_the_layout():
    made = [
        by_rank(answer(item("a"))), by_rank(answer(item("b"))), by_rank(answer(item("a", label="x"))),
        by_rank(answer(item("a"), intro="a")), by_rank(answer(item("a"), steps=2)),
    ]  # fmt: skip
    ids = {contract.from_properties(_properties(comparison_docx(one)))["id"] for one in made}
    assert len(ids) == len(made)


@pytest.mark.parametrize(
    ("colour", "name"),
    [("FFFF00", "yellow"), ("FFA500", "yellow"), ("FFE08A", "yellow"), ("FF0000", "red"), ("FF00FF", "red"),
     ("FFC0CB", "red"), ("00FF00", "green"), ("B7E1B0", "green"), ("0000FF", "blue"), ("00FFFF", "blue"),
     ("FFFFFF", "grey"), ("808080", "grey"), ("7030A0", "purple")],
)  # fmt: skip
def test_colour_belongs_to_the_family_that_a_person_would_name(colour, name):
    assert family(colour) == name
    assert name in spoken(colour)


@pytest.mark.tool
def test_libreoffice_keeps_anchors_references_and_properties(tmp_path: Path):
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing: install libreoffice-writer to run this test"
    content = comparison_docx(large(3), case=case())
    (tmp_path / "out").mkdir()
    source = tmp_path / "table.docx"
    source.write_bytes(content)
    home = (tmp_path / "home").as_uri()
    command = [soffice, f"-env:UserInstallation={home}", "--headless", "--convert-to", "docx", "--outdir"]
    subprocess.run([*command, str(tmp_path / "out"), str(source)], check=True, capture_output=True, timeout=100)
    again = (tmp_path / "out" / "table.docx").read_bytes()
    ours = {name for name in bookmarks(content) if name.startswith("pl_")}
    assert ours <= set(bookmarks(again))
    assert contract.from_properties(_properties(again)) == contract.from_properties(_properties(content))
    assert all(text_of(paragraph_at(again, name)) == text_of(paragraph_at(content, name)) for name in ours)
    assert part(again, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title") == "The claim"
