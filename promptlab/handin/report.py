"""What a pupil added, changed and took out, as a page for the teacher."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from promptlab.align.wording import colon
from promptlab.files.pages import NOTHING_LOADED
from promptlab.messages import _, language, ngettext
from promptlab.model.copie import Copie, Tagging
from promptlab.model.hand_in import HandIn
from promptlab.review.correcting import said_corrections

Labels = Mapping[str, str]  # how tags, reasons and evidences are called, by id
_Wanted = Callable[[str, str], bool]
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "caption{text-align:left;font-weight:bold;padding:.3rem 0}"
    "th,td{border:1px solid #767676;padding:.35rem .5rem;text-align:left;vertical-align:top;"
    "white-space:pre-wrap;overflow-wrap:anywhere}th{background:#e7ecf4}h1,h2{color:#1f3864}"
)
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]#|!~$"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of the report: what it is, the names of its columns, its rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def report_html(hand_ins: Sequence[tuple[HandIn, Labels]]) -> str:
    """The report on these files as one web page; every text of a pupil is escaped."""
    title = _("What the pupils added and changed")
    sections = "".join(_section_html(hand_in, labels) for hand_in, labels in hand_ins)
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f"{NOTHING_LOADED}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>"
        f"{sections}</main></body></html>\n"
    )


def report_markdown(hand_ins: Sequence[tuple[HandIn, Labels]]) -> str:
    """The same as Markdown; every sign of a pupil's text that Markdown would understand is escaped."""
    title = _("What the pupils added and changed")
    lines = [f"# {title}", ""]
    for hand_in, labels in hand_ins:
        lines += [f"## {_plain(_heading(hand_in))}", "", _plain(_summary(hand_in)), ""]
        for part in _parts(hand_in, labels):
            lines += [f"### {_plain(part.caption)}", "", _line(part.head), _line(("---",) * len(part.head), raw=True)]
            lines += [*map(_line, part.rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def _section_html(hand_in: HandIn, labels: Labels) -> str:
    tables = []
    for part in _parts(hand_in, labels):
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in part.head)
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part.rows)
        caption = f"<caption>{escape(part.caption)}</caption>"
        tables.append(f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    heading, summary = escape(_heading(hand_in)), escape(_summary(hand_in))
    return f"<section><h2>{heading}</h2><p>{summary}</p>{''.join(tables)}</section>"


def _line(cells: Sequence[str], *, raw: bool = False) -> str:
    return "| " + " | ".join(cell if raw else _plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    return "<br>".join(line.strip() for line in text.translate(_MARKDOWN).splitlines())


def _heading(hand_in: HandIn) -> str:
    pupils = ", ".join(hand_in.copie.pupils) or _("no code")
    return f"{pupils} – {hand_in.source}"


def _summary(hand_in: HandIn) -> str:
    written = sum(bool(text) for text in (*hand_in.copie.remarks, *hand_in.copie.discussion))
    counts = [
        ngettext("{count} tag", "{count} tags", len(hand_in.copie.taggings)),
        ngettext("{count} text written", "{count} texts written", written),
        ngettext("{count} change of the file handed out", "{count} changes of the file handed out",
                 len(hand_in.changed)),
        ngettext("{count} thing to check", "{count} things to check", len(hand_in.problems)),
    ]  # fmt: skip
    return ", ".join(counts) + "."


def _parts(hand_in: HandIn, labels: Labels) -> Iterator[_Part]:
    copie = hand_in.copie
    parts = (
        _Part(
            _("Tags set"),
            (_("Where it stands"), _("Words"), _("Tag"), _("Why")),
            tuple(_tag(tagging, labels) for tagging in copie.taggings),
        ),
        _Part(
            _("Texts written"),
            (_("Where it stands"), _("Text")),
            tuple(_texts(copie)),
        ),
        _Part(
            _("Rows of the table corrected by hand"),
            (_("Number"), _("What")),
            tuple((str(number), words) for number, words in enumerate(said_corrections(copie), 1)),
        ),
        _changes(_("Added to the file"), hand_in, lambda was, _now: not was),
        _changes(_("Changed in the file"), hand_in, lambda was, now: bool(was and now)),
        _changes(_("Taken out of the file"), hand_in, lambda _was, now: not now),
        _Part(
            _("To check"),
            (_("Where it stands"), _("What")),
            tuple((problem.where, problem.message) for problem in hand_in.problems),
        ),
    )
    return (part for part in parts if part.rows)


def _texts(copie: Copie) -> Iterator[tuple[str, str]]:
    for at, text in enumerate(copie.remarks, 1):
        if text:
            yield _("remark on PROMPT {column}", column=at), text
    for at, text in enumerate(copie.discussion, 1):
        if text:
            yield _("discussion of PROMPT {column}", column=at), text


def _changes(caption: str, hand_in: HandIn, wanted: _Wanted) -> _Part:
    rows = tuple((one.where, one.was, one.now) for one in hand_in.changed if wanted(one.was, one.now))
    return _Part(caption, (_("Where it stands"), _("Before"), _("Now")), rows)


def _tag(tagging: Tagging, labels: Labels) -> tuple[str, str, str, str]:
    named = [labels.get(each, each) for each in (tagging.reason, tagging.evidence) if each]
    why = "\n".join([*([" · ".join(named)] if named else []), *([tagging.rationale] if tagging.rationale else [])])
    place = _("PROMPT {column}, {item}", column=tagging.column, item=tagging.item)
    if tagging.span:
        place += f"{colon()} {tagging.span[0]}–{tagging.span[1]}"
    return place, tagging.words, labels.get(tagging.tag, tagging.tag), why
