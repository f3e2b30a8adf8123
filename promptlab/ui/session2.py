"""Session 2: the comparison table, what each prompt changed, tags, remarks, discussion, the file for Word."""

from datetime import datetime

from promptlab.align.lines import text_of
from promptlab.align.wording import heads, rows_told
from promptlab.files.made import write_made
from promptlab.messages import _
from promptlab.model.comparison import Comparison
from promptlab.model.copie import Copie
from promptlab.table.cells import change_text, rows
from promptlab.table.changes_plot import changes_in_words, changes_svg
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.desk import Desk
from promptlab.ui.session import Session
from promptlab.ui.session2_rows import RowsPanel
from promptlab.ui.still_picture import image_html
from promptlab.ui.view import File, Node, bar, button, download, group, notice, radios, text
from promptlab.ui.work import WorkPanel

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RECORDED, _OWN = "recorded", "own"
_EDGE = "border:1px solid #767676;padding:.4rem .5rem;text-align:left;vertical-align:top;white-space:pre-line"
_STAYING = "position:sticky;top:-1px;background:var(--jp-layout-color0,#fff);box-shadow:inset 0 -1px #767676"


class SecondSession(Session):
    """What the cells of the notebook of session 2 call."""

    number = 2

    def answers(self) -> None:
        """Which answers the table is made of: the recorded ones, or the pupil's own."""
        self._show(AnswersPanel(self.desk))

    def table(self) -> None:
        """The answers side by side, checked or by meaning; below it by rank, to see the difference."""
        words = _("The comparison table of the answers")
        self.desk.outputs.show_page("session2-table", lambda: tables_html(self.desk), lambda: words)

    def correct(self) -> None:
        """The rows of the table, to be corrected by hand."""
        self._show(RowsPanel(self.desk))

    def changes(self) -> None:
        """What each prompt changed."""

        def found() -> Comparison:
            return self.desk.exercise.comparison

        show = self.desk.outputs.show_page
        show("session2-changes", lambda: changes_html(found()), lambda: changes_in_words(found()))

    def tagging(self) -> None:
        """The table to tag in, with the remarks and the discussion under it."""
        from promptlab.ui.still import table_html
        from promptlab.ui.tagging import TaggingTable

        self._show(TaggingTable(self.desk), "tagging", lambda: table_html(self.desk.opened(), self.desk.exercise))

    def export(self) -> None:
        """The table with the tags, for Word and LibreOffice."""
        self._show(ExportPanel(self.desk))


def tables_html(desk: Desk) -> str:
    """Both layouts of the table as HTML: the rows of the same work in sight, those by rank to unfold."""
    by_meaning, by_rank = desk.exercise.comparison, desk.ranked
    why_not = desk.tables.why_not_checked(desk.copie)
    warned = f"<p><strong>{escaped(why_not)}</strong></p>" if why_not else ""
    unfold = escaped(_("The same answers by rank"))
    return (
        warned
        + _table(by_meaning, _("Comparison table by meaning"))
        + f"<details><summary>{unfold}</summary>"
        + _table(by_rank, _("Comparison table by rank"))
        + "</details>"
    )


def _table(comparison: Comparison, caption: str) -> str:
    names = "".join(
        f'<th scope="col" style="{_EDGE};{_STAYING}">{escaped(name)}</th>' for name in (_("PHASES"), *heads(comparison))
    )
    body = []
    for line in rows(comparison):
        if line.kind not in ("intro", "phase", "key_points"):
            continue
        nothing = "—" if line.kind == "phase" else ""
        cells = "".join(f'<td style="{_EDGE}">{escaped(text_of(cell)) or nothing}</td>' for cell in line.cells)
        body.append(f'<tr><th scope="row" style="{_EDGE}">{escaped(line.label)}</th>{cells}</tr>')
    return (
        f"<p>{escaped(rows_told(comparison))}</p>"
        '<div style="overflow:auto;max-height:28rem;resize:vertical" tabindex="0" role="region" '
        f'aria-label="{escaped(caption)}">'
        f'<table style="border-collapse:collapse;min-width:48rem"><caption style="text-align:left"><strong>'
        f"{escaped(caption)}</strong></caption><thead><tr>{names}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def changes_html(comparison: Comparison) -> str:
    """The changes from answer to answer: drawn, and one by one in words."""
    drawn = image_html(on_paper(changes_svg(comparison)), _("Changes from one answer to the next"))
    listed = unordered([escaped(change_text(comparison, change)) for change in comparison.changes])
    unfold = escaped(_("All changes in words, with their reasons"))
    return f"{drawn}<details><summary>{unfold}</summary>{listed}</details>"


def on_paper(svg: str) -> bytes:
    """An SVG whose ink follows the page, on white: as an image it knows no page."""
    svg = svg.replace('font-family="inherit"', 'font-family="Arial, Helvetica, sans-serif"', 1)
    return svg.replace("<title", '<rect width="100%" height="100%" fill="#fff"/><title', 1).encode("utf-8")


class AnswersPanel(WorkPanel):
    """Says which answers the table is made of; a copie with answers of its own may choose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The answers of the table"))

    def body(self, copie: Copie) -> Node:
        """The choice, and what goes with it."""
        tables = self.at.tables
        own = tables.is_own(copie)
        run = _("the recorded answers ({run})", run=self.at.run.name)
        if not own and not tables.has_own(copie):
            said = _("The table is made of {answers}.", answers=run)
            more = _("With three answers of your own (session 1), you may choose yours.")
            return notice("info", text(said), text(more))
        options = [(_RECORDED, run), (_OWN, _("my own answers (session 1)"))]
        warned = [
            text(_("The answer key is about the recorded answers only: on your own ones, your tags get no mark.")),
            text(_("All tables of this notebook follow your choice at once.")),
        ]
        return group(
            [
                radios(_("I compare"), _OWN if own else _RECORDED, options, "answers-of", self.choose),
                notice("warn" if own else "info", *warned, key="answers-warning"),
            ]
        )

    def choose(self, which: str) -> None:
        """Choose. BadInput where items are tagged already."""
        self.at.use_own_answers(which == _OWN)


class ExportPanel(WorkPanel):
    """Makes the Word file of the table as the pupil has tagged it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The table for Word and LibreOffice"))
        self.said = ""

    def body(self, copie: Copie) -> Node:  # noqa: ARG002
        """The buttons that make the file, and where it is."""
        return group(
            [
                bar(
                    [
                        button(_("Save the Word file"), "save-docx", self.save, tone="main"),
                        download(_("Download the Word file"), "download-docx", self.file),
                    ]
                ),
                notice("ok", text(self.said)) if self.said else None,
            ]
        )

    def file(self) -> File:
        """The table with the pupil's tags, remarks and discussion as a .docx."""
        from promptlab.word.comparison import comparison_docx

        made = datetime.now().astimezone().date().isoformat()
        content = comparison_docx(self.at.exercise.comparison, case=self.at.case, made=made, copie=self.copie)
        pupils = "+".join(self.copie.pupils) or self.copie.id[:8]
        return File(_("table-{case}-{pupils}.docx", case=self.at.case.name, pupils=pupils), content, _DOCX)

    def save(self) -> None:
        """Write the file into the folder of what is to be handed in; nothing changed there is written over."""
        file = self.file()
        (path,) = write_made(self.at.home / _("to-hand-in"), [(file.name, file.content)])
        self.said = _("Saved: {path}", path=path)
