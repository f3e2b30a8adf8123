"""A panel: a widget that shows a tree of plain values and tells what a person did; state and rules stay in Python.

What goes over the wire, all of it as custom messages (`…` is a value):

    screen → kernel   {"do": "hello", "page": …, "view": …, "shown": …}    a view appeared; `shown`: it has `first`
                      {"do": "act", "id": …, "key": …, "value": …, "was": …}    `was`: what the field showed before
                      {"do": "look"}    the page is looked at again
                      {"do": "idle"}    nothing was done for a moment
                      {"do": "bye", "view": …}
    kernel → screen   {"t": "view", "tree": …, "status": …, "alarm": …}    without the tree where `first` is still true
                      {"t": "patch", "id": …, "patches": […], "status": …, "alarm": …, "say": …, "focus": …}
                      both with "copie", the id of the copie at work: a text that was not saved is given back to it only
                      {"t": "file", "name": …, "mime": …, "shows": …} with the bytes as a buffer

A patch with an `id` acknowledges that message: what it did is on disk, or the tree says why not.
"""

from collections.abc import Mapping
from os import getpid
from pathlib import Path
from time import time
from typing import Any, ClassVar

import anywidget
import traitlets

from promptlab.errors import Conflict, PromptlabError
from promptlab.messages import _
from promptlab.ui.desk import Desk, Message
from promptlab.ui.sign_in import SignIn
from promptlab.ui.tree import Prepared, patches, prepare
from promptlab.ui.view import Child, File, Node, bar, button, download, group, notice, text

_KERNEL = f"{getpid()}-{time()}"  # what two windows on one notebook have in common
_SCREEN = Path(__file__).with_name("screen")
SCRIPTS = ("texts.js", "drafts.js", "fields.js", "nodes.js", "tagging.js", "home.js", "panel.js")
STYLES = ("panel.css", "tagging.css")
FIELDS = ("line", "area", "choice", "radios", "check", "upload")  # their errors stay until they are mended


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((_SCREEN / name).read_text(encoding="utf-8") for name in names)


