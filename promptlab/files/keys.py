"""The answer key of a run as a file that a teacher reads and edits: `key/<run>.toml` of a case.

Format 1:

    format = 1
    run = "run-a"
    others = "neutral"                 # a tag on an item not named: neutral, unsuitable (wrong if it says so), wrong
    origin = "…"                       # who made the key, in words

    [[answers]]                        # for which answers it holds; written by “promptlab key”
    prompt = 1
    answer = "321560c4c6820412"
    steps = 7

    [[items]]                          # an item to be tagged
    column = 1                         # the answer, from 1
    item = "3.1"                       # its id, as “promptlab parse --json” and the table print it
    text = "…"                         # its whole text
    words = "sans l'interrompre"       # optional: the part that is meant
    tag = "inappropriate"              # the tag expected
    also = [{ tag = "non_compliant", credit = "1/2" }]   # optional: other tags, and what they earn
    reasons = ["channel"]              # optional: the reasons that are right
    evidence = ["complaint"]           # optional: what proves it; any of them is right
    why = "…"                          # the argument that the pupil reads
    weight = 1                         # optional; "1.5" and "1/2" will do
    optional = false                   # optional; true: earns where found, costs nothing where missed

    [[ideas]]                          # an idea expected in what the pupil writes
    id = "canal"
    text = "…"                         # the idea in words, for the feedback
    words = [["oral", "téléphon*"], ["écrit*", "courriel"]]   # one of each group, in any form
    without = ["…"]                    # optional: what spoils it
    column = 1                         # optional: the answer that it is about; left out: any
    where = "both"                     # optional: remarks, discussion, both
    why, weight, optional              # as for an item
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast, get_args

from promptlab.errors import BadInput
from promptlab.files.faults import Table, read_toml, refuse
from promptlab.files.ratios import newer, plain_number, read_ratio
from promptlab.files.toml import to_toml
from promptlab.messages import _
from promptlab.model.alignment import SavedAnswer
from promptlab.model.case import Case
from promptlab.model.copie import Span
from promptlab.model.key import FOLDER, FORMAT, Accepted, Idea, Key, KeyItem, Others, Where
from promptlab.model.problem import Problem


def key_path(folder: Path, run: str) -> Path:
    """Where the key of `run` stands in the case folder `folder`."""
    return folder / FOLDER / f"{run}.toml"


def read_key(path: Path, case: Case) -> Key:
    """The key in the file `path`, its tags and reasons checked against those of `case`.

    Whether its items stand in the answers is for the room `grade` to say. Raises BadInput that lists all faults.
    """
    faults: list[Problem] = []
    table = read_toml(path, path.name, faults)
    key = _Reader(case).key(table) if table else None
    if key is None or faults:
        raise refuse(_("Key {path}", path=path), faults)
    return key


def read_keys(case: Case) -> tuple[Key, ...]:
    """The keys of all runs of `case` that have one. Raises BadInput that lists the faults of all of them."""
    found, refused = [], []
    for run in case.runs:
        path = key_path(case.folder, run.name)
        if path.is_file():
            try:
                found.append(read_key(path, case))
            except BadInput as error:
                refused.append(error)
    if refused:
        raise refuse(_("Keys of {case}", case=case.name), [fault for error in refused for fault in error.problems])
    return tuple(found)


def key_text(key: Key) -> str:
    """The file of `key`."""
    return to_toml(
        {
            "format": FORMAT,
            "run": key.run,
            "others": key.others,
            "origin": key.origin or None,
            "answers": [{"prompt": one.prompt, "answer": one.answer, "steps": one.steps} for one in key.answers],
            "items": [_item_values(item) for item in key.items] or None,
            "ideas": [_idea_values(idea) for idea in key.ideas] or None,
        }
    )


def _item_values(item: KeyItem) -> dict[str, Any]:
    also = [{"tag": one.tag, "credit": plain_number(one.credit)} for one in item.accepted[1:]]
    return {
        "column": item.column,
        "item": item.item,
        "text": item.text,
        "words": item.words if item.span else None,
        "words_at": _rank(item),
        "tag": item.tag,
        "reasons": list(item.reasons) or None,
        "evidence": list(item.evidence) or None,
        "why": item.why,
        "weight": _weight(item.weight),
        "optional": item.optional or None,
        "also": also or None,
    }


def _idea_values(idea: Idea) -> dict[str, Any]:
    return {
        "id": idea.id,
        "text": idea.text,
        "words": [list(group) for group in idea.words],
        "without": list(idea.without) or None,
        "column": idea.column or None,
        "where": idea.where if idea.where != "both" else None,
        "why": idea.why or None,
        "weight": _weight(idea.weight),
        "optional": idea.optional or None,
    }


def _weight(weight: Fraction) -> str | None:
    return plain_number(weight) if weight != 1 else None


def _rank(item: KeyItem) -> int | None:
    """Which of several equal passages `words` is, None where it is the first."""
    if item.span is None:
        return None
    starts = _places(item.text, item.words)
    rank = starts.index(item.span[0]) + 1 if item.span[0] in starts else 1
    return rank if rank > 1 else None


def _places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes the nouns out of tables; what is wrong goes to their faults."""

    case: Case

    def key(self, table: Table) -> Key:
        if (version := table.whole("format")) > FORMAT:
            table.fault("format", newer(version, FORMAT))
        others = table.text("others", required=False, among=get_args(Others), default="neutral")
        key = Key(
            run=table.text("run"),
            answers=tuple(_answer(entry) for entry in table.tables("answers")),
            others=cast(Others, others or "neutral"),
            origin=table.text("origin", required=False),
            items=tuple(self._item(entry) for entry in table.tables("items", required=False)),
            ideas=tuple(self._idea(entry) for entry in table.tables("ideas", required=False)),
        )
        table.finish()
        _tell_doubles(table, key)
        return key

    def _item(self, table: Table) -> KeyItem:
        text = table.text("text")
        tags = [tag.id for tag in self.case.tags]
        accepted = [Accepted(table.text("tag", among=tags))]
        for entry in table.tables("also", required=False):
            accepted.append(Accepted(entry.text("tag", among=tags), read_ratio(entry, "credit", most=Fraction(1))))
            entry.finish()
        if len({one.tag for one in accepted}) < len(accepted):
            table.fault("also", _("the same tag stands twice: keep one."))
        item = KeyItem(
            column=_column(table, self.case, least=1),
            item=table.text("item"),
            text=text,
            span=_span(table, text),
            accepted=tuple(accepted),
            reasons=_known(table, "reasons", [reason.id for reason in self.case.reasons]),
            evidence=table.texts("evidence", required=False),
            why=table.text("why", required=False),
            weight=read_ratio(table, "weight", Fraction(1)),
            optional=table.flag("optional", default=False),
        )
        table.finish()
        return item

    def _idea(self, table: Table) -> Idea:
        where = table.text("where", required=False, among=get_args(Where), default="both")
        idea = Idea(
            id=table.text("id"),
            text=table.text("text"),
            words=_groups(table),
            without=table.texts("without", required=False),
            column=_column(table, self.case, least=0),
            where=cast(Where, where or "both"),
            why=table.text("why", required=False),
            weight=read_ratio(table, "weight", Fraction(1)),
            optional=table.flag("optional", default=False),
        )
        table.finish()
        return idea


