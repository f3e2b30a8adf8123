"""The tree of a panel: plain values that say what stands on the screen, made anew after every change.

A node is a dict with its `kind`; `children` are nodes. Texts stay texts: the screen shows them by textContent only.
What a person can do is a callable under `do`; it never leaves Python.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from promptlab.errors import BadInput
from promptlab.files.cells import legal
from promptlab.messages import _

Node = dict[str, Any]
Child = Node | str | None
Part = str | dict[str, str]
Tone = Literal["info", "ok", "warn", "error"]
SIGNS: dict[str, str] = {"info": "ℹ", "ok": "✔", "warn": "⚠", "error": "✖"}
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class File:
    """A file for the person at the screen: its name, its bytes and its media type."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot: what it is of, how long (0 to 1), and the same in words."""

    label: str
    share: float
    words: str


# ---------------------------------------------------------------- texts


def strong(words: str) -> dict[str, str]:
    """Words that stand out."""
    return {"s": "strong", "t": legal(words)}


def soft(words: str) -> dict[str, str]:
    """Words that step back."""
    return {"s": "soft", "t": legal(words)}


def ear(words: str) -> dict[str, str]:
    """Words for a screen reader only."""
    return {"s": "ear", "t": legal(words)}


def sign(words: str) -> dict[str, str]:
    """A sign for the eye only, which a screen reader skips."""
    return {"s": "sign", "t": legal(words)}


def added(words: str) -> dict[str, str]:
    """Words that were added to a text: underlined; a screen reader is told by `ear` words beside them."""
    return {"s": "added", "t": legal(words)}


def removed(words: str) -> dict[str, str]:
    """Words that were taken out of a text: struck through; a screen reader is told by `ear` words beside them."""
    return {"s": "removed", "t": legal(words)}


def text(*parts: Part, tone: str = "", key: str = "") -> Node:
    """A paragraph; line feeds are kept. `tone` may be "lead", "soft" or "mono"."""
    return _node("text", key, parts=_parts(parts), tone=tone)


def heading(words: str, level: int = 3, *, key: str = "") -> Node:
    """A heading; level 2 is the title of a panel."""
    return _node("heading", key, level=min(max(level, 2), 6), parts=_parts((words,)))


def items(children: Iterable[Child], *, ordered: bool = False, key: str = "") -> Node:
    """A list."""
    entries = [child if child is None else _node("entry", "", children=[child]) for child in children]
    return _node("list", key, ordered=ordered, children=entries)


def pairs(entries: Iterable[tuple[str, Child]], *, key: str = "") -> Node:
    """Names and what belongs to them (a description list)."""
    children: list[Child] = []
    for name, value in entries:
        children += [_node("term", "", parts=_parts((name,))), _node("value", "", children=[value])]
    return _node("pairs", key, children=children)


# ---------------------------------------------------------------- containers


def group(children: Iterable[Child], *, look: str = "", key: str = "") -> Node:
    """Nodes one under the other. `look` is a style of its own: "page", "sheet"."""
    return _node("group", key, look=look, children=list(children))


def columns(children: Iterable[Child], *, key: str = "") -> Node:
    """Nodes side by side, one under the other where the screen is narrow."""
    return _node("group", key, look="columns", children=list(children))


def bar(children: Iterable[Child], *, key: str = "") -> Node:
    """Buttons in a row."""
    return _node("group", key, look="bar", children=list(children))


def wide(child: Child, label: str, *, key: str = "") -> Node:
    """A node with a sideways scroll of its own; `label` names it for a screen reader."""
    return _node("wide", key, label=legal(label), children=[child])


def card(children: Iterable[Child], *, title: str = "", key: str = "") -> Node:
    """A box, with a title if one is given."""
    head = heading(title) if title else None
    return _node("group", key, look="card", children=[head, *children])


