"""The tagging table without browser: keys and buttons to tags, tags to marks and counts."""

import re
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.model.copie import Spot
from promptlab.ui.still import table_html
from promptlab.ui.tagging import TaggingTable
from tests.ui.acting import has, node_of, nodes, press, send, show, words_of, write
from tests.ui.builders import HOSTILE, a_desk, a_desk_on, many_answers

ANSWER = """Voici les étapes.

## 1. Accuser réception
- **Répondre** vite : sous 24 heures
  - par écrit
- Exemple
> « Madame, »
> « Nous avons bien reçu… »

## 2. Vérifier
| Document | Contenu |
|---|---|
| Facture | Montant |

### Points clés
- Rester poli
"""


@pytest.fixture
def table(tmp_path):
    made = TaggingTable(a_desk_on(tmp_path, ANSWER, ANSWER.replace("24", "48")))
    show(made)
    return made


def hand(panel, what, item="1.1", column=1, **more):
    return send(panel, "grid", {"what": what, "column": column, "item": item, **more})


def tags(panel):
    return [(one.column, one.item, one.span, one.tag) for one in panel.desk.copie.taggings]


def words_at(panel, key):
    return "".join(piece["t"] for piece in node_of(panel, key)["pieces"])


def test_letter_tags_the_text_and_takes_the_tag_out(table):
    hand(table, "tag", tag="inappropriate")
    assert tags(table) == [(1, "1.1", None, "inappropriate")]
    assert node_of(table, "1:1.1")["chips"][0]["letter"] == "I"
    hand(table, "tag", tag="inappropriate")
    assert tags(table) == []


def test_text_can_have_several_tags(table):
    hand(table, "select", span=[0, 8])
    press(table, "tag-inappropriate")
    hand(table, "select", span=[15, 30])
    press(table, "tag-non_compliant")
    assert [tag for *_place, tag in tags(table)] == ["inappropriate", "non_compliant"]
    assert len(node_of(table, "1:1.1")["chips"]) == 2


def test_selection_is_widened_to_words(table):
    hand(table, "select", span=[2, 11])
    assert table.at == Spot(1, "1.1", (0, 13))


def test_part_is_chosen_word_by_word(table):
    for _word in range(2):
        hand(table, "extend", way=1)
    hand(table, "tag", tag="relevant")
    assert tags(table) == [(1, "1.1", (0, 13), "relevant")]


def test_part_is_chosen_by_buttons_too(table):
    hand(table, "open")
    for key in ("part", "end-on", "start-on"):
        press(table, key)
    assert table.at.span == (9, 13)
    press(table, "whole")
    assert table.at.span is None


def test_reason_rationale_and_evidence_are_kept(table):
    hand(table, "open")
    press(table, "tag-non_compliant")
    write(table, "reason-non_compliant--", "law")
    write(table, "evidence-non_compliant--", "order:A52000")
    write(table, "rationale-non_compliant--", "La loi")
    write(table, "rationale-non_compliant--", "La loi dit autre chose")
    (tagging,) = table.desk.copie.taggings
    assert (tagging.reason, tagging.evidence, tagging.rationale) == ("law", "order:A52000", "La loi dit autre chose")
    press(table, "undo")
    assert table.desk.copie.taggings[0].rationale == ""


def test_form_offers_the_closed_list_of_the_case(table):
    hand(table, "open")
    press(table, "tag-relevant")
    offered = [identity for identity, _words in node_of(table, "reason-relevant--")["options"]]
    assert offered == ["", *(reason.id for reason in table.desk.case.reasons)]


def test_tag_is_taken_out_by_its_button_and_by_delete(table):
    hand(table, "open")
    press(table, "tag-relevant")
    press(table, "remove-relevant--")
    assert tags(table) == []
    hand(table, "tag", tag="relevant")
    hand(table, "erase")
    assert tags(table) == []


def test_undo_and_redo_by_buttons_and_keys(table):
    hand(table, "tag", tag="relevant")
    press(table, "undo")
    assert tags(table) == []
    assert node_of(table, "undo")["disabled"]
    send(table, "grid", {"what": "redo"})
    assert len(tags(table)) == 1


def test_form_stands_under_its_text_and_closes(table):
    hand(table, "open")
    assert node_of(table, "1:1.1")["children"][0]["k"] == "editor"
    hand(table, "open")
    assert not has(table, "editor")


def test_enter_puts_the_focus_into_the_form(table):
    ((message, _buffers),) = hand(table, "open", focus=True)
    assert message["focus"] == "tag-inappropriate"
    ((message, _buffers),) = press(table, "close-editor")
    assert message["focus"] == "1:1.1"


def test_every_text_of_the_answers_is_in_the_table_once(table):
    shown = [(node["column"], node["item"]) for node in nodes(table.tree()) if node["kind"] == "passage"]
    assert sorted(shown) == sorted(table.desk.exercise.passages)
    for column, item in shown:
        passage = table.desk.exercise.passages[column, item]
        if passage.divisible:
            assert words_at(table, f"{column}:{item}") == passage.text


