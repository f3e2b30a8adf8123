"""The structure that Word's accessibility checker and a screen reader rely on."""

from itertools import pairwise

import pytest

from promptlab.model.parsed import ParsedAnswer, Step
from promptlab.word.colours import ink
from promptlab.word.comparison import comparison_docx
from tests.word.build import (
    W,
    answer,
    by_rank,
    case,
    comparison_tables,
    item,
    large,
    part,
    rows,
    tables,
    text_of,
    value,
)


@pytest.fixture(scope="module", params=[1, 3, 5])
def content(request):
    patch = pytest.MonkeyPatch()
    patch.setenv("PROMPTLAB_LANG", "en")
    yield comparison_docx(large(4, columns=request.param), case=case(), made="2026-11-21")
    patch.undo()


def test_language_is_declared_for_labels_and_for_answers():
    styles = part(comparison_docx(by_rank(answer()), answers="fr"), "word/styles.xml")
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    assert value(styles, "docDefaults/rPrDefault/rPr/lang") == "en-GB"
    assert [value(by_id[name], "rPr/lang") for name in ("PlItem", "PlPhase")] == ["fr-FR", "fr-FR"]


def test_language_of_the_answers_is_that_of_the_case(content):
    other = part(comparison_docx(by_rank(answer()), case=case(language="es")), "word/styles.xml")
    assert "es-ES" in {lang.get(f"{W}val") for lang in other.iter(f"{W}lang")}


def test_document_has_a_title(content):
    core = part(content, "docProps/core.xml")
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == "The claim"
    first = next(part(content).iter(f"{W}p"))
    assert (value(first, "pPr/pStyle"), text_of(first)) == ("Title", "The claim")


def test_every_table_repeats_one_header_row(content):
    for table in tables(content):
        headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert headers == [True] + [False] * (len(headers) - 1)
        assert value(table, "tblPr/tblLook", "firstRow") == "1"


def test_every_table_has_a_caption_and_a_description(content):
    for table in tables(content):
        assert value(table, "tblPr/tblCaption")
        assert len(value(table, "tblPr/tblDescription")) > 20


def test_no_cell_is_merged_and_no_table_stands_in_another(content):
    document = part(content)
    assert not list(document.iter(f"{W}gridSpan")) + list(document.iter(f"{W}vMerge"))
    assert not [
        table for table in tables(content) if any(cell.find(f"{W}tbl") is not None for cell in table.iter(f"{W}tc"))
    ]


def test_every_row_has_as_many_cells_as_the_table_has_columns(content):
    for table in tables(content):
        columns = len(list(table.iter(f"{W}gridCol")))
        assert {len(row.findall(f"{W}tc")) for row in table.iter(f"{W}tr")} == {columns}


def test_headings_go_down_one_level_at_a_time(content):
    styles = [value(paragraph, "pPr/pStyle") or "" for paragraph in part(content).iter(f"{W}p")]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_headings_are_those_of_word(content):
    styles = part(content, "word/styles.xml")
    names = {style.get(f"{W}styleId"): value(style, "name") for style in styles.iter(f"{W}style")}
    assert (names["Title"], names["Heading1"], names["Heading2"]) == ("Title", "heading 1", "heading 2")


def test_only_cells_to_write_in_are_empty(content):
    empty = [paragraph for paragraph in part(content).iter(f"{W}p") if not text_of(paragraph)]
    assert {value(paragraph, "pPr/pStyle") for paragraph in empty} == {"PlWrite"}


def test_every_style_that_is_used_is_defined_and_has_an_ascii_name(content):
    document, styles = part(content), part(content, "word/styles.xml")
    defined = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {use.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for use in document.iter(f"{W}{tag}")}
    assert used <= defined
    assert all(value(style, "name").isascii() for style in styles.iter(f"{W}style"))


def test_every_picture_has_a_text(content):
    pictures = [one for one in part(content).iter() if one.tag.endswith("}docPr")]
    assert all(picture.get("descr") for picture in pictures)


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_colour_is_read_on_white_and_on_the_header(content):
    styles = part(content, "word/styles.xml")
    colours = {colour.get(f"{W}val") for colour in styles.iter(f"{W}color")}
    fills = {shade.get(f"{W}fill") for shade in part(content).iter(f"{W}shd")} - {"00FF00"}
    assert colours
    assert fills
    assert all(_contrast(colour, back) >= 4.5 for colour in colours for back in ("FFFFFF", *fills))


@pytest.mark.parametrize("colour", ["FFE08A", "000080", "C00000", "00FF00", "FF00FF", "777777"])
def test_ink_on_a_tag_colour_can_be_read(colour):
    assert _contrast(ink(colour), colour) >= 4.5


def test_no_long_italics_and_no_justified_text(content):
    styles = part(content, "word/styles.xml")
    for root in (styles, part(content)):
        assert not list(root.iter(f"{W}i"))
        assert not list(root.iter(f"{W}jc"))


def test_letters_of_the_table_are_never_below_nine_points():
    for columns in (2, 3, 4, 10, 30):
        content = comparison_docx(large(1, columns=columns), case=case())
        sizes = {value(style, "rPr/sz") for style in part(content, "word/styles.xml").iter(f"{W}style")
                 if style.get(f"{W}styleId") in ("PlItem", "PlPhase", "PlHead")}  # fmt: skip
        assert min(int(size) for size in sizes if size) >= 18


def test_page_is_a4_landscape_with_page_numbers_in_the_footer(content):
    size = part(content).find(f".//{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) == ("16838", "11906", "landscape")
    fields = [field.get(f"{W}instr").strip() for field in part(content, "word/footer1.xml").iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert text_of(part(content, "word/footer1.xml")).startswith("The claim")


def of_lines(count):
    """An answer of one step that holds so many short items."""
    return answer(*[item("word", at=f"1.{rank}") for rank in range(1, count + 1)])


def test_short_row_is_kept_whole_and_long_row_may_be_cut():
    phase, points = list(comparison_tables(comparison_docx(by_rank(of_lines(60))))[0].iter(f"{W}tr"))[1:3]
    assert phase.find(f"{W}trPr/{W}cantSplit") is None
    assert points.find(f"{W}trPr/{W}cantSplit") is not None


def test_row_a_little_shorter_than_a_page_is_kept_whole():
    phase = list(comparison_tables(comparison_docx(by_rank(of_lines(26))))[0].iter(f"{W}tr"))[1]
    assert phase.find(f"{W}trPr/{W}cantSplit") is not None


def test_row_longer_than_a_page_begins_on_a_new_page_under_the_same_header():
    two = ParsedAnswer(steps=(Step(1, "Short"), Step(2, "Long", of_lines(60).steps[0].items)))
    blocks = list(part(comparison_docx(by_rank(two))).find(f"{W}body"))
    short, long = (at for at, block in enumerate(blocks) if block.tag == f"{W}tbl" and "PHASES" in text_of(block))
    assert long == short + 2
    assert rows(blocks[short])[0] == rows(blocks[long])[0]
    assert (rows(blocks[short])[-1][0], rows(blocks[long])[1][0]) == ("1. phase 1", "2. phase 2")
    assert blocks[short + 1].find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_long_first_row_needs_no_new_page():
    assert len(comparison_tables(comparison_docx(by_rank(of_lines(60))))) == 1