def fieldset(legend: str, children: Iterable[Child], *, key: str = "") -> Node:
    """Fields that belong together under a legend."""
    return _node("fieldset", key, legend=legal(legend), children=list(children))


def details(summary: str, children: Iterable[Child], *, open: bool = False, key: str = "") -> Node:  # noqa: A002
    """What is shown where the person asks for it."""
    return _node("details", key, summary=legal(summary), open=open, children=list(children))


def notice(tone: Tone, *children: Child, alert: bool = False, key: str = "") -> Node:
    """A message with its sign and its word; `alert` has a screen reader say it at once."""
    names = {"info": _("Note"), "ok": _("Done"), "warn": _("Attention"), "error": _("Error")}
    return _node("notice", key, tone=tone, sign=SIGNS[tone], name=names[tone], alert=alert, children=list(children))


def table(
    caption: str,
    head: Sequence[Child],
    rows: Iterable[Node],
    *,
    ear_caption: bool = False,
    look: str = "",
    key: str = "",
) -> Node:
    """A table with a caption; `rows` are made with `row`. The first cell of each row is its head."""
    top = _node("row", "", head=True, children=[_cell(cell, "col") for cell in head])
    return _node("table", key, caption=legal(caption), ear=ear_caption, look=look, children=[top, *rows])


def row(cells: Sequence[Child | Sequence[Child]], *, look: str = "", key: str = "") -> Node:
    """One row: its head, then its cells, each a node or several."""
    made = [_cell(cell, "" if place else "row") for place, cell in enumerate(cells)]
    return _node("row", key, head=False, look=look, children=made)


def _cell(content: Child | Sequence[Child], scope: str) -> Node:
    inside = list(content) if isinstance(content, list | tuple) else [content]
    return _node("cell", "", scope=scope, children=inside)


# ---------------------------------------------------------------- fields


def text_field(
    label: str,
    value: str,
    key: str,
    change: Callable[[str], object],
    *,
    help: str = "",  # noqa: A002
    placeholder: str = "",
    most: int = 0,
    enter: str = "",
    hide_label: bool = False,
    error: str = "",
) -> Node:
    """A line to write in. `change` gets the text after a pause, on leaving the field and on Enter.

    Enter then presses the button `enter`.
    """
    more = {"value": legal(value), "placeholder": legal(placeholder), "most": most, "enter": enter}
    return _field("line", label, key, change, help=help, hide_label=hide_label, error=error, **more)


def text_area(
    label: str,
    value: str,
    key: str,
    change: Callable[[str], object],
    *,
    help: str = "",  # noqa: A002
    rows: int = 4,
    most: int = 0,
    hide_label: bool = False,
    error: str = "",
) -> Node:
    """Lines to write in. `change` gets the text after a pause and on leaving the field."""
    more = {"value": legal(value), "rows": rows, "most": most}
    return _field("area", label, key, change, help=help, hide_label=hide_label, error=error, **more)


def choice(
    label: str,
    value: str,
    options: Iterable[tuple[str, str]],
    key: str,
    change: Callable[[str], object],
    *,
    help: str = "",  # noqa: A002
    hide_label: bool = False,
    error: str = "",
) -> Node:
    """One of a closed list, (id, words) each. `change` gets the id."""
    more = {"value": value, "options": [[option, legal(words)] for option, words in options]}
    return _field("choice", label, key, change, help=help, hide_label=hide_label, error=error, **more)


def radios(
    label: str,
    value: str,
    options: Iterable[tuple[str, str]],
    key: str,
    change: Callable[[str], object],
    *,
    help: str = "",  # noqa: A002
    hide_label: bool = False,
    error: str = "",
) -> Node:
    """One of a short list, all of it in sight."""
    more = {"value": value, "options": [[option, legal(words)] for option, words in options]}
    return _field("radios", label, key, change, help=help, hide_label=hide_label, error=error, **more)


