"""Reading a TOML or JSON table key by key, and gathering every fault with its place."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.nearest import nearest_hint
from promptlab.files.system import reason_of
from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem


class Table:
    """One table of a file, read by name; what is wrong goes to `faults`, and reading goes on.

    `where` names the table inside its file ("tasks[3]"); keys that nobody asked for are faults too (`finish`).
    """

    def __init__(self, values: Any, file: str, faults: list[Problem], where: str = "") -> None:
        self.file, self.where, self.faults = file, where, faults
        self._asked: set[str] = set()
        self.values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        if not isinstance(values, Mapping):
            self.fault("", _("a table with keys is expected here."))

    def fault(self, key: str, message: str) -> None:
        """Note a fault at `key` of this table."""
        place = ".".join(part for part in (self.where, key) if part)
        self.faults.append(Problem(message, f"{self.file}, {place}" if place else self.file))

    def _value(self, key: str, required: bool, kind: type | tuple[type, ...], expected: Callable[[], str]) -> Any:
        # `expected` is asked for only where it is told: a large copie reads thousands of values.
        self._asked.add(key)
        if key not in self.values:
            if required:
                self.fault(key, _("this key is missing: add it ({expected}).", expected=expected()))
            return None
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, _("“{value}” stands here; expected: {expected}.", value=value, expected=expected()))
            return None
        return value

    def raw(self, key: str) -> Any:
        """Whatever stands at `key`, unchecked; None where nothing does."""
        self._asked.add(key)
        return self.values.get(key)

    def text(self, key: str, *, required: bool = True, default: str = "", among: Sequence[str] = ()) -> str:
        """The text at `key`; `among` closes the list of texts that may stand there."""
        value = self._value(key, required, str, lambda: _("a text between quotation marks"))
        if value is None:
            return default
        if required and not value.strip():
            self.fault(key, _("this text is empty: write it."))
        if among and value not in among:
            hint = nearest_hint(value, among)
            self.fault(key, _("“{value}” is not one of: {choices}.", value=value, choices=", ".join(among)) + hint)
            return default
        return str(value)

    def whole(self, key: str, *, required: bool = True, default: int = 0) -> int:
        """The whole number at `key`."""
        value = self._value(key, required, int, lambda: _("a whole number"))
        return default if value is None else int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """The true or false at `key`."""
        value = self._value(key, False, bool, lambda: _("true or false"))
        return default if value is None else bool(value)

    def decimal(self, key: str, *, sign: str = "€") -> Decimal | None:
        """The exact number at `key` ("476.50"; a decimal comma, spaces and `sign` are accepted), None for none."""
        value = self._value(key, False, (str, int), lambda: _('a number between quotation marks, such as "476.50"'))
        if value is None:
            return None
        plain = "".join(str(value).split()).replace(sign, "").replace(",", ".")
        try:
            number = Decimal(plain)
        except InvalidOperation:
            self.fault(key, _('“{value}” is not a number: write it as "476.50".', value=value))
            return None
        if not number.is_finite():
            self.fault(key, _('“{value}” is not a number: write it as "476.50".', value=value))
            return None
        return number

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """The list of texts at `key`."""
        values = self._value(key, required, list, lambda: _("a list of texts")) or []
        wrong = [value for value in values if not isinstance(value, str) or not value.strip()]
        if wrong:
            self.fault(key, _("every entry of this list must be a text that is not empty."))
        return tuple(value for value in values if isinstance(value, str))

    def wholes(self, key: str) -> tuple[int, ...]:
        """The list of whole numbers at `key`."""
        values = self._value(key, True, list, lambda: _("a list of whole numbers")) or []
        if not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
            self.fault(key, _("every entry of this list must be a whole number."))
        return tuple(value for value in values if isinstance(value, int))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """The table of texts at `key`, as (name, text) in the order of the file."""
        table = self.table(key, required=False)
        if table is None:
            return ()
        found = tuple((name, table.text(name)) for name in table.values)
        table.finish()
        return found

    def table(self, key: str, *, required: bool = True) -> "Table | None":
        """The table at `key`, None where there is none."""
        values = self._value(key, required, Mapping, lambda: _("a table [{key}]", key=key))
        return None if values is None else Table(values, self.file, self.faults, self._path(key))

    def tables(self, key: str, *, required: bool = True) -> "list[Table]":
        """The tables [[key]] in the order of the file."""
        values = self._value(key, required, list, lambda: _("tables [[{key}]]", key=key)) or []
        return [Table(entry, self.file, self.faults, f"{self._path(key)}[{i}]") for i, entry in enumerate(values, 1)]

    def finish(self) -> None:
        """Make a fault of every key that nobody asked for: a misspelt key must not pass in silence."""
        for key in self.values:
            if key not in self._asked:
                hint = nearest_hint(key, sorted(self._asked))
                self.fault(key, _("this key is not known here: remove it.") + hint)

    def _path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key


def read_toml(path: Path, file: str, faults: list[Problem]) -> Table | None:
    """The TOML file at `path`, called `file` in messages; None, with a fault, where it cannot be read."""
    try:
        return Table(tomllib.loads(path.read_bytes().decode("utf-8-sig")), file, faults)
    except FileNotFoundError:
        faults.append(Problem(_("this file is missing."), file))
    except IsADirectoryError:
        faults.append(Problem(_("a folder stands where a file is expected."), file))
    except OSError as error:
        faults.append(Problem(_("this file cannot be read: {reason}.", reason=reason_of(error)), file))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = _("this file is not UTF-8 text: save it again as UTF-8.")
        faults.append(Problem(message, _("{file}, line {line}", file=file, line=line), line))
    except tomllib.TOMLDecodeError as error:
        faults.append(broken_toml(str(error), file))
    return None


def broken_toml(said: str, file: str) -> Problem:
    """The fault of `file`, of which the parser `said` in English why it is no TOML: its place, and what to look at."""
    place = re.search(r"line (\d+), column (\d+)", said)
    if place is None:
        return Problem(_("this TOML file stops too early: a quotation mark or a bracket is not closed."), file)
    line, column = int(place[1]), int(place[2])
    message = _("this line is not correct TOML (column {column}): check quotes, brackets and = signs.", column=column)
    return Problem(message, _("{file}, line {line}", file=file, line=line), line)


def refuse(what: str, faults: Sequence[Problem]) -> BadInput:
    """The error that refuses `what` and lists all its faults, a line each."""
    head = ngettext("{what}: {count} fault to mend.", "{what}: {count} faults to mend.", len(faults), what=what)
    refusal = BadInput("\n".join([head, *(f"  - {_below(what, fault)}" for fault in faults)]))
    refusal.problems = tuple(faults)
    return refusal


def _below(what: str, fault: Problem) -> str:
    """`fault` in words, below a head that says `what`: without its file where the head ends with that."""
    file, _comma, place = fault.where.partition(", ")
    if not file or not re.search(rf"(^|[\s/\\“]){re.escape(file)}$", what):
        return str(fault)
    return str(Problem(fault.message, place)) if place else fault.message


def without_name(message: str, name: str) -> str:
    """`message` without the name of the file, which is said beside it, at the beginning of its lines."""
    base = re.escape(name.rpartition("/")[2])
    path = f"(?:{re.escape(name)}|{base})"
    shorter = re.sub(rf"(^|\n\s*-\s+){path}(?:\s*:\s+|,\s+)", r"\1", message)
    return re.sub(rf"^{path}(?=\s)", _("this file"), shorter)
