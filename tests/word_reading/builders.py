"""A small case with its document, and the edits that people make in a word processor, done to the XML."""

import io
import zipfile
from copy import deepcopy
from dataclasses import replace
from functools import cache

from lxml import etree

from promptlab.model.case import Reason, Tag
from promptlab.model.comparison import Phase
from promptlab.model.copie import About, Copie
from promptlab.model.parsed import Item, ParsedAnswer, Section, Step
from promptlab.review.exercise import exercise
from promptlab.word.comparison import comparison_docx
from promptlab.word.reading.filled import HandedOut, read_filled
from promptlab.word.reading.opened import open_document
from tests.review.builders import FIRST, SECOND, a_case, a_table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
TAGS = (
    Tag("inappropriate", "inapproprié", "⚠", "FFE08A", "ne convient pas"),
    Tag("non_compliant", "non conforme", "✖", "F5B5B0", "contredit"),
    Tag("relevant", "pertinent", "✔", "BFE3C0", "convient"),
)
REASONS = (Reason("channel", "canal", "C", ""), Reason("law", "droit", "D", ""))
CASE = replace(a_case(), tags=TAGS, reasons=REASONS)
LONG = ParsedAnswer(
    intro="Voici comment traiter la réclamation.",
    steps=(
        Step(
            1,
            "Recevoir la réclamation",
            (
                Item("1.1", "bullet", "Écouter le client au téléphone sans l’interrompre", items=(
                    Item("1.1.1", "bullet", "Noter son nom et son numéro de commande"),)),
                Item("1.2", "bullet", "Accuser réception sous quarante-huit heures", label="Délai"),
                Item("1.3", "example", "« Nous avons bien reçu votre message. »\nCordialement"),
            ),
        ),
        Step(
            2,
            "Analyser la demande",
            (
                Item("2.1", "bullet", "Comparer la commande et la facture"),
                Item("2.2", "bullet", "Vérifier le bon de livraison avec le transporteur"),
                Item("2.3", "table", rows=(("Réf.", "Qté"), ("A52000", "25"), ("B65000", "150"))),
            ),
        ),
        Step(3, "Proposer une solution", (Item("3.1", "bullet", "Établir un avoir pour la toile noire"),)),
    ),
    sections=(Section("key_points", "Points clés", (Item("S1.1", "bullet", "Rester courtois et précis"),)),),
    conclusion="Souhaitez-vous un modèle de lettre ?",
)  # fmt: skip


def by_rank(*answers):
    """A table with step n beside step n."""
    most = max(len(answer.steps) for answer in answers)
    cells = (tuple((rank,) if rank <= len(answer.steps) else () for answer in answers) for rank in range(1, most + 1))
    return replace(a_table(*answers), phases=tuple(Phase(f"phase {at}", cell) for at, cell in enumerate(cells, 1)))


TABLE = by_rank(LONG, SECOND, FIRST)


@cache
def handed_out():
    """The table, and what its document holds."""
    return HandedOut.of(exercise(CASE, TABLE))


def on():
    return handed_out().on


@cache
def blank():
    """The document as it is handed out."""
    return comparison_docx(TABLE, case=CASE)


def new_copie():
    return Copie("new", CASE.name, about=About("", "meaning", on().answers))


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


