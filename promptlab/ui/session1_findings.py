"""The documents read with care: what the pupil finds first, then what promptlab finds, to compare."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from promptlab.align.wording import colon
from promptlab.casefile.check import check_documents
from promptlab.casefile.wording import euros
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.model.finding import Finding
from promptlab.review.exercise import evidences
from promptlab.review.texts import cleaned
from promptlab.review.writing import keep_work
from promptlab.table.markup import text as escaped
from promptlab.table.markup import unordered
from promptlab.ui.classroom import read_classroom
from promptlab.ui.desk import Desk
from promptlab.ui.session3_chart import free_id
from promptlab.ui.texts import values_of
from promptlab.ui.view import (
    Node,
    bar,
    button,
    card,
    checkbox,
    fieldset,
    group,
    heading,
    notice,
    row,
    strong,
    table,
    text,
    text_area,
    wide,
)
from promptlab.ui.work import WorkPanel

WORK, VERSION = "findings", 1
ENOUGH = 3  # findings of one's own before the comparison is shown
MOST = 40


def findings_of(copie: Copie) -> list[dict[str, Any]]:
    """What the pupil found: {"id", "documents": [kinds], "text"} each."""
    found = values_of(copie, WORK).get("mine")
    kept = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return [{"id": str(one.get("id", "")), "documents": _kinds(one), "text": str(one.get("text", ""))} for one in kept]


def seen_of(copie: Copie) -> tuple[str, ...]:
    """The ids of the findings of promptlab that the pupil says to have found too."""
    found = values_of(copie, WORK).get("seen")
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def is_revealed(copie: Copie) -> bool:
    """Whether the pupil has asked to compare."""
    return values_of(copie, WORK).get("revealed") is True


def add_finding(copie: Copie) -> Copie:
    """`copie` with one finding more, still empty. BadInput where there are too many."""
    mine = findings_of(copie)
    if len(mine) >= MOST:
        raise BadInput(_("{count} findings are enough: join some of them.", count=MOST))
    new = {"id": free_id("f", (one["id"] for one in mine)), "documents": [], "text": ""}
    return _keep(copie, mine=[*mine, new])


def drop_finding(copie: Copie, identity: str) -> Copie:
    """`copie` without that finding."""
    return _keep(copie, mine=[one for one in findings_of(copie) if one["id"] != identity])


def write_finding(copie: Copie, identity: str, words: str) -> Copie:
    """`copie` with `words` as what differs. BadInput where they are too long."""
    return _changed(copie, identity, text=cleaned(words, where=_("finding"), most=2000))


def tick_document(copie: Copie, identity: str, kind: str, *, ticked: bool) -> Copie:
    """`copie` with that document among those of the finding, or not."""
    one = next((one for one in findings_of(copie) if one["id"] == identity), None)
    kinds = [known for known in (one["documents"] if one else []) if known != kind]
    return _changed(copie, identity, documents=sorted([*kinds, kind] if ticked else kinds))


def reveal(copie: Copie) -> Copie:
    """`copie` with the comparison shown. BadInput before ENOUGH findings are written."""
    written = sum(bool(one["text"]) for one in findings_of(copie))
    if written < ENOUGH:
        raise BadInput(
            ngettext(
                "Write {count} more difference of your own first.",
                "Write {count} more differences of your own first.",
                ENOUGH - written,
            )
        )
    return _keep(copie, revealed=True)


def mark_seen(copie: Copie, identity: str, *, seen: bool) -> Copie:
    """`copie` with that finding of promptlab among those that the pupil had, or not."""
    others = [known for known in seen_of(copie) if known != identity]
    return _keep(copie, seen=[*others, identity] if seen else others)


def _keep(copie: Copie, **changed: Any) -> Copie:
    known = {"mine": findings_of(copie), "seen": list(seen_of(copie)), "revealed": is_revealed(copie)}
    return keep_work(copie, WORK, VERSION, {**values_of(copie, WORK), **known, **changed})


def _changed(copie: Copie, identity: str, **values: Any) -> Copie:
    return _keep(copie, mine=[{**one, **values} if one["id"] == identity else one for one in findings_of(copie)])


def _kinds(one: dict[str, Any]) -> list[str]:
    kinds = one.get("documents")
    return [kind for kind in kinds if isinstance(kind, str)] if isinstance(kinds, list) else []


class FindingsPanel(WorkPanel):
    """A card for each difference that the pupil found; then those of promptlab."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What does not match in the documents"))

    def body(self, copie: Copie) -> Node:
        """The pupil's findings, the buttons, the comparison."""
        mine = findings_of(copie)
        tone: Literal["", "main"] = "" if len(mine) >= ENOUGH else "main"
        cards = [self._card(rank, one) for rank, one in enumerate(mine, 1)]
        return group(
            [
                text(_("One card for each difference: tick the documents that you compared, say what differs.")),
                *cards,
                bar(
                    [
                        button(_("Add a difference"), "finding-add", self.add, tone=tone),
                        *self.undo_redo(copie, WORK, "finding"),
                    ]
                ),
                self._comparison(copie),
            ]
        )

    def _card(self, rank: int, one: dict[str, Any]) -> Node:
        key, name = one["id"], _("Difference {rank}", rank=rank)
        boxes = [
            checkbox(label, kind in one["documents"], f"{key}-{kind}", self._ticker(key, kind))
            for kind, label in _documents(self.at.case)
        ]
        field = text_area(_("What differs?"), one["text"], f"{key}-text", self._writer(key), rows=2)
        drop = button(_("Remove"), f"{key}-drop", self._dropper(key), says=_("{difference}: remove", difference=name))
        return card([fieldset(_("Documents"), [bar(boxes)]), field, drop], title=name, key=f"finding-{key}")

    def _comparison(self, copie: Copie) -> Node:
        if not self._allowed():
            return notice("info", text(_("Your teacher will open the comparison with what promptlab finds.")))
        if not is_revealed(copie):
            said = _("Once you have written {count} differences, compare them with those of promptlab.", count=ENOUGH)
            return group([text(said), button(_("Compare with promptlab"), "finding-compare", self.compare)])
        try:
            found = _found(self.at.case)
        except BadInput as error:
            return notice("error", text(str(error)))
        seen = seen_of(copie)
        head = [_("What promptlab finds, by rules alone"), _("Where"), _("At stake"), _("I had it")]
        lines = [self._line(place, one, identity_of(one) in seen) for place, one in enumerate(found)]
        had = sum(identity_of(one) in seen for one in found)
        said = _("You had {count} of {all} differences.", count=had, all=len(found))
        caption = _("Differences in the documents")
        whole = wide(table(caption, head, lines, look="facts"), caption)
        return group([heading(_("To compare"), 4), whole, text(strong(said))], key="findings-compared")

    def _line(self, place: int, one: Finding, seen: bool) -> Node:
        money = "–" if one.amount_ht is None else _("{amount} HT", amount=euros(one.amount_ht))
        if one.amount_ttc is not None:
            money += "\n" + _("{amount} TTC", amount=euros(one.amount_ttc))
        label = _("I had difference {rank}", rank=place + 1)
        box = checkbox(label, seen, f"seen-{place}", self._marker(identity_of(one)), hide_label=True)
        return row([one.message, where_of(one, self.at.case), money, box], key=f"found-{place}")

    def _allowed(self) -> bool:
        try:
            return read_classroom(self.at.home).findings
        except BadInput:  # the first panel of the notebook says what is wrong with the file
            return False

    # ------------------------------------------------------------ what is done

    def add(self) -> None:
        """Add a card, and go there. BadInput."""
        changed = self.at.change(add_finding)
        self.focus(f"{findings_of(changed)[-1]['id']}-text")

    def compare(self) -> None:
        """Show what promptlab finds. BadInput before the pupil has found something."""
        self.at.change(reveal)

    def _ticker(self, key: str, kind: str) -> Callable[[bool], object]:
        return lambda ticked: self.at.change(lambda copie: tick_document(copie, key, kind, ticked=ticked))

    def _writer(self, key: str) -> Callable[[str], object]:
        return lambda words: self.at.change(lambda copie: write_finding(copie, key, words), typing=f"finding-{key}")

    def _dropper(self, key: str) -> Callable[[], object]:
        return lambda: self.at.change(lambda copie: drop_finding(copie, key))

    def _marker(self, identity: str) -> Callable[[bool], object]:
        return lambda seen: self.at.change(lambda copie: mark_seen(copie, identity, seen=seen))


