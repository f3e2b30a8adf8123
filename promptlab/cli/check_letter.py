"""The command `promptlab check-letter`: every fact of a reply against the documents of its case."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.letter.check import LetterCheck
    from promptlab.model.claim import Claim


@click.command(
    "check-letter", help=_("Check LETTER (.docx, .md, .txt): amounts, dates, references, quantities, names.")
)
@click.argument("letter", metavar=_("LETTER"), type=click.Path(path_type=Path))
@click.option("--case", "case_name", required=True, metavar=_("CASE"), help=_("The case whose documents prove it."))
@click.option(
    "--medium", type=click.Choice(["letter", "email"]), help=_("What it is; without it, its header lines tell.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
@click.pass_context
def command(ctx: click.Context, letter: Path, case_name: str, medium: Any, as_json: bool) -> None:
    """Check the letter and print what was found; exit status 1 where something is contradicted or missing."""
    from promptlab.cli.show import show_text
    from promptlab.files.cases import load_case
    from promptlab.letter.check import check_letter
    from promptlab.letter.reading import read_letter

    text = read_letter(letter)
    found = check_letter(text, load_case(case_name), medium=medium)
    shown = json.dumps(to_json(found), ensure_ascii=False, indent=1) if as_json else "\n".join(_shown(found))
    show_text(shown)
    if found.contradicted or found.missing:
        ctx.exit(1)


def to_json(found: "LetterCheck") -> dict[str, Any]:
    """The result in the form that scripts rely on."""
    return {
        "claims": [
            {
                "text": claim.text,
                "kind": claim.kind,
                "line": claim.line,
                "verdict": claim.verdict,
                "source": claim.source,
                "expected": claim.expected,
            }
            for claim in found.claims
        ],
        "missing": list(found.missing),
        "advice": list(found.advice),
        "medium": found.medium,
        "problems": [{"where": problem.where, "message": problem.message} for problem in found.problems],
    }


def _shown(found: "LetterCheck") -> Iterator[str]:
    """The result in words: what is wrong first, then what no document speaks of, what is missing, the advice."""
    wrong = found.contradicted
    yield (
        ngettext("{count} fact contradicted", "{count} facts contradicted", len(wrong))
        if wrong
        else _("No fact is contradicted.")
    )
    yield from (f"  ✖ {_told(claim)}" for claim in wrong)
    open_ = [claim for claim in found.claims if claim.verdict == "unsupported"]
    if open_:
        yield ngettext("{count} fact that no document proves", "{count} facts that no document proves", len(open_))
        yield from (f"  ? {_told(claim)}" for claim in open_)
    proved = [claim for claim in found.claims if claim.verdict == "proved"]
    if proved:
        yield ngettext("{count} fact proved", "{count} facts proved", len(proved))
        yield from (f"  ✔ {_told(claim)}" for claim in proved)
    if found.missing:
        yield _("Missing: {parts}.", parts=", ".join(found.missing))
    if found.advice:
        yield _("Advice")
        yield from (f"  • {advice}" for advice in found.advice)
    yield from (f"  ! {problem}" for problem in found.problems)


def _told(claim: "Claim") -> str:
    """One claim in a line: its place, its words, what is right, the proof."""
    right = _("right: {expected}", expected=claim.expected) if claim.expected else ""
    tail = " – ".join(part for part in (right, claim.source) if part)
    return _("line {line}: “{text}”", line=claim.line, text=claim.text.replace("\n", " ")) + (
        f" – {tail}" if tail else ""
    )
