"""`promptlab new`: a new case, from a template to fill in or from a workbook."""

from pathlib import Path

import click

from promptlab.messages import _, ngettext


@click.command(
    help=_(
        "Make the folder DIR with a new case: from a workbook (--xlsx) filled in without code, or as files to fill in."
    )
)
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE.xlsx"),
    help=_("Write a workbook to fill in: company, prompts, tasks, documents, flowchart, resources."),
)
@click.option("--like", metavar=_("CASE"), help=_("With --template: fill it with an existing case, to change it."))
@click.option(
    "--xlsx",
    "workbook",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE.xlsx"),
    help=_("Make the case from this workbook; every fault is told with its cell, and nothing is written then."),
)
@click.option("--check", is_flag=True, help=_("With --xlsx: only say what is wrong, and what the documents hold."))
def command(
    folder: Path | None, template: Path | None, like: str | None, workbook: Path | None, *, check: bool
) -> None:
    """Write the workbook, the case of a workbook, or the files to fill in."""
    if like and not template:
        raise click.UsageError(_("--like goes with --template FILE.xlsx."))
    if template:
        if folder or workbook:
            raise click.UsageError(_("--template only writes a workbook: give no folder and no --xlsx with it."))
        _template(template, like)
    elif workbook and check:
        _check(workbook, folder or workbook.with_suffix(""))
    elif folder is None or check:
        raise click.UsageError(_("Name the folder of the new case, or use --template FILE.xlsx to begin with."))
    elif workbook:
        _from_workbook(workbook, folder)
    else:
        _to_fill_in(folder)


def _template(path: Path, like: str | None) -> None:
    from promptlab.files.case_to_form import form_of, usual_form
    from promptlab.files.case_workbook import write_workbook
    from promptlab.files.cases import load_case

    form = form_of(load_case(like).folder) if like else usual_form()
    click.echo(str(write_workbook(path, form)))
    click.echo(
        _("Fill in the sheets, save, then make the case: promptlab new my-case --xlsx {path}", path=path), err=True
    )


def _check(workbook: Path, folder: Path) -> None:
    from promptlab.files.case_form import read_form
    from promptlab.files.case_workbook import read_workbook
    from promptlab.files.faults import refuse
    from promptlab.flowchart.problems import chart_faults

    typed = read_workbook(workbook)
    case, found = read_form(typed.form, folder, check_chart=chart_faults)
    faults = [*typed.problems, *map(typed.placed, found)]
    if faults:
        raise refuse(str(workbook), faults)
    click.echo(_("{path}: no fault.", path=workbook))
    if case.documents:
        from promptlab.casefile.check import check_documents

        for finding in check_documents(case):
            click.echo(f"  - {finding.message}")


def _from_workbook(workbook: Path, folder: Path) -> None:
    from promptlab.files.case_workbook import read_workbook
    from promptlab.files.scaffold import case_from_form
    from promptlab.flowchart.problems import chart_faults

    typed = read_workbook(workbook)
    made = case_from_form(typed.form, folder, check_chart=chart_faults, placed=typed.placed, problems=typed.problems)
    for path in made:
        click.echo(str(path))
    _say_findings(folder)
    click.echo(
        _(
            "Next, the answers: promptlab run {folder} --live --model M --record run-a, or promptlab import.",
            folder=folder,
        ),
        err=True,
    )


def _say_findings(folder: Path) -> None:
    from promptlab.casefile.check import check_documents
    from promptlab.files.cases import load_case

    case = load_case(folder)
    count = len(check_documents(case)) if case.documents else 0
    said = ngettext(
        "{count} thing for a careful reader to find in the documents: promptlab check-documents {folder}",
        "{count} things for a careful reader to find in the documents: promptlab check-documents {folder}",
        count,
        folder=folder,
    )
    click.echo(said, err=True)


def _to_fill_in(folder: Path) -> None:
    from promptlab.files.scaffold import new_case

    for path in new_case(folder):
        click.echo(str(path))
    click.echo(
        _(
            "Fill in {file} first, then record answers: promptlab run {folder} --live --model M --record run-a",
            file=folder / "case.toml",
            folder=folder,
        ),
        err=True,
    )
