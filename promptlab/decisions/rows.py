"""A decision table as rows of a spreadsheet, as a class writes it.

The first cell of a row says what the row is. `Title`, `Origin`, `Note` and `Hit` have their text beside it. The row
`Rule` names the conditions, then the columns `Actions` and `Note`; `Values` lists what may stand below each; `Codes`
(may be left out) keeps the ids. `Impossible` rows and all others below are combinations and rules: an empty cell means
any value, several are parted by `|`, `sauf x` means all but x. `Action` rows stand anywhere: code, label, who, note,
caution, sources, actions it excludes. Each word may also be French (Titre, Règle, Valeurs …).
"""

from collections.abc import Iterable, Sequence

from promptlab.decisions.known import folded
from promptlab.messages import _
from promptlab.model.decisions import Condition, DecisionTable, When

# What each kind of row begins with: the language of the screen is written, every one is read.
WORDS = {
    "title": ("Title", "Titre"),
    "origin": ("Origin", "Origine", "Provenance"),
    "about": ("About", "À propos"),
    "hit": ("Hit", "Priorité"),
    "rule": ("Rule", "Règle"),
    "values": ("Values", "Valeurs"),
    "codes": ("Codes", "Codes"),
    "impossible": ("Impossible", "Impossible"),
    "action": ("Action", "Action"),
    "kind": ("Kind of row", "Type de ligne"),
    "actions": ("Actions", "Actions"),
    "note": ("Note", "Remarque"),
}
ANY = ("", "-", "–", "—", "*", "any", "indifférent", "indifferent", "peu importe", "tous", "toutes")
EXCEPT = ("sauf ", "except ", "not ", "pas ")
BETWEEN = " | "


def to_rows(table: DecisionTable) -> list[list[str]]:
    """The rows from which `from_rows` makes the same table, in the language of the screen."""
    names = [condition.question for condition in table.conditions]
    return [
        *heading_rows(table),
        [word("rule"), *names, word("actions"), word("note")],
        [
            word("values"),
            *(_listed(value.label for value in condition.values) for condition in table.conditions),
            *("", ""),
        ],
        [word("codes"), *(_codes(condition) for condition in table.conditions), "", ""],
        *([word("impossible"), *_cells(table, each.when), "", each.why] for each in table.impossible),
        *(
            [_rule_name(rule.id), *_cells(table, rule.when), _listed(_action_names(table, rule.actions)), rule.note]
            for rule in table.rules
        ),
    ]


def heading_rows(table: DecisionTable) -> list[list[str]]:
    """The rows above the conditions."""
    named = (("title", table.title), ("origin", table.origin), ("about", table.note), ("hit", table.hit))
    return [[word(key), text] for key, text in named if text]


def action_rows(table: DecisionTable) -> list[list[str]]:
    """One row for each action: code, label, who, note, caution, sources, what it excludes."""
    return [
        [
            word("action"),
            action.id,
            action.label,
            action.who,
            action.note,
            action.caution,
            _listed(action.sources),
            _listed(action.never_with),
        ]
        for action in table.actions
    ]


def action_heads() -> list[str]:
    """The names of the columns of `action_rows`; the first is no word that begins a row."""
    return [
        word("kind"),
        _("Code"),
        _("What is done"),
        _("Who does it"),
        _("Explanation"),
        _("Point of law"),
        _("Sources to check"),
        _("Never with"),
    ]


def word(key: str) -> str:
    """The word that begins a row of that kind."""
    return {
        "title": _("Title"),
        "origin": _("Origin"),
        "about": _("About"),
        "hit": _("Hit"),
        "rule": _("Rule"),
        "values": _("Values"),
        "codes": _("Codes"),
        "impossible": _("Impossible"),
        "action": _("Action"),
        "kind": _("Kind of row"),
        "actions": _("Actions"),
        "note": _("Note"),
    }[key]


def escape(text: str) -> str:
    """`text` as one entry of a cell that may hold several."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def entries(cell: str) -> list[str]:
    """The entries of a cell: parted by `|` or by line ends."""
    found, current, signs = [], [], iter(cell)
    for sign in signs:
        if sign == "\\":
            after = next(signs, "\\")
            current.append("\n" if after == "n" else after)
        elif sign in "|\n\r":
            found.append("".join(current))
            current = []
        else:
            current.append(sign)
    return [entry.strip() for entry in [*found, "".join(current)] if entry.strip()]


def _rule_name(id_: str) -> str:
    """The id of a rule in the first cell; one that would be read as another kind of row gets a backslash before it."""
    words = {folded(each) for alike in WORDS.values() for each in alike}
    return f"\\{id_}" if folded(id_) in words or id_.startswith("\\") else id_


def _listed(texts: Iterable[str]) -> str:
    return BETWEEN.join(escape(text) for text in texts)


def _codes(condition: Condition) -> str:
    return f"{escape(condition.id)}{BETWEEN}{_listed(value.id for value in condition.values)}"


def _cells(table: DecisionTable, when: When) -> list[str]:
    named = dict(when)
    cells = []
    for condition in table.conditions:
        if condition.id not in named:
            cells.append("")
            continue
        labels = [_unlike_any(value.label, value.id) for value in condition.values if value.id in named[condition.id]]
        cells.append(_listed(labels) or NONE)
    return cells


# How a cell says that no value fits: a rule that contradicts itself is kept as it is.
NONE = "∅"


def _unlike_any(label: str, id_: str) -> str:
    """The label, or the id where the label would be read as something else."""
    low = label.strip().casefold()
    return id_ if low in ANY or low.startswith(EXCEPT) or low == NONE else label


def _action_names(table: DecisionTable, actions: Sequence[str]) -> list[str]:
    labels = {action.id: action.label for action in table.actions}
    return [labels[action] for action in actions]
