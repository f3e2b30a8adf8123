"""What some made-up pupils do with the document that nobody foresaw, one function for each."""

import copy

from lxml import etree

from tests.class_of_thirty.pupils import finish, plain, shading
from tests.class_of_thirty.sentences import HIGHLIGHTS, choose
from tests.class_of_thirty.sheet import element, look, parse, q, typed


def signs(sheet, name, *, styled=True, place="after"):
    """The signs of the legend typed at the reference, as one would on paper.

    Typed there, they have the look of the reference; `styled` is False for signs pasted from the legend.
    """
    for reference, sign, tag, reason in (
        ("1·3.1", "⚠C ", "inappropriate", "channel"),
        ("3·6.1", "✖ ", "non_compliant", None),
        ("2·1.1", "✔ ", "relevant", None),
        ("2·2.2", "⚠G ", "inappropriate", "generality"),
    ):
        shown = sheet.paragraph(reference).find(q("r"))
        new = typed(sign, '<w:rStyle w:val="PlRef"/>' if styled else "")
        if place == "end":
            sheet.paragraph(reference).append(typed(" " + sign.strip()))
        else:
            (shown.addprevious if place == "before" else shown.addnext)(new)
        _signed(sheet, reference, tag, reason)
    finish(sheet, name)


def _signed(sheet, reference, tag, reason):
    column, item = reference.split("·")
    told = {"words": "", "whole": True, "tag": tag, "reason": reason, "rationale": ""}
    sheet.gold["tags"].append({"column": int(column), "item": item} | told)


def words_behind_reference(sheet, name):
    """Words typed between a reference and its text, which take the look of the reference."""
    plain(sheet, name, 4, but=("1·3.2", "2·2.2", "2·6.2.1"))
    for reference, text in (("1·6.2", "PAS SÛR "), ("1·3.2", "⚠ à l’oral "), ("2·2.2", "⚠ G ")):
        sheet.paragraph(reference).find(q("r")).addnext(typed(text, '<w:rStyle w:val="PlRef"/>'))
    sheet.gold["texts"] += ["PAS SÛR", "à l’oral"]
    _signed(sheet, "1·3.2", "inappropriate", None)
    _signed(sheet, "2·2.2", "inappropriate", "generality")


def signs_before(sheet, name):
    """The signs typed at the very start of the line, where Home leads."""
    signs(sheet, name, place="before")


def signs_pasted(sheet, name):
    """The signs copied out of the legend."""
    signs(sheet, name, styled=False)


def signs_at_the_end(sheet, name):
    """The signs typed behind the item."""
    signs(sheet, name, place="end")


def font_colour(sheet, name):
    """The letters coloured instead of highlighted, and one cell filled with colour: a person must be told."""
    for reference in ("1·3.1", "2·2.2"):
        for run in sheet.ink(reference, '<w:color w:val="FF0000"/>', "?"):
            look(run, "<w:b/>")
    cell = sheet.cell("Établir une facture", 3)
    for old in cell.find(q("tcPr")).findall(q("shd")):
        cell.find(q("tcPr")).remove(old)
    cell.find(q("tcPr")).append(element(shading("92D050")))
    for item in ("5", "5.1"):
        sheet.gold["tags"].append(
            {"column": 3, "item": item, "words": "", "whole": True, "tag": "?relevant", "rationale": ""}
        )
    finish(sheet, name)


def controls(sheet, name):
    """Items and remarks inside content controls."""
    plain(sheet, name, 6)
    for reference in ("1·4.1", "2·1.2", "3·1.1"):
        _controlled(sheet.paragraph(reference))
    for column in (1, 2):
        _controlled(sheet.cell("Remarques", column).findall(q("p"))[-1])


def _controlled(paragraph):
    control = element('<w:sdt><w:sdtPr><w:alias w:val="texte"/></w:sdtPr><w:sdtContent/></w:sdt>')
    paragraph.addprevious(control)
    control[-1].append(paragraph)


def loose_comments(sheet, name):
    """Comments where nothing is highlighted: beside an item, on a phase, on the title."""
    for reference, tag in choose(name, 4, but=("1·4.2",)):
        sheet.ink(reference, HIGHLIGHTS[tag], tag)
    sheet.say(sheet.runs(sheet.paragraph("1·4.2")), "chez nous c'est Mme Duvalier", rationale=False)
    phase = sheet.cell("Régulariser", 0).find(q("p"))
    sheet.say(sheet.runs(phase), "phase à mettre avant la 5 ?", rationale=False)
    title = next(sheet.root.iter(q("p")))
    sheet.say(sheet.runs(title), "MARSEILLE TEXTILE sans S ?", rationale=False)
    finish(sheet, name)


def written_anywhere(sheet, name):
    """Words typed where nobody asked for any: after the table, beside a phase, in an empty cell, behind an item."""
    plain(sheet, name, 4)
    paragraph = element("<w:p/>")
    paragraph.append(typed("Je pense que l'IA n'a pas lu nos documents."))
    sheet.root.find(q("body")).findall(q("tbl"))[-1].addprevious(paragraph)
    sheet.gold["texts"].append("Je pense que l'IA n'a pas lu nos documents.")
    sheet.write("Lire et analyser", 3, "oublié par l'IA")
    sheet.cell("Accuser réception", 0).find(q("p")).append(typed(" (par mail)"))
    sheet.gold["texts"].append("(par mail)")
    sheet.paragraph("1·6.1").append(typed(" Avant le 4 décembre !"))
    sheet.gold["texts"].append("Avant le 4 décembre !")


