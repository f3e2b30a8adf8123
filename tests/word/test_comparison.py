"""What stands in the comparison document, and where."""

import io

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.model.comparison import Column, Comparison, Phase
from promptlab.model.parsed import Group, Item, ParsedAnswer, Section, Step
from promptlab.word.comparison import comparison_docx
from tests.word.build import (
    W,
    answer,
    by_rank,
    case,
    collected,
    comparison_tables,
    item,
    lines,
    paragraph_at,
    part,
    rows,
    tables,
    text_of,
    value,
)


def test_each_phase_is_a_row_and_each_answer_a_column():
    table = comparison_tables(comparison_docx(by_rank(answer(steps=2), answer(steps=1))))[0]
    assert rows(table)[:3] == [
        ["PHASES", "PROMPT 1", "PROMPT 2"],
        ["1. phase 1", "1·1 Step 1: A step 1", "2·1 Step 1: A step 1"],
        ["2. phase 2", "1·2 Step 2: A step 2", "— no step"],
    ]


@pytest.mark.parametrize(
    ("label", "shown"), [("Check", "1. Check"), ("Step 1", "Step 1"), ("Step 2", "1. Step 2"), ("", "1.")]
)
def test_phase_shows_its_number_once(label, shown):
    comparison = Comparison("rank", (Column(1, "a", answer()),), (Phase(label, ((1,),)),))
    assert rows(comparison_tables(comparison_docx(comparison))[0])[1][0] == shown


def test_three_rows_follow_the_phases_and_the_last_two_are_empty():
    with_end = answer(sections=(Section("key_points", "Remember", (item("Be quick", at="S1.1"),)),), conclusion="More?")
    table = comparison_tables(comparison_docx(by_rank(with_end, answer())))[0]
    points, remarks, exchange = rows(table)[-3:]
    assert points == ["Key points", "1·S1 Remember1·S1.1 Be quick1·C Conclusion: More?", "— nothing"]
    assert [remarks[0][:7], *remarks[1:]] == ["Remarks", "", ""]
    assert [exchange[0][:8], *exchange[1:]] == ["Exchange", "", ""]


def test_opening_text_stands_before_the_first_phase():
    table = comparison_tables(comparison_docx(by_rank(answer(intro="I assume that…"), answer())))[0]
    assert rows(table)[1] == ["Introduction", "1·I I assume that…", "— nothing"]


def test_steps_that_share_a_phase_stand_in_one_cell_in_the_order_of_the_phase():
    comparison = Comparison(
        "meaning", (Column(1, "a", answer(steps=3)),), (Phase("all", ((1, 3),)), Phase("two", ((2,),)))
    )
    table = comparison_tables(comparison_docx(comparison))[0]
    assert rows(table)[1][1] == "1·1 Step 1: A step 11·3 Step 3: A step 3"


def test_group_heading_stands_before_its_first_step():
    grouped = answer(steps=2, groups=(Group("Before", 1, 1), Group("After", 2, 2)))
    table = comparison_tables(comparison_docx(by_rank(grouped)))[0]
    assert rows(table)[2][1].startswith("1·G2 After1·2 Step 2")


@pytest.mark.parametrize(("depth", "level"), [(1, "0"), (2, "1"), (3, "2"), (12, "8")])
def test_bullets_are_levels_of_a_real_list(depth, level):
    nested = item(at="1" + ".1" * depth)
    for up in range(depth - 1, 0, -1):
        nested = item(at="1" + ".1" * up, items=(nested,))
    content = comparison_docx(by_rank(answer(nested)))
    deepest = paragraph_at(content, "pl_1_1" + "_1" * depth)
    assert value(deepest, "pPr/numPr/ilvl") == level
    assert value(deepest, "pPr/numPr/numId") == "1"


def test_list_signs_are_bullet_circle_and_square():
    numbering = part(comparison_docx(by_rank(answer())), "word/numbering.xml")
    bullets = numbering.find(f"{W}abstractNum")
    assert [value(level, "lvlText") for level in bullets][1:4] == ["•", "○", "▪"]


def _starts(content):
    """numId -> (level, first number) of the numbered lists."""
    numbers = part(content, "word/numbering.xml").iter(f"{W}num")
    return {
        number.get(f"{W}numId"): (
            number.find(f"{W}lvlOverride").get(f"{W}ilvl"),
            value(number, "lvlOverride/startOverride"),
        )
        for number in numbers
        if number.find(f"{W}lvlOverride") is not None
    }


