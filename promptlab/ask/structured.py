"""What comes from a server in place of prose: a JSON value, or vectors; read strictly."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from promptlab.messages import _
from promptlab.model.answer import Answer, Provenance

_FENCE = re.compile(r"\A\s*```[\w-]*\s*\n(.*?)\n\s*```\s*\Z", re.DOTALL)


class NotReadableError(Exception):
    """What came is not what was asked for; the text says in what way."""


@dataclass(frozen=True, slots=True)
class Structured:
    """A JSON value that a model gave, and the answer that it was taken from, to the letter."""

    value: Any
    answer: Answer


@dataclass(frozen=True, slots=True)
class Embedded:
    """One vector for each text, in their order, and where they come from."""

    vectors: tuple[tuple[float, ...], ...]
    provenance: Provenance


class StructuredSource(Protocol):
    """Whatever answers with JSON and vectors: a server, or a script in a test."""

    def complete_json(self, prompt: str, schema: Mapping[str, Any]) -> Structured:
        """The JSON value that answers `prompt`; `schema` is a JSON Schema that the server is asked to keep to."""
        ...

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of `texts`."""
        ...


def json_in(text: str) -> Any:
    """The JSON value that `text` is, with or without a code fence around it. Raises NotReadableError."""
    fenced = _FENCE.match(text)
    try:
        return json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError) as error:
        raise NotReadableError(_("it is not JSON: “{beginning}”", beginning=" ".join(text.split())[:80])) from error


def vectors_in(body: str, count: int) -> tuple[str, tuple[tuple[float, ...], ...]]:
    """The model named in an embeddings response, and its `count` vectors by their `index`. Raises NotReadableError."""
    value = json_in(body)
    entries = value.get("data") if isinstance(value, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise NotReadableError(_("it holds no list of vectors"))
    found = {entry.get("index", place): entry.get("embedding") for place, entry in enumerate(entries)}
    vectors = [found.get(place) for place in range(count)]
    if len(entries) != count or not all(_is_vector(vector) for vector in vectors):
        raise NotReadableError(_("it holds {found} vectors for {count} texts", found=len(entries), count=count))
    whole = tuple(tuple(float(number) for number in vector or ()) for vector in vectors)
    if len({len(vector) for vector in whole}) > 1:
        raise NotReadableError(_("its vectors are not all of one length"))
    model = value.get("model")
    return (model if isinstance(model, str) else ""), whole


def _is_vector(vector: object) -> bool:
    return (
        isinstance(vector, list)
        and bool(vector)
        and all(isinstance(number, int | float) and abs(number) < float("inf") for number in vector)
    )
