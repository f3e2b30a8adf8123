"""The Markdown is one table that an independent reader gives back whole, with no mark of an answer at work."""

from collections import Counter

from hypothesis import given, settings
from markdown_it import MarkdownIt

from promptlab.align.lines import shown
from promptlab.model.parsed import Item
from promptlab.table.markdown import comparison_markdown
from tests.table import builders
from tests.table.builders import bullet, column, comparison, step, with_text
from tests.table.test_html import Page

OURS = {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "br"}


def page(table):
    return Page(MarkdownIt("commonmark").enable("table").render(comparison_markdown(table)))


def test_row_is_one_line_with_breaks_in_its_cells():
    lines = comparison_markdown(comparison()).splitlines()
    assert any(line.startswith("| **Phase 1** | **") and "<br>• Lire la lettre. |" in line for line in lines)


def test_pipes_and_marks_of_an_answer_are_escaped():
    text = comparison_markdown(comparison(column(step("T", bullet("a|b *c* [d](e) `f` <g> \\")))))
    assert "a\\|b \\*c\\* \\[d\\](e) \\`f\\` &lt;g&gt; \\\\" in text


def test_pipe_after_a_backslash_does_not_end_the_cell():
    assert "a\\|b" in page(comparison(column(step("T", bullet("a\\|b"))))).text


def test_table_of_an_answer_keeps_its_rows():
    item = Item("1.1", "table", rows=(("Document", "Point"), ("Facture", "TVA")))
    assert "**Document \\| Point**<br>Facture \\| TVA" in comparison_markdown(comparison(column(step("T", item))))


@settings(max_examples=60, deadline=None)
@given(builders.comparisons())
def test_independent_reader_finds_every_word_and_no_tag_of_theirs(table):
    read = page(table)
    found = Counter(builders.words(read.text))
    assert {name for name, _ in read.tags} <= OURS
    for one in table.columns:
        assert not Counter(builders.words(shown(" ".join(builders.said(one.answer))))) - found
    assert set(builders.words(" ".join(map(shown, builders.strings(table))))) <= set(found)


def test_line_of_a_list_begins_no_block():
    read = page(with_text("# titre"))
    assert len(read.named("h1")) == 1
    assert {name for name, _ in page(with_text("1. un")).tags} <= OURS


def test_date_stands_in_the_statement():
    assert "2026" in comparison_markdown(comparison(columns=()), made="2026-11-30").split("##")[-1]