class Panel(anywidget.AnyWidget):
    """One panel of a session. A child says in `view` what stands on it, and changes the desk in its handlers.

    `title` is its name for a screen reader. With `needs_copie` it asks for the pseudonym while no copie is open. The
    `home` of a notebook is where the page goes once all cells have run.
    """

    title: str = ""
    needs_copie: ClassVar[bool] = True
    home: ClassVar[bool] = False  # the panel at the top of a notebook, where a person begins
    _esm = _joined(SCRIPTS)
    _css = _joined(STYLES)
    words = traitlets.Dict().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Desk | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._errors: dict[str, str] = {}
        self._lasting: set[str] = set()
        self._said: tuple[Message, ...] = ()
        self._now: Prepared | None = None
        self._sent: Node | None = None
        self._told: tuple[str, ...] = ()
        self._views: set[str] = set()
        self._pages: set[str] = set()
        self._spoken = self._focused = ""
        self._busy = False
        self._sign_in = SignIn(desk) if desk and self.needs_copie else None
        self.on_msg(lambda _panel, content, buffers: self.receive(content, buffers))
        if desk is not None:
            desk.listen(self._desk_changed)

    # ------------------------------------------------------------ for children

    def view(self) -> Node:
        """The tree of the panel as it stands now."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Have a screen reader say `words` with the next rendering."""
        self._spoken = words

    def focus(self, key: str) -> None:
        """Have the focus on the node `key` after the next rendering."""
        self._focused = key

    def render(self) -> None:
        """Show the panel as it stands now; for changes that come from elsewhere than its own handlers."""
        if self._views:
            self._show()
        else:
            self._now = None

    def tree(self) -> Node:
        """The tree as it was rendered last."""
        return self._ready().root

    # ------------------------------------------------------------ the wire

    def receive(self, content: Mapping[str, Any], buffers: list[Any] | None = None) -> None:
        """Take a message of the screen."""
        what = content.get("do")
        if what == "hello":
            self._hello(str(content.get("view")), str(content.get("page")), shown=content.get("shown") is True)
        elif what == "act":
            self._act(content, [bytes(buffer) for buffer in buffers or ()])
        elif what == "look" and self.desk is not None and self.desk.refresh():
            self._take_messages()
            self._show()
        elif what == "idle" and self.desk is not None:
            self.desk.outputs.publish()
        elif what == "bye":
            self._views.discard(str(content.get("view")))

    def _hello(self, view: str, page: str, *, shown: bool) -> None:
        self._views.add(view)
        self._pages.add(page)
        self._take_messages()
        self._now = prepare(self._whole(), self._errors)
        self._sent = self._now.root
        message: dict[str, Any] = {"t": "view", **self._around()}
        if not shown or self._now.root != self.first.get("tree"):
            message["tree"] = self._now.root
        self.send(message)

    def _act(self, content: Mapping[str, Any], buffers: list[bytes]) -> None:
        key, value, was = str(content.get("key")), content.get("value"), content.get("was")
        self._said, self._busy = (), True
        try:
            if self.desk is not None and self.desk.refresh():
                self._now = None
            shown = self._ready().fields.get(key, {}).get("value")
            self._handle(key, value, buffers)
        finally:
            self._busy = False
        if isinstance(was, str) and isinstance(shown, str) and shown not in (was, value):
            said = _("Another window had changed this text; undo brings it back: “{text}”", text=shown)
            self._said = (Message(said, "warn"),)
        self._take_messages()
        self._show(content.get("id"))

    def _handle(self, key: str, value: Any, buffers: list[bytes]) -> None:
        ready = self._ready()
        if key not in ready.handlers:
            return  # what was there when it was pressed is gone: the screen gets the state as it is
        handler, kind = ready.handlers[key], ready.fields[key]["kind"]
        self._errors = {other: said for other, said in self._errors.items() if other in self._lasting}
        try:
            if kind == "upload":
                handler(str(value), buffers[0] if buffers else b"")
            elif kind == "download":
                self._give(handler(), shows=bool(ready.fields[key].get("shows")))
            elif kind == "button":
                handler()
            else:
                handler(value)
        except PromptlabError as error:
            self._errors[key] = str(error)
            if kind in FIELDS:
                self._lasting.add(key)
        else:
            self._errors.pop(key, None)
            self._lasting.discard(key)

    def _give(self, file: File, *, shows: bool) -> None:
        message = {"t": "file", "name": file.name, "mime": file.mime, "shows": shows}
        self.send(message, buffers=[file.content])

    def _show(self, done: object = None) -> None:
        """Send what differs from what the screen shows; `done` is the message that this answers."""
        self._now = prepare(self._whole(), self._errors)
        changed = list(patches(self._sent, self._now.root)) if self._sent else []
        if not changed and done is None and not self._spoken and self._told == self._head():
            return
        message: dict[str, Any] = {"t": "patch", "patches": changed, **self._around()}
        more = {"id": done, "say": self._spoken, "focus": self._focused}
        message |= {name: value for name, value in more.items() if value}
        self._spoken = self._focused = ""
        self._sent = self._now.root if self._sent else None
        self.send(message)

    def _ready(self) -> Prepared:
        if self._now is None:
            self._now = prepare(self._whole(), self._errors)
        return self._now

    def _take_messages(self) -> None:
        if self.desk is not None:
            self._said = (*self._said, *self.desk.take_messages())

    def _desk_changed(self) -> None:
        if not self._busy:
            self.render()

    # ------------------------------------------------------------ what stands around every panel

    def _whole(self) -> Node:
        asking = self._sign_in is not None and self.desk is not None and self.desk.copie is None
        body = self._sign_in.view() if asking and self._sign_in else self.view()
        messages = [notice(message.tone, message.text, alert=message.tone != "info") for message in self._said]
        return group([self._banner(), self._reopened(), group(messages, key="messages"), body], key="panel")

    def _head(self) -> tuple[str, ...]:
        """What the screen must be told even where the tree stays: whose copie it is, what is not saved."""
        copie = self.desk.copie if self.desk else None
        return (copie.id if copie else "", self.desk.who if self.desk else "", self._alarm())

    def _around(self) -> dict[str, str]:
        self._told = self._head()
        return {"copie": self._told[0], "status": self._status(), "alarm": self._alarm()}

    def _status(self) -> str:
        if self.desk is None or self.desk.copie is None:
            return ""
        return " · ".join(part for part in (self.desk.who, self.desk.saved) if part)

    def _alarm(self) -> str:
        """What must be seen wherever the page is scrolled to."""
        return _("⚠ NOT SAVED. Go up to the message in red.") if self.desk and self.desk.error else ""

    def _reopened(self) -> Child:
        if not self.home or len(self._pages) < 2 or self.desk is None or not self.desk.outputs.any:
            return None
        said = _("The page was opened again. Your work is saved. Click ▶ Run all: this notebook then holds it too.")
        return notice("info", said, key="reopened")

    def _banner(self) -> Child:
        desk = self.desk
        error = desk.error if desk else None
        if desk is None or error is None:
            return None
        if isinstance(error, Conflict):
            choices = [
                button(_("Join the two"), "join-both", desk.join_both, tone="main"),
                button(_("Take the one on disk (mine is kept beside it)"), "load-other", desk.load_other),
                button(_("Keep mine apart"), "keep-mine", desk.keep_mine),
            ]
            advice = None
        else:
            advice = text(_("Tell your teacher. Download your copie, to be safe; then press Try again."))
            choices = [
                button(_("Try again"), "retry-save", desk.retry, tone="main"),
                download(_("Download my copie"), "rescue", desk.portable),
            ]
        title = text({"s": "strong", "t": _("NOT SAVED")})
        return notice("error", title, text(str(error)), advice, bar(choices), alert=True, key="unsaved")

    # ------------------------------------------------------------ as an output of a cell

    def __repr__(self) -> str:
        return _(
            "{title}: click ▶ Run all, at the top of the page, to work here.", title=self.title or type(self).__name__
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        self.words = _words() | {"title": self.title, "home": _KERNEL if self.home else ""}
        self.first = {"tree": self._ready().root, "status": self._status()}
        return super()._repr_mimebundle_(**kwargs)


def _words() -> dict[str, str]:
    """What the script says by itself: where the kernel is silent, nothing else can."""
    return {
        "unsaved": _(
            "NOT SAVED: promptlab does not answer. Wait a moment. If this stays, click ▶ Run all: the text that you "
            "were writing is kept and comes back."
        ),
        "dead": _("Read only: click ▶ Run all, at the top of the page, to go on working."),
        "file": _("Choose a file…"),
        "twice": _("This notebook is open in two windows. Work in one of them and close the other."),
        "chosen": _("selected:") + " ",
        "working": _("Saving…"),
        "large": _("This file is too large: at most {size} MB.", size=8),
        "error": _("Error"),
        "loading": _("One moment…"),
    }
