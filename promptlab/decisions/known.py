"""What a decision table knows by name: conditions, values and actions, found by id or by the words a person types."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from promptlab.files.nearest import nearest_hint
from promptlab.messages import _
from promptlab.model.decisions import Action, Condition, When

_NO_LETTER = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """`text` as it is compared: no case, accents, punctuation or doubled spaces."""
    parted = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("’", "'"))
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return _NO_LETTER.sub(" ", bare).strip()


class Known:
    """The closed lists of a table."""

    def __init__(self, conditions: tuple[Condition, ...], actions: tuple[Action, ...]) -> None:
        self.conditions = {condition.id: condition for condition in conditions}
        self.actions = {action.id: action for action in actions}
        self._places = {id_: place for place, id_ in enumerate(self.conditions)}
        self._questions = {folded(condition.question): condition for condition in conditions}
        self._labels = {folded(action.label): action for action in actions}

    def condition(self, asked: str) -> Condition | None:
        """The condition of that id or question."""
        return self.conditions.get(asked.strip()) or self._questions.get(folded(asked))

    def action(self, asked: str) -> Action | None:
        """The action of that id or label."""
        return self.actions.get(asked.strip()) or self._labels.get(folded(asked))

    def value(self, condition: Condition, asked: str) -> str | None:
        """The id of the value of that id or label."""
        plain = asked.strip()
        for value in condition.values:
            if plain in (value.id, value.label.strip()):
                return value.id
        alike = [value.id for value in condition.values if folded(asked) in (folded(value.id), folded(value.label))]
        return alike[0] if folded(asked) and len(alike) == 1 else None

    def in_order(self, condition: Condition, ids: Iterable[str]) -> tuple[str, ...]:
        """`ids` in the order of the condition, each once."""
        wanted = set(ids)
        return tuple(value.id for value in condition.values if value.id in wanted)

    def sorted(self, found: Mapping[str, tuple[str, ...]]) -> When:
        """`found` in the order of the conditions, without those that may be anything."""
        named = sorted(found.items(), key=lambda entry: self._places[entry[0]])
        return tuple(
            (condition, values) for condition, values in named if len(values) < len(self.conditions[condition].values)
        )

    def no_condition(self, asked: str) -> str:
        """What to say where a condition is not known."""
        return _no(_("“{value}” is no condition.", value=asked), asked, self.conditions)

    def no_action(self, asked: str) -> str:
        """What to say where an action is not known."""
        return _no(_("“{value}” is no action.", value=asked), asked, self.actions)

    def no_value(self, condition: Condition, asked: str) -> str:
        """What to say where a value is not known."""
        choices = [value.label for value in condition.values]
        ids = [value.id for value in condition.values]
        said = _("“{value}” is not one of: {choices}.", value=asked, choices=", ".join(choices))
        return said + nearest_hint(asked, [*choices, *ids])


def _no(said: str, asked: str, names: Iterable[str]) -> str:
    listed = list(names)
    if hint := nearest_hint(asked, listed):
        return said + hint
    return said + " " + _("There are: {names}.", names=", ".join(listed[:40]) or "–")
