"""What most made-up pupils do with the document, one function for each habit seen in class."""

import copy
import random

from tests.class_of_thirty.sentences import HIGHLIGHTS, TALK, WHY, choose, remarks
from tests.class_of_thirty.sheet import NS, element, look, q, text_of, typed


def shading(colour):
    """The shading that LibreOffice writes where a pupil highlights, and Word for a shaded paragraph."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def finish(sheet, name, *, columns=(1, 2, 3)):
    """Remarks, a line of the discussion and the code of the pupil, as nearly everyone writes them."""
    for column, text in zip(columns, remarks(name), strict=False):
        sheet.write("Remarques", column, text)
    sheet.write("Échange", 2, random.Random(name).choice(TALK))
    sheet.code(name)


def plain(sheet, name, count=8, *, but=()):
    """Whole items highlighted, remarks typed."""
    for reference, tag in choose(name, count, but=but):
        sheet.ink(reference, HIGHLIGHTS[tag], tag)
    finish(sheet, name)


def comments(sheet, name):
    """A comment on every second item."""
    for number, (reference, tag) in enumerate(choose(name, 9)):
        runs = sheet.ink(reference, HIGHLIGHTS[tag], tag)
        if number % 2 == 0:
            sheet.say(runs, random.Random(f"{name}{number}").choice(WHY))
    finish(sheet, name)


def spans(sheet, name):
    """Only the words that matter, two colours in one item, and a comment on some words."""
    yellow, red, green = HIGHLIGHTS.values()
    sheet.ink("1·1.1", yellow, "inappropriate", "téléphone")
    sheet.ink("1·1.1", green, "relevant", "e-mail")
    sheet.say(sheet.ink("2·7.1", yellow, "inappropriate", "ou en recommandé si le dossier est sensible"), WHY[2])
    sheet.ink("2·7.1", green, "relevant", "Répondre de préférence par le même canal que le client")
    sheet.say(sheet.ink("3·6.1", red, "non_compliant", "il y a remboursement"), "la facture n'est pas payée")
    sheet.ink("1·4.3", green, "relevant", "partiellement fondée")
    sheet.ink("3·I", red, "non_compliant", "le client a retourné des marchandises")
    finish(sheet, name)


def libreoffice_colours(sheet, name):
    """The shading that LibreOffice writes, in the colours of its palette."""
    colours = {
        "inappropriate": ("FFFF00", "FF8000", "FFBF00"),
        "non_compliant": ("FF0000", "F10D0C", "FF6D6D"),
        "relevant": ("00A933", "81D41A", "BBE33D"),
    }
    for number, (reference, tag) in enumerate(choose(name, 9)):
        sheet.ink(reference, shading(colours[tag][number % 3]), tag)
    finish(sheet, name)


def other_colours(sheet, name):
    """Orange, pink and the dark inks of Word's palette; blue means nothing in the legend."""
    sheet.ink("1·3.1", '<w:highlight w:val="darkYellow"/>', "inappropriate")
    sheet.ink("1·3.2", shading("FFC000"), "inappropriate")
    sheet.ink("3·8.1", '<w:highlight w:val="magenta"/>', "non_compliant")
    sheet.ink("3·6.1", '<w:highlight w:val="darkRed"/>', "non_compliant")
    sheet.ink("2·2.1", '<w:highlight w:val="darkGreen"/>', "relevant")
    sheet.ink("2·2.2", shading("FF99CC"), "non_compliant")
    sheet.ink("2·4.1", '<w:highlight w:val="cyan"/>', "?")
    finish(sheet, name)


def remarks_in_lines(sheet, name):
    """Remarks of several paragraphs, in bold and in colour, with signs that a spreadsheet would run."""
    for reference, tag in choose(name, 6):
        sheet.ink(reference, HIGHLIGHTS[tag], tag)
    sheet.write("Remarques", 1, "=SOMME(A1:A9) c'est une blague\n- trop long", "<w:b/>")
    sheet.write("Remarques", 2, "plus court\n\nmais mieux écrit", '<w:i/><w:color w:val="C00000"/>')
    sheet.write(
        "Remarques", 3, "@Léa : regarde l’avoir ; il manque la TVA (134,00 €) <ici> & là", "<w:u w:val='single'/>"
    )
    sheet.write("Échange", 1, "Rien.")
    sheet.code(name)


def rows_moved(sheet, name):
    """A row taken out, one put in with text, two changed about."""
    plain(sheet, name, 5)
    last = sheet.row("Régulariser")
    gone = [tag for tag in sheet.gold["tags"] if (tag["column"], tag["item"][0]) == (3, "6")]
    sheet.gold["tags"] = [tag for tag in sheet.gold["tags"] if tag not in gone]
    last.getparent().remove(last)
    added = copy.deepcopy(sheet.row("Établir une facture"))
    for cell, text in zip(added.findall("w:tc", NS), ("10. Prévenir", "", "", "appeler DGS"), strict=True):
        for old in cell.findall(q("p")):
            cell.remove(old)
        paragraph = element("<w:p/>")
        paragraph.append(typed(text))
        cell.append(paragraph)
    sheet.gold["texts"] += ["10. Prévenir", "appeler DGS"]
    sheet.row("Suivre et clôturer").addnext(added)
    first = sheet.row("Accuser réception")
    sheet.row("Vérifier les faits").addnext(first)


