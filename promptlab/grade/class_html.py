"""The overview of a class as one HTML page for the teacher: marks, criteria, heat map, items to discuss."""

from collections.abc import Iterable
from fractions import Fraction

from promptlab.grade.classroom import Graded
from promptlab.grade.feedback import mark_text, short_id
from promptlab.grade.figures import figure, in_percent
from promptlab.grade.overview import ItemOverview, Overview
from promptlab.grade.page import page
from promptlab.grade.picking import Entry
from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem
from promptlab.table.markup import hidden, text, unordered

_HIGH, _WIDE, _GAP = 160, 52, 8
_LONGEST = 160


def class_html(graded: Graded, found: Overview) -> str:
    """The page. Pupils stand in it under their pseudonyms only."""
    title = _("The class: {case}", case=graded.setup.case.title)
    body = [
        f"<header><h1>{text(title)}</h1><p>{text(_figures(graded, found))}</p>{_pointer(graded)}</header><main>",
        _distribution(found),
        _criteria(found, graded),
        _discuss(found, graded),
        _heat(found, graded),
        _alike(found),
        _marks(graded),
        _to_see(graded),
        f"</main><footer><p>{text(_closing())}</p></footer>",
    ]
    return page(title, "".join(body))


def _closing() -> str:
    return _(
        "Marks are worked out by rules from the key; no AI marks. This page is for the teacher: do not hand it out."
    )


def _figures(graded: Graded, found: Overview) -> str:
    said = ngettext("{count} pupil marked.", "{count} pupils marked.", len(graded.entries))
    if found.mean is not None:
        middle, scale = figure(found.median), figure(found.scale)
        said += " " + _(
            "Mean {mean}, median {median} out of {scale}.", mean=figure(found.mean), median=middle, scale=scale
        )
    waiting = sum(bool(entry.mark.waiting) for entry in graded.entries)
    if waiting:
        said += " " + ngettext(
            "{count} mark is provisional: a criterion waits for you.",
            "{count} marks are provisional: criteria wait for you.",
            waiting,
        )
    return said


def _lists(graded: Graded) -> list[tuple[str, list[str]]]:
    """What a person must look at: headings and lines of HTML."""
    lists = [
        (_("Files that could not be read"), _told(graded.unreadable)),
        (_("Pupils who handed nothing in"), [text(pupil.pseudonym) for pupil in graded.missing]),
        (_("Handed in several times"), _told(graded.superseded)),
        (_("To check"), _told(graded.problems)),
    ]
    return [(head, lines) for head, lines in lists if lines]


def _pointer(graded: Graded) -> str:
    said = " · ".join(_("{label}: {count}", label=head, count=len(lines)) for head, lines in _lists(graded))
    below = text(_("To look at, below"))
    return f'<p class="note"><a href="#see">{below}</a> – {text(said)}</p>' if said else ""


def _to_see(graded: Graded) -> str:
    parts = [
        f"<details><summary>{text(head)} ({len(lines)})</summary>{unordered(lines)}</details>"
        for head, lines in _lists(graded)
    ]
    head = text(_("To look at"))
    return f'<section id="see"><h2>{head}</h2>{"".join(parts)}</section>' if parts else ""


def _section(title: str, content: str) -> str:
    return f"<section><h2>{text(title)}</h2>{content}</section>"


def _told(problems: Iterable[Problem]) -> list[str]:
    return [_told_one(one) for one in problems]


def _told_one(one: Problem) -> str:
    """Where, and what; the lines of a message that begin with a hyphen are a list of their own."""
    first, *rest = one.message.split("\n")
    where = f'<span class="where">{text(one.where)}</span> ' if one.where else ""
    more = unordered([text(line.strip().removeprefix("-").strip()) for line in rest if line.strip()]) if rest else ""
    return f"{where}{text(first)}{more}"


def _distribution(found: Overview) -> str:
    if not found.marks:
        return ""
    most = max(count for _label, count in found.bins)
    bars = []
    for place, (label, count) in enumerate(found.bins):
        high = round(_HIGH * count / most)
        left = place * (_WIDE + _GAP)
        bars.append(
            f'<rect class="bar" x="{left}" y="{_HIGH - high + 18}" width="{_WIDE}" height="{high}"/>'
            f'<text x="{left + _WIDE / 2}" y="{_HIGH - high + 13}" text-anchor="middle">{count or ""}</text>'
            f'<text x="{left + _WIDE / 2}" y="{_HIGH + 36}" text-anchor="middle">{text(label)}</text>'
        )
    width = len(found.bins) * (_WIDE + _GAP)
    counts = [_("{label}: {count}", label=label, count=count) for label, count in found.bins if count]
    words, title = " · ".join(counts), _("How the marks lie")
    caption = _("Marks out of {scale}, number of pupils: {words}.", scale=figure(found.scale), words=words)
    drawing = (
        f'<div class="scroll"><svg role="img" aria-label="{text(title)}. {text(words)}" '
        f'width="{width}" height="{_HIGH + 44}" viewBox="0 0 {width} {_HIGH + 44}">{"".join(bars)}'
        f'<line class="axis" x1="0" x2="{width}" y1="{_HIGH + 18}" y2="{_HIGH + 18}"/></svg></div>'
    )
    return _section(title, f"{drawing}<p>{text(caption)}</p>")


