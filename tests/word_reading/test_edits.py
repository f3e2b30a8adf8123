"""What people do to a document, and Word or LibreOffice with it: all of it comes back or is told."""

from copy import deepcopy
from pathlib import Path

from promptlab.files.copie_opening import copie_in
from promptlab.model.copie import Spot
from promptlab.review.begin import begin
from promptlab.review.tagging import tag
from promptlab.review.writing import write_remark
from promptlab.word.comparison import comparison_docx
from promptlab.word.reading.opened import open_document
from tests.word_reading.builders import (
    CASE,
    NS,
    TABLE,
    Document,
    W,
    changed,
    coloured,
    made,
    on,
    properties,
    tags,
    told,
)

ITEM, TEXT = "pl_1_2_1", "Comparer la commande et la facture"


def plain_run(text):
    return made(f'<w:r w:rsidR="00AB"><w:t xml:space="preserve">{text}</w:t></w:r>')


def plain_paragraph(text):
    return made(f'<w:p w:rsidR="00AB"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>')


# ---------------------------------------------------------------- rows to write in


def test_remarks_and_discussion_by_column():
    document = Document().type("pl_1_remark", "Trop général\nà mon avis").type("pl_3_discussion", "D’accord")
    filled = document.read()
    assert filled.copie.remarks == ("Trop général\nà mon avis",)
    assert filled.copie.discussion == ("", "", "D’accord")
    assert (filled.changed, filled.problems) == ((), ())


def test_remark_without_its_bookmark_is_placed_by_row_and_column():
    document = Document().type("pl_2_remark", "Plus précis")
    for mark in document.root.xpath("//w:bookmarkStart", namespaces=NS):
        mark.getparent().remove(mark)
    assert document.read().copie.remarks == ("", "Plus précis")


def test_tabs_breaks_hyphens_and_several_runs_in_a_remark():
    document = Document()
    document.paragraph("pl_1_remark").append(
        made(
            "<w:r><w:t>avant</w:t><w:tab/><w:t>après</w:t><w:br/><w:t>contre</w:t><w:noBreakHyphen/><w:t>avis</w:t>"
            "<w:softHyphen/><w:lastRenderedPageBreak/></w:r>"
        )
    )
    assert document.read().copie.remarks == ("avant\taprès\ncontre\u2011avis",)