def paragraph_shaded(sheet, name):
    """The shading of a paragraph, the highlighting of a whole selection with its references, a style with colour."""
    for reference, colour, tag in (("1·3.1", "FFFF00", "inappropriate"), ("2·1.2", "92D050", "relevant")):
        sheet.ink(reference, "<w:noProof/>", tag)
        sheet.paragraph(reference).find(q("pPr")).append(element(shading(colour)))
    for reference in ("2·6.2.1", "2·6.2.2", "2·6.2.3"):
        sheet.ink(reference, HIGHLIGHTS["relevant"], "relevant")
        look(sheet.paragraph(reference).find(q("r")), HIGHLIGHTS["relevant"])
    style = element('<w:style w:type="character" w:styleId="Fluo"><w:name w:val="Fluo"/><w:rPr/></w:style>')
    style[-1].append(element(shading("FF0000")))
    styles = parse(sheet.parts["word/styles.xml"])
    styles.append(style)
    sheet.parts["word/styles.xml"] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8")
    for run in sheet.ink("3·6.1", "<w:noProof/>", "non_compliant"):
        run.find(q("rPr")).insert(0, element('<w:rStyle w:val="Fluo"/>'))
    finish(sheet, name)


def pasted(sheet, name):
    """The table copied into a new document: no property and no bookmark comes along."""
    plain(sheet, name, 8)
    for mark in [each for kind in ("bookmarkStart", "bookmarkEnd") for each in sheet.root.iter(q(kind))]:
        mark.getparent().remove(mark)
    sheet.parts["docProps/custom.xml"] = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    )


def references_gone(sheet, name):
    """The same, and the references rubbed out because they are in the way."""
    pasted(sheet, name)
    for run in list(sheet.root.iter(q("r"))):
        style = run.find(f"{q('rPr')}/{q('rStyle')}")
        if style is not None and style.get(q("val")) == "PlRef":
            run.getparent().remove(run)


def typed_over(sheet, name):
    """An item typed over right behind its reference, so that the new words have the look of the reference."""
    plain(sheet, name, 4, but=("2·1.3",))
    paragraph = sheet.paragraph("2·1.3")
    reference, *others = list(paragraph.iter(q("r")))
    for run in others:
        run.getparent().remove(run)
    new = copy.deepcopy(reference)
    new.find(q("t")).text = "La transmettre à Mme Duvalier."
    reference.addnext(new)
    sheet.gold["texts"].append("La transmettre à Mme Duvalier.")


def notes_and_boxes(sheet, name):
    """A text box, a footnote, a reply to a comment, two comments on the same words, a moved paragraph."""
    runs = sheet.ink("1·3.1", HIGHLIGHTS["inappropriate"], "inappropriate")
    sheet.say(runs, "à l'oral, pas par mail")
    sheet.say(runs, "d'accord avec toi", rationale=False)
    box = element(
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p/></w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    next(box.iter(q("p"))).append(typed("Mon encadré : il manque l'avoir"))
    sheet.cell("Remarques", 1).findall(q("p"))[-1].append(box)
    sheet.gold["remarks"][0] = "Mon encadré : il manque l'avoir"
    at = 'w:id="95{}" w:author="eleve" w:date="2026-11-23T09:20:00Z"'
    paragraph = sheet.paragraph("1·6.3")
    sheet.ink("1·6.3", HIGHLIGHTS["relevant"], "relevant")
    other = copy.deepcopy(paragraph)
    for one, kind, number in ((paragraph, "moveFrom", 1), (other, "moveTo", 2)):
        moved = element(f"<w:{kind} {at.format(number)}/>")
        for child in [each for each in one if each.tag != q("pPr")]:
            moved.append(child)
        one.append(moved)
    sheet.paragraph("1·6.1").addprevious(other)
    sheet.write("Remarques", 3, "ok")
    sheet.code(name)


def row_deleted_tracked(sheet, name):
    """A row struck out in review mode, and a phase struck through by hand."""
    plain(sheet, name, 5, but=("3·6.1", "3·6.2"))
    row = sheet.row("Régulariser")
    at = 'w:id="97{}" w:author="eleve" w:date="2026-11-23T09:30:00Z"'
    row.find(q("trPr")).append(element(f"<w:del {at.format(0)}/>"))
    for number, run in enumerate(list(row.iter(q("r"))), 1):
        struck = element(f"<w:del {at.format(number)}/>")
        run.addprevious(struck)
        struck.append(run)
        for said in run.findall(q("t")):
            said.tag = q("delText")


def reason_codes(sheet, name):
    """The code or the name of a reason at the start of a comment, and a comment on one word of a coloured item."""
    runs = sheet.ink("1·3.2", HIGHLIGHTS["inappropriate"], "inappropriate")
    sheet.say(runs, "C : on ne peut pas poser de question par mail")
    sheet.gold["tags"][-1] |= {"reason": "channel"}
    runs = sheet.ink("3·8.1", HIGHLIGHTS["non_compliant"], "non_compliant")
    sheet.say(sheet.runs(sheet.paragraph("3·8.1"), "ajuster le stock"), "prémisse fausse, rien n'est revenu")
    sheet.gold["tags"][-1] |= {"reason": "false_premise"}
    finish(sheet, name)