def _table(caption: str, heads: Iterable[str], rows: Iterable[str], style: str = "") -> str:
    head = "".join(f'<th scope="col">{text(one)}</th>' for one in heads)
    kind = f' class="{style}"' if style else ""
    hide = "" if style else ' class="ear"'  # its heading says the same
    return (
        f'<div class="scroll"><table{kind}><caption{hide}>{text(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _criteria(found: Overview, graded: Graded) -> str:
    levels = graded.setup.rubric.levels
    heads = (_("Criterion"), _("Mean"), *(level.id for level in levels), _("to be marked"))
    rows = [
        f'<tr><th scope="row">{text(one.title)}</th><td class="figure">{in_percent(one.share)}</td>'
        + "".join(f'<td class="figure">{count or ""}</td>' for _level, count in one.levels)
        + f'<td class="figure">{one.waiting or ""}</td></tr>'
        for one in found.criteria
        if one.waiting or any(count for _level, count in one.levels)
    ]
    legend = ", ".join(f"{level.id} = {level.label}" for level in levels)
    title = _("Criterion by criterion")
    return _section(title, f"{_table(title, heads, rows)}<p>{text(legend)}.</p>")


def _discuss(found: Overview, graded: Graded) -> str:
    if not found.to_discuss:
        return ""
    lines = [_discussed(item, graded) for item in found.to_discuss]
    return _section(_("Items to discuss"), unordered(lines))


def _discussed(item: ItemOverview, graded: Graded) -> str:
    said = ", ".join(f"{_label(tag, item, graded)} {count}/{item.copies}" for tag, count in item.counts)
    lines = [_("The class: {said}.", said=said)]
    if item.expected:
        tags = _(" or ").join(_label(tag, item, graded) for tag in item.expected)
        lines.append(_("The key: {tag}. {why}", tag=tags, why=item.why).strip())
    more = "".join(f'<br><span class="why">{text(line)}</span>' for line in lines)
    return f'<span class="where">{text(_where(item))}</span> <q>{text(_short(item.text))}</q>{more}'


def _where(item: ItemOverview) -> str:
    return _("{run}, PROMPT {column}, {item}", run=item.run, column=item.column, item=item.item)


def _label(tag: str, item: ItemOverview, graded: Graded) -> str:
    placed = next((one for one in graded.setup.keys if one.key.run == item.run), None)
    return placed.exercise.label(tag) if placed else tag


def _heat(found: Overview, graded: Graded) -> str:
    tables = []
    for run in dict.fromkeys(item.run for item in found.items):
        for column in sorted({item.column for item in found.items if item.run == run}):
            here = [item for item in found.items if item.run == run and item.column == column]
            tables.append(_heat_table(run, column, here, graded))
    if not tables:
        return ""
    why = _(
        "The darker a cell, the more copies have this tag. ✔: the tag that the key expects; (✔): one that it takes."
    )
    if any(item.disputed for item in found.items):
        why += " " + _("⚠: most of those who tagged it chose a tag that the key does not take.")
    return _section(_("Who tagged what"), f"<p>{text(why)}</p>{''.join(tables)}")


def _heat_table(run: str, column: int, items: list[ItemOverview], graded: Graded) -> str:
    tags = [tag.id for tag in graded.setup.case.tags]
    tags += sorted({tag for item in items for tag, _count in item.counts} - set(tags))
    heads = (_("Item"), *(_label(tag, items[0], graded) for tag in tags), _("Right"))
    rows, disagrees = [], hidden(_("the class disagrees"))
    for item in items:
        counts = dict(item.counts)
        cells = "".join(_heat_cell(counts.get(tag, 0), item, tag) for tag in tags)
        warning = f'<span aria-hidden="true">⚠ </span>{disagrees} ' if item.disputed else ""
        rows.append(
            f'<tr><th scope="row">{warning}<span class="where">{text(item.item)}</span> {text(_short(item.text))}</th>'
            f'{cells}<td class="figure">{_right(item)}</td></tr>'
        )
    copies = ngettext("{count} copie", "{count} copies", items[0].copies)
    caption = _("{run}, PROMPT {column} ({copies})", run=run, column=column, copies=copies)
    return _table(caption, heads, rows, "heat")


def _heat_cell(count: int, item: ItemOverview, tag: str) -> str:
    share = count / item.copies if item.copies else 0
    mark = ""
    if tag in item.accepted:
        sign, said = (" ✔", _("expected")) if tag in item.expected else (" (✔)", _("accepted"))
        mark = f'<span aria-hidden="true">{sign}</span>{hidden(said)}'
    shade = f' style="background: rgba(70, 120, 190, {share * 0.6:.2f})"' if count else ""
    return f'<td class="count"{shade}>{count or ""}{mark}</td>'


def _right(item: ItemOverview) -> str:
    return in_percent(Fraction(item.right, item.copies)) if item.expected and item.copies else ""


def _alike(found: Overview) -> str:
    if not found.alike:
        return ""
    lines = [
        text(
            _(
                "{one} and {other}: {percent} of the shorter text in common, for instance “{passage}”.",
                one=pair.one,
                other=pair.other,
                percent=in_percent(Fraction(pair.share)),
                passage=_short(pair.passage),
            )
        )
        for pair in found.alike
    ]
    hint = _(
        "Hints only: pupils work side by side, and two may share a sentence for good reasons. Talk with them before "
        "you conclude anything."
    )
    return _section(_("Texts that resemble each other"), f"<p>{text(hint)}</p>{unordered(lines)}")


def _marks(graded: Graded) -> str:
    heads = (_("Pupil"), _("Mark"), _("File"))
    ordered = sorted(graded.entries, key=lambda entry: entry.outcome.pupil.casefold())
    title = _("Marks")
    return _section(title, _table(title, heads, [_mark_row(entry) for entry in ordered]))


def _mark_row(entry: Entry) -> str:
    provisional = _(" (provisional)") if entry.mark.waiting else ""
    who = entry.outcome.pupil or short_id(entry.mark.copie)
    return (
        f'<tr><th scope="row">{text(who)}</th><td class="figure">{text(mark_text(entry.mark) + provisional)}</td>'
        f'<td class="path">{text(entry.source)}</td></tr>'
    )


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
