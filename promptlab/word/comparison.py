"""The comparison of answers as a Word document."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from promptlab.align.wording import heads
from promptlab.errors import BadInput
from promptlab.files.tags import default_tags
from promptlab.messages import _, language
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.parsed import Item, Section, Step, all_items
from promptlab.word import closing, contract, opening
from promptlab.word.grid import Grid, parts, widest
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
_TITLE_LIMIT = 255  # Word's limit for a document property


def comparison_docx(comparison: Comparison, *, case: Case | None = None, made: str = "", answers: str = "") -> bytes:
    """The comparison as a .docx file: A4 landscape, ready to be handed out, filled in and read back.

    `made` is the ISO 8601 date or date-time that the document bears; nothing else in the file depends on the clock, so
    the same arguments give the same bytes. `answers` is the language of the answers ("fr", "en-GB"); without it that of
    the case, else that of the screen. Labels are in the language of the screen.

    Raises BadInput where there is no answer to compare or `made` is not a date.
    """
    if not comparison.columns:
        raise BadInput(_("There is no answer to put into the table: give at least one."))
    spoken = answers or (case.language if case else "") or language()
    sheet = Sheet(spoken)
    title = comparison.title or (case.title if case else "") or _("Comparison table of the answers")
    document = _document(comparison, case, title, made=made, sheet=sheet)
    size = "20" if widest(comparison.columns) <= 3 else "18"
    values = {"screen": _region(language()), "answers": _region(spoken), "size": size, "ordered": sheet.ordered_lists()}
    return packed(
        static_parts(values)
        | {
            "docProps/core.xml": _core(title, _region(spoken), made),
            "docProps/custom.xml": _custom(contract.properties(*_identity(comparison, case, title))),
            "word/footer1.xml": f'{_XML}<w:ftr xmlns:w="{_W}">{closing.footer(case.title if case else title)}</w:ftr>',
            "word/document.xml": document,
        }
    )


def _document(comparison: Comparison, case: Case | None, title: str, *, made: str, sheet: Sheet) -> str:
    tags = (case.tags if case else ()) or default_tags()
    body = [
        opening.opening(comparison, title, fictional=bool(case and case.fictional)),
        opening.provenance(comparison),
        opening.legend(tags, case.reasons if case else ()),
        paragraph("Heading1", run(_("Comparison table")), "<w:pageBreakBefore/>"),
        *_tables(comparison, sheet),
        closing.statement(comparison),
        closing.thinking(comparison, sheet),
        closing.end(made),
    ]
    return f'{_XML}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}{_SECTION}</w:body></w:document>'


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
    }
    return short, long


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