def checkbox(
    label: str,
    value: bool,
    key: str,
    change: Callable[[bool], object],
    *,
    help: str = "",  # noqa: A002
    fixed: bool = False,
    hide_label: bool = False,
    error: str = "",
) -> Node:
    """A box to tick; a `fixed` one only shows."""
    more = {"value": value, "fixed": fixed}
    return _field("check", label, key, change, help=help, hide_label=hide_label, error=error, **more)


def upload(
    label: str,
    key: str,
    take: Callable[[str, bytes], object],
    *,
    accept: str = ".json",
    help: str = "",  # noqa: A002
    error: str = "",
) -> Node:
    """A file of the person's to be read. `take` gets its name and its bytes."""
    return _field("upload", label, key, take, help=help, hide_label=False, error=error, accept=accept)


def _field(kind: str, label: str, key: str, do: Callable[..., object], **more: Any) -> Node:
    texts = {name: legal(more.pop(name)) for name in ("help", "error")}
    return _node(kind, key, label=legal(label), do=do, **texts, **more)


# ---------------------------------------------------------------- actions


def button(
    label: str,
    key: str,
    press: Callable[[], object],
    *,
    tone: Literal["", "main", "danger", "plain"] = "",
    pressed: bool | None = None,
    disabled: bool = False,
    says: str = "",
) -> Node:
    """A button. `pressed` makes it one that stays down; `says` is its whole name where `label` is short."""
    more = {"pressed": pressed, "disabled": disabled, "says": legal(says), "error": ""}
    return _node("button", key, label=legal(label), do=press, tone=tone, **more)


def download(label: str, key: str, make: Callable[[], File], *, help: str = "") -> Node:  # noqa: A002
    """A button that gives the person the file that `make` makes."""
    return _node("download", key, label=legal(label), do=make, help=legal(help), error="")


def page(label: str, key: str, make: Callable[[], File]) -> Node:
    """A button that opens the HTML page that `make` makes beside this one, ready to print.

    The policy of the page must forbid scripts: it has the address of the notebook.
    """
    return _node("download", key, label=legal(label), do=make, help="", error="", shows=True)


def jump(label: str, *, key: str = "") -> Node:
    """A button that brings the person to the panel at the top of the notebook, also while the kernel is silent."""
    return _node("jump", key, label=legal(label))


# ---------------------------------------------------------------- pictures


def picture(content: bytes, alt: str, description: str = "", *, key: str = "") -> Node:
    """An SVG or PNG as an image, which runs nothing; `description` says in words what it shows.

    BadInput for other bytes.
    """
    if content.startswith(_PNG):
        mime = "image/png"
    elif b"<svg" in content[:1000]:
        mime = "image/svg+xml"
    else:
        raise BadInput(_("This picture is neither SVG nor PNG."))
    source = f"data:{mime};base64,{b64encode(content).decode('ascii')}"
    summary = _("The picture in words")
    return _node("picture", key, source=source, alt=legal(alt), description=legal(description), summary=summary)


def progress(value: float, most: float, words: str, *, key: str = "") -> Node:
    """How far something is, drawn and in words."""
    return _node("progress", key, value=value, most=most, words=legal(words))


def bars(caption: str, entries: Iterable[Bar], *, key: str = "") -> Node:
    """Shares as bars, with the same in words beside each."""
    drawn = [{"label": legal(one.label), "share": min(max(one.share, 0.0), 1.0), "t": one.words} for one in entries]
    return _node("bars", key, caption=legal(caption), bars=drawn)


def _node(kind: str, key: str, **values: Any) -> Node:
    node: Node = {"kind": kind, **values}
    if key:
        node["k"] = key
    if "children" in node:
        node["children"] = [text(child) if isinstance(child, str) else child for child in node["children"]]
    return node


def _parts(parts: Iterable[Part]) -> list[dict[str, str]]:
    return [{"s": "", "t": legal(part)} if isinstance(part, str) else part for part in parts]