def test_numbered_items_keep_their_numbers_also_after_a_gap():
    made = [item(at=f"1.{rank}", number=number) for rank, number in enumerate((1, 2, 7), 1)]
    content = comparison_docx(by_rank(answer(*made)))
    lists = [value(paragraph_at(content, f"pl_1_1_{rank}"), "pPr/numPr/numId") for rank in (1, 2, 3)]
    starts = _starts(content)
    assert lists[0] == lists[1] != lists[2]
    assert (starts[lists[0]], starts[lists[2]]) == (("0", "1"), ("0", "7"))


def test_numbering_resumes_with_the_printed_number_after_something_else():
    made = (item(number=1), item(at="1.2", kind="paragraph"), item(at="1.3", number=2))
    content = comparison_docx(by_rank(answer(*made)))
    assert _starts(content)[value(paragraph_at(content, "pl_1_1_3"), "pPr/numPr/numId")] == ("0", "2")


def test_number_that_a_list_cannot_count_is_written_out():
    content = comparison_docx(by_rank(answer(item("files", number=100_000))))
    assert "100000. files" in text_of(paragraph_at(content, "pl_1_1_1"))


def test_checklist_item_has_an_empty_box():
    content = comparison_docx(by_rank(answer(item(kind="check"))))
    number = value(paragraph_at(content, "pl_1_1_1"), "pPr/numPr/numId")
    sign = part(content, "word/numbering.xml").findall(f"{W}abstractNum")[1]
    assert number == "2"
    assert value(sign, "lvl/lvlText") == "☐"


def _bold(paragraph):
    return [text_of(run) for run in paragraph.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]


def test_label_and_emphasised_words_are_bold():
    made = item("never accuse the customer", label="Tone", bold=((0, 5), (6, 12)))
    paragraph = paragraph_at(comparison_docx(by_rank(answer(made))), "pl_1_1_1")
    assert _bold(paragraph) == ["Tone", "never", "accuse"]
    assert text_of(paragraph) == "1·1.1 Tone: never accuse the customer"


def test_french_answers_have_a_no_break_space_before_the_colon():
    content = comparison_docx(by_rank(answer(item("clair", label="Ton"))), answers="fr")
    assert text_of(paragraph_at(content, "pl_1_1_1")) == "1·1.1 Ton\u00a0: clair"


def test_emphasis_that_runs_out_of_the_text_is_cut_to_it():
    paragraph = paragraph_at(comparison_docx(by_rank(answer(item("short", bold=((2, 99), (1, 3)))))), "pl_1_1_1")
    assert text_of(paragraph) == "1·1.1 short"
    assert "".join(_bold(paragraph)) == "hort"


def test_example_is_indented_and_called_one():
    paragraph = paragraph_at(comparison_docx(by_rank(answer(item("Dear Sir\nThank you", kind="example")))), "pl_1_1_1")
    assert value(paragraph, "pPr/pStyle") == "PlExample"
    assert int(value(paragraph, "pPr/ind", "left")) > 0
    assert text_of(paragraph) == "1·1.1 Example: Dear Sir\nThank you"


def test_example_with_a_label_of_its_own_keeps_it():
    paragraph = paragraph_at(comparison_docx(by_rank(answer(item("Hi", kind="example", label="Mail")))), "pl_1_1_1")
    assert text_of(paragraph) == "1·1.1 Mail: Hi"


def test_model_letter_is_not_called_an_example():
    letter = Section("template", "Model letter", (item("Dear Sir", at="S1.1", kind="example"),))
    content = comparison_docx(by_rank(answer(sections=(letter,))))
    assert text_of(paragraph_at(content, "pl_1_S1_1")) == "1·S1.1 Dear Sir"


def test_two_column_table_becomes_lines_of_label_and_value():
    made = item("", kind="table", rows=(("Case", "Answer"), ("Right", "Refund"), ("Wrong", "Refusal")))
    content = comparison_docx(by_rank(answer(made)))
    found = [text_of(paragraph_at(content, f"pl_1_1_1{row}")) for row in ("", "_r1", "_r2")]
    assert found == ["1·1.1 Case | Answer", "Right: Refund", "Wrong: Refusal"]


