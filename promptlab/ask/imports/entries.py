"""The entries of a JSON list, one at a time, out of a file that may be too large to hold."""

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any

MOST_CHARACTERS = 200_000_000  # of one entry
_CHUNK = 1 << 20
_LONGEST_SIGN = 12  # what can stand cut at the end of a chunk: an escape such as \ud83d\ude00, a literal
_SPACE = " \t\r\n"


class NotEntriesError(Exception):
    """The file is no JSON list or table, or it is damaged; `start` is how it begins, "" where it began well."""

    def __init__(self, start: str = "") -> None:
        super().__init__(start)
        self.start = start


def entries(file: IO[bytes]) -> Iterator[Any]:
    """The entries of the list in `file`, or the one table that it holds. Never holds more than one entry and a chunk.

    Raises NotEntriesError for what is no JSON, stops too early, is nested too deeply, or has an entry of more than
    MOST_CHARACTERS.
    """
    window = _Window(file)
    first = window.next_sign()
    if first == "{":
        yield window.value()
        return
    if first != "[":
        raise NotEntriesError(window.text[:20] or "–")
    window.place += 1
    while (sign := window.next_sign(_SPACE + ",")) != "]":
        if not sign:
            raise NotEntriesError
        yield window.value()


class _Window:
    """The part of the file that is looked at; `place` is where reading stands in its `text`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._decoder = json.JSONDecoder(strict=False)
        self.text, self.place = "", 0

    def next_sign(self, skipped: str = _SPACE) -> str:
        """The next character that is none of `skipped`, "" at the end of the file; it stays to be read."""
        while True:
            while self.place < len(self.text):
                if self.text[self.place] not in skipped:
                    return self.text[self.place]
                self.place += 1
            if not self._more():
                return ""

    def value(self) -> Any:
        """The JSON value that begins here."""
        while True:
            try:
                value, self.place = self._decoder.raw_decode(self.text, self.place)
            except json.JSONDecodeError as error:
                if not (self._is_cut(error) and self._more()):
                    raise NotEntriesError from error
            except RecursionError as error:
                raise NotEntriesError from error
            else:
                return value

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether what is wrong can be that the value goes on after the window."""
        if len(self.text) - self.place > MOST_CHARACTERS:
            return False
        return error.msg.startswith("Unterminated string") or error.pos >= len(self.text) - _LONGEST_SIGN

    def _more(self) -> bool:
        """Read on; twice as much each time, so that a long entry is not read over and over. False at the end."""
        left = self.text[self.place :]
        content = self._file.read(max(_CHUNK, len(left)))
        try:
            self.text, self.place = left + self._decode.decode(content, final=not content), 0
        except UnicodeDecodeError as error:
            raise NotEntriesError from error
        return bool(content)
