"""A session as its notebook calls it: one method for each cell, which shows a panel and what stays readable of it."""

from collections.abc import Callable
from importlib import import_module

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.review.writing import set_task, task_states
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.classroom import Classroom, read_classroom
from promptlab.ui.desk import Desk, desk_of
from promptlab.ui.panel import Panel
from promptlab.ui.view import Node, button, checkbox, group, notice, row, table, text
from promptlab.ui.work import WorkPanel

_CLASSES = {
    1: "session1.FirstSession",
    2: "session2.SecondSession",
    3: "session3.ThirdSession",
    4: "session45.FourthSession",
    5: "session45.FifthSession",
}


class Session:
    """One session at a desk. `number` is that of the session, from 1."""

    number = 0

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def case(self) -> Case:
        """The case that is worked on."""
        return self.desk.case

    def start(self) -> None:
        """The first cell: who is working, whether the session is open."""
        self._show(Welcome(self.desk, self.number))

    def finish(self) -> None:
        """The last cell: the tasks of the session, to tick."""
        self._show(Tasks(self.desk, self.number), "tasks", lambda: tasks_html(self.desk, (self.number,)))

    def _show(self, panel: Panel, name: str = "", still: Callable[[], str] | None = None) -> None:
        """Show `panel`, or that the session is closed; beside it what `still` gives, as the saved notebook keeps it."""
        try:
            is_open = classroom_of(self.desk).is_open(self.number)
        except BadInput as error:
            show(Closed(self.desk, str(error)))
            return
        if not is_open:
            show(Closed(self.desk, _("Your teacher has not opened session {number} yet.", number=self.number)))
            return
        show(panel)
        if still is not None:
            self.desk.embed(f"session{self.number}-{name}", lambda: folded(panel.title, still()))

    def _put(self, html: str, words: str) -> None:
        """Show something that does not change: it reads the same in a saved notebook."""
        put_html(html, words)


def open_session(number: int, case: str = "") -> Session:
    """Session `number` of `case`, a shipped case or a folder, or of the one that the class works on.

    Raises BadInput where there is no such session, and no such case.
    """
    if number not in _CLASSES:
        numbers = ", ".join(map(str, _CLASSES))
        raise BadInput(_("There is no session {session}: the case has {numbers}.", session=number, numbers=numbers))
    module, name = _CLASSES[number].split(".")
    made: Session = getattr(import_module(f"promptlab.ui.{module}"), name)(desk_of(case))
    return made


def classroom_of(desk: Desk) -> Classroom:
    """What the teacher allows on this computer. Raises BadInput for a file with faults."""
    return read_classroom(desk.home)


def show(panel: Panel) -> None:
    """Show `panel` under the cell that runs."""
    from IPython.display import display

    display(panel)  # type: ignore[no-untyped-call]


def put_html(html: str, words: str) -> None:
    """Show `html`, which must hold no text that is not escaped; `words` stand where no HTML is shown."""
    from IPython.display import display

    display({"text/plain": words, "text/html": html}, raw=True)  # type: ignore[no-untyped-call]


def folded(title: str, html: str) -> str:
    """`html` to unfold: what a saved notebook keeps of a panel stands below the panel itself, and says the same."""
    summary = escaped(_("Kept in this notebook: {title}", title=title))
    return f'<details class="pl-kept"><summary>{summary}</summary>{html}</details>'


class Closed(Panel):
    """Says why nothing can be done here."""

    needs_copie = False

    def __init__(self, desk: Desk, why: str) -> None:
        super().__init__(desk)
        self.why = why

    def view(self) -> Node:
        """The reason."""
        return group([notice("warn", text(self.why))])


class Welcome(Panel):
    """Who is at work; the first panel of every session."""

    home = True

    def __init__(self, desk: Desk, session: int) -> None:
        self.title = _("Session {number}", number=session) if session else _("Dashboard")
        super().__init__(desk)
        self.at = desk

    def view(self) -> Node:
        """The pupils, where the copie is, and the way to change them."""
        pupils = " + ".join(self.at.opened().pupils)
        return group(
            [
                notice("ok", text(_("You are working as {pupils}.", pupils=pupils))),
                text(_("Everything that you do is saved in {path}.", path=self.at.path), tone="soft"),
                button(_("I am someone else"), "leave", self.at.leave),
            ]
        )


class Tasks(WorkPanel):
    """The tasks of one session: done by the pupil, validated by the teacher."""

    def __init__(self, desk: Desk, session: int) -> None:
        super().__init__(desk, _("Tasks of session {number}", number=session))
        self.session = session

    def body(self, copie: Copie) -> Node:  # noqa: ARG002
        """One row for each task."""
        return tasks_table(self.at, (self.session,), self.title)


def tasks_table(desk: Desk, sessions: tuple[int, ...], caption: str) -> Node:
    """The tasks of these sessions with their two boxes; the teacher's only shows."""
    copie = desk.copie
    states = task_states(copie, desk.case) if copie else ()
    rows = []
    for state in states:
        if not set(state.sessions) & set(sessions):
            continue
        name, key = _("Task {number}", number=state.number), f"s{sessions[0]}-task-{state.number}"
        done = checkbox(_("{task}: done", task=name), state.done, key, _ticker(desk, state.number), hide_label=True)
        label = _("{task}: validated", task=name)
        validated = checkbox(label, state.validated, f"{key}-validated", _nothing, fixed=True, hide_label=True)
        rows.append(row([f"{state.number}. {state.text}", done, validated], key=f"{key}-row"))
    head = [_("Task"), _("Done (you)"), _("Validated (teacher)")]
    return table(caption, head, rows, ear_caption=True)


def tasks_html(desk: Desk, sessions: tuple[int, ...]) -> str:
    """The same tasks as HTML, each with its state in words."""
    copie = desk.copie
    if copie is None:
        return ""
    entries = []
    for state in task_states(copie, desk.case):
        if set(state.sessions) & set(sessions):
            done = _("done") if state.done else _("to do")
            states = ", ".join([done, _("validated")] if state.validated else [done])
            said = f"{state.number}. {state.text} ({states})"
            entries.append(escaped(said))
    return unordered(entries)


def _ticker(desk: Desk, number: int) -> Callable[[bool], None]:
    def tick(done: bool) -> None:
        desk.change(lambda copie: set_task(copie, desk.case, number, done=done))

    return tick


def _nothing(_ticked: bool) -> None:
    """A box that only shows has nothing to do."""
