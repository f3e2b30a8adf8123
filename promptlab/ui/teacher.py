"""The teacher's notebook: what pupils may do, who has done what, what goes back to them, the comparison file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.cases import USUAL_CASE, load_case, shipped_cases
from promptlab.messages import _
from promptlab.model.copie import Comment
from promptlab.ui.classroom import FILE, Classroom, case_in, read_classroom, write_classroom
from promptlab.ui.dashboard import sessions_of
from promptlab.ui.desk import Desk, desk_of
from promptlab.ui.panel import Panel
from promptlab.ui.session import show
from promptlab.ui.teacher_class import Follower, follow, send_back
from promptlab.ui.view import (
    Node,
    button,
    checkbox,
    choice,
    details,
    fieldset,
    group,
    heading,
    items,
    notice,
    row,
    table,
    text,
    text_area,
    text_field,
)


def open_teacher(case: str = "") -> "Teacher":
    """The teacher's desk for `case`, a shipped case or a folder, or for the one of the class. Raises BadInput."""
    return Teacher(desk_of(case))


class Teacher:
    """What the cells of the teacher's notebook call."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def classroom(self) -> None:
        """Which sessions are open, whether pupils may ask an AI."""
        show(ClassroomPanel(self.desk))

    def prepare(self) -> None:
        """The comparison file that pupils complete."""
        show(PreparePanel(self.desk))

    def mark(self) -> None:
        """The class marked against the key, and the teacher's own decisions."""
        from promptlab.ui.teacher_marking import MarkingPanel

        show(MarkingPanel(self.desk))

    def follow(self) -> None:
        """The copies of a folder: who has done what, tasks to validate, comments."""
        show(FollowPanel(self.desk))


class TeacherPanel(Panel):
    """A panel without a copie, under its title."""

    needs_copie = False

    def __init__(self, desk: Desk, title: str) -> None:
        self.title = title
        super().__init__(desk)
        self.at = desk
        self.said = ""

    def body(self) -> list[Node | None]:
        """What stands under the title."""
        raise NotImplementedError

    def view(self) -> Node:
        """The panel."""
        done = notice("ok", text(self.said)) if self.said else None
        return group([heading(self.title), *self.body(), done], key="teacher")


