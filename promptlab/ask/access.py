"""Where the server is and which key opens it; the key shows itself to nobody else."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from promptlab.errors import BadInput
from promptlab.messages import _

Getenv = Callable[[str], str | None]
OPENAI = "https://api.openai.com/v1"
KEY_VARIABLE = "OPENAI_API_KEY"
URL_VARIABLE = "OPENAI_BASE_URL"
_NO_KEY = "none"  # the client insists on a key; servers without keys pass over it


class Key:
    """An API key. Neither its text nor its repr holds it; it comes out of `reveal` alone."""

    __slots__ = ("_key",)

    def __init__(self, key: str = "") -> None:
        self._key = key

    def reveal(self) -> str:
        """The key itself, for the Authorization header."""
        return self._key or _NO_KEY

    @property
    def possible(self) -> bool:
        """Whether a header can carry it."""
        return self._key.isascii() and self._key.isprintable() and " " not in self._key

    def hide(self, text: str) -> str:
        """`text` with the key blotted out, should a server or a person have put it there."""
        return text.replace(self._key, "***") if self._key else text

    def __bool__(self) -> bool:
        return bool(self._key)

    def __repr__(self) -> str:
        return "Key(***)" if self._key else "Key()"

    def __reduce__(self) -> str:
        raise TypeError("a key is not to be copied or stored")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server: the base URL of its API, and its host (with a port of its own) for people.

    `loopback`: on this machine; `nearby`: there, or on the local network.
    """

    url: str
    provider: str
    loopback: bool
    nearby: bool


def endpoint(base_url: str, getenv: Getenv) -> Endpoint:
    """The server at `base_url`, else at OPENAI_BASE_URL, else OpenAI's.

    Raises BadInput for what is no http(s) address, and for one that holds a password or a question mark part.
    """
    url = (base_url or getenv(URL_VARIABLE) or OPENAI).strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise BadInput(
            _(
                "--base-url must not hold a password or anything after “?”: put the key into {variable}.",
                variable=KEY_VARIABLE,
            )
        )
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", url):
        raise BadInput(_("--base-url “{url}” is no web address: write one such as http://localhost:11434/v1.", url=url))
    shown = f"[{host}]" if ":" in host else host
    loopback, nearby = _near(host)
    return Endpoint(url.rstrip("/"), f"{shown}:{port}" if port else shown, loopback, nearby)


def key_for(server: Endpoint, getenv: Getenv) -> Key:
    """The key in OPENAI_API_KEY; a server nearby does without one.

    Raises BadInput, which never quotes it, where it is missing, cannot be a key, or would travel unencrypted.
    """
    key = Key((getenv(KEY_VARIABLE) or "").strip())  # never bare in a variable that a traceback may show
    if not key and not server.nearby:
        raise BadInput(
            _(
                "{provider} wants a key, and the environment variable {variable} is not set: "
                "set it, or choose another server with --base-url.",
                provider=server.provider,
                variable=KEY_VARIABLE,
            )
        )
    if not key.possible:
        raise BadInput(
            _(
                "What stands in {variable} cannot be a key: it has a space, a line break or an accent. Copy it again.",
                variable=KEY_VARIABLE,
            )
        )
    if key and server.url.startswith("http:") and not server.nearby:
        raise BadInput(
            _(
                "Your key would travel unencrypted to {provider}: write --base-url with https://.",
                provider=server.provider,
            )
        )
    return key


def _near(host: str) -> tuple[bool, bool]:
    """(on this machine, on this machine or the local network)."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        loopback = host == "localhost" or host.endswith(".localhost")
        return loopback, loopback or "." not in host or host.endswith((".local", ".lan", ".home.arpa", ".internal"))
    loopback = address.is_loopback or address.is_unspecified
    return loopback, loopback or address.is_private or address.is_link_local
