"""Asking an OpenAI-compatible server: the only module of promptlab that opens a connection."""

import importlib
import json
import os
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from promptlab.ask import failures
from promptlab.ask.access import Endpoint, Getenv, Key, endpoint, key_for
from promptlab.ask.names import Names
from promptlab.ask.personal import check_before_sending
from promptlab.ask.retry import Patience, Trouble, retry_after
from promptlab.ask.source import Conversation, Listener, Progress, unheard
from promptlab.ask.standing import told
from promptlab.ask.stream import DamagedError, Reply, ServerError, WebPageError, error_text, payloads
from promptlab.ask.structured import Embedded, NotReadableError, Structured, json_in, vectors_in
from promptlab.errors import AskFailed, BadInput, PersonalDataFound
from promptlab.messages import _
from promptlab.model.answer import Answer, Provenance

if TYPE_CHECKING:
    from openai import OpenAI

Setting = str | int | float | bool
Result = TypeVar("Result")
_MOST_TEXTS = 128  # in one request for embeddings
_OWN_FIELDS = frozenset({"model", "messages", "stream", "stream_options", "n"})


def live_source(
    model: str = "",
    *,
    base_url: str = "",
    settings: Mapping[str, Setting] | None = None,
    names: Names | None = None,
    known: Iterable[str] = (),
    patience: Patience | None = None,
    getenv: Getenv = os.getenv,
) -> "LiveSource":
    """A source that asks `model` at `base_url` (else OPENAI_BASE_URL, else OpenAI's), with the key in OPENAI_API_KEY.

    `settings` go into the request as they are ("temperature": 0.7). `names` and `known` are for the search for
    personal data before sending (`personal.check_before_sending`). Opens no connection yet. Raises BadInput for an
    address that is none, and for a missing or unusable key.
    """
    server = endpoint(base_url, getenv)
    own = sorted(_OWN_FIELDS & set(settings or ()))
    if own:
        raise BadInput(_("“{name}” is not a setting to choose: take it out.", name=own[0]))
    key = key_for(server, getenv)
    for given in (model, server.url, *map(str, (settings or {}).values())):
        if key.hide(given) != given:
            raise BadInput(
                _("Your key stands in the model, the address or a setting: it belongs in the environment alone.")
            )
    patience = patience or Patience()
    return LiveSource(server, key, model, settings=settings, names=names, known=known, patience=patience)


