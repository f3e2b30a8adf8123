"""What went wrong with a request, in words that say what to do next."""

import re
import socket
import ssl
from collections.abc import Callable, Sequence
from http import HTTPStatus

from promptlab.ask.access import KEY_VARIABLE, Endpoint
from promptlab.ask.retry import Trouble
from promptlab.messages import _

_QUOTA = ("insufficient_quota", "billing", "credit")
_MOST_WORDS = 300
_MOST_MODELS = 12


def plain(text: str) -> str:
    """Words of a server fit for a screen: one line, no control characters, of bearable length."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
    return line[:_MOST_WORDS] + ("…" if len(line) > _MOST_WORDS else "")


def status_trouble(status: int, said: str, *, server: Endpoint, model: str, retry_after: float | None) -> Trouble:
    """The trouble behind an HTTP status; `said` is the error message of the server, `retry_after` in seconds."""
    return Trouble(_status_message(status, said, server, model) + _quoted(said), _again(status, said), retry_after)


def _again(status: int, said: str) -> bool:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return not _is_quota(said)
    return status == HTTPStatus.REQUEST_TIMEOUT or (status >= 500 and status != HTTPStatus.NOT_IMPLEMENTED)


def _is_quota(said: str) -> bool:
    return any(word in said.casefold() for word in _QUOTA)


_SAYINGS: dict[int, Callable[..., str]] = {
    401: lambda **values: _(
        "{host} does not accept the key (401): check the environment variable {key}, and that the key is for this "
        "server.",
        **values,
    ),
    402: lambda **values: _(
        "The credit at {host} is used up ({status}): top it up, or choose another server with --base-url.", **values
    ),
    403: lambda **values: _(
        "{host} forbids this (403): the key may not use the model “{model}”, or the network blocks the server. "
        "Choose another model, or ask your administrator.",
        **values,
    ),
    413: lambda **values: _(
        "The conversation is too long for {host} (413): shorten the prompts, or choose another model.", **values
    ),
    429: lambda **values: _("{host} gets too many requests from you (429).", **values),
    300: lambda **values: _(
        "{host} sends requests on to another address, which is not followed: give that address with --base-url.",
        **values,
    ),
    400: lambda **values: _("{host} refuses the request ({status}): check --model and the settings.", **values),
    500: lambda **values: _("{host} has a fault of its own ({status}).", **values),
}


def _status_message(status: int, said: str, server: Endpoint, model: str) -> str:
    """What to say about a status: its own saying, else that of its hundred."""
    looked_up = 402 if status == HTTPStatus.TOO_MANY_REQUESTS and _is_quota(said) else status
    saying = _SAYINGS.get(looked_up) or _SAYINGS.get(status // 100 * 100) or _SAYINGS[500]
    return saying(host=server.provider, key=KEY_VARIABLE, model=model, status=status)


def not_found(said: str, *, server: Endpoint, model: str, models: Sequence[str]) -> Trouble:
    """The trouble behind a 404: an unknown model where the server lists its models, else a wrong address."""
    if models:
        message = _(
            "{host} has no model “{model}” (404). It has: {models}. Choose one with --model.",
            host=server.provider,
            model=model,
            models=listed(models),
        )
    else:
        message = _(
            "There is no model “{model}” or no such address at {host} (404): check --model, "
            "and that --base-url ends as the server's guide says, mostly in /v1.",
            host=server.provider,
            model=model,
        )
    return Trouble(message + _quoted(said))


def no_model(server: Endpoint, models: Sequence[str]) -> str:
    """What to say where no model was given and the server does not have exactly one."""
    if models:
        return _(
            "{host} has several models: {models}. Choose one with --model.", host=server.provider, models=listed(models)
        )
    return _("Say with --model which model of {host} to ask: it gives no list of its models.", host=server.provider)


def listed(models: Sequence[str]) -> str:
    """The first names of a list of models, and how many more there are."""
    names = ", ".join(plain(model) for model in models[:_MOST_MODELS])
    more = len(models) - _MOST_MODELS
    return names if more <= 0 else _("{names} and {count} more", names=names, count=more)


def connection_trouble(error: BaseException, *, server: Endpoint, timed_out: bool, patience: float) -> Trouble:
    """The trouble behind a connection that was not made, stalled (for `patience` seconds) or broke."""
    host = server.provider
    causes = _causes(error)
    for kind, saying in _HOPELESS:
        if any(isinstance(cause, kind) for cause in causes):
            return Trouble(saying(server))
    if timed_out:
        return Trouble(
            _("{host} gave no sign for {seconds} seconds.", host=host, seconds=round(patience, 1)), again=True
        )
    return cut(server)


def _not_found(server: Endpoint) -> str:
    return _(
        "The server {host} is not found: check --base-url, and that you are connected to the network.",
        host=server.provider,
    )


def _not_trusted(server: Endpoint) -> str:
    return _(
        "The certificate of {host} is not trusted: a network filter may stand in between. Ask your "
        "administrator for its certificate, and name its file in SSL_CERT_FILE.",
        host=server.provider,
    )


def _not_running(server: Endpoint) -> str:
    if not server.loopback:
        return _(
            "{host} accepts no connection: check --base-url, and that the server is running.", host=server.provider
        )
    return _(
        "Nothing answers at {host}: is the server (Ollama, LM Studio, vLLM…) running? Start it, then try again.",
        host=server.provider,
    )


_HOPELESS: tuple[tuple[type[BaseException], Callable[[Endpoint], str]], ...] = (
    (socket.gaierror, _not_found),
    (ssl.SSLCertVerificationError, _not_trusted),
    (ConnectionRefusedError, _not_running),
)


def cut(server: Endpoint) -> Trouble:
    """The trouble behind an answer that stops before its end."""
    return Trouble(
        _(
            "The connection to {host} broke before the end of the answer.",
            host=server.provider,
        ),
        again=True,
    )


def server_error(said: str, server: Endpoint) -> Trouble:
    """The trouble behind an error that a server reports inside its answer."""
    return Trouble(
        _("{host} reports an error in place of its answer.", host=server.provider) + _quoted(said),
        again=True,
    )


def web_page(server: Endpoint) -> Trouble:
    """The trouble behind a page for people where an answer was expected."""
    return Trouble(
        _(
            "{host} sent a web page, not an answer: check --base-url (mostly it ends in "
            "/v1), and whether the network asks you to log in.",
            host=server.provider,
        )
    )


def endless(server: Endpoint, seconds: float) -> Trouble:
    """The trouble behind an answer that does not come to its end."""
    return Trouble(
        _(
            "The answer of {host} had not ended after {minutes} minutes: choose a faster model.",
            host=server.provider,
            minutes=round(seconds / 60, 1),
        )
    )


def unusable(fault: str, server: Endpoint) -> str:
    """What to say where an answer came whole but is not what was asked for."""
    return _(
        "{host} answered, but not as asked: {fault}. Try again, or choose another model.",
        host=server.provider,
        fault=fault.rstrip("."),
    )


def _quoted(said: str) -> str:
    return " " + _("The server says: “{said}”", said=plain(said)) if said.strip() else ""


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    return chain