class Document:
    """A document being edited."""

    def __init__(self, content=None):
        self.parts = parts_of(content or blank())
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root[0]

    def bytes(self):
        return packed(self.parts | {"word/document.xml": etree.tostring(self.root, encoding="UTF-8")})

    def read(self, before=None, **more):
        opened = open_document("file.docx", self.bytes())
        return read_filled(opened, more.get("handed_out", handed_out()), before or new_copie())

    def paragraph(self, bookmark):
        (mark,) = self.root.xpath(f"//w:bookmarkStart[@w:name='{bookmark}']", namespaces=NS)
        return next(up for up in mark.iterancestors() if up.tag == f"{W}p")

    def cell(self, bookmark):
        return next(up for up in self.paragraph(bookmark).iterancestors() if up.tag == f"{W}tc")

    def row(self, bookmark):
        return next(up for up in self.paragraph(bookmark).iterancestors() if up.tag == f"{W}tr")

    def own_runs(self, bookmark):
        """The runs that hold the text itself, without what the view adds."""
        return [run for run in self.paragraph(bookmark).iter(f"{W}r") if run.find(f"{W}rPr/{W}rStyle") is None]

    def split(self, bookmark, words):
        """The run that holds just `words`, cut out of the run around it."""
        for run in self.own_runs(bookmark):
            text = run.findtext(f"{W}t") or ""
            if words in text:
                before, _words, after = text.partition(words)
                for piece in (before, words, after):
                    made = deepcopy(run)
                    made.find(f"{W}t").text = piece
                    run.addprevious(made)
                found = run.getprevious().getprevious()
                run.getparent().remove(run)
                return found
        raise AssertionError(f"{words!r} is not in {bookmark}")

    def highlight(self, bookmark, colour="yellow", words=None, xml=None):
        """Highlight `words` of a text, or all of it."""
        for run in [self.split(bookmark, words)] if words else self.own_runs(bookmark):
            properties(run).extend(all_made(xml or f'<w:highlight w:val="{colour}"/>'))
        return self

    def type(self, bookmark, text):
        """Put paragraphs of `text` in place of what stands in the cell of a bookmark."""
        cell = self.cell(bookmark)
        paragraphs = cell.findall(f"{W}p")
        first, *others = text.split("\n")
        paragraphs[0].append(made(f'<w:r><w:t xml:space="preserve">{first}</w:t></w:r>'))
        for line in others:
            cell.append(made(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>'))
        return self

    def comment(self, bookmark, text, words=None, author="Léa Dupont"):
        """Put a comment on `words` of a text, or on the whole paragraph."""
        number = str(90 + len(self.parts.get("word/comments.xml", b"").split(b"<w:comment ")))
        paragraph = self.paragraph(bookmark)
        first = self.split(bookmark, words) if words else next(paragraph.iter(f"{W}r"))
        last = first if words else list(paragraph.iter(f"{W}r"))[-1]
        first.addprevious(made(f'<w:commentRangeStart w:id="{number}"/>'))
        last.addnext(made(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
        last.addnext(made(f'<w:commentRangeEnd w:id="{number}"/>'))
        self._add_comment(number, text, author)
        return self

    def add_part(self, kind, xml):
        """One more part of the document, such as its comments."""
        self.parts[f"word/{kind}.xml"] = xml.encode()
        self.relate(kind, f"{kind}.xml")
        type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        types = self.parts["[Content_Types].xml"].decode()
        override = f'<Override PartName="/word/{kind}.xml" ContentType="{type_}"/></Types>'
        self.parts["[Content_Types].xml"] = types.replace("</Types>", override).encode()

    def relate(self, kind, target, more=""):
        """Have the document name another part."""
        type_ = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        relations = self.parts["word/_rels/document.xml.rels"].decode()
        number = 70 + relations.count("<Relationship ")
        relation = f'<Relationship Id="rId{number}" Type="{type_}" Target="{target}" {more}/></Relationships>'
        self.parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", relation).encode()

    def _add_comment(self, number, text, author):
        name = "word/comments.xml"
        if name not in self.parts:
            self.add_part("comments", f'<w:comments xmlns:w="{W[1:-1]}"></w:comments>')
        lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
        one = f'<w:comment w:id="{number}" w:author="{author}" w:initials="LD">{lines}</w:comment>'
        self.parts[name] = self.parts[name].replace(b"</w:comments>", one.encode() + b"</w:comments>")


def made(xml):
    """An element of WordprocessingML."""
    return all_made(xml)[0]


def all_made(xml):
    """Elements of WordprocessingML."""
    return list(etree.fromstring(f'<w:x xmlns:w="{W[1:-1]}">{xml}</w:x>'))


def properties(run):
    """The run properties of a run, made where there are none."""
    found = run.find(f"{W}rPr")
    if found is None:
        run.insert(0, made("<w:rPr/>"))
    return run[0]


def coloured(text, colour):
    """A run of highlighted text."""
    return f'<w:r><w:rPr><w:highlight w:val="{colour}"/></w:rPr><w:t>{text}</w:t></w:r>'


def tags(filled):
    """The tags of what was read, short: (column, item, words, tag)."""
    return [(one.column, one.item, one.words, one.tag) for one in filled.copie.taggings]


def told(filled):
    """All problems as one text."""
    return "\n".join(f"{problem.where} {problem.message}" for problem in filled.problems)


def changed(filled):
    return [(one.where, one.was, one.now) for one in filled.changed]
