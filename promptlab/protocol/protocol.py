"""The protocol for answering complaints: table, flowchart, decision scheme, model letters, statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from promptlab.align.wording import day, heads, how_made, state_of
from promptlab.decisions import as_pages, check, from_values, read_decisions, sections
from promptlab.errors import BadInput
from promptlab.files.toml import to_toml
from promptlab.flowchart import load_flowchart, parse_flowchart, render, to_text
from promptlab.flowchart.branching import render_tree
from promptlab.messages import _
from promptlab.model.answer import Run
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie
from promptlab.model.decisions import DecisionTable
from promptlab.model.flowchart import Flowchart
from promptlab.model.problem import Problem
from promptlab.protocol.page import (
    Block,
    Grid,
    Heading,
    NewPage,
    Page,
    Paragraph,
    Picture,
    Words,
    bullets,
    plain,
    said,
)
from promptlab.protocol.rows import BY_MEANING, Rows
from promptlab.review.correcting import replay
from promptlab.review.statement import statement_of


@dataclass(frozen=True, slots=True)
class Protocol:
    """The document, and what was missing or could not be read."""

    page: Page
    problems: tuple[Problem, ...]


def protocol(case: Case, run: Run, copie: Copie | None = None, *, made: str = "", rows: Rows = BY_MEANING) -> Protocol:
    """The protocol of `case` from the work of `copie`; what the copie lacks comes from the case, and says so.

    `made` is the ISO 8601 date that it bears. A part that neither has is left out and is a problem. Raises BadInput
    where the kept alignment of `rows` does not fit the answers.
    """
    problems: list[Problem] = []
    table = _table(case, run, copie, rows, problems)
    blocks: list[Block] = [*_opening(case, copie, made)]
    for part in (
        _phases(case, table, copie),
        _flowchart(case, copie, problems),
        _decisions(case, copie, problems),
        _letters(case, copie, problems),
        _statement(run, copie, made),
    ):
        blocks += part
    title = _("Protocol for answering a complaint")
    return Protocol(Page(title, tuple(blocks), case.language), tuple(problems))


def _opening(case: Case, copie: Copie | None, made: str) -> Iterator[Block]:
    yield from said(case.title, _("{company}, about its customer {customer}.", company=case.company.name,
                                  customer=case.customer.name))  # fmt: skip
    who = ", ".join(copie.pupils) if copie else ""
    if who:
        yield from said(_("Made by: {pupils}.", pupils=who))
    elif copie is None:
        yield from said(_("Teacher's version: made from the case alone, without the work of a pupil."))
    if case.fictional:
        yield from said(_("The companies, people and figures of this case are fictional."))
    if made:
        yield from said(_("Date: {day}.", day=day(made)))


# ---------------------------------------------------------------- the phases


def _table(case: Case, run: Run, copie: Copie | None, rows: Rows, problems: list[Problem]) -> Comparison | None:
    """The table of `run`; with the corrections of `copie`, unless rows that pupils do not correct are asked for."""
    if len(run.answers) < 2:
        return None
    table = rows.table(run, case.title)
    problems += rows.problems
    if copie is None or not rows.corrected:
        return table
    replayed = replay(table, copie)
    problems += replayed.problems
    return replayed.table


def _phases(case: Case, table: Comparison | None, copie: Copie | None) -> Iterator[Block]:
    yield Heading(_("1. The phases of the work"))
    if table is None:
        yield from said(_("Fewer than two answers are recorded: there is no table yet."))
        return
    yield from said(_("One row for each phase: what each answer calls it."), how_made(table))
    titles = heads(table)
    rows = []
    for number, phase in enumerate(table.phases, 1):
        cells = [plain(_steps(table, place, ranks)) for place, ranks in enumerate(phase.cells)]
        rows.append((plain(f"{number}. {phase.label}"), *cells))
    written = ((_("Remarks"), copie.remarks), (_("Exchange"), copie.discussion)) if copie else ()
    for label, texts in written:
        if any(text.strip() for text in texts):
            cells = [plain(texts[at] if at < len(texts) else "") for at in range(len(titles))]
            rows.append((plain(label), *cells))
    yield Grid((plain(_("Phase")), *map(plain, titles)), tuple(rows), _("Phases of the answers, side by side."))
    if copie and copie.taggings:
        yield Heading(_("What was judged"), 2)
        yield from _judged(case, copie)


def _steps(table: Comparison, place: int, ranks: Sequence[int]) -> str:
    steps = table.columns[place].answer.steps
    return "\n".join(f"{rank}. {steps[rank - 1].title}" for rank in ranks)


def _judged(case: Case, copie: Copie) -> Iterator[Block]:
    tags = {tag.id: f"{tag.sign} {tag.label}" for tag in case.tags}
    reasons = {reason.id: reason.label for reason in case.reasons}
    rows = [
        (
            plain(tags.get(each.tag, each.tag)),
            plain(f"{each.column}·{each.item} {each.words}"),
            plain(" – ".join(part for part in (reasons.get(each.reason or "", ""), each.rationale) if part)),
        )
        for each in copie.taggings
    ]
    head = (plain(_("Tag")), plain(_("Passage")), plain(_("Why")))
    yield Grid(head, tuple(rows), _("The passages that were tagged."), (1.2, 3, 2.4))


# ---------------------------------------------------------------- the drawings


def _flowchart(case: Case, copie: Copie | None, problems: list[Problem]) -> Iterator[Block]:
    chart, own = _chart_of(case, copie, problems)
    picture = Picture(render(chart, "png"), to_text(chart)) if chart else None
    yield NewPage(turned=picture is not None and picture.wide)
    yield Heading(_("2. The flowchart"))
    if picture is None:
        yield from said(_("There is no flowchart yet."))
        return
    if copie and not own:
        yield from said(_("This copie holds no flowchart: here is that of the case."))
    yield picture


def _chart_of(case: Case, copie: Copie | None, problems: list[Problem]) -> tuple[Flowchart | None, bool]:
    where = _("flowchart")
    work = copie.work("flowchart") if copie else None
    if work:
        try:
            return parse_flowchart(to_toml(work.content.value), name=where), True
        except (BadInput, TypeError, AttributeError, UnicodeEncodeError) as error:
            problems.append(Problem(_("that of the copie cannot be drawn: {reason}", reason=error), where))
    path = case.folder / "flowchart.toml"
    if path.is_file():
        return load_flowchart(path), False
    problems.append(Problem(_("neither the copie nor the case has one: make it in session 3."), where))
    return None, False


def _decisions(case: Case, copie: Copie | None, problems: list[Problem]) -> Iterator[Block]:
    yield NewPage(turned=True)
    yield Heading(_("3. The decision scheme of billing errors"))
    table, own = _table_of(case, copie, problems)
    if table is None:
        yield from said(_("There is no decision scheme yet."))
        return
    if copie and not own:
        yield from said(_("This copie holds no decision scheme: here is that of the case."))
    found = check(table)
    for section in sections(table, found):
        yield Heading(section.title, 2)
        yield from said(*section.lines)
        yield from bullets(section.bullets)
        if section.grid:
            head = tuple(map(plain, section.grid.head))
            rows = tuple(tuple(map(plain, row)) for row in section.grid.rows)
            yield Grid(head, rows, section.grid.about, section.grid.widths)
    if not table.rules:
        return
    try:
        for chart in as_pages(table):
            yield Picture(render_tree(chart, "png"), to_text(chart))
    except BadInput as error:
        problems.append(Problem(str(error), _("decision scheme")))


def _table_of(case: Case, copie: Copie | None, problems: list[Problem]) -> tuple[DecisionTable | None, bool]:
    where = _("decision scheme")
    work = copie.work("decisions") if copie else None
    if work:
        try:
            return from_values(work.content.value, name=where), True
        except BadInput as error:
            problems.append(Problem(str(error), where))
    path = case.folder / "decisions.toml"
    if path.is_file() and copie is None:
        return read_decisions(path), False
    problems.append(Problem(_("there is none yet: make it in sessions 4 and 5."), where))
    return None, False


# ---------------------------------------------------------------- letters, statement


def _letters(case: Case, copie: Copie | None, problems: list[Problem]) -> Iterator[Block]:
    yield NewPage()
    yield Heading(_("4. Model letters"))
    values = _values(copie, "letter")
    text = str(values.get("text") or "")
    if not text.strip():
        problems.append(Problem(_("the reply to the customer is not written yet."), _("letter")))
        yield from said(_("The reply to the customer is not written yet."))
        return
    yield from said(_("To be adapted to each case: names, numbers, amounts and dates are those of this one."))
    if why := str(values.get("why") or "").strip():
        yield from said(_("Why this medium: {why}", why=why))
    yield from (Paragraph(plain(block.strip()), letter=True) for block in text.split("\n\n") if block.strip())
    yield from _checked(case, text)


def _checked(case: Case, text: str) -> Iterator[Block]:
    """What the documents do not bear out: a model letter must not spread it."""
    from promptlab.letter.check import check_letter

    if not case.documents:
        return
    doubtful = [claim for claim in check_letter(text, case).claims if claim.verdict != "proved"]
    names = {"contradicted": _("contradicted"), "unsupported": _("no document says so")}
    if doubtful:
        yield Heading(_("To look at again before it is used"), 2)
        lines = [f"« {claim.text} » : {names[claim.verdict]}. {claim.source}".strip() for claim in doubtful]
        yield from bullets(list(dict.fromkeys(lines)))


def _statement(run: Run, copie: Copie | None, made: str) -> Iterator[Block]:
    yield Heading(_("5. Statement on the use of AI"))
    yield from bullets(statement_of(run.answers, copie, made=made))
    rows = tuple((plain(str(answer.number)), plain(answer.prompt), _source(answer)) for answer in run.answers)
    if rows:
        head = (plain(_("no.")), plain(_("Prompt")), plain(_("Model, date, state")))
        yield Grid(head, rows, _("Where the answers come from"), (0.4, 3, 2.2))


def _source(answer: Any) -> Words:
    source = answer.provenance
    return plain(", ".join(part for part in (source.model, day(source.collected), state_of(source)) if part))


def _values(copie: Copie | None, name: str) -> dict[str, Any]:
    work = copie.work(name) if copie else None
    values = work.content.value if work else None
    return values if isinstance(values, dict) else {}
