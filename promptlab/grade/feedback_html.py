"""The feedback for a pupil as one HTML page that needs nothing else."""

from promptlab.grade.feedback import Block, Entry, Feedback
from promptlab.grade.page import page
from promptlab.messages import _
from promptlab.table.markup import text, unordered


def feedback_html(told: Feedback) -> str:
    """The page. Every text of a pupil, of an answer or of the key is escaped."""
    notes = "".join(f'<p class="note">{text(note)}</p>' for note in told.notes)
    head = _("Feedback on your copie")
    about = " – ".join(filter(None, [told.title, told.session]))
    body = [
        f"<header><h1>{text(head)}</h1><p>{text(about)}</p>",
        f'<p class="who">{text(told.pupil)}</p><p class="mark"><strong>{text(told.mark)}</strong></p></header>',
        f"<main><p>{text(told.opening)}</p>{notes}",
        _comments(told.comments),
        _next(told.next_steps),
        *(_block(block) for block in told.blocks),
        _table(told),
        f"</main><footer><p>{text(told.closing)}</p></footer>",
    ]
    return page(f"{told.pupil} – {told.title}", "".join(body))


def _comments(comments: tuple[str, ...]) -> str:
    if not comments:
        return ""
    head = _("From your teacher")
    return f'<section class="teacher"><h2>{text(head)}</h2>{_paragraphs(comments)}</section>'


def _paragraphs(comments: tuple[str, ...]) -> str:
    return "".join(f"<p>{text(comment)}</p>" for comment in comments)


def _table(told: Feedback) -> str:
    heads = "".join(f'<th scope="col">{text(head)}</th>' for head in (_("Criterion"), _("Level")))
    points, why = text(_("Points")), text(_("Why"))
    heads += f'<th scope="col" class="figure">{points}</th><th scope="col">{why}</th>'
    rows = "".join(
        f'<tr><th scope="row">{text(row.title)}</th><td>{text(row.level)}</td>'
        f'<td class="figure">{text(row.points)}</td><td>{text(row.reason)}</td></tr>'
        for row in told.rows
    )
    title = text(_("All criteria"))
    table = f'<table><caption class="ear">{title}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<section><h2>{title}</h2><div class="scroll">{table}</div></section>'


def _next(steps: tuple[str, ...]) -> str:
    if not steps:
        return ""
    head = _("Next step")
    return f'<section class="next"><h2>{text(head)}</h2>{unordered([text(step) for step in steps])}</section>'


def _block(block: Block) -> str:
    lists = "".join(
        f"<h3>{text(head)}</h3>{unordered([_entry(one) for one in entries])}" for head, entries in block.lists
    )
    teacher = f'<div class="teacher">{_paragraphs(block.comments)}</div>' if block.comments else ""
    return f"<section><h2>{text(block.title)}</h2>{teacher}{lists}</section>"


def _entry(entry: Entry) -> str:
    where = f'<span class="where">{text(entry.where)}</span> ' if entry.where else ""
    words = f"<q>{text(entry.text)}</q>" if entry.where and entry.text else text(entry.text)
    return where + words + "".join(f'<br><span class="why">{text(line)}</span>' for line in entry.lines)
