"""The table itself as HTML: a real table on wide screens and paper, one card for each phase on narrow screens."""

from dataclasses import dataclass

from promptlab.align.lines import ended, stray_groups
from promptlab.align.wording import SIGNS, change_name, heads, row_label
from promptlab.messages import _
from promptlab.model.comparison import Change, Comparison, Phase
from promptlab.table.cells import certainty, change_steps, change_text, changes_at, same_why
from promptlab.table.markup import hidden, prose, text
from promptlab.table.steps import Column

WIDE = 4  # more columns than this scroll sideways on a screen, and need A3 paper


@dataclass(frozen=True, slots=True)
class Grid:
    """The table of `comparison`; `lang` is the lang attribute of the answers' texts, "" where it is the page's."""

    comparison: Comparison
    lang: str = ""

    def html(self) -> str:
        """The table in its region, with its heading. Roles are written out: cards would lose them otherwise."""
        names = heads(self.comparison)
        wide = len(names) > WIDE
        head = "".join(f'<th scope="col" role="columnheader">{cell}</th>' for cell in (_("PHASES"), *self._heads()))
        body = "".join((self._intro(), *self._phases(), self._after(), self._write_rows()))
        why = same_why(self.comparison)
        note = f'<p class="why-all">{prose(why)}</p>' if why else ""
        title = text(_("Comparison table"))
        style, stop = ("region wide", 0) if wide else ("region", -1)
        return (
            f'<section class="comparison" aria-labelledby="table-title"><h2 id="table-title">{title}</h2>{note}'
            f'<div id="table" class="{style}" role="region" tabindex="{stop}" aria-labelledby="caption">'
            f'<table class="grid" role="table"><caption id="caption">{text(self._caption(wide))}</caption>'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
            f'<tbody role="rowgroup">{body}</tbody></table></div></section>'
        )

    def _heads(self) -> list[str]:
        """What stands over the columns, with the source where it is not simply prompt 1, 2, 3…"""
        cells = []
        for place, (name, column) in enumerate(zip(heads(self.comparison), self.comparison.columns, strict=True), 1):
            source = f" <small>{text(column.source)}</small>" if column.prompt != place and column.source else ""
            cells.append(text(name) + source)
        return cells

    def _caption(self, wide: bool) -> str:
        caption = _("Phases in rows, answers in columns")
        hint = _("scroll sideways to see all columns")
        return f"{caption} ({hint})" if wide else caption

    def _row(self, style: str, head: str, cells: list[str]) -> str:
        inside = "".join(
            f'<td role="cell"><p class="which" aria-hidden="true">{text(name)}</p>{cell}</td>'
            for name, cell in zip(heads(self.comparison), cells, strict=True)
        )
        return f'<tr role="row" class="{style}"><th scope="row" role="rowheader">{head}</th>{inside}</tr>\n'

    def _columns(self) -> list[Column]:
        return [Column(place, column.answer) for place, column in enumerate(self.comparison.columns, 1)]

    def _phases(self) -> list[str]:
        rows = []
        columns = self._columns()
        for number, phase in enumerate(self.comparison.phases, 1):
            cells = [
                self._badges(number, place)
                + self._answer("".join(column.step(step) for step in self.comparison.steps_at(phase, place)))
                for place, column in enumerate(columns)
            ]
            rows.append(self._row("phase", self._phase_head(phase, number), cells))
        return rows

    def _answer(self, html: str) -> str:
        """Text of an answer in its own language, or a dash with its meaning in words."""
        if html:
            return f"<div{self.lang}>{html}</div>" if self.lang else html
        meaning = hidden(_("no step"))
        return f'<p class="empty"><span aria-hidden="true">—</span>{meaning}</p>'

    def _phase_head(self, phase: Phase, number: int) -> str:
        why = "" if same_why(self.comparison) else phase.why
        lines = [line for line in (why, certainty(self.comparison, phase)) if line]
        label = f'<span class="label">{prose(row_label(phase, number))}</span>'
        if not lines:
            return label
        question = text(_("Why?")) + hidden(f" {phase.label}")
        inside = "".join(f"<p>{prose(line)}</p>" for line in lines)
        return f'{label}<details class="why"><summary>{question}</summary>{inside}</details>'

    def _badges(self, number: int, place: int) -> str:
        """What changed on the way to this answer, in words and with a sign."""
        changes = changes_at(self.comparison, number, place)
        if not changes:
            return ""
        return f'<ul class="badges">{"".join(f"<li>{self._badge(change)}</li>" for change in changes)}</ul>'

    def _badge(self, change: Change) -> str:
        sign = f'<span aria-hidden="true">{SIGNS[change.kind]}</span> '
        says = text(change_text(self.comparison, change))
        details = " · ".join(part for part in (change_steps(change), change.why) if part)
        label = f'<span class="badge {change.kind}" title="{says}">{sign}{text(change_name(change.kind))}</span>'
        return f"{label} <small>{prose(details)}</small>" if details else label

    def _intro(self) -> str:
        cells = []
        for column in self._columns():
            intro = column.answer.intro
            strays = "".join(column.group(group) for group in stray_groups(column.answer))
            cells.append((f"<p>{prose(intro)}</p>" if intro else "") + strays)
        return self._other("intro", _("Introduction"), cells) if any(cells) else ""

    def _after(self) -> str:
        cells = []
        lead = text(ended(_("Conclusion")))
        for column in self._columns():
            sections = "".join(column.section(section) for section in column.answer.sections)
            end = column.answer.conclusion
            cells.append(sections + (f'<p class="end"><b>{lead}</b> {prose(end)}</p>' if end else ""))
        return self._other("key-points", _("Key points"), cells)

    def _other(self, style: str, label: str, cells: list[str]) -> str:
        head = f'<span class="label">{text(label)}</span>'
        return self._row(style, head, [self._answer(cell) for cell in cells])

    def _write_rows(self) -> str:
        labels = (_("Remarks on the results and on the differences"), _("Exchange on the highlighted items"))
        blank = text(_("to be filled in"))
        room = f'<p class="write">{blank}</p>'
        return "".join(
            self._row("to-write", f'<span class="label">{text(label)}</span>', [room] * len(self.comparison.columns))
            for label in labels
        )