def test_wider_table_says_the_column_before_each_value_and_leaves_empty_cells_out():
    made = item(
        "", kind="table", rows=(("Part", "Content", "Example"), ("End", "Thanks", ""), ("Top", "Date", "1 May"))
    )
    content = comparison_docx(by_rank(answer(made)))
    assert text_of(paragraph_at(content, "pl_1_1_1_r1")) == "End\nContent: Thanks"
    assert text_of(paragraph_at(content, "pl_1_1_1_r2")) == "Top\nContent: Date\nExample: 1 May"


def test_row_longer_than_its_header_loses_nothing():
    made = item("", kind="table", rows=(("A",), ("b", "c", "d")))
    assert text_of(paragraph_at(comparison_docx(by_rank(answer(made))), "pl_1_1_1_r1")) == "b\nc\nd"


def test_literal_break_and_no_break_space_of_markdown_are_shown_as_such():
    content = comparison_docx(by_rank(answer(item("Hello<br>you<BR />and&nbsp;me &amp; <b>"))))
    assert text_of(paragraph_at(content, "pl_1_1_1")) == "1·1.1 Hello\nyou\nand\u00a0me &amp; <b>"


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ud800", "\ufffe", "\x1b"])
def test_letter_that_xml_cannot_hold_is_replaced(bad):
    content = comparison_docx(by_rank(answer(item(f"a{bad}b"), title=bad, intro=bad), title=bad), case=case(title=bad))
    assert text_of(paragraph_at(content, "pl_1_1_1")) == "1·1.1 a\ufffdb"


def test_provenance_names_prompt_model_date_state_and_source():
    origin = collected(settings=(("temperature", "0.7"),), note="typed by hand")
    table = tables(comparison_docx(by_rank(answer(), provenance=origin)))[0]
    assert rows(table)[1] == [
        "PROMPT 1", "prompt text 1", "Oracle-1 (Delphi)", "2026-11-21", "answer not modified",
        "answer1.mdtemperature = 0.7typed by hand",
    ]  # fmt: skip


def test_retouched_answer_is_said_to_be_in_the_card_and_in_the_statement():
    content = comparison_docx(by_rank(answer(), answer(), provenance=collected(modified=True)))
    assert rows(tables(content)[0])[1][4] == "answer retouched"
    assert "A person has retouched: PROMPT 1, PROMPT 2." in lines(content)
    assert "They are reproduced without any change." not in lines(content)


def test_unknown_origin_is_said():
    content = comparison_docx(by_rank(answer()))
    assert rows(tables(content)[0])[1][2] == "not stated"
    assert any(line.startswith("The origin is not stated for: PROMPT 1") for line in lines(content))


def test_legend_says_each_tag_in_sign_words_and_colour():
    found = rows(tables(comparison_docx(by_rank(answer())))[1])
    assert [row[:3] for row in found[1:]] == [
        ["⚠", "inappropriate", "yellow or orange"], ["✖", "non-compliant", "red or pink"], ["✔", "relevant", "green"],
    ]  # fmt: skip


def test_legend_is_that_of_the_case_with_its_reasons():
    content = comparison_docx(by_rank(answer()), case=case())
    assert rows(tables(content)[1])[1:] == [["?", "oddly put", "green", "reads badly"]]
    assert rows(tables(content)[2])[1:] == [["K", "wrong channel", "speech where writing is meant"]]


def test_legend_says_what_to_do_without_colours():
    plain, with_reasons = comparison_docx(by_rank(answer())), comparison_docx(by_rank(answer()), case=case())
    assert "On paper or in black and white, write the sign beside the reference." in lines(plain)
    assert any("the code of the reason" in line for line in lines(with_reasons))


def test_prompt_that_does_not_stand_in_its_own_place_is_told_apart():
    heads = rows(comparison_tables(comparison_docx(by_rank(answer(), answer(), prompts=(1, 1))))[0])[0]
    assert heads == ["PHASES", "PROMPT 1", "PROMPT 1 (column 2)"]


@pytest.mark.parametrize(("answers", "split"), [(1, [1]), (4, [4]), (5, [2, 3]), (10, [3, 3, 4]), (12, [4, 4, 4])])
def test_more_than_four_answers_are_split_over_several_tables(answers, split):
    found = comparison_tables(comparison_docx(by_rank(*[answer()] * answers)))
    assert [len(rows(table)[0]) - 1 for table in found] == split


