"""What the pupil made of the AI's draft: the words kept, taken out and added."""

from functools import lru_cache

from promptlab.letter.differences import Difference, differences, share_of
from promptlab.messages import _
from promptlab.model.copie import Copie
from promptlab.table.markup import text as escaped
from promptlab.ui.desk import Desk
from promptlab.ui.session45_reply import draft_text, letter_of
from promptlab.ui.view import Bar, Node, Part, added, bars, card, details, ear, group, items, notice, removed, text
from promptlab.ui.work import WorkPanel

_MOST_LISTED = 60


class DifferencesPanel(WorkPanel):
    """Draft and reply as one text, with what was taken out and what was added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What I changed in the draft"))

    def body(self, copie: Copie) -> Node:
        """How much was kept, the text with its changes, the changes one by one."""
        draft, final = draft_text(copie), letter_of(copie)["text"]
        if not draft or not final:
            return notice("info", text(_("Here you will see what you changed, once there is a draft and a reply.")))
        found = _between(draft, final)
        return group([_shares(found), _marked(found), _listed(found)])


def _shares(found: tuple[Difference, ...]) -> Node:
    share = share_of(found)
    total = max(1, share.kept + share.removed)
    whole = max(1, share.kept + share.added)
    return bars(
        _("What became of the draft, in words"),
        [
            Bar(_("kept"), share.kept / total, str(share.kept)),
            Bar(_("taken out"), share.removed / total, str(share.removed)),
            Bar(_("added"), share.added / whole, str(share.added)),
        ],
    )


def _marked(found: tuple[Difference, ...]) -> Node:
    parts: list[Part] = []
    for one in found:
        if one.kind == "kept":
            parts.append(one.text)
        elif one.kind == "removed":
            parts += [ear(_("[taken out:]") + " "), removed(one.text), ear(" " + _("[end]") + " ")]
        else:
            parts += [ear(_("[added:]") + " "), added(one.text), ear(" " + _("[end]") + " ")]
    legend = text(removed(_("struck through: taken out")), " · ", added(_("underlined: added")))
    return group([legend, card([text(*parts)])], key="differences")


def _listed(found: tuple[Difference, ...]) -> Node:
    changes = [one for one in found if one.kind != "kept" and one.text.strip()]
    lines = [
        _("Taken out: “{text}”", text=one.text.strip())
        if one.kind == "removed"
        else _("Added: “{text}”", text=one.text.strip())
        for one in changes[:_MOST_LISTED]
    ]
    if len(changes) > _MOST_LISTED:
        lines.append("…")
    return details(_("The changes one by one"), [items([text(line) for line in lines])])


@lru_cache(maxsize=8)
def _between(draft: str, final: str) -> tuple[Difference, ...]:
    return differences(draft, final)


def differences_html(desk: Desk) -> str:
    """The same text with its changes, for a notebook without its kernel."""
    copie = desk.opened()
    draft, final = draft_text(copie), letter_of(copie)["text"]
    if not draft or not final:
        nothing = escaped(_("Nothing to compare yet."))
        return f"<p>{nothing}</p>"
    tags = {"removed": "del", "added": "ins"}
    pieces = [
        f"<{tags[one.kind]}>{escaped(one.text)}</{tags[one.kind]}>" if one.kind in tags else escaped(one.text)
        for one in _between(draft, final)
    ]
    legend = escaped(_("struck through: taken out") + " · " + _("underlined: added"))
    words = "".join(pieces).replace("\n", "<br>")
    return f"<p>{legend}</p><p>{words}</p>"
