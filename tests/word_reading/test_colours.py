"""A highlight becomes a tag, however the word processor writes it."""

from dataclasses import replace

import pytest

from promptlab.word.reading.palette import Palette
from tests.word_reading.builders import TAGS, Document, W, all_made, changed, made, properties, tags, told

ITEM, TEXT = "pl_1_2_1", "Comparer la commande et la facture"


@pytest.mark.parametrize(
    ("colour", "tag"),
    [("yellow", "inappropriate"), ("darkYellow", "inappropriate"), ("red", "non_compliant"),
     ("magenta", "non_compliant"), ("darkRed", "non_compliant"), ("green", "relevant"), ("darkGreen", "relevant")],
)  # fmt: skip
def test_highlighter_of_word(colour, tag):
    filled = Document().highlight(ITEM, colour).read()
    assert tags(filled) == [(1, "2.1", TEXT, tag)]
    assert filled.copie.taggings[0].span is None
    assert (filled.changed, filled.problems) == ((), ())


@pytest.mark.parametrize(
    ("fill", "tag"),
    [("FFFF00", "inappropriate"), ("FFC000", "inappropriate"), ("F4B083", "inappropriate"), ("FFE08A", "inappropriate"),
     ("FF0000", "non_compliant"), ("FFC0CB", "non_compliant"), ("C00000", "non_compliant"), ("F5B5B0", "non_compliant"),
     ("00B050", "relevant"), ("92D050", "relevant"), ("BFE3C0", "relevant")],
)  # fmt: skip
def test_shading_by_its_nearest_colour(fill, tag):
    xml = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    assert tags(Document().highlight(ITEM, xml=xml).read()) == [(1, "2.1", TEXT, tag)]


@pytest.mark.parametrize(
    "xml",
    ['<w:shd w:val="solid" w:color="FF0000" w:fill="auto"/>', '<w:shd w:val="pct50" w:color="FF0000" w:fill="FFFFFF"/>',
     '<w:shd w:val="clear" w:color="auto" w:fill="00FF00"/><w:highlight w:val="red"/>'],
)  # fmt: skip
def test_patterns_and_the_highlighter_over_a_shading(xml):
    assert tags(Document().highlight(ITEM, xml=xml).read())[0][3] == "non_compliant"


@pytest.mark.parametrize(("colour", "family"), [("cyan", "blue"), ("blue", "blue"), ("darkBlue", "blue")])
def test_colour_that_no_tag_has_is_told_with_its_words(colour, family):
    filled = Document().highlight(ITEM, colour, words="la commande").read()
    assert tags(filled) == []
    assert "“la commande”" in told(filled)
    assert "PROMPT 1, 2.1" in told(filled)


@pytest.mark.parametrize("colour", ["lightGray", "darkGray", "black"])
def test_grey_highlighter_is_told(colour):
    filled = Document().highlight(ITEM, colour, words="la commande").read()
    assert tags(filled) == []
    assert "“la commande”" in told(filled)


@pytest.mark.parametrize("xml", ['<w:color w:val="FF0000"/>', '<w:u w:val="single"/>', "<w:strike/>"])
def test_words_marked_otherwise_than_by_highlighting_are_told(xml):
    filled = Document().highlight(ITEM, words="la commande", xml=xml).read()
    assert tags(filled) == []
    assert "“la commande”" in told(filled)
    both = Document().highlight(ITEM, words="la commande", xml=xml + '<w:highlight w:val="green"/>').read()
    assert tags(both) == [(1, "2.1", "la commande", "relevant")]
    assert both.problems == ()


@pytest.mark.parametrize("xml", ['<w:color w:val="auto"/>', '<w:color w:val="1A1A1A"/>', '<w:u w:val="none"/>'])
def test_black_letters_are_no_mark(xml):
    assert Document().highlight(ITEM, xml=xml).read().problems == ()


@pytest.mark.parametrize("fill", ["F2F2F2", "D9D9D9"])
def test_grey_behind_a_paragraph_or_a_cell_means_nothing(fill):
    document = Document()
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    document.paragraph(ITEM).find(f"{W}pPr").extend(all_made(shade))
    document.cell(ITEM).find(f"{W}tcPr").extend(all_made(shade))
    assert document.read().problems == ()


def test_highlighted_phase_is_told():
    document = Document()
    for run in document.paragraph("pl_phase_1_t1").iter(f"{W}r"):
        properties(run).extend(all_made('<w:highlight w:val="red"/>'))
    filled = document.read()
    assert tags(filled) == []
    assert "phase 1" in told(filled)


