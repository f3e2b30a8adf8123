"""A panel on which a pupil works: while no copie is open it says where to open one."""

from typing import ClassVar

from promptlab.messages import _
from promptlab.model.copie import WORKS, Copie
from promptlab.review.history import last_edit
from promptlab.ui.desk import Desk
from promptlab.ui.panel import Panel
from promptlab.ui.view import Node, button, group, heading, jump, notice, text


class WorkPanel(Panel):
    """A child says in `body` what stands on it. The pseudonym is asked once, by the first panel of a notebook."""

    needs_copie: ClassVar[bool] = False

    def __init__(self, desk: Desk, title: str) -> None:
        self.title = title
        super().__init__(desk)
        self.at = desk

    @property
    def copie(self) -> Copie:
        """The copie at work. BadInput where none is open."""
        return self.at.opened()

    def undo_redo(self, copie: Copie, work: str, key: str) -> tuple[Node, Node]:
        """The buttons that take changes of that work back and make them again; their keys begin with `key`."""
        return self.taking_back(copie, WORKS + work, key)

    def taking_back(self, copie: Copie, area: str, key: str) -> tuple[Node, Node]:
        """The same for any area of the copie."""
        before, after = last_edit(copie.past, (area,)), last_edit(copie.undone, (area,))
        return (
            button(_("Undo"), f"{key}-undo", lambda: self.at.undo(area), disabled=before is None),
            button(_("Redo"), f"{key}-redo", lambda: self.at.redo(area), disabled=after is None),
        )

    def body(self, copie: Copie) -> Node:
        """The tree of the panel for `copie`."""
        raise NotImplementedError

    def view(self) -> Node:
        """The panel under its title; or what to do first."""
        copie = self.at.copie
        if copie is None:
            said = notice("info", text(_("Write your pseudonym first.")), jump(_("Go to the top of this notebook")))
            return group([heading(self.title), said], key="work")
        return group([heading(self.title), self.body(copie)], key="work")
