"""A comparison document edited as a pupil edits it, in its bare XML: no code of promptlab takes part."""

import copy
import io
import re
import zipfile

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NS = {"w": W}
REFERENCE = re.compile(r"[⚠✖✔A-Z ]*(\d)·([0-9A-Z.]+) ")
COMMENTS = f'<w:comments xmlns:w="{W}"/>'.encode()
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def q(name):
    """The full name of an element or attribute of Word."""
    return f"{{{W}}}{name}"


def parse(data):
    """An XML part as a tree."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def element(xml):
    """The element written in `xml` with the prefix w."""
    return parse(f'<x xmlns:w="{W}">{xml}</x>'.encode())[0]


def text_of(node):
    """The text that a person sees in a paragraph or run, line breaks included."""
    said = {q("t"): lambda each: each.text or "", q("br"): lambda _each: "\n", q("tab"): lambda _each: "\t"}
    return "".join(said[each.tag](each) for each in node.iter(*said))


def typed(text, looks=""):
    """A run of Word for `text`."""
    run = element(f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}<w:t/></w:r>")
    run[-1].text = text
    run[-1].set(SPACE, "preserve")
    return run


def packed(parts):
    """A ZIP of `parts` (name to bytes), the same bytes at any time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 23, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


class Sheet:
    """The document, and beside it the gold: what was really put into it."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = parse(self.parts["word/document.xml"])
        self.gold = {"tags": [], "remarks": ["", "", ""], "discussion": ["", "", ""], "texts": []}
        self._comments = 0

    def bytes(self):
        """The document as a file."""
        self.parts["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        return packed(self.parts)

    # ---- finding

    def rows(self):
        """The rows of the comparison, the headings left out."""
        rows = self.root.findall(".//w:tr", NS)
        start = next(at for at, row in enumerate(rows) if text_of(row).startswith("PHASES"))
        return [row for row in rows[start:] if not text_of(row).startswith(("PHASES", "Question"))]

    def row(self, words):
        """The row whose first cell holds `words`."""
        return next(row for row in self.rows() if words in text_of(row[1 if row[0].tag == q("trPr") else 0]))

    def cell(self, row, column):
        """The cell of `column` (0 is PHASES) in the row whose first cell holds `row`."""
        return self.row(row).findall("w:tc", NS)[column]

    def paragraph(self, reference):
        """The paragraph that shows a reference such as 2·1.1."""
        return next(
            each
            for each in self.root.iter(q("p"))
            if (found := REFERENCE.match(text_of(each))) and f"{found[1]}·{found[2]}" == reference
        )

    def words(self, reference):
        """The text of an item without its reference."""
        return REFERENCE.sub("", text_of(self.paragraph(reference)), count=1)

    # ---- colouring

    def runs(self, paragraph, words=None):
        """The runs of `words` (all but the reference where None), cut out of theirs as Word does."""
        whole = text_of(paragraph)
        found = REFERENCE.match(whole)
        start = whole.index(words) if words else (found.end() if found else 0)
        end = start + len(words) if words else len(whole)
        self._cut(paragraph, start)
        self._cut(paragraph, end)
        at, inside = 0, []
        for run in paragraph.iter(q("r")):
            if start <= at < end and text_of(run):
                inside.append(run)
            at += len(text_of(run))
        return inside

    def _cut(self, paragraph, place):
        at = 0
        for run in list(paragraph.iter(q("r"))):
            length = len(text_of(run))
            if at < place < at + length:
                self._cut_run(run, place - at)
                return
            at += length

    def _cut_run(self, run, place):
        other = copy.deepcopy(run)
        for one, keep in ((run, slice(0, place)), (other, slice(place, None))):
            looks = one.find("w:rPr", NS)
            said = text_of(one)[keep]
            for child in [each for each in one if each is not looks]:
                one.remove(child)
            for number, line in enumerate(said.split("\n")):
                if number:
                    one.append(element("<w:br/>"))
                if line:
                    one.append(typed(line)[-1])
        run.addnext(other)

    def ink(self, reference, xml, tag, words=None, *, table=False):
        """Give the words of an item, or all of it, the look `xml`, which means `tag`.

        `table` is for the rows of a table in an answer: `words` then stand in a paragraph below the reference.
        """
        at = self.paragraph(reference)
        while table and words not in text_of(at):
            at = at.getnext()
        runs = self.runs(at, words)
        for run in runs:
            look(run, xml)
        column, item = reference.split("·")
        said = words or self.words(reference)
        self.gold["tags"].append(
            {"column": int(column), "item": item, "words": said, "whole": not words, "tag": tag, "rationale": ""}
        )
        return runs

    # ---- writing

    def say(self, runs, text, *, rationale=True):
        """A comment on `runs`; it is the rationale of the tag set last, else it must be found anywhere."""
        comments = parse(self.parts.get("word/comments.xml", COMMENTS))
        name = str(self._comments)
        self._comments += 1
        comment = element(f'<w:comment w:id="{name}" w:author="eleve" w:date="2026-11-23T09:00:00Z" w:initials="E"/>')
        for line in text.split("\n"):
            paragraph = element("<w:p/>")
            paragraph.append(typed(line))
            comment.append(paragraph)
        comments.append(comment)
        self.parts["word/comments.xml"] = etree.tostring(comments, xml_declaration=True, encoding="UTF-8")
        if self._comments == 1:
            self._declare()
        runs[0].addprevious(element(f'<w:commentRangeStart w:id="{name}"/>'))
        runs[-1].addnext(element(f'<w:r><w:commentReference w:id="{name}"/></w:r>'))
        runs[-1].addnext(element(f'<w:commentRangeEnd w:id="{name}"/>'))
        if rationale:
            self.gold["tags"][-1]["rationale"] = text
        else:
            self.gold["texts"].append(text)

    def _declare(self):
        types = parse(self.parts["[Content_Types].xml"])
        named = f"{{{PACKAGE}/content-types}}Override"
        etree.SubElement(types, named, PartName="/word/comments.xml", ContentType=CONTENT_TYPE)
        self.parts["[Content_Types].xml"] = etree.tostring(types, xml_declaration=True, encoding="UTF-8")
        place = "word/_rels/document.xml.rels"
        relations = parse(self.parts[place])
        named = f"{{{PACKAGE}/relationships}}Relationship"
        etree.SubElement(relations, named, Id="rIdPupil", Type=RELATION, Target="comments.xml")
        self.parts[place] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8")

    def write(self, row, column, text, looks=""):
        """Type `text` into a cell, a paragraph for each line, where a pupil may write."""
        cell = self.cell(row, column)
        first = cell.findall("w:p", NS)[-1]
        for number, line in enumerate(text.split("\n")):
            paragraph = first if not number else element("<w:p/>")
            if number:
                cell.append(paragraph)
            paragraph.append(typed(line, looks))
        kind = {"Remarques": "remarks", "Échange": "discussion"}.get(row)
        if kind:
            self.gold[kind][column - 1] = text
        else:
            self.gold["texts"] += text.split("\n")

    def code(self, name):
        """Type the pupil's code into the last row of the statement."""
        row = next(row for row in self.root.iter(q("tr")) if text_of(row).startswith("Code de l"))
        row.findall("w:tc", NS)[1].find("w:p", NS).append(typed(f"{name}, 23/11"))


def look(run, xml):
    """Give one run the look `xml`."""
    looks = run.find("w:rPr", NS)
    if looks is None:
        looks = element("<w:rPr/>")
        run.insert(0, looks)
    looks.append(element(xml))