def test_columns_keep_their_numbers_in_every_table():
    found = comparison_tables(comparison_docx(by_rank(*[answer()] * 5)))
    assert [rows(table)[0][1:] for table in found] == [["PROMPT 1", "PROMPT 2"], ["PROMPT 3", "PROMPT 4", "PROMPT 5"]]
    assert rows(found[1])[1][1] == "3·1 Step 1: A step 1"


def test_reasoning_stands_apart_from_the_table():
    content = comparison_docx(by_rank(answer(thinking="Hm.\nLet me see.")))
    assert text_of(paragraph_at(content, "pl_1_T")) == "Hm.\nLet me see."
    assert "Hm." not in text_of(comparison_tables(content)[0])


def test_same_input_gives_the_same_bytes_on_another_day(a_day_passes):
    comparison = by_rank(answer(item()), answer())
    before = comparison_docx(comparison, made="2026-11-21")
    a_day_passes()
    assert comparison_docx(comparison, made="2026-11-21") == before


def test_dates_of_the_file_come_from_the_argument():
    content = comparison_docx(by_rank(answer()), made="2026-11-21T14:30:00")
    core = docx.Document(io.BytesIO(content)).core_properties
    assert (core.created.isoformat()[:16], core.modified.isoformat()[:16]) == ("2026-11-21T14:30",) * 2
    assert lines(content)[-1].endswith("2026-11-21.")


def test_time_of_another_zone_is_written_in_utc():
    core = docx.Document(
        io.BytesIO(comparison_docx(by_rank(answer()), made="2026-11-21T14:30:00+02:00"))
    ).core_properties
    assert core.created.hour == 12


def test_date_that_is_none_is_refused_with_its_text():
    with pytest.raises(BadInput, match="tomorrow"):
        comparison_docx(by_rank(answer()), made="tomorrow")


def test_comparison_without_answers_is_refused():
    with pytest.raises(BadInput, match="at least one"):
        comparison_docx(Comparison("rank", (), ()))


# Every string of a comparison stands in the document.

_letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('\n\t&<>"')
_texts = st.text(_letters, max_size=30).filter(
    lambda text: "&nbsp;" not in text and "<br" not in text.lower() and "\ufffe" not in text and "\uffff" not in text
)


def _items(prefix, depth=0):
    def numbered(made):
        return tuple(_renamed(one, f"{prefix}.{rank}") for rank, one in enumerate(made, 1))

    one = st.builds(
        Item, st.just(""), st.sampled_from(["bullet", "paragraph", "example", "check", "table"]), _texts,
        st.none() | _texts, st.lists(st.lists(_texts, min_size=1, max_size=4).map(tuple), max_size=3).map(tuple),
        _items(prefix, depth + 1) if depth < 2 else st.just(()),
        st.none() | st.integers(-5, 40_000), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))).map(tuple),
    )  # fmt: skip
    return st.lists(one, max_size=3).map(numbered)


def _renamed(one, identity):
    kids = tuple(_renamed(kid, f"{identity}.{rank}") for rank, kid in enumerate(one.items, 1))
    rows = one.rows if one.kind == "table" else ()
    return Item(identity, one.kind, one.text, one.label, rows, kids, one.number, one.bold)


@st.composite
def _answers(draw):
    steps = tuple(Step(rank, draw(_texts), draw(_items(str(rank)))) for rank in range(1, draw(st.integers(1, 3)) + 1))
    sections = tuple(
        Section(draw(st.sampled_from(["note", "template"])), draw(_texts), draw(_items(f"S{rank}")))
        for rank in range(1, draw(st.integers(1, 2)) + 1)
    )
    group = (Group(draw(_texts), 1, 1),)
    return ParsedAnswer(draw(_texts), group, steps, sections, draw(_texts), draw(_texts))


def _strings(answer):
    yield from (answer.intro, answer.conclusion, answer.thinking, *(group.title for group in answer.groups))
    for block in (*answer.steps, *answer.sections):
        yield block.title
        yield from _item_strings(block.items)


def _item_strings(items):
    for one in items:
        yield from (one.text, one.label or "")
        for row in one.rows:
            yield from row
        yield from _item_strings(one.items)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(_answers(), min_size=1, max_size=6))
def test_every_string_of_the_answers_is_found_by_an_independent_reader(answers):
    document = docx.Document(io.BytesIO(comparison_docx(by_rank(*answers))))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for cell in table._cells:
            found += [paragraph.text for paragraph in cell.paragraphs]
    text = "\n".join(found)
    for one in answers:
        assert [string for string in _strings(one) if string not in text] == []