@pytest.mark.parametrize("colour", ["none", "white"])
def test_no_colour_means_nothing(colour):
    filled = Document().highlight(ITEM, colour).read()
    assert (tags(filled), filled.problems) == ([], ())


def test_words_inside_an_item():
    filled = Document().highlight(ITEM, "red", words="la commande").read()
    assert tags(filled) == [(1, "2.1", "la commande", "non_compliant")]
    assert filled.copie.taggings[0].span == (9, 20)


def test_two_colours_in_one_item():
    document = Document().highlight(ITEM, "red", words="la facture").highlight(ITEM, "green", words="Comparer")
    assert tags(document.read()) == [(1, "2.1", "Comparer", "relevant"), (1, "2.1", "la facture", "non_compliant")]


def test_words_highlighted_one_by_one_are_one_tag():
    document = Document()
    for words in ("la", "commande", "et"):
        document.highlight(ITEM, words=words)
    assert tags(document.read()) == [(1, "2.1", "la commande et", "inappropriate")]


def test_whole_paragraph_with_its_reference_and_other_words_in_it():
    document = Document()
    for run in document.paragraph(ITEM).iter(f"{W}r"):
        properties(run).append(made('<w:highlight w:val="yellow"/>'))
    run = document.split(ITEM, "la facture")
    run.find(f"{W}rPr/{W}highlight").set(f"{W}val", "red")
    filled = document.read()
    assert [(one.span, one.tag) for one in filled.copie.taggings] == [
        (None, "inappropriate"),
        (((24, 34)), "non_compliant"),
    ]


@pytest.mark.parametrize("where", ["reference", "label"])
def test_only_reference_or_label_means_the_item(where):
    document = Document()
    runs = list(document.paragraph("pl_1_1_2").iter(f"{W}r"))
    properties(runs[0] if where == "reference" else runs[1]).append(made('<w:highlight w:val="green"/>'))
    assert tags(document.read()) == [(1, "1.2", "Accuser réception sous quarante-huit heures", "relevant")]


def test_step_title_section_intro_and_conclusion():
    document = Document()
    for name in ("pl_1_2", "pl_1_S1", "pl_1_I", "pl_1_C", "pl_1_1_3"):
        document.highlight(name, "green")
    assert [one[:2] for one in tags(document.read())] == [(1, "1.3"), (1, "2"), (1, "C"), (1, "I"), (1, "S1")]


def test_text_of_two_lines_is_tagged_across_them():
    filled = Document().highlight("pl_1_1_3", "green").read()
    assert filled.copie.taggings[0].words == "« Nous avons bien reçu votre message. »\nCordialement"


@pytest.mark.parametrize("name", ["pl_1_2_3", "pl_1_2_3_r1", "pl_1_2_3_r2"])
def test_table_item_is_tagged_as_a_whole_by_any_of_its_rows(name):
    document = Document()
    for run in document.paragraph(name).iter(f"{W}r"):
        properties(run).append(made('<w:highlight w:val="red"/>'))
    filled = document.read()
    assert [(one.item, one.span, one.tag) for one in filled.copie.taggings] == [("2.3", None, "non_compliant")]


