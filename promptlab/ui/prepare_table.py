"""The aligned table of a case, which the teacher corrects row by row; the corrections are kept with the case."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.align.corrections import CORRECTED
from promptlab.align.recorded import answers_of, settled, worked_on
from promptlab.align.wording import how_made
from promptlab.errors import BadInput
from promptlab.files.alignments import read_alignments, write_alignments
from promptlab.files.cases import is_shipped, load_case
from promptlab.files.kept import find_kept, kept_file
from promptlab.messages import _, ngettext
from promptlab.model.alignment import Correction, History, SavedAlignment
from promptlab.model.case import Case
from promptlab.model.comparison import Column, Comparison
from promptlab.ui.correcting import RowsForm
from promptlab.ui.memory import home
from promptlab.ui.panel import Panel
from promptlab.ui.view import Node, bar, button, choice, group, heading, items, notice, text, text_field


class TablePanel(Panel):
    """The rows of the table of one run, a form to change them, undo and redo; the files for the class."""

    needs_copie = False

    def __init__(self, folder: str = "") -> None:
        self.title = _("The aligned table, to be corrected")
        self.folder, self.chosen = "", ""
        self.who = ""
        self.rows = RowsForm(self.table, self._correct, self)
        self.case: Case | None = None
        self.columns: tuple[Column, ...] = ()
        self.start = SavedAlignment("meaning", ())
        self.made: tuple[str, ...] = ()
        self.said = ""
        super().__init__(None)
        if folder:
            self.open_case(folder)

    def open_case(self, folder: str) -> None:
        """Open a case by its folder or name. BadInput where it has faults."""
        self.folder = folder.strip()
        self.case = load_case(self.folder) if self.folder else None
        self.said, self.made = "", ()
        if self.case and self.case.runs:
            self.choose_run(self.case.default_run or self.case.runs[0].name)

    def choose_run(self, name: str) -> None:
        """Work on the table of that run. BadInput for kept rows that cannot be read."""
        case = self._case()
        self.chosen = name
        self.rows.reset()
        self.columns = tuple(columns_of(case.run(name)))
        kept = find_kept(case, name, "checked", self._results())
        self.start = kept or SavedAlignment("meaning", answers_of(self.columns))

    def table(self) -> Comparison:
        """The table as it is now."""
        return compare(self.columns, by="checked", title=self._case().title, alignment=self.start)

    def view(self) -> Node:
        """The panel."""
        parts: list[Node | None] = [
            heading(self.title),
            text_field(_("Folder or name of the case"), self.folder, "case", self.open_case),
        ]
        if self.case is None or len(self.columns) < 2:
            parts.append(
                notice(
                    "info",
                    text(_("Name the folder of a case with at least two recorded answers: record them in step 2.")),
                )
            )
            parts.append(button(_("Open this case"), "open-case", lambda: self.open_case(self.folder)))
            return group(parts, key="table")
        names = [(run.name, run.name) for run in self.case.runs]
        found = self.table()
        parts += [
            choice(_("Run"), self.chosen, names, "run", self.choose_run),
            text(how_made(found), tone="soft"),
            self.rows.node(found, self._back(), why=True),
            text_field(_("Checked by"), self.who, "who", self._sign),
            button(_("Keep the rows as checked"), "check", self.check),
            self._files(),
            notice("ok", text(self.said)) if self.said else None,
        ]
        return group(parts, key="table")

    # ------------------------------------------------------------ corrections

    def undo(self) -> None:
        """Take the last correction back."""
        self._keep(replace(self.start, history=self.start.history.undo()))

    def redo(self) -> None:
        """Make it again."""
        self._keep(replace(self.start, history=self.start.history.redo()))

    def check(self) -> None:
        """Keep the rows as they are as checked by the teacher. BadInput without a name, CannotWrite."""
        if not self.who.strip():
            raise BadInput(_("Write who checked the rows, such as your initials."))
        start = self.start
        method, _plus, corrected = start.by.partition("+")
        base = compare(self.columns, by="rank" if start.phases else method)
        changed = corrected or worked_on(start, base)
        by = method + (CORRECTED if changed else "")
        self._keep(replace(settled(start, base), by=by, checked=self.who.strip(), history=History()))
        self.said = _("Checked and kept.")

    def _correct(self, correction: Correction) -> None:
        self._keep(replace(self.start, history=self.start.history.add(correction)))

    def _keep(self, start: SavedAlignment) -> None:
        file = kept_file(self._case(), self.chosen, "checked", self._results())
        kept = read_alignments(file) if file.exists() else {}
        write_alignments(file, {**kept, self.chosen: start})
        self.start, self.said = start, _("Kept: {path}", path=file)

    # ------------------------------------------------------------ the files for the class

    def make(self) -> None:
        """Write the comparison file for Word, the web and a spreadsheet, and the flowchart. BadInput, CannotWrite."""
        from promptlab.lesson import produce

        case = self._case()
        file = kept_file(case, self.chosen, "checked", self._results())
        by = "checked" if file.exists() and self.chosen in read_alignments(file) else "meaning"
        made_on = date.today().isoformat()
        lesson = produce(case, case.run(self.chosen), self._results(), by=by, made_on=made_on)
        self.made = tuple(f"{each.path} – {each.what}" for each in lesson.made)

    def pack(self) -> None:
        """Write the pupils' pack. BadInput, CannotWrite."""
        from promptlab.grade.packing import pack

        case = self._case()
        packed = pack(case, self._results() / f"{case.name}-eleves.zip")
        count = ngettext("{count} file is in it.", "{count} files are in it.", len(packed.names))
        self.made = (f"{packed.path} – {count}",)

    # ------------------------------------------------------------ parts of the view

    def _back(self) -> tuple[Node, Node]:
        history = self.start.history
        return (
            button(_("Undo"), "undo", self.undo, disabled=not history.done),
            button(_("Redo"), "redo", self.redo, disabled=not history.undone),
        )

    def _files(self) -> Node:
        return group(
            [
                bar(
                    [
                        button(_("Make the files"), "make", self.make, tone="main"),
                        button(_("Make the pupils’ pack"), "pack", self.pack),
                    ]
                ),
                items([text(line) for line in self.made]) if self.made else None,
            ]
        )

    def _sign(self, who: str) -> None:
        self.who = who

    def _case(self) -> Case:
        if self.case is None:
            raise BadInput(_("Name the folder of a case with at least two recorded answers: record them in step 2."))
        return self.case

    def _results(self) -> Path:
        case = self._case()
        return home() / "exports" if is_shipped(case) else case.folder.parent / f"{case.folder.name}-exports"