def test_nested_item_example_and_table_are_shown_as_what_they_are(table):
    assert node_of(table, "1:1.1")["children"][0]["children"][0]["item"] == "1.1.1"
    assert [node["look"] for node in nodes(table.tree()) if node["kind"] == "passage"].count("example") == 2
    assert node_of(table, "1:2.1")["rows"] == [["Document", "Contenu"], ["Facture", "Montant"]]


def test_table_of_an_answer_is_tagged_as_a_whole(table):
    hand(table, "tag", "2.1", tag="relevant")
    assert tags(table) == [(1, "2.1", None, "relevant")]
    hand(table, "extend", "2.1", way=1)
    assert node_of(table, "grid")["error"]


def test_unknown_text_is_refused_with_those_near_it(table):
    hand(table, "tag", "9.9", tag="relevant")
    assert "9.9" in node_of(table, "grid")["error"]
    hand(table, "open")
    assert not node_of(table, "grid").get("error")


def test_only_the_changed_text_is_sent(table):
    hand(table, "tag", tag="relevant")
    ((message, _buffers),) = hand(table, "tag", "1.1", 2, tag="inappropriate")
    passages = [patch["k"] for patch in message["patches"] if re.match(r"\d:", patch["k"])]
    assert passages == ["2:1.1"]


def test_filter_shows_what_is_tagged(table):
    hand(table, "tag", "1.1.1", tag="relevant")
    write(table, "filter", "all")
    shown = {(node["column"], node["item"]) for node in nodes(table.tree()) if node["kind"] == "passage"}
    assert (1, "1.1.1") in shown
    assert (1, "S1.1") not in shown
    write(table, "filter", "inappropriate")
    assert not any(node["kind"] == "passage" for node in nodes(table.tree()))


def test_rows_by_rank_hold_the_same_texts(table):
    def shown():
        return sorted((node["column"], node["item"]) for node in nodes(table.tree()) if node["kind"] == "passage")

    before = shown()
    hand(table, "tag", tag="relevant")
    write(table, "rows", "rank")
    assert shown() == before
    assert node_of(table, "1:1.1")["whole"] is not None


def test_shares_are_those_of_the_rules(table):
    hand(table, "tag", "1.1", tag="inappropriate")
    bars = node_of(table, "shares")["bars"]
    items = sum(passage.statement for (column, _item), passage in table.desk.exercise.passages.items() if column == 1)
    assert [bar["share"] for bar in bars] == [1 / items, 0]
    assert f"1 item of {items}" in words_of(table)


def test_remarks_and_discussion_are_kept_by_column(table):
    write(table, "remark-2", "Plus précis 😀")
    write(table, "discussion-1", "Nous en doutons")
    assert table.desk.copie.remarks == ("", "Plus précis 😀")
    assert table.desk.copie.discussion == ("Nous en doutons",)


def test_reading_comfort_is_kept_in_the_copie(table):
    write(table, "font-size", "150")
    write(table, "spacing", "200")
    write(table, "contrast", "high")
    write(table, "stacked", True)
    grid = node_of(table, "grid")
    assert (grid["font"], grid["spacing"], grid["contrast"], grid["stacked"]) == (150, 200, "high", True)
    assert table.desk.copie.settings.font_size == 150


def test_list_of_tags_goes_to_its_text(table):
    hand(table, "tag", "2.1", tag="relevant")
    ((message, _buffers),) = press(table, "go-0")
    assert message["focus"] == "1:2.1"
    assert node_of(table, "1:2.1")["open"]


def test_tag_whose_text_is_gone_is_told_and_can_be_taken_out(tmp_path):
    table = TaggingTable(a_desk_on(tmp_path, ANSWER, "## 1. Autre\n- chose"))
    hand(table, "tag", tag="relevant")
    other = TaggingTable(a_desk_on(tmp_path, ANSWER.replace("**Répondre** vite", "Patienter"), "## 1. Autre\n- chose"))
    assert has(other, "doubts")
    press(other, "lost-0")
    assert other.desk.copie.taggings == ()


def test_screen_reader_hears_where_a_tag_begins_and_ends(table):
    hand(table, "select", span=[0, 8])
    press(table, "tag-inappropriate")
    pieces = [piece for piece in node_of(table, "1:1.1")["pieces"] if "tag" in piece]
    assert "inapproprié" in pieces[0]["open"]
    assert "inapproprié" in pieces[-1]["close"]