def identity_of(finding: Finding) -> str:
    """What tells a finding apart from the others of its case."""
    return "|".join([finding.kind, *finding.where])


def where_of(finding: Finding, case: Case) -> str:
    """The places that prove a finding, in words, one under the other."""
    names = {known.id: known.label for known in evidences(case)}
    lines = []
    for place in finding.where:
        document, _colon, part = place.partition(":")
        kind, _space, rank = part.partition(" ")
        at = _("line {rank}", rank=rank) if kind == "line" else ""
        lines.append(", ".join(one for one in (names.get(document, ""), at) if one))
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _documents(case: Case) -> list[tuple[str, str]]:
    return [(one.id, one.label) for one in evidences(case) if ":" not in one.id]


@lru_cache(maxsize=4)
def _found(case: Case) -> tuple[Finding, ...]:
    return check_documents(case)


def findings_html(desk: Desk) -> str:
    """The pupil's differences, for a notebook without its kernel."""
    names = dict(_documents(desk.case))
    mine = [
        escaped(f"{', '.join(names.get(kind, kind) for kind in one['documents']) or '–'}{colon()} {one['text']}")
        for one in findings_of(desk.opened())
    ]
    nothing = escaped(_("No difference yet."))
    return unordered(mine) if mine else f"<p>{nothing}</p>"
