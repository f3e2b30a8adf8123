"""What stands around the table in the page: provenance, legend, changes, reasoning, statement on the use of AI."""

from collections import Counter

from promptlab.align.changes import prompt_effects
from promptlab.align.wording import SIGNS, change_name, colon, heads, origin
from promptlab.align.wording import statement as sentences
from promptlab.files.tags import default_tags
from promptlab.messages import _, ngettext
from promptlab.model.case import Case, Reason, Tag
from promptlab.model.comparison import Comparison
from promptlab.table.changes_plot import changes_in_words, changes_svg
from promptlab.table.markup import prose, text, unordered

MOST_TRACES = 3  # places quoted for one word of a prompt


def _section(name: str, title: str, content: str) -> str:
    return f'<section class="{name}" aria-labelledby="{name}"><h2 id="{name}">{text(title)}</h2>{content}</section>'


def provenance(comparison: Comparison, lang: str) -> str:
    """Where each answer comes from: a card for each column, the prompt first."""
    cards = []
    for head, column in zip(heads(comparison), comparison.columns, strict=True):
        (_name, prompt), *facts = origin(column)
        rows = "".join(f"<div><dt>{text(name)}</dt><dd>{prose(fact)}</dd></div>" for name, fact in facts if fact)
        cards.append(f'<h3>{text(head)}</h3><p class="prompt"{lang}>{prose(prompt)}</p><dl>{rows}</dl>')
    return _section("provenance", _("Where the answers come from"), unordered(cards, "cards"))


def legend(case: Case | None) -> str:
    """The tags: colour, sign and words; then the reasons that a tag can have."""
    tags = (case.tags if case else ()) or default_tags()
    reasons = case.reasons if case else ()
    content = unordered([_tag(tag) for tag in tags], "tags")
    if reasons:
        title = text(_("Reasons for a tag"))
        content += f"<h3>{title}</h3>" + unordered([_reason(reason) for reason in reasons], "reasons")
    return _section("legend", _("Legend of the tags"), content)


def _tag(tag: Tag) -> str:
    red, green, blue = (int(tag.colour[at : at + 2], 16) for at in (0, 2, 4))
    ink = "#000" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#fff"
    style = f"background:#{tag.colour[:6]};color:{ink}"
    return f'<span class="swatch" style="{style}">{text(tag.sign)} {text(tag.label)}</span> {prose(tag.meaning)}'


def _reason(reason: Reason) -> str:
    code = f"<b>{text(reason.code)}</b> " if reason.code else ""
    meaning = f" – {prose(reason.meaning)}" if reason.meaning else ""
    return f"{code}<b>{text(reason.label)}</b>{meaning}"


def changes(comparison: Comparison) -> str:
    """What changes from each answer to the next: counted, drawn, and beside the words that the prompts added.

    Nothing where no change is known.
    """
    names = heads(comparison)
    ways: dict[tuple[int, int], Counter[str]] = {}
    for change in comparison.changes:
        ways.setdefault((change.source, change.target), Counter())[change.kind] += 1
    lines = []
    for (source, target), count in ways.items():
        told = ", ".join(f"{SIGNS[kind]} {change_name(kind)} ({count[kind]})" for kind in SIGNS if count[kind])
        ends = (names[place - 1] if 0 < place <= len(names) else str(place) for place in (source, target))
        lines.append(f"{text(' → '.join(ends))}{colon()} {text(told)}")
    if not lines:
        return ""
    content = unordered(lines) + _plot(comparison) + _effects(comparison)
    return _section("changes", _("What changes from one answer to the next"), content)


def _plot(comparison: Comparison) -> str:
    name, summary = text(_("Changes from one answer to the next")), text(_("The same in words"))
    words = prose(changes_in_words(comparison))
    return (
        f'<figure><div class="plot" tabindex="0" role="region" aria-label="{name}">{changes_svg(comparison)}</div>'
        f'<figcaption><details class="in-words"><summary>{summary}</summary><p>{words}</p></details>'
        "</figcaption></figure>"
    )


def _effects(comparison: Comparison) -> str:
    """Each word that a prompt adds, beside the sentences in which it newly shows."""
    names = heads(comparison)
    entries = []
    for effect in prompt_effects(comparison):
        shown_at = [
            _(
                "row {phase}, step {step}: “{quote}”",
                phase=trace.phase,
                step=trace.step,
                quote=trace.quote,
            )
            for trace in effect.traces[:MOST_TRACES]
        ]
        more = len(effect.traces) - len(shown_at)
        if more > 0:
            shown_at.append(ngettext("and in {count} more place", "and in {count} more places", more))
        told = shown_at or [_("is not found anew in any step of the answer")]
        head = f"{text(names[effect.target - 1])}{colon()} <b>{text(effect.word)}</b>"
        entries.append(f"<dt>{head}</dt>" + "".join(f"<dd>{prose(line)}</dd>" for line in told))
    if not entries:
        return ""
    title = text(_("The words added to the prompt, and where they show in the answer"))
    return f'<h3>{title}</h3><dl class="effects">{"".join(entries)}</dl>'


def thinking(comparison: Comparison, lang: str) -> str:
    """What models showed of their reasoning, apart from the table: it is no part of the answer."""
    blocks = [
        f"<h3>{text(head)}</h3><div{lang}><p>{prose(column.answer.thinking)}</p></div>"
        for head, column in zip(heads(comparison), comparison.columns, strict=True)
        if column.answer.thinking
    ]
    return _section("reasoning", _("Reasoning shown by the model"), "".join(blocks)) if blocks else ""


def statement(comparison: Comparison, made: str) -> str:
    """What the AI did and what it did not, then what the pupils say that they did with it."""
    questions = (
        _("What we kept of the answers"),
        _("What we corrected or set aside, and why"),
        _("Documents that we checked with"),
        _("Code of the pupil (no name), date"),
    )
    lines = unordered([prose(line) for line in sentences(comparison, made)])
    blank, caption = text(_("to be filled in")), text(_("To fill in"))
    rows = "".join(f'<tr><th scope="row">{text(one)}</th><td class="write">{blank}</td></tr>' for one in questions)
    form = f'<table class="form"><caption>{caption}</caption><tbody>{rows}</tbody></table>'
    return _section("statement", _("Statement on the use of AI"), lines + form)