class ClassroomPanel(TeacherPanel):
    """What pupils may do, written into a file for their computers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What my pupils may do"))
        self.fault = ""
        try:
            found = read_classroom(desk.home)
        except BadInput as error:
            found, self.fault = Classroom(), str(error)
        self.allowed = set(sessions_of(desk) if found.sessions is None else found.sessions)
        self.live, self.model, self.address = found.live, found.model, found.base_url
        self.tries, self.findings = found.quiz_tries, found.findings
        self.case = found.case or USUAL_CASE

    def body(self) -> list[Node | None]:
        """The sessions, the live questions, the button that writes the file."""
        boxes = [
            checkbox(
                _("Session {number}", number=number), number in self.allowed, f"open-{number}", self._opener(number)
            )
            for number in sessions_of(self.at)
        ]
        asking = [
            checkbox(
                _("Pupils may ask an AI (the key stays in the environment of the computer)"),
                self.live,
                "live",
                self.allow,
            ),
            text_field(_("Model"), self.model, "model", self.name_model),
            text_field(_("Address of the server, if it is not OpenAI’s"), self.address, "address", self.name_address),
        ]
        return [
            notice("error", text(self.fault)) if self.fault else None,
            fieldset(_("Case"), self._case()),
            fieldset(_("Sessions that are open"), boxes),
            fieldset(_("Quiz and documents"), self._answers()),
            fieldset(_("Questions asked live"), asking),
            button(_("Save"), "save-class", self.save, tone="main"),
        ]

    def _case(self) -> list[Node]:
        shipped = sorted(path.parent.name for path in shipped_cases().glob("*/case.toml"))
        options = [(name, load_case(name).title) for name in shipped]
        own = "" if self.case in shipped else self.case
        said = _("Unpack the pupils’ pack into the folder “promptlab” of each computer, and write the folder’s name.")
        return [
            choice(
                _("My class works on"),
                self.case if self.case in shipped else "",
                [*options, ("", _("a case of my own"))],
                "class-case",
                self.choose_case,
            ),
            text_field(_("Folder of my case"), own, "class-folder", self.choose_case, help=said),
        ]

    def choose_case(self, case: str) -> None:
        """What the notebooks open: a shipped case, or a folder."""
        self.case, self.said = case.strip(), ""

    def _answers(self) -> list[Node]:
        tries = [("1", _("once: the answers are then locked")), ("2", _("twice")), ("3", _("three times"))]
        tries.append(("0", _("as often as they like")))
        if str(self.tries) not in dict(tries):
            tries.append((str(self.tries), str(self.tries)))
        said = _("Pupils may compare what they found in the documents with what promptlab finds")
        return [
            choice(_("The quiz may be handed in"), str(self.tries), tries, "quiz-tries", self.count_tries),
            checkbox(said, self.findings, "show-findings", self.show_findings),
        ]

    def count_tries(self, count: str) -> None:
        """How often the quiz may be handed in."""
        self.tries, self.said = int(count), ""

    def show_findings(self, shown: bool) -> None:
        """Open the comparison of the documents, or not."""
        self.findings, self.said = shown, ""

    def allow(self, live: bool) -> None:
        """Allow live questions or not."""
        self.live, self.said = live, ""

    def name_model(self, model: str) -> None:
        """The model that pupils may ask."""
        self.model = model.strip()

    def name_address(self, address: str) -> None:
        """The server that they ask."""
        self.address = address.strip()

    def save(self) -> None:
        """Write the file. BadInput, CannotWrite."""
        if not self.case:
            raise BadInput(_("Name the folder of your case, or choose one that comes along."))
        load_case(case_in(self.at.home, self.case))
        opened = tuple(sorted(self.allowed))
        allowed = Classroom(opened, self.live, self.model, self.address, self.tries, self.findings, self.case)
        path = write_classroom(self.at.home, allowed, sessions_of(self.at))
        self.fault = ""
        self.said = _("Saved: {path}. Copy {file} into the folder “promptlab” of each pupil.", path=path, file=FILE)
        if case_in(self.at.home, self.case) not in (self.at.case.name, str(self.at.case.folder)):
            self.said += " " + _("Run this notebook again from its first step to work on the case yourself.")

    def _opener(self, number: int) -> Callable[[bool], None]:
        def opener(is_open: bool) -> None:
            (self.allowed.add if is_open else self.allowed.discard)(number)
            self.said = ""

        return opener


class PreparePanel(TeacherPanel):
    """Makes the comparison table and the flowchart of the case as files."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The comparison file"))
        self.by = self.at.tables.base(None).by.partition("+")[0]  # what pupils start from
        self.made: tuple[str, ...] = ()

    def body(self) -> list[Node | None]:
        """The layout, the button, the files made."""
        layouts = [("meaning", _("by meaning")), ("rank", _("by rank: steps of the same number side by side"))]
        if self.at.tables.base(None).by.startswith("checked"):
            layouts.insert(0, ("checked", _("as checked: the rows that pupils start from")))
        return [
            choice(_("Rows of the table"), self.by, layouts, "by", self.lay_out),
            button(_("Make the files"), "make", self.make, tone="main"),
            items([text(line) for line in self.made]) if self.made else None,
        ]

    def lay_out(self, by: str) -> None:
        """Choose the layout."""
        self.by = by

    def make(self) -> None:
        """Write the files. BadInput, CannotWrite."""
        from promptlab.lesson import produce

        made_on = datetime.now().astimezone().date().isoformat()
        lesson = produce(self.at.case, self.at.run, self.at.home / "exports", by=self.by, made_on=made_on)
        self.made = tuple(f"{made.path} – {made.what}" for made in lesson.made)