class LiveSource:
    """One server and one model, asked over one client that is kept until `close`.

    Nothing is sent while the prompts of the conversation hold personal data or the key. Requests that fail in a way
    that may pass (429, 5xx, time-outs, broken connections) go out again as `patience` says; what is sent on by the
    server to another address is not followed. What a model reasons apart from its answer is counted, not kept.
    """

    def __init__(
        self,
        server: Endpoint,
        key: Key,
        model: str,
        *,
        settings: Mapping[str, Setting] | None = None,
        names: Names | None = None,
        known: Iterable[str] = (),
        patience: Patience,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.server, self.model = server, model
        self._key, self._settings, self._patience = key, dict(settings or {}), patience
        self._names, self._known = names, tuple(known)
        self._sleep, self._clock = sleep, clock
        self._client: OpenAI | None = None
        self._counts_tokens = True
        self._format: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"<LiveSource {self.model or '?'} at {self.server.provider}>"

    def __enter__(self) -> "LiveSource":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def ask(self, conversation: Conversation, *, on_progress: Listener = unheard) -> Answer:
        """The model's answer; truncated, refused, empty and malformed ones too, told by their status.

        Raises PersonalDataFound before anything is sent, and AskFailed where no answer came.
        """
        self._check(conversation)
        if not self.model:
            self.model = self._only_model()
        start = self._clock()
        reply = self._persist(
            lambda attempt: self._attempt(conversation, attempt, on_progress), conversation.number, on_progress
        )
        return self._answer(conversation, reply, self._clock() - start)

    def complete_json(self, prompt: str, schema: Mapping[str, Any]) -> Structured:
        """The JSON value with which the model answers `prompt`; the server is asked to keep to the JSON Schema.

        A server that knows no schemas is asked without. Whether the value keeps to it is for the caller to check.
        Raises PersonalDataFound before anything is sent, and AskFailed where no whole JSON value came.
        """
        self._format = {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "strict": True, "schema": dict(schema)},
            }
        }
        try:
            answer = self.ask(Conversation((prompt,)))
        finally:
            self._format = {}
        fault = told(answer)
        if not fault:
            try:
                return Structured(json_in(answer.text), answer)
            except NotReadableError as error:
                fault = str(error)
        raise AskFailed(failures.unusable(fault, self.server))

    def embed(self, texts: Sequence[str]) -> Embedded:
        """One vector for each of `texts`, from the server's embeddings. Raises as `complete_json` does."""
        self._check(Conversation(tuple(texts)))
        if not self.model:
            self.model = self._only_model()
        vectors: list[tuple[float, ...]] = []
        named = ""
        for first in range(0, len(texts), _MOST_TEXTS):
            some = list(texts[first : first + _MOST_TEXTS])
            body = self._persist(partial(self._post_embeddings, some), 1, unheard)
            try:
                named, found = vectors_in(body, len(some))
            except NotReadableError as error:
                raise AskFailed(failures.unusable(str(error), self.server)) from None
            vectors += found
        return Embedded(tuple(vectors), self._provenance(named))

    def _persist(
        self, attempt_once: "Callable[[int], Result | Trouble]", number: int, on_progress: Listener
    ) -> "Result":
        """What `attempt_once` gives, tried again as `patience` says. Raises AskFailed where that is in vain."""
        attempt = 1
        while True:
            on_progress(Progress(number, "asking", attempt=attempt))
            result = attempt_once(attempt)
            if not isinstance(result, Trouble):
                return result
            wait = self._patience.wait(attempt, result)
            if wait is None:
                raise AskFailed(result.final())
            attempt += 1
            on_progress(Progress(number, "retry", attempt=attempt, wait_seconds=wait, message=result.message))
            self._sleep(wait)

    def models(self) -> tuple[str, ...]:
        """The names of the models that the server says it has; empty where it gives no list."""
        found = self._request_models()
        entries = found.get("data") if isinstance(found, dict) else None
        names = [entry.get("id") for entry in entries or () if isinstance(entry, dict)]
        return tuple(sorted(self._key.hide(name) for name in names if isinstance(name, str)))

    def _only_model(self) -> str:
        names = self.models()
        if len(names) == 1:
            return names[0]
        raise AskFailed(failures.no_model(self.server, names))

    def _check(self, conversation: Conversation) -> None:
        check_before_sending(conversation.prompts, names=self._names, known=self._known)
        for number, prompt in enumerate(conversation.prompts, 1):
            if self._key.hide(prompt) != prompt:
                raise PersonalDataFound(
                    _(
                        "Nothing was sent: prompt {number} holds your key. Take it out; a "
                        "key belongs in the environment alone.",
                        number=number,
                    )
                )

    # ------------------------------------------------------------ one request

    def _open(self) -> "OpenAI":
        if self._client is None:
            import openai

            # A proxy of the environment does not lead to this very machine, and plain HTTP needs no certificates.
            alone: dict[str, Any] = {"trust_env": False} if self.server.loopback else {}
            if self.server.loopback and self.server.url.startswith("http:"):
                alone["verify"] = False
            wait = openai.Timeout(self._patience.stall, connect=self._patience.connect)
            self._client = openai.OpenAI(
                api_key=self._key.reveal(),
                base_url=self.server.url,
                max_retries=0,
                timeout=wait,
                http_client=openai.DefaultHttpxClient(follow_redirects=False, timeout=wait, **alone),
            )
        return self._client

    def _attempt(self, conversation: Conversation, attempt: int, on_progress: Listener) -> Reply | Trouble:
        """One request: its reply, or why there is none.

        Errors of the client library hold the request with its key: they end here, and no error of ours is raised
        while one of them is handled, so that none is chained to it.
        """
        client = self._open()
        expected = _client_errors()
        reply = Reply()
        try:
            return self._listen(client, conversation, reply, attempt, on_progress)
        except DamagedError as error:
            reply.fault = failures.plain(self._key.hide(str(error)))
            return reply
        except ServerError as error:
            return failures.server_error(self._key.hide(str(error)), self.server)
        except WebPageError:
            return failures.web_page(self.server)
        except expected as error:
            return reply if reply.done else self._trouble(error)

    def _listen(
        self, client: "OpenAI", conversation: Conversation, reply: Reply, attempt: int, on_progress: Listener
    ) -> Reply | Trouble:
        number, started = conversation.number, self._clock()
        messages: Any = [{"role": m.role, "content": m.content} for m in conversation.messages()]
        extra: dict[str, Any] = {"stream_options": {"include_usage": True}} if self._counts_tokens else {}
        request = client.chat.completions.with_streaming_response.create(
            model=self.model, messages=messages, stream=True, extra_body={**extra, **self._format, **self._settings}
        )
        with request as response:
            for payload in payloads(response.iter_bytes(), response.headers.get("content-type", "").casefold()):
                thought = reply.thinking
                text = self._key.hide(reply.take(payload))
                if text:
                    on_progress(Progress(number, "text", characters=reply.characters, text=text, attempt=attempt))
                elif reply.thinking > thought:
                    on_progress(Progress(number, "thinking", characters=reply.thinking, attempt=attempt))
                if self._clock() - started > self._patience.whole:
                    return failures.endless(self.server, self._patience.whole)
        return reply if reply.ended else failures.cut(self.server)

    def _trouble(self, error: Exception) -> Trouble:
        status = getattr(error, "status_code", None)
        if not isinstance(status, int):
            timed_out = "Timeout" in type(error).__name__
            return failures.connection_trouble(
                error, server=self.server, timed_out=timed_out, patience=self._patience.stall
            )
        said = self._key.hide(error_text(getattr(error, "body", None)))
        if self._counts_tokens and status in (400, 422) and "stream_options" in said:
            self._counts_tokens = False
            return Trouble(failures.plain(said), again=True, retry_after=0.0)
        if self._format and status in (400, 422) and "response_format" in said:
            self._format = {}
            return Trouble(failures.plain(said), again=True, retry_after=0.0)
        if status == HTTPStatus.NOT_FOUND:
            return failures.not_found(said, server=self.server, model=self.model, models=self.models())
        headers = getattr(getattr(error, "response", None), "headers", {})
        asked = retry_after(headers.get("retry-after"))
        return failures.status_trouble(status, said, server=self.server, model=self.model, retry_after=asked)

    def _post_embeddings(self, texts: Sequence[str], _attempt: int) -> str | Trouble:
        client, expected = self._open(), _client_errors()
        body = {"model": self.model, "input": list(texts), "encoding_format": "float"}
        try:
            return client.post("/embeddings", cast_to=str, body=body)
        except expected as error:
            return self._trouble(error)

    def _request_models(self) -> object:
        client = self._open()
        expected: tuple[type[Exception], ...] = (*_client_errors(), ValueError)
        try:
            return json.loads(client.with_options(timeout=self._patience.connect).get("/models", cast_to=str))
        except expected:
            return None

    # ------------------------------------------------------------ the answer

    def _answer(self, conversation: Conversation, reply: Reply, seconds: float) -> Answer:
        answer = Answer(
            number=conversation.number,
            prompt=conversation.prompt,
            text=reply.text,
            provenance=self._provenance(reply.model, note=reply.fault),
            status=reply.status,
            finish_reason=failures.plain(self._key.hide(reply.finish_reason)),
            usage=reply.usage,
            seconds=round(seconds, 3),
        )
        shown = self._key.hide(answer.text)
        return answer if shown == answer.text else replace(answer, text=shown)

    def _provenance(self, named: str, *, note: str = "") -> Provenance:
        """Where what came now comes from; `named` is the model that the server says answered."""
        model = failures.plain(self._key.hide(named)) or self.model
        return Provenance(
            model=model,
            provider=self.server.provider,
            collected=datetime.now().astimezone().isoformat(timespec="seconds"),
            settings=tuple((name, str(value)) for name, value in self._settings.items()),
            note=note,
            asked_model=self.model if self.model != model else "",
        )


def _client_errors() -> tuple[type[Exception], ...]:
    """The errors of the client library and of the HTTP library below it (httpx or its successor)."""
    import openai

    transport = importlib.import_module(openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])
    return (openai.OpenAIError, transport.HTTPError, transport.StreamError, transport.InvalidURL, ssl.SSLError)
