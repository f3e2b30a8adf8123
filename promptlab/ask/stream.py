"""From the bytes of a chat completion, streamed or whole, to the text of an answer."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from promptlab.messages import _
from promptlab.model.answer import Status

MOST_BYTES = 32_000_000
_DONE = "[DONE]"
_TRUNCATED = ("length", "max_tokens", "model_length")
_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")


class DamagedError(Exception):
    """What came is not what the protocol says; the text tells what, with an excerpt."""


class ServerError(Exception):
    """The server reported an error in the middle of its answer; the text is its own."""


class WebPageError(Exception):
    """A page for people came in place of an answer."""


def payloads(chunks: Iterable[bytes], content_type: str) -> Iterator[str]:
    """The JSON texts in a response body: one for each server-sent event, or the whole body where it is one JSON text.

    Server-sent events are read as the HTML standard says (comments, lines of data joined, any line end). Raises
    WebPageError for HTML, DamagedError for bytes that are not UTF-8 or without end.
    """
    lines = _lines(chunks)
    first = next((line for line in lines if line.strip()), b"").lstrip(b"\xef\xbb\xbf")
    if "html" in content_type or first[:1] == b"<":
        raise WebPageError
    if first.lstrip()[:1] in (b"{", b"["):
        yield _decoded(b"\n".join([first, *lines]))
        return
    data: list[bytes] = []
    for line in _chain(first, lines):
        if line.startswith(b"data:"):
            data.append(line[5:].removeprefix(b" "))
        elif not line and data:
            yield _decoded(b"\n".join(data))
            data.clear()
        elif line[:1] not in (b"", b":") and not re.match(rb"(?:event|id|retry)(?::|$)", line):
            raise DamagedError(_excerpt(line.decode("utf-8", "replace")))
    if data and (data[-1].strip() == _DONE.encode() or data[-1].rstrip().endswith(b"}")):
        yield _decoded(b"\n".join(data))  # its last empty line is missing; half an event is none


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > MOST_BYTES:
            raise DamagedError(_("more than {most} MB came", most=MOST_BYTES // 1_000_000))
        waiting.append(chunk)
        if b"\n" in chunk or b"\r" in chunk:
            *whole, last = _LINE_END.split(b"".join(waiting))
            yield from whole
            waiting = [last]
    yield b"".join(waiting).removesuffix(b"\r")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedError(_excerpt(data.decode("utf-8", "replace"))) from error


class Reply:
    """One answer as it comes in; feed it the payloads, then ask it for `status`."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._held = ""
        self.model = ""
        self.finish_reason = ""
        self.refused = False
        self.done = False
        self.fault = ""
        self.thinking = 0
        self.characters = 0
        self.usage: tuple[tuple[str, int], ...] = ()

    @property
    def text(self) -> str:
        """The answer so far, to the letter."""
        return "".join(self._parts) + ("\ufffd" if self._held else "")

    @property
    def ended(self) -> bool:
        """Whether the server said that its answer is whole; an answer without that was cut."""
        return self.done or bool(self.finish_reason)

    @property
    def status(self) -> Status:
        """What became of the answer."""
        if self.fault:
            return "malformed"
        if self.refused or self.finish_reason == "content_filter":
            return "refused"
        if not self.text.strip():
            return "empty"
        return "truncated" if self.finish_reason in _TRUNCATED else "complete"

    def take(self, payload: str) -> str:
        """Take one payload in; gives the text that it adds. Raises DamagedError or ServerError."""
        if payload.strip() == _DONE:
            self.done = True
            return ""
        try:
            chunk = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise DamagedError(_excerpt(payload)) from error
        if not isinstance(chunk, dict):
            raise DamagedError(_excerpt(payload))
        if chunk.get("error"):
            raise ServerError(error_text(chunk))
        try:
            return self._take_chunk(chunk)
        except (TypeError, KeyError, AttributeError) as error:
            raise DamagedError(_excerpt(payload)) from error

    def _take_chunk(self, chunk: dict[str, Any]) -> str:
        if not chunk.keys() & {"choices", "usage", "object", "id"}:
            raise KeyError
        self.model = _str(chunk.get("model")) or self.model
        if chunk.get("usage"):
            self.usage = tuple((key, count) for key, count in chunk["usage"].items() if type(count) is int)
        added = ""
        for choice in chunk.get("choices") or ():
            if choice.get("index") or 0:
                continue
            self.finish_reason = _str(choice.get("finish_reason")) or self.finish_reason
            self.done = self.done or "message" in choice
            piece = choice.get("delta") or choice.get("message") or {}
            self.refused = self.refused or bool(piece.get("refusal"))
            self.thinking += len(_str(piece.get("reasoning_content") or piece.get("reasoning")))
            added += self._whole_signs(_content(piece.get("content")) + _str(piece.get("refusal")))
        if added:
            self._parts.append(added)
            self.characters += len(added)
        return added

    def _whole_signs(self, text: str) -> str:
        """`text` with pairs of surrogates joined, also across chunks; a lone one (no file can hold it) is U+FFFD."""
        if not self._held and text.isascii():
            return text
        text = self._held + text
        self._held = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        text = text.removesuffix(self._held)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def error_text(body: object) -> str:
    """The message in the error body of a server; "" where there is none to be found."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(error, dict):
        error = error.get("message") or error.get("detail") or error.get("code") or ""
    return error if isinstance(error, str) else json.dumps(error) if error else ""


def _content(content: object) -> str:
    """The text of `content`: a string, or a list of parts of which those of type text count."""
    if isinstance(content, list):
        return "".join(_str(part["text"]) for part in content if part.get("type", "text") == "text")
    return _str(content)


def _str(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError
    return value


def _excerpt(text: str) -> str:
    return text[:80] + ("…" if len(text) > 80 else "")
