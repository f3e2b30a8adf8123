"""The comparison as Markdown: a pipe table, and where the answers come from."""

import re
from collections.abc import Iterable, Iterator

from promptlab.align.lines import Line
from promptlab.align.wording import heads, statement, what_it_is
from promptlab.files.cells import legal
from promptlab.messages import _
from promptlab.model.comparison import Comparison
from promptlab.table.cells import all_problems, origins, reason_text, rows, same_why, title_of

_MARKS = re.compile(r"([\\`*_\[\]|~<>&$])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BLOCK = re.compile(r"^(\d*)([.)#+=-])")
_INDENT = "\u2003"  # Markdown folds plain spaces


def comparison_markdown(comparison: Comparison, *, made: str = "") -> str:
    """The table as a Markdown document; `made` is the ISO date that it bears.

    Every text of the answers is escaped: no mark and no HTML of theirs takes effect. Lines in a cell end with `<br>`.
    """
    why, origin = same_why(comparison), _("Where the answers come from")
    blocks = [
        f"# {_flat(title_of(comparison))}",
        _flat(f"{what_it_is(comparison)} {why}"),
        *_list(_("To check"), all_problems(comparison)),
        _phases(comparison),
        f"## {origin}",
        _table(
            (_("Fact"), *heads(comparison)),
            [(_bold(name), *(_flat(value) for value in values)) for name, values in origins(comparison)],
        ),
        *_list(_("Statement on the use of AI"), statement(comparison, made)),
    ]
    return "\n\n".join(blocks) + "\n"


def _phases(comparison: Comparison) -> str:
    """The rows; a last column says why each is a row, unless one sentence above the table says it for all."""
    names, told = (_("PHASES"), *heads(comparison)), same_why(comparison)
    body = [[_bold(row.label), *(_cell(cell) for cell in row.cells)] for row in rows(comparison)]
    reasons = [_flat(reason_text(comparison, row).removeprefix(told)) for row in rows(comparison)]
    if not any(reasons):
        return _table(names, body)
    rest = [[*cells, why] for cells, why in zip(body, reasons, strict=True)]
    return _table((*names, _("Why this row, and what changes")), rest)


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = [f"- {_BLOCK.sub(_off, _flat(line))}" for line in lines]
    if items:
        yield f"## {title}"
        yield "\n".join(items)


def _table(names: Iterable[str], body: Iterable[Iterable[str]]) -> str:
    head = [_flat(name) for name in names]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(lines: tuple[Line, ...]) -> str:
    return "<br>".join(_line(line) for line in lines)


def _line(line: Line) -> str:
    indent = _INDENT * line.depth
    words = " ".join(part for part in (_flat(line.mark), _bold(line.lead), _flat(line.text)) if part)
    return indent + words.replace("<br>", f"<br>{indent}")


def _bold(text: str) -> str:
    """`text` in bold, where Markdown can take it so: the marks must touch a sign that is no space."""
    flat = _flat(text).strip()
    return f"**{flat}**" if flat and "<br>" not in flat else flat


def _off(found: re.Match[str]) -> str:
    """What would begin a heading, a list or a rule at the start of a line, as plain signs."""
    return f"{found.group(1)}\\{found.group(2)}"


def _flat(text: str) -> str:
    """`text` on one line, without any mark that Markdown or HTML would act on."""
    one = legal(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return "<br>".join(_escaped(line) for line in one.split("\n"))


def _escaped(line: str) -> str:
    return _MARKS.sub(lambda found: _ENTITIES.get(found.group(), f"\\{found.group()}"), line.replace("\t", " "))
