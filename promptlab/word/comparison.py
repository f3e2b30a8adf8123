"""The comparison of answers as a Word document."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

from promptlab.align.wording import column_head, heads
from promptlab.errors import BadInput
from promptlab.files.copie_form import to_text
from promptlab.files.tags import default_tags
from promptlab.messages import _, language
from promptlab.model.alignment import fingerprint
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie
from promptlab.model.parsed import Item, Section, Step, all_items
from promptlab.review.exercise import exercise
from promptlab.word import closing, contract, opening
from promptlab.word.grid import Grid, nothings, numbered, parts, row_titles, widest
from promptlab.word.marking import Marking, shown_taggings, words_of
from promptlab.word.markup import escaped, paragraph, run
from promptlab.word.package import packed, static_parts
from promptlab.word.sheet import Sheet

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SECTION = (
    '<w:sectPr><w:footerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' w:type="default" r:id="rId4"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425"'
    ' w:gutter="0"/></w:sectPr>'
)
_REGIONS = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES", "de": "de-DE", "it": "it-IT", "pt": "pt-PT", "nl": "nl-NL"}
_FIELD = re.compile(r"<w:fldSimple.*?</w:fldSimple>")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_TITLE_LIMIT = 255  # Word's limit for a document property


def comparison_docx(
    comparison: Comparison,
    *,
    case: Case | None = None,
    made: str = "",
    answers: str = "",
    copie: Copie | None = None,
) -> bytes:
    """The comparison as a .docx file: A4 landscape, ready to be handed out, filled in and read back.

    With `copie`, the work of a pupil on this table and `case`, it shows the tags, the comments and the texts of that
    copie, and holds it whole (but for what could be undone), so that `promptlab.word.reading` gives it back.

    `made` is the ISO 8601 date or date-time that the document bears; nothing else in the file depends on the clock, so
    the same arguments give the same bytes. `answers` is the language of the answers ("fr", "en-GB"); without it that of
    the case, else that of the screen. Labels are in the language of the screen.

    Raises BadInput where there is no answer to compare, `made` is not a date, or a copie is given without its case.
    """
    if not comparison.columns:
        raise BadInput(_("There is no answer to put into the table: give at least one."))
    spoken = answers or (case.language if case else "") or language()
    marking = _marking(comparison, case, copie) if copie else None
    sheet = Sheet(spoken, marking)
    title = comparison.title or (case.title if case else "") or _("Comparison table of the answers")
    tables = "".join(_tables(comparison, sheet))
    before, after = _around(comparison, case, title, made=made, sheet=sheet)
    size = "20" if widest(comparison.columns) <= 3 else "18"
    values = {"screen": _region(language()), "answers": _region(spoken), "size": size, "ordered": sheet.ordered_lists()}
    footer = closing.footer(case.title if case else title)
    outside = contract.digests([*_paragraphs(before + after + _FIELD.sub("", footer)), *_of_the_view(comparison)])
    identity = _identity(comparison, case, title)
    document = f'{_XML}<w:document xmlns:w="{_W}"><w:body>{before}{tables}{after}{_SECTION}</w:body></w:document>'
    return packed(
        static_parts(values | _comment_declarations(marking))
        | {
            "docProps/core.xml": _core(title, _region(spoken), made),
            "docProps/custom.xml": _custom(_properties(identity, outside, copie)),
            "word/footer1.xml": f'{_XML}<w:ftr xmlns:w="{_W}">{footer}</w:ftr>',
            "word/document.xml": document,
        }
        | _comments(marking)
    )


def _of_the_view(comparison: Comparison) -> Iterator[str]:
    """What stands in the tables and is no text of an answer."""
    yield from nothings()
    yield from row_titles().values()
    for at, column in enumerate(comparison.columns, 1):
        yield column_head(column, at)
    for number, phase in enumerate(comparison.phases, 1):
        yield numbered(number, phase.label)
    names = heads(comparison)
    for part in parts(comparison.columns):
        yield _("{first} to {last}", first=names[part.first], last=names[part.first + len(part.columns) - 1])


def _marking(comparison: Comparison, case: Case | None, copie: Copie) -> Marking:
    if case is None:
        raise BadInput(_("A copie is written together with its case: give the case “{name}”.", name=copie.case))
    return Marking(copie, words_of(case), shown_taggings(copie, exercise(case, comparison)))


def _comment_declarations(marking: Marking | None) -> dict[str, str]:
    if not (marking and marking.comments):
        return {"more_types": "", "more_relations": ""}
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    return {
        "more_types": f'  <Override PartName="/word/comments.xml" ContentType="{kind}"/>\n',
        "more_relations": f'  <Relationship Id="rId5" Type="{relation}" Target="comments.xml"/>\n',
    }


def _comments(marking: Marking | None) -> dict[str, str]:
    if not (marking and marking.comments):
        return {}
    return {"word/comments.xml": f'{_XML}<w:comments xmlns:w="{_W}">{marking.comments_xml()}</w:comments>'}


def _around(comparison: Comparison, case: Case | None, title: str, *, made: str, sheet: Sheet) -> tuple[str, str]:
    """What stands before the tables and after them."""
    tags = (case.tags if case else ()) or default_tags()
    filled = sheet.marking is not None
    before = [
        opening.opening(
            comparison,
            title,
            fictional=bool(case and case.fictional),
            filled=filled,
            documents=case.documents if case else (),
        ),
        opening.provenance(comparison),
        opening.legend(tags, case.reasons if case else ()),
        paragraph("Heading1", run(_("Comparison table")), "<w:pageBreakBefore/>"),
    ]
    after = [closing.statement(comparison, sheet), closing.thinking(comparison, sheet), closing.end(made)]
    return "".join(before), "".join(after)


def _paragraphs(xml: str) -> Iterator[str]:
    """The text of each paragraph of `xml`."""
    for one in xml.split("</w:p>"):
        if text := "".join(_TEXT.findall(one)):
            yield unescape(text)


def _tables(comparison: Comparison, sheet: Sheet) -> Iterator[str]:
    every = parts(comparison.columns)
    names = list(heads(comparison))
    for part in every:
        if len(every) > 1:
            first, last = names[part.first], names[part.first + len(part.columns) - 1]
            heading = first if first == last else _("{first} to {last}", first=first, last=last)
            yield paragraph("Heading2", run(heading), "<w:pageBreakBefore/>" if part.number > 1 else "")
        yield Grid(comparison, part, sheet).xml()


def _region(tag: str) -> str:
    """A language tag as Word wants it: with its region."""
    return escaped(tag if "-" in tag else _REGIONS.get(tag, tag))


def _identity(comparison: Comparison, case: Case | None, title: str) -> tuple[dict[str, object], dict[str, object]]:
    """What the custom properties say: which comparison this is, and how it was laid out."""
    short: dict[str, object] = {"format": contract.FORMAT, "id": _digest(comparison), "by": comparison.by[:80]}
    long: dict[str, object] = {
        "case": case.name if case else "",
        "title": title,
        "columns": [{"prompt": column.prompt, "source": column.source} for column in comparison.columns],
        "phases": [{"label": phase.label, "cells": phase.cells} for phase in comparison.phases],
        "answers": [
            [column.prompt, fingerprint(column.answer), len(column.answer.steps)] for column in comparison.columns
        ],
    }
    return short, long


def _properties(
    identity: tuple[dict[str, object], dict[str, object]], outside: str, copie: Copie | None
) -> list[tuple[str, str]]:
    short, long = identity
    kept: list[tuple[str, str]] = []
    if copie:
        # Halves of a surrogate pair, which some programs paste, become the escapes that JSON has for them.
        text = to_text(replace(copie, past=(), undone=()))
        kept = contract.copie_properties(text.encode("utf-8", "backslashreplace"))
    counted = short | {"copie": len(kept)} if kept else short
    return [*contract.properties(counted, long | {"outside": outside}), *kept]


def _digest(comparison: Comparison) -> str:
    """Sixteen hexadecimal digits that change with any text or place of the comparison."""
    texts = [comparison.by]
    for column in comparison.columns:
        answer = column.answer
        texts += [str(column.prompt), column.source, answer.intro, answer.conclusion]
        blocks: tuple[Step | Section, ...] = (*answer.steps, *answer.sections)
        for block in blocks:
            texts += ["", block.title, *_item_texts(block.items)]
    texts += [f"{phase.label}{phase.cells}" for phase in comparison.phases]
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "replace")).hexdigest()[:16]


def _item_texts(items: Iterable[Item]) -> Iterator[str]:
    for item in all_items(items):
        yield f"{item.id} {item.kind} {item.label or ''} {item.text} {item.rows or ''}"


def _core(title: str, spoken: str, made: str) -> str:
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_moment(made)}</dcterms:{name}>'
        for name in ("created", "modified")
        if made
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title[:_TITLE_LIMIT])}</dc:title><dc:creator>promptlab</dc:creator>{dates}"
        f"<dc:language>{spoken}</dc:language></cp:coreProperties>"
    )


def _moment(made: str) -> str:
    """`made` as the format wants it, in UTC; a time without a zone is taken as it is."""
    try:
        moment = datetime.fromisoformat(made)
    except ValueError as error:
        raise BadInput(
            _("“{made}” is not a date: write it as in 2026-11-21 or 2026-11-21T14:30:00.", made=made)
        ) from error
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def _custom(values: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values, 2)
    )
    return (
        f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{inside}</Properties>"
    )