def cells_merged(sheet, name):
    """One remark for all three answers, in one merged cell."""
    for reference, tag in choose(name, 6):
        sheet.ink(reference, HIGHLIGHTS[tag], tag)
    cells = [sheet.cell("Remarques", column) for column in (1, 2, 3)]
    cells[0].find(q("tcPr")).insert(1, element('<w:gridSpan w:val="3"/>'))
    for cell in cells[1:]:
        cell.getparent().remove(cell)
    sheet.write("Remarques", 1, "Les trois réponses oublient le bon de retour.")
    sheet.write("Échange", 3, TALK[0])
    sheet.code(name)


def changes_tracked(sheet, name):
    """Word's review mode was on: insertions, deletions and a change of format."""
    at = 'w:id="90{}" w:author="eleve" w:date="2026-11-23T09:10:00Z"'
    for reference, tag in choose(name, 5, but=("2·1.3",)):
        for run in sheet.ink(reference, HIGHLIGHTS[tag], tag):
            look(run, f"<w:rPrChange {at.format(1)}><w:rPr/></w:rPrChange>")
    paragraph = sheet.cell("Remarques", 2).findall(q("p"))[-1]
    put_in = element(f"<w:ins {at.format(2)}/>")
    put_in.append(typed("On a vérifié la commande 11-024."))
    paragraph.append(put_in)
    sheet.gold["remarks"][1] = "On a vérifié la commande 11-024."
    (run,) = sheet.runs(sheet.paragraph("2·1.3"), "à la personne compétente")
    taken = element(f"<w:del {at.format(3)}/>")
    run.addprevious(taken)
    taken.append(run)
    for said in run.findall(q("t")):
        said.tag = q("delText")
    put_in = element(f"<w:ins {at.format(4)}/>")
    put_in.append(typed("à Mme Duvalier"))
    taken.addnext(put_in)
    sheet.gold["texts"].append("à Mme Duvalier")
    sheet.code(name)


def words_own_runs(sheet, name):
    """Another font everywhere, and the runs that Word leaves: a piece for each word, with rsid and proofing marks."""
    spans(sheet, name)
    for number, run in enumerate(list(sheet.root.iter(q("r")))):
        run.set(q("rsidR"), f"00{number:06X}")
        if run.find(q("t")) is not None and run.getparent().tag == q("p"):
            look(run, '<w:lang w:val="fr-FR"/>')
            run.find(q("rPr")).insert(0, element('<w:rFonts w:ascii="Comic Sans MS" w:hAnsi="Comic Sans MS"/>'))
            run.addprevious(element('<w:proofErr w:type="spellStart"/>'))
    for paragraph in sheet.root.iter(q("p")):
        for place in range(7, len(text_of(paragraph)), 7):
            sheet._cut(paragraph, place)


def retyped(sheet, name):
    """Items typed anew, without their reference and bookmark; one with small changes, one a duplicate."""
    plain(sheet, name, 4)
    for reference, words in (("1·6.2", "Vérifier auprès du client qu'il est satisfait."), ("2·4.2", None)):
        paragraph = sheet.paragraph(reference)
        said = words or sheet.words(reference)
        for child in [each for each in paragraph if each.tag != q("pPr")]:
            paragraph.remove(child)
        paragraph.append(typed(said, HIGHLIGHTS["relevant"]))
        column, item = reference.split("·")
        sheet.gold["tags"].append(
            {"column": int(column), "item": item, "words": said, "whole": True, "tag": "relevant", "rationale": ""}
        )


def split(sheet, name):
    """Enter was hit in the middle of an item; both halves are highlighted."""
    plain(sheet, name, 4)
    for reference, place in (("2·5.1", "si elle dépasse"), ("1·7.2", "pour éviter")):
        known = [tag for tag in sheet.gold["tags"] if f"{tag['column']}·{tag['item']}" == reference]
        if not known:
            sheet.ink(reference, HIGHLIGHTS["inappropriate"], "inappropriate")
        paragraph = sheet.paragraph(reference)
        runs = sheet.runs(paragraph, text_of(paragraph)[text_of(paragraph).index(place) :])
        other = element("<w:p/>")
        other.append(copy.deepcopy(paragraph.find(q("pPr"))))
        for run in runs:
            other.append(run)
        paragraph.addnext(other)


def table_rows(sheet, name):
    """Rows of the tables that stand in an answer."""
    sheet.ink("3·3.1", HIGHLIGHTS["non_compliant"], "non_compliant", "Bon de retour", table=True)
    sheet.ink("2·6.1", HIGHLIGHTS["inappropriate"], "inappropriate", "« Votre réclamation du 12 mars »", table=True)
    sheet.ink("3·S1.1", HIGHLIGHTS["non_compliant"], "non_compliant", "que vous nous avez retournées le [date]")
    sheet.ink("1·C", HIGHLIGHTS["inappropriate"], "inappropriate", "par exemple une réclamation par téléphone")
    finish(sheet, name)


def columns_swapped(sheet, name):
    """The third answer put first, so as to read it first."""
    plain(sheet, name, 7)
    for row in sheet.rows() + [row for row in sheet.root.iter(q("tr")) if text_of(row).startswith("PHASES")]:
        cells = row.findall(q("tc"))
        if len(cells) == 4:
            cells[0].addnext(cells[3])


def blank(sheet, name):
    """Handed in as it was handed out."""
