"""Names for lanes, shapes and arrows that any drawing language takes, whatever their ids are."""

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z0-9_]{1,40}")


def plain_names(prefix: str, ids: Iterable[str]) -> dict[str, str]:
    """A name for every id: the prefix with the id where that is plain letters and digits, else with its rank."""
    return {id_: f"{prefix}_{id_}" if _PLAIN.fullmatch(id_) else f"{prefix}{rank}" for rank, id_ in enumerate(ids, 1)}
