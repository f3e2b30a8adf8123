"""The teacher's form of a new case: typed part by part or taken from a workbook, checked as one types, then written."""

import io
from collections.abc import Callable
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.case_fields import Field, Section, document_kind, section_of, sections
from promptlab.files.case_form import places_of, read_form, row_count
from promptlab.files.case_to_form import form_of, usual_form
from promptlab.files.case_workbook import read_workbook, workbook_of
from promptlab.files.cases import find_case_folder
from promptlab.files.scaffold import case_from_form
from promptlab.flowchart.problems import chart_faults
from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem
from promptlab.ui.memory import home
from promptlab.ui.panel import Panel
from promptlab.ui.view import (
    File,
    Node,
    bar,
    button,
    card,
    choice,
    details,
    download,
    fieldset,
    group,
    heading,
    items,
    notice,
    text,
    text_area,
    text_field,
    upload,
)

_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRMS = ("seller", "buyer", "from", "to", "footer")
_SHOWN = 8  # faults shown at once: more would hide the next thing to do


class CaseFormPanel(Panel):
    """The form: a part at a time, with its fields and rows; the faults of the whole; where to write the case."""

    needs_copie = False

    def __init__(self) -> None:
        self.title = _("A new case, without code")
        self.form = usual_form()
        self.part = "case"
        self.spare: dict[str, int] = {}
        self.folder = str(home() / "cas" / "mon-cas")
        self.faults: tuple[Problem, ...] = ()
        self.told: tuple[str, ...] = ()
        self.said = ""
        self._check()
        super().__init__(None)

    def view(self) -> Node:
        """The panel."""
        section = section_of(self.part)
        return group(
            [
                heading(self.title),
                self._sources(),
                choice(_("Part of the case"), self.part, self._parts(), "part", self.choose),
                self._section(section) if section else None,
                self._faults(),
                self._target(),
                notice("ok", text(self.said)) if self.said else None,
            ],
            key="new-case",
        )

    # ------------------------------------------------------------ the form

    def choose(self, part: str) -> None:
        """Look at another part."""
        self.part = part

    def add_row(self) -> None:
        """One row more to fill in, in the part that is looked at."""
        self.spare[self.part] = self._rows() + 1

    def add_document(self) -> None:
        """One more document of the kind that is looked at."""
        kind = document_kind(self.part)
        last = max([1, *(int(key.partition("-")[2] or 1) for key in self._keys() if document_kind(key) == kind)])
        self.part = f"{kind}-{last + 1}"
        self.spare[self.part] = 1

    def take_workbook(self, name: str, content: bytes) -> None:
        """Take the form from a workbook. BadInput where it is none, or where cells of it were not understood."""
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder:
            path = Path(folder) / (Path(name).name or "workbook.xlsx")
            path.write_bytes(content)
            typed = read_workbook(path)
        if typed.problems:
            raise BadInput("\n".join(map(str, typed.problems)))
        self.form, self.spare = dict(typed.form), {}
        self._check()
        self.said = _("Taken from {name}.", name=name)

    def begin_with(self, name: str) -> None:
        """Begin with an existing case (a shipped name or a folder), or with the usual one for "". BadInput."""
        self.form, self.spare = (form_of(find_case_folder(name)) if name.strip() else usual_form()), {}
        self._check()

    def workbook(self) -> File:
        """The form as a workbook, to go on in a spreadsheet."""
        return File("cas.xlsx", io.BytesIO(workbook_of(self.form)).getvalue(), _MIME)

    # ------------------------------------------------------------ writing

    def name_folder(self, folder: str) -> None:
        """The folder of the new case."""
        self.folder = folder.strip()

    def make(self) -> None:
        """Write the case. BadInput that lists its faults, CannotWrite."""
        if not self.folder:
            raise BadInput(_("Name the folder of the new case."))
        path = Path(self.folder).expanduser()
        made = case_from_form(self.form, path, check_chart=chart_faults, placed=self._placed)
        self.said = ngettext(
            "{count} file written into {folder}. Next: the answers.",
            "{count} files written into {folder}. Next: the answers.",
            len(made),
            folder=path,
        )

    # ------------------------------------------------------------ parts of the view

    def _sources(self) -> Node:
        inside = [
            upload(_("A workbook that I filled in"), "workbook", self.take_workbook, accept=".xlsx"),
            download(_("Download this form as a workbook"), "download-workbook", self.workbook),
            text_field(_("Begin with the case (a name or a folder)"), "", "like", self.begin_with),
        ]
        return details(_("Workbook, or an existing case"), inside)

    def _parts(self) -> list[tuple[str, str]]:
        found_wrong = () if self._is_new() else self.faults
        wrong = {problem.where.partition("/")[0] for problem in found_wrong}
        found = []
        for section in sections():
            for key in [
                section.key,
                *(key for key in self._keys() if "-" in key and document_kind(key) == section.key),
            ]:
                number = key.partition("-")[2]
                found.append((key, f"{'✖ ' if key in wrong else ''}{_capital(section.label)} {number}".strip()))
        return found

    def _keys(self) -> list[str]:
        return sorted({place.partition("/")[0] for place in self.form} | {self.part})

    def _rows(self) -> int:
        return max(row_count(self.form, self.part), self.spare.get(self.part, 1))

    def _section(self, section: Section) -> Node:
        found = dict(places_of(self.part, 0))
        firms = [place for place in found if place.partition("/")[2].partition(".")[0] in _FIRMS]
        fields = [self._field(place, each) for place, each in found.items() if place not in firms]
        if firms:
            inside = [self._field(place, found[place]) for place in firms]
            shown = any(self.form.get(place, "").strip() for place in firms)
            fields.append(details(_("The firms, where this document prints them otherwise"), inside, open=shown))
        rows = [self._row(section, number) for number in range(1, self._rows() + 1)] if section.rows else []
        buttons = [button(_("Add a row"), "add-row", self.add_row)] if section.rows else []
        if document_kind(self.part):
            buttons.append(button(_("Another document of this kind"), "add-document", self.add_document))
        return card([text(section.help, tone="soft"), *fields, *rows, bar(buttons)], title=_capital(section.label))

    def _row(self, section: Section, number: int) -> Node:
        start = f"{self.part}/{section.rows_key}[{number}]."
        fields = [self._field(start + each.key, each) for each in section.rows]
        return fieldset(_("Row {number}", number=number), fields, key=f"row-{self.part}-{number}")

    def _field(self, place: str, each: Field) -> Node:
        value, change = self.form.get(place, ""), self._writer(place)
        found = () if self._is_new() else self.faults
        error = "\n".join(problem.message for problem in found if problem.where == place)
        label = _capital(each.label)
        if each.choices:
            options = [("", _("(none)")), *((one, each.shown(one)) for one in each.choices)]
            return choice(label, value, options, place, change, help=each.help, error=error)
        if each.long:
            return text_area(label, value, place, change, help=each.help, error=error)
        return text_field(label, value, place, change, help=each.help, error=error)

    def _writer(self, place: str) -> Callable[[str], None]:
        def write(value: str) -> None:
            self.form[place] = value
            self.said = ""
            self._check()

        return write

    def _faults(self) -> Node:
        if not self.faults:
            done = text(_("✔ Nothing is wrong: the case can be written."))
            found = [text(_("A careful reader finds in the documents:")), items([text(line) for line in self.told])]
            return notice("ok", done, *(found if self.told else []))
        lines = [text(str(self._placed(problem))) for problem in self.faults[:_SHOWN]]
        if self._is_new():
            said = _("Fill in the parts of the case, one after the other. These fields must not stay empty:")
            return notice("info", text(said), items(lines))
        count = ngettext("{count} thing to mend", "{count} things to mend", len(self.faults))
        return notice("warn", text(count), items(lines))

    def _target(self) -> Node:
        return group(
            [
                text_field(_("Folder of the new case"), self.folder, "folder", self.name_folder),
                button(_("Write the case"), "make-case", self.make, tone="main", disabled=bool(self.faults)),
            ]
        )

    def _is_new(self) -> bool:
        """Whether nothing is typed yet: then nothing is wrong either."""
        return self.form == usual_form()

    def _check(self) -> None:
        case, self.faults = read_form(self.form, Path("cas"), check_chart=chart_faults)
        self.told = ()
        if not self.faults and case.documents:
            from promptlab.casefile.check import check_documents

            self.told = tuple(finding.message for finding in check_documents(case))

    def _placed(self, problem: Problem) -> Problem:
        """`problem` at its place in the words of the form."""
        part, _slash, rest = problem.where.partition("/")
        section = section_of(part)
        if section is None:
            return problem
        number = rest[rest.find("[") + 1 : rest.find("]")] if "[" in rest else ""
        key = rest.rpartition("].")[2]
        known = section.rows if number else section.fields
        label = next((each.label for each in known if each.key == key), "")
        row = _("row {number}", number=number) if number else ""
        where = ", ".join(word for word in (f"{section.label} {part.partition('-')[2]}".strip(), row, label) if word)
        return Problem(problem.message, _capital(where))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
