"""Asking for the pseudonym, where no copie is open yet."""

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.ui.desk import Desk
from promptlab.ui.view import Node, bar, button, card, details, notice, text, text_field, upload


class SignIn:
    """The form that opens a copie: a pseudonym, a second one, the last copie of this computer, or a file."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._one = self._two = ""

    def view(self) -> Node:
        """The form as it stands now."""
        last = self.desk.remembered
        resume = None
        if last:
            who = " + ".join(last.pupils) or last.path.name
            label = _("Go on with the copie of {pupils}", pupils=who)
            resume = button(label, "sign-in-last", lambda: self._open(*last.pupils), tone="main")
        return card(
            [
                text(_("Write the pseudonym that your teacher gave you, such as P07. Never write your name.")),
                resume,
                text_field(_("Pseudonym"), self._one, "pseudonym", self._write_one, enter="sign-in", most=600),
                details(
                    _("We are two on this computer"),
                    [
                        text_field(
                            _("Second pseudonym"), self._two, "pseudonym-2", self._write_two, enter="sign-in", most=600
                        )
                    ],
                    key="sign-in-two",
                ),
                bar([button(_("Open my copie"), "sign-in", self._enter, tone="" if resume else "main")]),
                self._damage(),
                details(
                    _("I have begun on another computer"),
                    [upload(_("Open my copie from a file"), "sign-in-file", self._take, accept=".json,.ipynb")],
                    key="sign-in-elsewhere",
                ),
            ],
            title=_("Your copie"),
            key="sign-in-form",
        )

    def _damage(self) -> Node | None:
        backup = self.desk.recoverable(*self._pupils()) if self._one else None
        if backup is None:
            return None
        return notice(
            "warn",
            text(_("The last file of your copie is damaged; it is kept. The save before it is whole.")),
            button(_("Go on with the save before"), "sign-in-recover", self._recover, tone="main"),
            key="sign-in-damage",
        )

    def _pupils(self) -> list[str]:
        return [text for text in (self._one, self._two) if text.strip()]

    def _write_one(self, text: str) -> None:
        self._one = text

    def _write_two(self, text: str) -> None:
        self._two = text

    def _enter(self) -> None:
        if not self._one.strip():
            raise BadInput(_("The pseudonym is empty.") + " " + _("Write the one that your teacher gave you."))
        self._open(*self._pupils())

    def _open(self, *pupils: str) -> None:
        try:
            self.desk.sign_in(*pupils)
        except BadInput:
            if self.desk.recoverable(*pupils) is None:
                raise
            self._one, self._two = [*pupils, ""][:2]  # the form says what to do: see `_damage`

    def _recover(self) -> None:
        self.desk.recover(*self._pupils())

    def _take(self, name: str, content: bytes) -> None:
        self.desk.open_bytes(name, content)
