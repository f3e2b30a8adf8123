"""Writing plain values as TOML that a person can read and mend."""

from collections.abc import Mapping, Sequence
from typing import Any

_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def to_toml(values: Mapping[str, Any]) -> str:
    """`values` as TOML: texts, numbers, true/false, lists of them, tables, lists of tables.

    Keys whose value is None are left out. Raises TypeError for any other kind of value, UnicodeEncodeError for a lone
    surrogate, which no TOML file can hold.
    """
    text = "\n".join(_table(values, ())).strip("\n") + "\n"
    text.encode("utf-8")
    return text


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    lines, below = [], []
    for key, value in values.items():
        inner = (*path, _key(key))
        if isinstance(value, Mapping):
            below += ["", f"[{'.'.join(inner)}]", *_table(value, inner)]
        elif _is_tables(value):
            for entry in value:
                below += ["", f"[[{'.'.join(inner)}]]", *_table(entry, inner)]
        elif value is not None:
            lines.append(f"{inner[-1]} = {_value(value)}")
    return lines + below


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _key(key: str) -> str:
    bare = key and key.isascii() and all(sign.isalnum() or sign in "-_" for sign in key)
    return key if bare else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(_value(entry) for entry in value)}]"
    raise TypeError(f"TOML holds no {type(value).__name__}")


def _text(text: str) -> str:
    return (
        '"'
        + "".join(
            _SHORT.get(sign) or (f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign) for sign in text
        )
        + '"'
    )
