"""The page holds the whole comparison, and nothing of a text becomes HTML."""

import re
from collections import Counter
from html.parser import HTMLParser
from xml.sax.saxutils import unescape

import pytest
from hypothesis import given, settings

from promptlab.align.lines import shown
from promptlab.messages import language
from promptlab.model.comparison import Change, Comparison
from promptlab.model.parsed import Item
from promptlab.model.problem import Problem
from promptlab.table.html import comparison_html
from tests.table import builders
from tests.table.builders import bullet, column, comparison, step, with_text

INLINE = {"strong", "b", "small"}
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>clic</a>",
    "</style></title></td></table><iframe src='http://x.example'>",
    "&lt;script&gt;",
)


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text without the style sheet."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.pieces, self._style = [], [], False
        self.feed(html)
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"
        self.pieces.append("" if tag in INLINE else " ")

    def handle_endtag(self, tag):
        self._style = False
        self.pieces.append("" if tag in INLINE else " ")

    def handle_data(self, data):
        self.pieces.append("" if self._style else data)

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    def styled(self, name):
        return [attributes for _tag, attributes in self.tags if name in (attributes.get("class") or "").split()]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_model_becomes_a_tag(text):
    plain, hostile = Page(comparison_html(with_text("mot"))), Page(comparison_html(with_text(text)))
    assert Counter(name for name, _ in hostile.tags) == Counter(name for name, _ in plain.tags)
    assert text in hostile.text


def test_page_asks_nothing_of_the_network_and_runs_nothing():
    page = Page(comparison_html(with_text("https://x.example/a.js")))
    assert not page.named("script")
    assert not page.named("link")
    assert not [name for _tag, attributes in page.tags for name in attributes if name.startswith("on")]
    assert {attributes["href"] for attributes in page.named("a")} == {"#table"}
    assert "default-src 'none'" in page.named("meta")[1]["content"]


def test_style_sheet_loads_nothing():
    style = re.search(r"<style>(.*?)</style>", comparison_html(comparison()), re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_break_space_and_ampersand_are_shown_as_such():
    html = comparison_html(comparison(column(step("T", bullet("a<br>b&nbsp;c &amp; d &lt;e")))))
    assert "a<br>b\u00a0c &amp; d &amp;lt;e" in html


@settings(max_examples=60, deadline=None)
@given(builders.comparisons())
def test_every_word_of_the_comparison_is_on_the_page(table):
    found = Counter(builders.words(Page(comparison_html(table)).text))
    for one in table.columns:
        assert not Counter(builders.words(shown(" ".join(builders.said(one.answer))))) - found
    assert set(builders.words(shown(" ".join(builders.strings(table))))) <= set(found)


def test_table_has_a_caption_and_scoped_headers():
    page = Page(comparison_html(comparison()))
    scopes = Counter(attributes.get("scope") for attributes in page.named("th"))
    assert page.named("caption")[0] == {"id": "caption"}
    assert scopes["col"] == 3
    assert scopes[None] == 0


def test_lists_keep_their_depth_and_their_numbers():
    nested = bullet("mère", items=(bullet("fille", "1.1.1"),))
    html = comparison_html(comparison(column(step("T", nested, bullet("cinq", "1.2", number=5)))))
    assert re.search(r"<ul><li[^>]*>mère[^<]*<span[^>]*>1·1\.1</span><ul><li[^>]*>fille", html)
    assert re.search(r'<ol><li value="5"[^>]*>cinq', html)


def test_bold_stretches_and_labels_are_strong():
    html = comparison_html(comparison(column(step("T", bullet("très important", bold=((5, 14),), label="Note")))))
    assert "<strong>Note" in html
    assert "très <strong>important</strong>" in html


def test_table_of_an_answer_has_headers_and_keeps_short_rows():
    item = Item("1.1", "table", rows=(("Document", "Point"), ("Facture",)))
    html = comparison_html(comparison(column(step("T", item))))
    assert '<th scope="col">Document</th><th scope="col">Point</th>' in html
    assert "<td>Facture</td><td></td>" in html


def test_empty_cell_is_named_for_the_ear():
    html = comparison_html(comparison(column(step("T")), column(prompt=2)))
    assert '<td role="cell"><p class="which" aria-hidden="true">PROMPT 2</p><p class="empty">' in html


def test_more_than_four_columns_scroll_in_a_region_of_their_own_and_need_a3():
    four, five = (comparison_html(comparison(*(column(prompt=n) for n in range(1, m + 1)))) for m in (4, 5))
    assert Page(four).styled("region")[0]["tabindex"] == "-1"
    assert Page(five).styled("wide")[0]["tabindex"] == "0"
    assert "size: A4 landscape" in four
    assert "size: A3 landscape" in five


def test_page_says_its_language_and_that_of_the_answers():
    table = comparison()
    assert Page(comparison_html(table)).named("html") == [{"lang": language()}]
    assert {attributes.get("lang") for attributes in Page(comparison_html(table, answers="es")).named("div")} >= {"es"}
    assert "x y" not in comparison_html(table, answers='x y"')


def test_change_stands_in_the_cell_it_leads_to_in_words_and_with_a_sign():
    change = Change(1, 2, 1, "new", ((), (1,)), "rien avant")
    page = Page(comparison_html(comparison(changes=(change,))))
    badges = page.styled("badge")
    assert len(badges) == 1
    assert "PROMPT 1 → PROMPT 2" in badges[0]["title"]
    assert "rien avant" in badges[0]["title"]
    assert "+" in page.text


def test_why_of_each_row_can_be_unfolded_unless_it_is_the_same_for_all():
    table = comparison(column(step("A"), step("B", rank=2)), column(prompt=2))
    rows = [type(phase)(phase.label, phase.cells, f"raison {phase.label}", 0.4) for phase in table.phases]
    other = Comparison("meaning", table.columns, tuple(rows))
    assert len(Page(comparison_html(other)).named("details")) == 2
    assert not Page(comparison_html(table)).named("details")
    assert "40" in Page(comparison_html(other)).text


def test_certainty_is_not_claimed_for_rows_by_rank():
    assert "100" not in Page(comparison_html(comparison())).text


def test_problems_stand_before_the_table_with_their_place():
    table = comparison(
        column(step("T"), problems=(Problem("tableau sans fin", "", 12),)),
        column(prompt=2),
        problems=(Problem("à revoir", "ligne 4"),),
    )
    text = Page(comparison_html(table)).text
    assert text.index("ligne 4 : à revoir") < text.index("l. 12 : tableau sans fin") < text.index("PHASES")


def test_same_arguments_give_the_same_page_on_another_day(a_day_passes):
    before = comparison_html(with_text("x"), made="2026-11-21")
    a_day_passes()
    assert comparison_html(with_text("x"), made="2026-11-21") == before


def test_names_of_parts_are_unique_in_the_page():
    page = Page(comparison_html(with_text("x")))
    names = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))


def test_provenance_says_model_date_and_whether_it_was_touched():
    html = unescape(comparison_html(comparison()))
    assert "claude-test (Anthropic)" in html
    assert "Question 2" in html