def test_text_in_every_wrapper_of_word():
    wrappers = (
        "<w:ins w:id='1' w:author='x'>{}</w:ins>", "<w:hyperlink>{}</w:hyperlink>", "<w:smartTag>{}</w:smartTag>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:fldSimple w:instr='X'>{}</w:fldSimple>",
        "<w:moveTo w:id='1'>{}</w:moveTo>", "<w:dir>{}</w:dir>", "<w:customXml>{}</w:customXml>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>CODE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    )  # fmt: skip
    document = Document()
    paragraph = document.paragraph("pl_1_remark")
    for number, wrapper in enumerate(wrappers):
        for element in made(f"<w:p>{wrapper.format(f'<w:r><w:t>mot{number}</w:t></w:r>')}</w:p>"):
            paragraph.append(element)
    assert document.read().copie.remarks == ("".join(f"mot{number}" for number in range(len(wrappers))),)


def test_content_control_around_the_paragraph_and_its_invitation():
    document = Document()
    cell = document.cell("pl_1_remark")
    cell.append(made("<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>dedans</w:t></w:r></w:p></w:sdtContent></w:sdt>"))
    cell.append(made("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Cliquez ici</w:t></w:r>"
                     "</w:p></w:sdtContent></w:sdt>"))  # fmt: skip
    assert document.read().copie.remarks == ("dedans",)


def test_nested_table_text_box_and_footnote_in_a_remark():
    document = Document()
    document.cell("pl_1_remark").append(
        made("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>imbriqué</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    )
    document.paragraph("pl_1_remark").append(
        made("<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>dans la zone</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>")
    )
    remark = document.read().copie.remarks[0]
    assert "imbriqué" in remark
    assert "dans la zone" in remark


def test_cell_merged_over_two_answers_is_told():
    document = Document()
    cell = document.cell("pl_1_remark")
    document.type("pl_1_remark", "pour les deux")
    row = cell.getparent()
    row.remove(document.cell("pl_2_remark"))
    cell.find(f"{W}tcPr").insert(1, made('<w:gridSpan w:val="2"/>'))
    document.type("pl_3_remark", "la troisième")
    filled = document.read()
    assert filled.copie.remarks == ("pour les deux", "", "la troisième")
    assert "pour les deux" in told(filled)


def test_second_row_under_the_remarks_belongs_to_them():
    document = Document().type("pl_2_remark", "un")
    row = document.row("pl_2_remark")
    more = deepcopy(row)
    for mark in more.xpath(".//w:bookmarkStart|.//w:bookmarkEnd", namespaces=NS):
        mark.getparent().remove(mark)
    for text in more.iter(f"{W}t"):
        text.text = ""
    next(text for text in more[3].iter(f"{W}p")).append(plain_run("deux"))
    row.addnext(more)
    assert document.read().copie.remarks == ("", "un\ndeux")


def test_text_typed_under_the_name_of_the_row_is_told():
    document = Document()
    first = document.row("pl_1_remark").find(f"{W}tc")
    first.append(plain_paragraph("Tout est trop vague"))
    filled = document.read()
    assert "Tout est trop vague" in told(filled)
    assert ("", "Tout est trop vague") in [(was, now) for _where, was, now in changed(filled)]


def test_tracked_deletion_in_a_remark_is_told():
    document = Document().type("pl_1_remark", "reste ")
    document.paragraph("pl_1_remark").append(
        made("<w:del w:id='3' w:author='x'><w:r><w:delText>parti</w:delText></w:r></w:del>")
    )
    filled = document.read()
    assert filled.copie.remarks == ("reste",)
    assert [(was, now) for _where, was, now in changed(filled)] == [("parti", "")]


# ---------------------------------------------------------------- rows, cells, columns


def test_rows_in_another_order():
    document = Document().highlight(ITEM, "red").type("pl_1_remark", "ok")
    row = document.row("pl_1_1")
    document.row("pl_1_3").addnext(row)
    filled = document.read()
    assert tags(filled) == [(1, "2.1", TEXT, "non_compliant")]
    assert [(was, now) for _where, was, now in changed(filled)] == [("1, 2, 3", "2, 3, 1")]


def test_row_deleted_is_told_with_its_texts():
    document = Document()
    row = document.row("pl_1_3")
    row.getparent().remove(row)
    gone = [(was, now) for _where, was, now in changed(document.read())]
    assert ("Proposer une solution\nÉtablir un avoir pour la toile noire", "") in gone
    assert ("3. phase 3", "") in gone


def test_row_added_is_told_cell_by_cell():
    document = Document()
    row = document.row("pl_1_2")
    row.addnext(
        made(
            "<w:tr>"
            + "".join(f"<w:tc><w:p><w:r><w:t>nouveau {n}</w:t></w:r></w:p></w:tc>" for n in range(4))
            + "</w:tr>"
        )
    )
    texts = {now: where for where, _was, now in changed(document.read())}
    assert "PROMPT 1" in texts["nouveau 1"]
    assert "PROMPT 3" in texts["nouveau 3"]
    assert "nouveau 0" in texts


def test_column_added_is_told_and_the_others_stay():
    document = Document().highlight("pl_2_1_1", "green").type("pl_2_remark", "bien")
    table = document.row(ITEM).getparent()
    for grid in table.iter(f"{W}tblGrid"):
        grid.insert(2, made('<w:gridCol w:w="2000"/>'))
    for number, row in enumerate(table.iter(f"{W}tr")):
        row.findall(f"{W}tc")[1].addnext(made(f"<w:tc><w:p><w:r><w:t>avis {number}</w:t></w:r></w:p></w:tc>"))
    filled = document.read()
    assert tags(filled) == [(2, "1.1", "Répondre par écrit", "relevant")]
    assert filled.copie.remarks == ("", "bien")
    assert all(f"avis {number}" in told(filled) for number in range(2, 7))


def test_column_deleted_leaves_the_others_where_they_are():
    document = Document().highlight("pl_3_1_1", "green").type("pl_3_remark", "bien")
    table = document.row(ITEM).getparent()
    grid = table.find(f"{W}tblGrid")
    grid.remove(grid[1])
    for row in table.iter(f"{W}tr"):
        row.remove(row.findall(f"{W}tc")[1])
    filled = document.read()
    assert [one[:2] for one in tags(filled)] == [(3, "1.1")]
    assert filled.copie.remarks == ("", "", "bien")
    assert any(TEXT in was for _where, was, _now in changed(filled))


def test_cell_border_dragged_in_one_row():
    document = Document().type("pl_2_remark", "ici")
    table = document.row(ITEM).getparent()
    grid = table.find(f"{W}tblGrid")
    width = int(grid[1].get(f"{W}w"))
    grid[1].set(f"{W}w", str(width - 500))
    grid.insert(2, made('<w:gridCol w:w="500"/>'))
    for row in table.iter(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        wider = cells[2] if row is document.row("pl_2_remark") else cells[1]
        wider.find(f"{W}tcPr").insert(1, made('<w:gridSpan w:val="2"/>'))
    assert document.read().copie.remarks == ("", "ici")


def test_cells_merged_down():
    document = Document().highlight("pl_1_3_1", "red")
    for name, xml in (("pl_1_2", '<w:vMerge w:val="restart"/>'), ("pl_1_3", "<w:vMerge/>")):
        document.row(name)[1].find(f"{W}tcPr").append(made(xml))
    filled = document.read()
    assert [one[:2] for one in tags(filled)] == [(1, "3.1")]


def test_rows_inside_content_controls_and_split_tables():
    document = Document().highlight(ITEM, "red").type("pl_1_remark", "lu")
    row = document.row(ITEM)
    control = made("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
    row.addprevious(control)
    control[1].append(row)
    table = document.row("pl_1_remark").getparent()
    second = made("<w:tbl><w:tblPr/></w:tbl>")
    second.append(deepcopy(table.find(f"{W}tblGrid")))
    for one in list(table.iter(f"{W}tr"))[-2:]:
        second.append(one)
    table.addnext(second)
    filled = document.read()
    assert tags(filled) == [(1, "2.1", TEXT, "non_compliant")]
    assert filled.copie.remarks == ("lu",)


# ---------------------------------------------------------------- items


def test_text_typed_under_an_item_is_told_with_its_place():
    document = Document()
    document.paragraph(ITEM).addnext(plain_paragraph("Je ne suis pas d’accord"))
    filled = document.read()
    ((where, was, now),) = changed(filled)
    assert (was, now) == ("", "Je ne suis pas d’accord")
    assert "PROMPT 1" in where
    assert tags(filled) == []


def test_item_split_in_two_without_a_second_bookmark():
    document = Document().highlight(ITEM, "red")
    run = document.split(ITEM, "et la facture")
    half = made('<w:p><w:pPr><w:pStyle w:val="PlItem"/></w:pPr></w:p>')
    half.append(run)
    document.paragraph(ITEM).addnext(half)
    filled = document.read()
    assert tags(filled) == [(1, "2.1", TEXT, "non_compliant")]
    assert changed(filled) == []


def test_item_split_by_libreoffice_has_its_bookmark_twice_and_unclosed():
    document = Document()
    run = document.split(ITEM, "et la facture")
    half = made(f'<w:p><w:bookmarkStart w:id="999" w:name="{ITEM}"/></w:p>')
    half.append(run)
    paragraph = document.paragraph(ITEM)
    paragraph.remove(paragraph.find(f"{W}bookmarkEnd"))
    run.insert(0, made('<w:rPr><w:shd w:val="clear" w:fill="FF0000"/></w:rPr>'))
    document.paragraph(ITEM).addnext(half)
    filled = document.read()
    assert tags(filled) == [(1, "2.1", "et la facture", "non_compliant")]
    assert changed(filled) == []


def test_items_joined_in_one_paragraph():
    document = Document().highlight("pl_1_2_2", "green")
    second = document.paragraph("pl_1_2_2")
    for child in list(second):
        if child.tag != f"{W}pPr":
            document.paragraph(ITEM).append(child)
    second.getparent().remove(second)
    filled = document.read()
    assert tags(filled) == [(1, "2.2", "Vérifier le bon de livraison avec le transporteur", "relevant")]
    assert changed(filled) == []


def test_item_deleted_whose_bookmark_fell_on_the_next():
    document = Document().highlight("pl_1_2_2", "green")
    first = document.paragraph(ITEM)
    start = deepcopy(first.find(f"{W}bookmarkStart"))
    first.getparent().remove(first)
    document.paragraph("pl_1_2_2").insert(1, start)
    filled = document.read()
    assert [one[:2] for one in tags(filled)] == [(1, "2.2")]
    assert changed(filled) == [("PROMPT 1, 2", TEXT, "")]


def test_two_bookmarks_on_one_item_without_its_reference_go_by_its_text():
    document = Document().highlight("pl_1_2_2", "green")
    first = document.paragraph(ITEM)
    second = document.paragraph("pl_1_2_2")
    second.insert(1, deepcopy(first.find(f"{W}bookmarkStart")))
    first.getparent().remove(first)
    reference = next(second.iter(f"{W}r"))
    reference.getparent().remove(reference)
    filled = document.read()
    assert [one[:2] for one in tags(filled)] == [(1, "2.2")]
    assert changed(filled) == [("PROMPT 1, 2", TEXT, "")]


def test_item_emptied_and_written_anew_without_its_reference():
    document = Document()
    paragraph = document.paragraph(ITEM)
    for run in list(paragraph.iter(f"{W}r")):
        run.getparent().remove(run)
    paragraph.append(plain_run("Mes propres mots"))
    assert changed(document.read()) == [("PROMPT 1, 2.1", TEXT, "Mes propres mots")]


def without_bookmarks(document):
    for mark in document.root.xpath("//w:bookmarkStart|//w:bookmarkEnd", namespaces=NS):
        mark.getparent().remove(mark)
    return document


def test_references_alone_are_enough():
    document = Document().highlight(ITEM, "red", words="la commande").highlight("pl_2_2_1", "green")
    filled = without_bookmarks(document).read()
    assert [(column, item, tag) for column, item, _words, tag in tags(filled)] == [
        (1, "2.1", "non_compliant"),
        (2, "2.1", "relevant"),
    ]
    assert changed(filled) == []


def test_text_alone_is_enough():
    document = without_bookmarks(Document().highlight(ITEM, "red", words="la commande").highlight("pl_1_2", "green"))
    for run in document.root.xpath("//w:r[w:rPr/w:rStyle[@w:val='PlRef']]", namespaces=NS):
        run.getparent().remove(run)
    filled = document.read()
    assert tags(filled) == [
        (1, "2", "Analyser la demande", "relevant"),
        (1, "2.1", "la commande", "non_compliant"),
    ]


def test_formatting_cleared_makes_the_reference_plain_text():
    document = Document().highlight(ITEM, "red", words="la commande")
    for run in document.paragraph(ITEM).iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is not None:
            style.getparent().remove(style)
    filled = without_bookmarks(document).read()
    assert tags(filled) == [(1, "2.1", "la commande", "non_compliant")]
    assert all("2.1" not in where for where, _was, _now in changed(filled))


def test_item_retyped_with_a_few_faults_and_no_anchor_is_found():
    document = Document()
    paragraph = document.paragraph(ITEM)
    paragraph.addnext(made(f"<w:p>{coloured('comparer la comande et la facture', 'red')}</w:p>"))
    paragraph.getparent().remove(paragraph)
    filled = document.read()
    assert [(column, item, tag) for column, item, _words, tag in tags(filled)] == [(1, "2.1", "non_compliant")]
    assert changed(filled) == [("PROMPT 1, 2.1", TEXT, "comparer la comande et la facture")]


def test_reference_quoted_by_the_pupil_moves_nothing():
    document = Document()
    document.paragraph("pl_1_2_2").addnext(plain_paragraph("1·2.1 est faux, il faut appeler le service des achats"))
    filled = document.read()
    ((_where, was, now),) = changed(filled)
    assert (was, now) == ("", "1·2.1 est faux, il faut appeler le service des achats")


def test_item_copied_is_the_item_twice():
    document = Document().highlight(ITEM, "red", words="la facture")
    document.paragraph(ITEM).addnext(deepcopy(document.paragraph(ITEM)))
    assert tags(document.read()) == [(1, "2.1", "la facture", "non_compliant")]


def test_item_moved_to_another_answer_is_told():
    document = Document().highlight(ITEM, "red")
    document.cell("pl_2_1").append(document.paragraph(ITEM))
    filled = document.read()
    assert [one[:2] for one in tags(filled)] == [(1, "2.1")]
    assert ("PROMPT 1, 2.1", "PROMPT 1", "PROMPT 2") in changed(filled)


def test_typography_of_the_word_processor_is_no_change():
    document = Document()
    document.own_runs("pl_1_1_1")[0].find(f"{W}t").text = "Écouter le client au téléphone sans l'interrompre"
    assert changed(document.read()) == []


def test_tracked_changes_count_as_accepted():
    document = Document()
    run = document.split(ITEM, "commande")
    gone = made("<w:del w:id='1' w:author='x'/>")
    run.addprevious(gone)
    run.find(f"{W}t").tag = f"{W}delText"
    gone.append(run)
    gone.addnext(made(f"<w:ins w:id='2' w:author='x'>{coloured('livraison', 'red')}</w:ins>"))
    filled = document.read()
    assert changed(filled) == [("PROMPT 1, 2.1", TEXT, "Comparer la livraison et la facture")]
    assert tags(filled) == [(1, "2.1", "commande", "non_compliant")]


def test_words_moved_with_tracked_changes_are_read_where_they_went():
    document = Document().type("pl_1_remark", "un ").type("pl_2_remark", "deux ")
    moved = "<w:r><w:t>phrase</w:t></w:r>"
    document.paragraph("pl_1_remark").append(made(f"<w:moveFrom w:id='1' w:author='x'>{moved}</w:moveFrom>"))
    document.paragraph("pl_2_remark").append(made(f"<w:moveTo w:id='2' w:author='x'>{moved}</w:moveTo>"))
    assert document.read().copie.remarks == ("un", "deux phrase")


def test_paragraph_mark_deleted_with_tracked_changes_joins_the_lines():
    document = Document().type("pl_1_remark", "un\ndeux")
    first = document.cell("pl_1_remark").find(f"{W}p")
    first.find(f"{W}pPr").append(made("<w:rPr><w:del w:id='9' w:author='x'/></w:rPr>"))
    assert document.read().copie.remarks == ("undeux",)


def test_sign_and_code_typed_beside_the_reference_as_on_paper():
    document = Document()
    reference = next(document.paragraph(ITEM).iter(f"{W}r"))
    reference.find(f"{W}t").text += "✖D "
    filled = document.read()
    (one,) = filled.copie.taggings
    assert (one.item, one.tag, one.reason, one.span) == ("2.1", "non_compliant", "law", None)


# ---------------------------------------------------------------- what the document holds


def filled_in():
    copie = begin(on(), ["P07"], session=2)
    copie = tag(
        copie,
        on(),
        Spot(1, "2.1", (9, 20)),
        "non_compliant",
        reason="law",
        rationale="voir 11-024",
        evidence="order:A52000",
    )
    copie = tag(copie, on(), Spot(1, "2.2"), "relevant", rationale="utile")
    return write_remark(copie, on(), 1, "trop long")


def held(document):
    return copie_in(open_document("a", document.bytes()).copie, Path("a.docx"))


def test_what_is_seen_wins_over_the_copie_in_the_document():
    document = Document(comparison_docx(TABLE, case=CASE, copie=filled_in()))
    for run in document.own_runs("pl_1_2_2"):
        for shade in list(run.iter(f"{W}shd")):
            shade.getparent().remove(shade)
    document.highlight("pl_1_2_1", "yellow", words="la facture")
    for text in document.cell("pl_1_remark").iter(f"{W}t"):
        text.text = "trop court"
    filled = document.read(held(document))
    assert [
        (one.item, one.words, one.tag, one.reason, one.evidence, one.rationale) for one in filled.copie.taggings
    ] == [
        ("2.1", "la commande", "non_compliant", "law", "order:A52000", "voir 11-024"),
        ("2.1", "la facture", "inappropriate", None, None, ""),
    ]
    assert filled.copie.remarks == ("trop court",)
    assert filled.copie.pupils == ("P07",)


def test_tag_widened_keeps_what_was_said_of_it():
    document = Document(comparison_docx(TABLE, case=CASE, copie=filled_in()))
    for run in document.own_runs("pl_1_2_1"):
        if "facture" in (run.findtext(f"{W}t") or ""):
            properties(run).append(made('<w:highlight w:val="red"/>'))
    (one, _other) = document.read(held(document)).copie.taggings
    assert (one.words, one.reason, one.evidence) == ("la commande et la facture", "law", "order:A52000")


def test_tag_in_another_colour_loses_its_reason():
    document = Document(comparison_docx(TABLE, case=CASE, copie=filled_in()))
    for shade in document.paragraph(ITEM).iter(f"{W}shd"):
        shade.set(f"{W}fill", "00FF00")
    one = document.read(held(document)).copie.taggings[0]
    assert (one.tag, one.words) == ("relevant", "la commande")


def test_tag_of_a_deleted_item_is_told():
    document = Document(comparison_docx(TABLE, case=CASE, copie=filled_in()))
    paragraph = document.paragraph("pl_1_2_2")
    paragraph.getparent().remove(paragraph)
    filled = document.read(held(document))
    assert [one.item for one in filled.copie.taggings] == ["2.1"]
    assert "Vérifier le bon de livraison" in told(filled)


# ---------------------------------------------------------------- outside the table


def test_statement_gives_texts_and_the_pupils_code():
    document = Document().type("pl_statement_kept", "Les étapes").type("pl_statement_pupil", "P07 et P12, 21/11")
    filled = document.read()
    assert filled.copie.pupils == ("P07", "P12")
    assert filled.copie.work("statement").content.value == {"kept": "Les étapes"}


def test_name_in_place_of_a_code_is_not_kept():
    filled = Document().type("pl_statement_pupil", "Léa Dupont").read()
    assert filled.copie.pupils == ()
    assert filled.copie.works == ()
    assert "Léa Dupont" in told(filled)


def test_name_beside_a_code_is_told_and_not_kept():
    filled = Document().type("pl_statement_pupil", "P07 (Léa)").read()
    assert filled.copie.pupils == ("P07",)
    assert "Léa" in told(filled)
    assert "Léa" not in repr(filled.copie)


def test_row_called_comment_is_a_phase_of_its_own():
    document = Document()
    row = document.row("pl_1_2")
    row.addnext(made("<w:tr>" + "<w:tc><w:p><w:r><w:t>Comment répondre</w:t></w:r></w:p></w:tc>" * 2 + "</w:tr>"))
    filled = document.read()
    assert filled.copie.remarks == ()
    assert "Comment répondre" in repr(filled.changed)


def test_text_outside_the_table_is_told():
    document = Document()
    document.body.insert(0, plain_paragraph("Ma conclusion générale"))
    filled = document.read()
    assert ("", "Ma conclusion générale") in [(was, now) for _where, was, now in changed(filled)]
    assert "Ma conclusion générale" in told(filled)


def test_text_in_the_footer_picture_and_embedded_document_are_told():
    document = Document()
    document.parts["word/footer1.xml"] = document.parts["word/footer1.xml"].replace(
        b"</w:ftr>", "<w:p><w:r><w:t>élève du fond</w:t></w:r></w:p></w:ftr>".encode()
    )
    document.paragraph("pl_1_remark").append(made("<w:r><w:drawing/></w:r>"))
    document.body.insert(0, made("<w:altChunk/>"))
    said = told(document.read())
    assert "élève du fond" in said
    assert "picture" in said
    assert "embedded" in said


def test_phase_renamed_is_told():
    document = Document()
    first = document.row("pl_1_2").find(f"{W}tc")
    next(first.iter(f"{W}t")).text = "2. Analyser"
    assert [(was, now) for _where, was, now in changed(document.read())] == [("2. phase 2", "2. Analyser")]


def test_document_without_answers_at_hand_says_itself_what_its_texts_are():
    document = Document().highlight(ITEM, "red", words="la commande").type("pl_2_remark", "bien")
    filled = document.read(handed_out=None)
    assert tags(filled) == [(1, "2.1", "la commande", "non_compliant")]
    assert filled.copie.taggings[0].text == TEXT
    assert filled.copie.remarks == ("", "bien")