def shaded(element, fill="FF0000"):
    element.insert(0, made(f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'))


def test_shading_of_the_paragraph():
    document = Document()
    shaded(document.paragraph(ITEM).find(f"{W}pPr"))
    assert tags(document.read()) == [(1, "2.1", TEXT, "non_compliant")]


def test_shading_of_the_cell_is_on_all_that_stands_in_it():
    document = Document()
    shaded(document.cell("pl_2_1").find(f"{W}tcPr"), "92D050")
    assert [(item, tag) for _column, item, _words, tag in tags(document.read())] == [
        ("1", "relevant"),
        ("1.1", "relevant"),
    ]


def test_shading_taken_out_of_a_line_of_a_coloured_cell():
    document = Document()
    shaded(document.cell("pl_2_1").find(f"{W}tcPr"), "92D050")
    for run in document.paragraph("pl_2_1_1").iter(f"{W}r"):
        properties(run).append(made('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'))
    assert [item for _column, item, _words, _tag in tags(document.read())] == ["1"]


def styles(document, xml):
    document.parts["word/styles.xml"] = document.parts["word/styles.xml"].replace(
        b"</w:styles>", xml.encode() + b"</w:styles>"
    )


def test_character_style_with_a_colour_two_styles_up():
    document = Document()
    styles(
        document,
        '<w:style w:type="character" w:styleId="Mien"><w:name w:val="Mien"/><w:rPr><w:highlight w:val="red"/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="Tien"><w:basedOn w:val="Mien"/></w:style>',
    )
    document.highlight(ITEM, xml='<w:rStyle w:val="Tien"/>', words="la commande")
    assert tags(document.read()) == [(1, "2.1", "la commande", "non_compliant")]


def test_paragraph_style_with_a_colour():
    document = Document()
    styles(
        document,
        '<w:style w:type="paragraph" w:styleId="Vert"><w:pPr><w:shd w:val="clear" w:fill="00FF00"/></w:pPr></w:style>',
    )
    document.paragraph(ITEM).find(f"{W}pPr/{W}pStyle").set(f"{W}val", "Vert")
    assert tags(document.read()) == [(1, "2.1", TEXT, "relevant")]


def test_style_that_leads_back_to_itself_ends():
    document = Document()
    styles(
        document,
        '<w:style w:styleId="A"><w:basedOn w:val="A"/><w:rPr><w:rStyle w:val="A"/></w:rPr></w:style>',
    )
    assert tags(document.highlight(ITEM, xml='<w:rStyle w:val="A"/>').read()) == []


def test_colour_of_the_theme():
    document = Document()
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    scheme = '<a:clrScheme name="x"><a:accent2><a:srgbClr val="C00000"/></a:accent2></a:clrScheme>'
    document.add_part("theme", f'<a:theme xmlns:a="{a}"><a:themeElements>{scheme}</a:themeElements></a:theme>')
    xml = '<w:shd w:val="clear" w:color="auto" w:fill="auto" w:themeFill="accent2" w:themeFillTint="66"/>'
    assert tags(document.highlight(ITEM, xml=xml).read()) == [(1, "2.1", TEXT, "non_compliant")]


def test_very_colour_of_a_tag_comes_before_its_family():
    palette = Palette((replace(TAGS[0], colour="FFE08A"), replace(TAGS[1], colour="808080")))
    assert [palette.tag(colour) for colour in ("FFF000", "808080", "808081")] == [
        "inappropriate",
        "non_compliant",
        None,
    ]


def test_item_that_was_changed_keeps_its_highlight_on_the_words_that_stayed():
    document = Document().highlight(ITEM, "red", words="la commande")
    document.own_runs(ITEM)[0].find(f"{W}t").text = "Toujours comparer "
    filled = document.read()
    assert tags(filled) == [(1, "2.1", "la commande", "non_compliant")]
    assert changed(filled) == [("PROMPT 1, 2.1", TEXT, "Toujours comparer la commande et la facture")]


def test_word_retyped_inside_the_highlight_stays_in_it():
    document = Document().highlight(ITEM, "red", words="la commande et la facture")
    run = next(run for run in document.own_runs(ITEM) if run.findtext(f"{W}t") == "la commande et la facture")
    run.find(f"{W}t").text = "la livraison et la facture"
    assert tags(document.read()) == [(1, "2.1", "la commande et la facture", "non_compliant")]


def test_item_written_anew_and_highlighted_is_tagged_and_told():
    document = Document().highlight(ITEM, "green")
    document.own_runs(ITEM)[0].find(f"{W}t").text = "Tout autre chose"
    filled = document.read()
    assert tags(filled) == [(1, "2.1", TEXT, "relevant")]
    assert changed(filled) == [("PROMPT 1, 2.1", TEXT, "Tout autre chose")]


def test_highlighted_words_that_the_pupil_added_are_told():
    document = Document()
    document.paragraph(ITEM).append(made('<w:r><w:rPr><w:highlight w:val="red"/></w:rPr><w:t> (trop cher)</w:t></w:r>'))
    filled = document.read()
    assert tags(filled) == []
    assert "trop cher" in told(filled)
    assert changed(filled) == [("PROMPT 1, 2.1", TEXT, f"{TEXT} (trop cher)")]


def test_ten_thousand_highlights_are_read():
    document = Document()
    paragraph = document.paragraph(ITEM)
    for number in range(10_000):
        colour = ("red", "green")[number % 2]
        paragraph.append(made(f'<w:r><w:rPr><w:highlight w:val="{colour}"/></w:rPr><w:t>mot </w:t></w:r>'))
    filled = document.read()
    assert len(changed(filled)) == 1
    assert "mot mot" in told(filled)