class FollowPanel(TeacherPanel):
    """The copies of a folder; one of them at a time to validate and comment."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("My class"))
        self.folder = str(desk.folder)
        self.found: tuple[Follower, ...] = ()
        self.problems: tuple[str, ...] = ()
        self.chosen = ""
        self.comment = ""
        self.ticked: set[int] = set()
        self.look()

    def body(self) -> list[Node | None]:
        """The folder, the pupils, the one that is looked at."""
        return [
            text_field(_("Folder of the copies that were handed in"), self.folder, "folder", self.choose_folder),
            button(_("Read the folder"), "look", self.look, tone="main"),
            notice("warn", items([text(line) for line in self.problems])) if self.problems else None,
            self._class() if self.found else text(_("No copie of this case in this folder.")),
            self._one(),
        ]

    def choose_folder(self, folder: str) -> None:
        """Name the folder."""
        self.folder = folder.strip()

    def look(self) -> None:
        """Read the folder. BadInput where there is none of that name."""
        found = follow(Path(self.folder).expanduser(), self.at.case)
        self.found, self.problems = found.pupils, found.problems
        self.said = ""

    def choose(self, copie: str) -> None:
        """Look at one copie."""
        self.chosen, self.comment, self.said = copie, "", ""
        chosen = self._chosen()
        returned = chosen.returned if chosen else None
        self.ticked = set(returned.validated if returned else ())

    def write(self, comment: str) -> None:
        """The comment for that pupil."""
        self.comment = comment

    def give_back(self) -> None:
        """Write the file that goes back to the pupil. CannotWrite."""
        chosen = self._chosen()
        if chosen is None:
            return
        comments = (Comment(self.comment.strip()),) if self.comment.strip() else ()
        now = datetime.now().astimezone()
        path = send_back(chosen, Path(self.folder).expanduser(), tuple(sorted(self.ticked)), comments, now=now)
        self.look()
        self.said = _("To give to the pupil: {path}", path=path)

    def _class(self) -> Node:
        head = [
            _("Pupil"),
            *(_("T{number}", number=task.number) for task in self.at.case.tasks),
            _("Tags"),
            _("Last saved"),
        ]
        lines = []
        for each in self.found:
            marks = [_mark(task.number in each.copie.tasks, each.validated(task.number)) for task in self.at.case.tasks]
            lines.append(
                row([each.name, *marks, str(len(each.copie.taggings)), each.saved], key=f"pupil-{each.copie.id}")
            )
        legend = _("☑ done · ✔ validated · – not yet")
        tasks = [text(f"T{task.number} – {task.text}") for task in self.at.case.tasks]
        return group(
            [
                table(_("Who has done what"), head, lines),
                text(legend, tone="soft"),
                details(_("What T1, T2… stand for"), [items(tasks)]) if tasks else None,
            ]
        )

    def _one(self) -> Node | None:
        if not self.found:
            return None
        options = [("", _("(choose)")), *((each.copie.id, each.name) for each in self.found)]
        chosen = self._chosen()
        return group(
            [choice(_("Look at the copie of"), self.chosen, options, "pupil", self.choose), self._form(chosen)]
        )

    def _form(self, chosen: Follower | None) -> Node | None:
        if chosen is None:
            return None
        boxes = [
            checkbox(
                self._task(task.number, task.text, chosen),
                task.number in self.ticked,
                f"valid-{task.number}",
                self._validator(task.number),
            )
            for task in self.at.case.tasks
        ]
        return group(
            [
                fieldset(_("Tasks that I validate"), boxes),
                text_area(_("My comment"), self.comment, "comment", self.write, rows=4),
                button(_("Make the file for the pupil"), "send-back", self.give_back, tone="main"),
            ]
        )

    def _task(self, number: int, words: str, chosen: Follower) -> str:
        state = _("done") if number in chosen.copie.tasks else _("to do")
        return f"{number}. {words} ({state})"

    def _validator(self, number: int) -> Callable[[bool], None]:
        def validate(is_valid: bool) -> None:
            (self.ticked.add if is_valid else self.ticked.discard)(number)
            self.said = ""

        return validate

    def _chosen(self) -> Follower | None:
        return next((each for each in self.found if each.copie.id == self.chosen), None)


def _mark(done: bool, validated: bool) -> str:
    return "✔" if validated else "☑" if done else "–"
