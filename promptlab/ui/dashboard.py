"""The dashboard: who works, the tasks of all sessions, handing in and opening a copie, what the teacher sent back."""

from pathlib import Path

from promptlab.align.wording import colon
from promptlab.messages import _, ngettext
from promptlab.model.copie import Copie, Return
from promptlab.review.writing import task_states
from promptlab.table.markup import text as escaped
from promptlab.ui.desk import Desk, desk_of
from promptlab.ui.session import Welcome, folded, show, tasks_html, tasks_table
from promptlab.ui.view import Node, button, download, group, heading, items, notice, progress, text, upload
from promptlab.ui.work import WorkPanel


def open_dashboard(case: str = "") -> "Dashboard":
    """The dashboard of `case`, a shipped case or a folder, or of the one that the class works on. Raises BadInput."""
    return Dashboard(desk_of(case))


class Dashboard:
    """What the cells of the dashboard's notebook call."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def start(self) -> None:
        """Who is working: asked once for all notebooks."""
        show(Welcome(self.desk, 0))

    def tasks(self) -> None:
        """The tasks of the sequence, session by session."""
        show(AllTasks(self.desk))
        self.desk.embed("dashboard-tasks", lambda: folded(_("My tasks"), all_tasks_html(self.desk)))

    def hand_in(self) -> None:
        """The one file to hand in."""
        show(HandInPanel(self.desk))

    def open(self) -> None:
        """A copie from elsewhere, or what the teacher sent back."""
        show(OpenPanel(self.desk))

    def returned(self) -> None:
        """The mark and the comments of the teacher."""
        show(ReturnedPanel(self.desk))


def sessions_of(desk: Desk) -> tuple[int, ...]:
    """The sessions in which the case has tasks."""
    return tuple(sorted({number for task in desk.case.tasks for number in task.sessions}))


class AllTasks(WorkPanel):
    """Every task with its two boxes; a task of two sessions stands in its first one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("My tasks"))

    def body(self, copie: Copie) -> Node:
        """How far the pupil is, then a table for each session."""
        states = task_states(copie, self.at.case)
        done, checked = sum(state.done for state in states), sum(state.validated for state in states)
        said = _("{done} of {all} tasks done, {checked} validated", done=done, all=len(states), checked=checked)
        tables: list[Node | None] = []
        for number in sessions_of(self.at):
            caption = _("Session {number}", number=number)
            tables += [heading(caption, 4), tasks_table(self.at, (number,), caption)]
        return group([progress(done, max(1, len(states)), said), *tables])


def all_tasks_html(desk: Desk) -> str:
    """The tasks of all sessions with their state in words."""
    parts = []
    for number in sessions_of(desk):
        title = escaped(_("Session {number}", number=number))
        parts.append(f"<h4>{title}</h4>{tasks_html(desk, (number,))}")
    return "".join(parts)


class HandInPanel(WorkPanel):
    """Makes the file to hand in, says where it is and what to look at before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Hand in my copie"))
        self.path: Path | None = None
        self.told: tuple[str, ...] = ()

    def body(self, copie: Copie) -> Node:  # noqa: ARG002
        """The button, and what came of it."""
        return group(
            [
                text(_("All your work of all sessions goes into one file: give that file to your teacher.")),
                button(_("Hand in my copie"), "hand-in", self.hand_in, tone="main"),
                notice("ok", text(_("The file to hand in: {path}", path=self.path)), self._download())
                if self.path
                else None,
                self._warning(),
            ]
        )

    def hand_in(self) -> None:
        """Write the file. CannotWrite says why it could not be written."""
        made = self.at.hand_in()
        self.path, self.told = made.path, tuple(str(problem) for problem in made.problems)
        self.say(_("The file to hand in is ready."))

    def _download(self) -> Node:
        return download(_("Download the file"), "hand-in-download", self.at.portable)

    def _warning(self) -> Node | None:
        if not self.told:
            return None
        said = text(
            _("Before you give it away: personal data may stand in your texts. Change them, then hand in again.")
        )
        return notice("warn", said, items([text(line) for line in self.told]))


class OpenPanel(WorkPanel):
    """Takes in a file: the copie begun on another computer, or what the teacher sent back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Open my copie"))

    def body(self, copie: Copie) -> Node:  # noqa: ARG002
        """The field for the file."""
        help_ = _("A copie begun on another computer, or the file that your teacher sent back.")
        return upload(_("Choose the file"), "open-file", self.take, help=help_)

    def take(self, name: str, content: bytes) -> None:
        """Take the file in. BadInput says what is wrong with it."""
        self.at.open_bytes(name, content)


class ReturnedPanel(WorkPanel):
    """Shows what the teacher sent back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What my teacher says"))

    def body(self, copie: Copie) -> Node:
        """The mark, the tasks validated, the comments."""
        found = copie.returned
        if found is None:
            return notice(
                "info", text(_("Nothing came back yet. The file that your teacher sends is opened just above."))
            )
        return group([text(line) for line in _returned(found)] + [items([text(line) for line in _comments(found)])])


def _returned(found: Return) -> list[str]:
    lines = []
    if found.mark is not None:
        from promptlab.ui.documents import figure

        out_of = f" / {figure(found.out_of)}" if found.out_of is not None else ""
        lines.append(_("Mark: {mark}", mark=f"{figure(found.mark)}{out_of}"))
    count = len(found.validated)
    numbers = ", ".join(map(str, found.validated)) or "–"
    lines.append(
        ngettext("{count} task validated: {numbers}", "{count} tasks validated: {numbers}", count, numbers=numbers)
    )
    return lines


def _comments(found: Return) -> list[str]:
    return [f"{one.where}{colon()} {one.text}" if one.where else one.text for one in found.comments]