def _answer(table: Table) -> SavedAnswer:
    answer = SavedAnswer(table.whole("prompt"), table.text("answer"), table.whole("steps"))
    table.finish()
    return answer


def _column(table: Table, case: Case, *, least: int) -> int:
    column = table.whole("column", required=least > 0, default=least)
    most = max(len(case.prompts), *(len(run.answers) for run in case.runs), 1)
    if not least <= column <= most:
        table.fault(
            "column", _("“{value}” is no column: there are {least} to {most}.", value=column, least=1, most=most)
        )
    return column


def _span(table: Table, text: str) -> Span | None:
    words, rank = table.text("words", required=False), table.whole("words_at", required=False, default=1)
    if not words:
        return None
    starts = _places(text, words)
    if not 1 <= rank <= len(starts):
        table.fault("words", _("“{words}” does not stand in the text of this item: copy it from there.", words=words))
        return None
    start = starts[rank - 1]
    return None if words == text else (start, start + len(words))


def _known(table: Table, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
    found = table.texts(key, required=False)
    for value in found:
        if value not in allowed:
            table.fault(key, _("“{value}” is not one of: {choices}.", value=value, choices=", ".join(allowed)))
    return found


def _groups(table: Table) -> tuple[tuple[str, ...], ...]:
    value = table.raw("words")
    right = isinstance(value, list) and bool(value)
    right = right and all(
        isinstance(group, list) and group and all(isinstance(word, str) and word.strip(" *") for word in group)
        for group in value
    )
    if not right:
        expected = _('lists of words, such as [["oral", "téléphon*"], ["écrit*"]]')
        table.fault("words", _("“{value}” stands here; expected: {expected}.", value=value, expected=expected))
        return ()
    return tuple(tuple(group) for group in value)


def _tell_doubles(table: Table, key: Key) -> None:
    seen: set[object] = set()
    for number, item in enumerate(key.items, 1):
        spot = (item.column, item.item, item.span)
        if spot in seen:
            table.fault(f"items[{number}]", _("this passage stands twice in the key: keep one."))
        seen.add(spot)
    for number, idea in enumerate(key.ideas, 1):
        if idea.id in seen:
            table.fault(f"ideas[{number}].id", _("“{id}” stands twice: give each idea its own.", id=idea.id))
        seen.add(idea.id)
