"""The table with a pupil's tags as HTML that stands still: inline styles only, read without kernel or colour."""

from promptlab.align.lines import ended, groups_at, stray_groups
from promptlab.align.wording import heads, row_label, rows_told
from promptlab.messages import _, language
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie, Tagging
from promptlab.model.parsed import Item, ParsedAnswer, Step
from promptlab.review.counts import counts, fits
from promptlab.review.exercise import Exercise
from promptlab.table.markup import lang, prose, text
from promptlab.ui.marks import Mark, cuts, marks
from promptlab.ui.passages import Taggings, by_text
from promptlab.ui.tallies import in_words, share_in_words, tag_in_words

_BOX = "border:1px solid #85868f;padding:6px 8px;text-align:left;vertical-align:top;white-space:normal"
_HEAD = f"{_BOX};background:#eef2f7;color:#1b1b1f"
_LINES = ("wavy", "double", "dotted", "dashed", "solid", "solid")


def table_html(copie: Copie, exercise: Exercise, comparison: Comparison | None = None) -> str:
    """The tagged table, the pupil's remarks, the list of the tags and their counts.

    `comparison` is another layout of the same answers, such as that by rank.
    """
    return _Still(copie, exercise, comparison or exercise.comparison).html()


class _Still:
    def __init__(self, copie: Copie, exercise: Exercise, comparison: Comparison) -> None:
        self.copie, self.exercise, self.comparison = copie, exercise, comparison
        self.marks: dict[str, Mark] = marks(exercise.case.tags)
        placed = [tagging for tagging in copie.taggings if fits(tagging, exercise)]
        self.taggings: Taggings = by_text(placed)
        spoken = exercise.case.language
        self.lang = "" if spoken[:2] == language() else lang(spoken)

    def html(self) -> str:
        who = " + ".join(self.copie.pupils) or self.copie.id
        title = _("Copie of {pupils}: tagged comparison table", pupils=who)
        return (
            f"<details open><summary><b>{text(title)}</b></summary>{self._legend()}"
            f"<p>{text(rows_told(self.comparison))}</p>{self._table()}{self._tags()}{self._counts()}</details>"
        )

    def _legend(self) -> str:
        entries = "".join(f"<li>{self._chip(mark)} {text(mark.meaning)}</li>" for mark in self.marks.values())
        name = text(_("Legend of the tags"))
        return f"<p><b>{name}</b></p><ul>{entries}</ul>"

    def _chip(self, mark: Mark, more: str = "") -> str:
        style = f"background:{mark.colour};color:{mark.ink};border:1px solid #55565e;padding:0 4px"
        return f'<span style="{style}"><b>{text(mark.letter)}</b> {text(mark.label + more)}</span>'

    def _table(self) -> str:
        columns = list(enumerate(self.comparison.columns, 1))
        names = "".join(f'<th scope="col" style="{_HEAD}">{text(name)}</th>' for name in heads(self.comparison))
        rows = [self._row(_("Introduction"), [self._intro(at, column.answer) for at, column in columns])]
        for number, phase in enumerate(self.comparison.phases, 1):
            cells = [
                "".join(self._step(at, column.answer, step) for step in self.comparison.steps_at(phase, at - 1))
                for at, column in columns
            ]
            rows.append(self._row(row_label(phase, number), cells, always=True))
        rows.append(self._row(_("Key points"), [self._after(at, column.answer) for at, column in columns]))
        for label, texts in (
            (_("Remarks on the results and on the differences"), self.copie.remarks),
            (_("Exchange on the highlighted items"), self.copie.discussion),
        ):
            written = [f"<p>{_plain(texts[at - 1])}</p>" if at <= len(texts) else "" for at, _column in columns]
            rows.append(self._row(label, written, always=True))
        thinking = [self._passage(at, "T", column.answer.thinking) for at, column in columns]
        rows.append(self._row(_("Reasoning shown by the model"), thinking))
        caption = text(_("Phases in rows, answers in columns"))
        first = text(_("PHASES"))
        return (
            f'<table style="border-collapse:collapse;width:100%"><caption style="text-align:left">{caption}</caption>'
            f'<thead><tr><th scope="col" style="{_HEAD}">{first}</th>{names}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody></table>"
        )

    def _row(self, label: str, cells: list[str], *, always: bool = False) -> str:
        if not always and not any(cells):
            return ""
        inside = "".join(f'<td style="{_BOX}"{self.lang}>{cell or "—"}</td>' for cell in cells)
        return f'<tr><th scope="row" style="{_HEAD}">{text(label)}</th>{inside}</tr>'

    def _intro(self, column: int, answer: ParsedAnswer) -> str:
        strays = "".join(self._group(column, answer, answer.groups.index(group)) for group in stray_groups(answer))
        return self._passage(column, "I", answer.intro) + strays

    def _group(self, column: int, answer: ParsedAnswer, place: int) -> str:
        group = answer.groups[place]
        below = f"<p>{prose(group.text)}</p>" if group.text else ""
        return self._passage(column, f"G{place + 1}", group.title, strong=True) + below

    def _step(self, column: int, answer: ParsedAnswer, step: Step) -> str:
        above = "".join(
            self._group(column, answer, answer.groups.index(group)) for group in groups_at(answer, step.rank)
        )
        name = _("Step {rank}", rank=step.rank)
        title = self._passage(column, str(step.rank), step.title, lead=ended(name), strong=True)
        return above + (title or f"<p><b>{text(name)}</b></p>") + self._items(column, step.items)

    def _after(self, column: int, answer: ParsedAnswer) -> str:
        sections = "".join(
            self._passage(column, f"S{number}", section.title, strong=True) + self._items(column, section.items)
            for number, section in enumerate(answer.sections, 1)
        )
        return sections + self._passage(column, "C", answer.conclusion, lead=ended(_("Conclusion")))

    def _items(self, column: int, items: tuple[Item, ...]) -> str:
        if not items:
            return ""
        return f"<ul>{''.join(f'<li>{self._item(column, item)}</li>' for item in items)}</ul>"

    def _item(self, column: int, item: Item) -> str:
        lead = f"<b>{prose(ended(item.label))}</b> " if item.label else ""
        words = self._marked(column, item.id, item.text, item.bold) if item.text else ""
        tags = self._chips(self.taggings.get((column, item.id), ()))
        number = f"{item.number}. " if item.number is not None else ""
        return number + lead + words + tags + _rows(item) + self._items(column, item.items)

    def _passage(self, column: int, item: str, words: str, *, lead: str = "", strong: bool = False) -> str:
        if not words:
            return ""
        said = self._marked(column, item, words)
        inside = f"<b>{text(lead)}</b> {said}" if lead else said
        tags = self._chips(self.taggings.get((column, item), ()))
        return f"<p>{f'<b>{inside}</b>' if strong and not lead else inside}{tags}</p>"

    def _marked(self, column: int, item: str, words: str, bold: tuple[tuple[int, int], ...] = ()) -> str:
        found = self.taggings.get((column, item), ())
        whole = next((one for one in found if one.span is None), None)
        inside = "".join(
            self._cut(words[cut.start : cut.end], cut.tagging, cut.bold, cut.opens, cut.closes)
            for cut in cuts(words, found, bold=bold)
        )
        return self._mark(inside, whole, opens=True, closes=True) if whole else inside

    def _cut(self, words: str, tagging: Tagging | None, bold: bool, opens: bool, closes: bool) -> str:
        said = f"<b>{prose(words)}</b>" if bold else prose(words)
        return self._mark(said, tagging, opens=opens, closes=closes) if tagging else said

    def _mark(self, inside: str, tagging: Tagging, *, opens: bool, closes: bool) -> str:
        """Words between signs that say the tag without colour: “[I inapproprié : … I]”."""
        mark = self.marks.get(tagging.tag)
        if mark is None:
            return inside
        line = _LINES[mark.place % len(_LINES)]
        style = f"background:{mark.colour};color:{mark.ink};text-decoration:underline {line}"
        start = f"<b>[{text(mark.letter)} {text(mark.label)}</b> " if opens else ""
        end = f" <b>{text(mark.letter)}]</b>" if closes else ""
        return f'<mark style="{style}">{start}{inside}{end}</mark>'

    def _chips(self, taggings: tuple[Tagging, ...]) -> str:
        chips = [
            self._chip(mark, f" · {self.exercise.label(tagging.reason)}")
            for tagging in taggings
            if tagging.reason and (mark := self.marks.get(tagging.tag))
        ]
        return "".join(f" {chip}" for chip in chips)

    def _tags(self) -> str:
        if not self.copie.taggings:
            nothing = text(_("Nothing is tagged yet."))
            return f"<p>{nothing}</p>"
        told = ((_("PROMPT {column}, {item}", column=one.column, item=one.item), one) for one in self.copie.taggings)
        entries = "".join(
            f"<li>{text(place)} – {_plain(tag_in_words(one, self.exercise, self.marks))}</li>" for place, one in told
        )
        title = text(_("List of the tags"))
        return f"<p><b>{title}</b></p><ol>{entries}</ol>"

    def _counts(self) -> str:
        found = counts(self.copie, self.exercise)
        names = heads(self.exercise.comparison)
        title = text(_("Share of items that do not suit (inappropriate or non-compliant)"))
        entries = "".join(
            f"<li>{text(name)} – {text(share_in_words(one))}</li>" for name, one in zip(names, found, strict=True)
        )
        return f"<p><b>{title}</b></p><ul>{entries}</ul><p>{text(in_words(found, names))}</p>"


def _rows(item: Item) -> str:
    if not item.rows:
        return ""
    head, *body = item.rows
    names = "".join(f'<th scope="col" style="{_BOX}">{prose(name)}</th>' for name in head)
    cells = ["".join(f'<td style="{_BOX}">{prose(cell)}</td>' for cell in line) for line in body]
    lines = "".join(f"<tr>{cell}</tr>" for cell in cells)
    return f'<table style="border-collapse:collapse"><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>'


def _plain(words: str) -> str:
    """A pupil's own text: every sign is a sign."""
    return text(words).replace("\n", "<br>")
