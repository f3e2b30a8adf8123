"""The names of the pupils, kept only in memory, and where they stand in a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.system import reason_of
from promptlab.messages import _

_WORD = re.compile(r"[^\W\d_]+")
_HEADINGS = frozenset(
    {"nom", "noms", "prenom", "prenoms", "name", "names", "first", "last", "surname", "eleve", "eleves", "de", "l"}
    | {"pupil", "pupils", "classe", "class"}
)


def folded(text: str) -> str:
    """The words of `text` without accents and case, one space between them."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(plain.casefold()))


class Names:
    """Names to look for. Each is a full name, in either order of first and last name ("Léa Dupont", "DUPONT Léa").

    A full name is found however it is written. One word of it alone (three letters or more) is found where the text
    writes it with a capital, as a name: "Rose" but not "rose".
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: set[tuple[str, ...]] = set()
        self._parts: set[str] = set()
        for name in names:
            words = tuple(folded(name).split())
            if not words:
                continue
            self._whole |= {words[i:] + words[:i] for i in range(len(words))}
            self._parts |= {word for word in words if len(word) >= 3}
        self._longest = max(map(len, self._whole), default=0)

    def __bool__(self) -> bool:
        return bool(self._whole)

    def __repr__(self) -> str:
        return f"<{len(self._parts)} parts of names>"

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, folded name) of every name in `text`, in its order, full names before their parts."""
        # Accents written as signs of their own would cut words: join them, sign for sign.
        words = [
            (match.start(), match.end(), folded(match[0]))
            for match in re.finditer(r"(?:[^\W\d_][\u0300-\u036f]*)+", text)
        ]
        at = 0
        while at < len(words):
            length = self._length_at(words, at)
            if length:
                yield (
                    words[at][0],
                    words[at + length - 1][1],
                    " ".join(word for _s, _e, word in words[at : at + length]),
                )
            elif words[at][2] in self._parts and text[words[at][0]].isupper():
                yield words[at]
            at += length or 1

    def _length_at(self, words: list[tuple[int, int, str]], at: int) -> int:
        """How many words from `at` on are a full name, 0 where none is."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            if tuple(word for _s, _e, word in words[at : at + length]) in self._whole:
                return length
        return 0


def load_names(path: Path) -> Names:
    """The names in a text or CSV file, one pupil a line: "Léa Dupont" or "Dupont;Léa;…" (the first two fields count).

    A heading line is passed over. Raises BadInput where the file cannot be read as UTF-8 text or holds no name.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise BadInput(
            _("{path}: the list of names cannot be read: {reason}.", path=path, reason=reason_of(error))
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(_("{path}: this list of names is not UTF-8 text: save it again as UTF-8.", path=path)) from error
    rows = [" ".join(re.split(r"[;,\t]", line)[:2]) for line in lines]
    names = [row for row in rows if (words := folded(row).split()) and not _HEADINGS.issuperset(words)]
    if not names:
        raise BadInput(_("{path}: this list holds no name: write one pupil a line.", path=path))
    return Names(names)
