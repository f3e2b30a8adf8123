"""The teacher's sheet of a session: aim, timing, material, pitfalls, and the answers expected, taken from the case."""

from collections.abc import Callable, Iterator

from promptlab.align.compare import FEWEST
from promptlab.align.wording import heads, how_made
from promptlab.casefile.check import check_documents
from promptlab.casefile.solution import solve
from promptlab.casefile.wording import euros
from promptlab.decisions import check, read_decisions, verdict
from promptlab.errors import BadInput
from promptlab.files.keys import read_keys
from promptlab.flowchart import load_flowchart, to_text
from promptlab.messages import _, ngettext
from promptlab.model.answer import Run
from promptlab.model.case import Case
from promptlab.model.key import Key
from promptlab.protocol.page import Block, Grid, Heading, Page, bullets, from_markdown, plain, said
from promptlab.protocol.rows import BY_MEANING, Rows
from promptlab.protocol.texts import filled

SESSIONS = (1, 2, 3, 4, 5)
_COMPARING = 2
_SHOWN = 12  # items of the key on the sheet: the whole key is a file of its own


def sheet(case: Case, session: int, *, rows: Rows = BY_MEANING) -> Page:
    """The sheet of `session` for `case`, to print; `rows` are those of the table of its default run.

    Raises BadInput where there is no such session, or a kept alignment does not fit the answers.
    """
    if session not in SESSIONS:
        raise BadInput(_("There is no session {number}: choose 1 to {last}.", number=session, last=SESSIONS[-1]))
    text = filled(
        f"sheet-{session}",
        title=case.title,
        level=case.level or "–",
        company=case.company.name,
        customer=case.customer.name,
    )
    tasks = [f"{task.number}. {task.text}" for task in case.tasks if session in task.sessions]
    blocks: list[Block] = [*from_markdown(text)]
    if tasks:
        blocks += [Heading(_("Tasks of the session")), *bullets(tasks)]
    blocks.append(Heading(_("Answers expected")))
    expected = list(_second(case, rows) if session == _COMPARING else _EXPECTED[session](case))
    blocks += expected or said(_("The case does not hold what they come from yet."))
    return Page(_("Session {number}: {name}", number=session, name=_names()[session]), tuple(blocks), "fr")


def _names() -> dict[int, str]:
    return {
        1: _("questioning an AI"),
        2: _("comparing and judging"),
        3: _("drawing the flowchart"),
        4: _("answering the customer"),
        5: _("deciding and looking back"),
    }


def _first(case: Case) -> Iterator[Block]:
    yield Heading(_("The three prompts"), 2)
    yield from bullets(case.prompts)
    if case.documents:
        yield Heading(_("What a careful reader finds in the documents"), 2)
        yield from bullets([finding.message for finding in check_documents(case)])


def _second(case: Case, by: Rows) -> Iterator[Block]:
    run = _run(case)
    if run is None or len(run.answers) < FEWEST:
        return
    table = by.table(run, case.title)
    yield Heading(_("The phases"), 2)
    yield from said(how_made(table))
    rows = []
    for number, phase in enumerate(table.phases, 1):
        cells = [", ".join(map(str, ranks)) or "–" for ranks in phase.cells]
        rows.append((plain(f"{number}. {phase.label}"), *map(plain, cells)))
    head = (plain(_("Phase")), *map(plain, heads(table)))
    widths = (3, *(1.0 for _one in table.columns))
    yield Grid(head, tuple(rows), _("The numbers are those of the steps of each answer."), widths)
    key = next((one for one in _keys(case) if one.run == run.name), None)
    if key:
        yield from _judged(case, key)


def _judged(case: Case, key: Key) -> Iterator[Block]:
    labels = {tag.id: f"{tag.sign} {tag.label}" for tag in case.tags}
    yield Heading(_("What has to be tagged"), 2)
    chosen = sorted(key.items, key=lambda item: (item.optional, -item.weight))[:_SHOWN]
    rows = tuple(
        (plain(f"{item.column}·{item.item}"), plain(item.words), plain(labels.get(item.tag, item.tag)), plain(item.why))
        for item in sorted(chosen, key=key.items.index)
    )
    head = (plain(_("Place in the table")), plain(_("Passage")), plain(_("Tag")), plain(_("Why")))
    yield Grid(head, rows, key.origin, (0.95, 2.5, 1.3, 2.85))
    left = len(key.items) - len(rows)
    if left > 0:
        yield from said(
            ngettext("and {count} more in the key of the run {run}.", "and {count} more in the key of the run {run}.",
                     left, run=key.run)
        )  # fmt: skip
    if key.ideas:
        yield Heading(_("Ideas for the remarks"), 2)
        yield from bullets([idea.text for idea in key.ideas])


def _third(case: Case) -> Iterator[Block]:
    path = case.folder / "flowchart.toml"
    if path.is_file():
        yield from said(_("One possible flowchart, in words; others are right if they cover the same work."))
        yield from said(*[line for line in to_text(load_flowchart(path)).splitlines() if line])


def _fourth(case: Case) -> Iterator[Block]:
    if not case.documents:
        return
    solution = solve(case)
    names = _figures()
    rows = tuple(
        (plain(names.get(figure.key, figure.key)), *(plain(euros(each)) for each in figure[1:4]), plain(figure.how))
        for figure in solution.figures
    )
    if rows:
        head = tuple(map(plain, (_("Figure"), _("excl. tax"), _("VAT"), _("incl. tax"), _("How"))))
        yield Grid(head, rows, _("The figures of a right solution, in euros"), (1.6, 1, 1, 1, 3))
    refund = [one.message for one in check_documents(case) if one.kind in ("terms", "law")]
    yield from bullets(refund)


def _fifth(case: Case) -> Iterator[Block]:
    path = case.folder / "decisions.toml"
    if not path.is_file():
        return
    table = read_decisions(path)
    yield from said(verdict(check(table)))
    yield from bullets(
        [f"{one.question} {' / '.join(value.label for value in one.values)}" for one in table.conditions]
    )
    yield from said(_("The whole scheme: promptlab protocol {case} --to protocole.docx", case=case.name))


_EXPECTED: dict[int, Callable[[Case], Iterator[Block]]] = {1: _first, 3: _third, 4: _fourth, 5: _fifth}


def _figures() -> dict[str, str]:
    return {
        "credit_note": _("credit note"),
        "new_invoice": _("delivered and invoiced anew"),
        "net_effect": _("net effect"),
        "right_invoice": _("right invoice"),
        "due_after": _("due after that"),
        "due_out_of_stock": _("due if out of stock"),
    }


def _run(case: Case) -> Run | None:
    return case.run() if case.runs else None


def _keys(case: Case) -> tuple[Key, ...]:
    try:
        return read_keys(case)
    except BadInput:  # a key that is not there yet, or at fault: `promptlab key --check` says which
        return ()