def test_texts_of_a_model_are_only_texts(tmp_path):
    table = TaggingTable(a_desk_on(tmp_path, f"## 1. Titre {HOSTILE}\n- {HOSTILE}", ANSWER))
    for item in ("1", "1.1"):
        hand(table, "tag", item, tag="relevant")
    write(table, "remark-1", HOSTILE)
    html = table_html(table.desk.copie, table.desk.exercise)
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_static_table_says_every_tag_without_colour_and_with_inline_style_only(table):
    hand(table, "select", span=[0, 8])
    press(table, "tag-inappropriate")
    write(table, "reason-inappropriate-0-8", "channel")
    write(table, "remark-1", "Une remarque")
    html = table_html(table.desk.copie, table.desk.exercise)
    assert "[I inapproprié" in html
    assert "canal" in html
    assert "Une remarque" in html
    assert not re.search(r"<(style|script|svg|link)|class=|on\w+=|<a ", html)
    assert html.count("<table") == html.count("</table>")


def test_static_table_holds_every_text(table):
    from html import unescape

    html = unescape(re.sub(r"<[^>]+>", "", table_html(table.desk.copie, table.desk.exercise)))
    for passage in table.desk.exercise.passages.values():
        for line in passage.text.split("\n"):
            assert all(word in html for word in line.split(" | "))


def test_ten_answers_of_fifteen_steps_are_sent_once(tmp_path):
    table = TaggingTable(a_desk_on(tmp_path, *many_answers(10, 15)))
    show(table)
    ((message, _buffers),) = hand(table, "tag", "3.2", 7, tag="relevant")
    assert len(repr(message)) < 10_000


def test_shipped_case_is_shown(tmp_path):
    table = TaggingTable(a_desk(tmp_path, "P07"))
    assert len([node for node in nodes(table.tree()) if node["kind"] == "passage"]) == len(table.desk.exercise.passages)


deeds = st.one_of(
    st.tuples(
        st.just("hand"),
        st.sampled_from(["tag", "open", "close", "erase", "extend", "select", "undo", "redo"]),
        st.sampled_from([(1, "1"), (1, "1.1"), (1, "1.1.1"), (1, "2.1"), (2, "1.1"), (2, "S1.1"), (2, "I")]),
        st.sampled_from(["inappropriate", "relevant"]),
    ),
    st.tuples(st.just("rows"), st.sampled_from(["rank", "meaning"])),
    st.tuples(st.just("filter"), st.sampled_from(["", "all", "relevant"])),
    st.tuples(st.just("remark-1"), st.sampled_from(["", "un", "deux"])),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(deeds, max_size=8))
def test_table_after_any_deeds_is_the_one_drawn_anew(done):
    from pathlib import Path

    with TemporaryDirectory() as folder:
        table = TaggingTable(a_desk_on(Path(folder), ANSWER, ANSWER.replace("24", "48")))
        show(table)
        for key, *more in done:
            if key == "hand":
                what, (column, item), tag = more
                hand(table, what, item, column, tag=tag, way=1, span=[0, 5])
            else:
                write(table, key, more[0])
        anew = TaggingTable(table.desk)
        for name in ("_at", "_editing", "_only", "_by_rank", "_errors"):
            setattr(anew, name, getattr(table, name))
        assert anew.tree() == table.tree()


def test_form_has_a_row_of_its_own_where_the_screen_is_wide(tmp_path):
    table = TaggingTable(a_desk(tmp_path, "P07"))
    send(table, "grid", {"what": "open", "column": 2, "item": "1.1", "wide": True})
    rows = [row["k"] for row in node_of(table, "grid")["children"]]
    assert rows[rows.index("row-editor") - 1] == "row-checked-1"
    (cell,) = node_of(table, "row-editor")["children"]
    assert (cell["span"], cell["children"][0]["k"]) == (4, "editor")
    assert node_of(table, "2:1.1")["open"]
    assert node_of(table, "2:1.1")["children"] == []
    press(table, "tag-inappropriate")
    assert table.desk.copie.taggings[0].item == "1.1"
    press(table, "close-editor")
    assert not has(table, "row-editor")
    assert not node_of(table, "2:1.1")["open"]


@pytest.mark.parametrize(("key", "value"), [("filter", "all"), ("rows", "rank")])
def test_other_layout_closes_the_form_and_begins_at_the_top(tmp_path, key, value):
    table = TaggingTable(a_desk(tmp_path, "P07"))
    before = node_of(table, "grid")
    send(table, "grid", {"what": "open", "column": 2, "item": "1.1", "wide": True})
    write(table, key, value)
    after = node_of(table, "grid")
    assert not has(table, "editor")
    assert (before["rows"], before["shows"]) != (after["rows"], after["shows"])


def test_columns_are_compared_once_each_has_a_tag(tmp_path):
    table = TaggingTable(a_desk(tmp_path, "P07"))
    for column in (1, 2):
        send(table, "grid", {"what": "tag", "tag": "inappropriate", "column": column, "item": "1.1"})
    assert "PROMPT 3: the columns cannot be compared" in words_of(table)
    send(table, "grid", {"what": "tag", "tag": "relevant", "column": 3, "item": "2"})
    assert "goes down" in words_of(table)
