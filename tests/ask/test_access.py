"""Where requests may go and with which key; and when they go out again."""

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.access import Key, endpoint, key_for
from promptlab.ask.retry import Patience, Trouble, retry_after
from promptlab.errors import BadInput

KEY = {"OPENAI_API_KEY": "sk-test-1234567890"}


def server(url, **environ):
    return endpoint(url, environ.get)


@pytest.mark.parametrize(
    ("url", "provider", "loopback", "nearby"),
    [
        ("https://api.mistral.ai/v1/", "api.mistral.ai", False, False),
        ("http://localhost:11434/v1", "localhost:11434", True, True),
        ("http://127.0.0.1:1234/v1", "127.0.0.1:1234", True, True),
        ("http://[::1]:1234/v1", "[::1]:1234", True, True),
        ("http://0.0.0.0:8000", "0.0.0.0:8000", True, True),
        ("http://192.168.1.20:8000/v1", "192.168.1.20:8000", False, True),
        ("http://serveur-cdi:8000/v1", "serveur-cdi:8000", False, True),
        ("https://8.8.8.8/v1", "8.8.8.8", False, False),
    ],
)
def test_address_says_who_answers_and_how_near(url, provider, loopback, nearby):
    found = server(url)
    assert (found.provider, found.loopback, found.nearby) == (provider, loopback, nearby)
    assert not found.url.endswith("/")


def test_address_is_the_given_one_else_that_of_the_environment_else_openai():
    assert server("https://a.example/v1", OPENAI_BASE_URL="https://b.example").provider == "a.example"
    assert server("", OPENAI_BASE_URL="https://b.example").provider == "b.example"
    assert server("").provider == "api.openai.com"


@pytest.mark.parametrize(
    "url", ["localhost:11434", "ftp://x/v1", "http://", "https://a b/v1", "http://x:port/v1", "file:///etc"]
)
def test_what_is_no_web_address_is_refused_and_quoted(url):
    with pytest.raises(BadInput, match="http://localhost:11434/v1"):
        server(url)


@pytest.mark.parametrize("url", ["https://me:sk-secret@a.example/v1", "https://a.example/v1?key=sk-secret"])
def test_secret_in_the_address_is_refused_and_not_quoted(url):
    with pytest.raises(BadInput) as caught:
        server(url)
    assert "secret" not in str(caught.value)


def test_server_nearby_needs_no_key():
    assert key_for(server("http://localhost:1234/v1"), {}.get).reveal() == "none"


def test_server_far_away_needs_one_and_the_message_names_the_variable():
    with pytest.raises(BadInput, match="OPENAI_API_KEY"):
        key_for(server("https://api.mistral.ai/v1"), {"OPENAI_API_KEY": " "}.get)


def test_key_does_not_travel_unencrypted_to_the_internet():
    with pytest.raises(BadInput, match="https"):
        key_for(server("http://api.example.com/v1"), KEY.get)


@pytest.mark.parametrize("key", ["sk-secret\nsk-other", "sk secret", "sk-sécret", "sk-\x07secret"])
def test_key_that_cannot_be_one_is_refused_and_not_quoted(key):
    with pytest.raises(BadInput) as caught:
        key_for(server("https://api.example.com/v1"), {"OPENAI_API_KEY": key}.get)
    assert "cret" not in str(caught.value)


def test_key_shows_itself_nowhere():
    key = Key("sk-secret")
    assert "secret" not in f"{key!r} {key} {vars(key) if hasattr(key, '__dict__') else ''}"
    assert key.hide("a sk-secret b") == "a *** b"
    with pytest.raises(TypeError):
        pickle.dumps(key)


# ---------------------------------------------------------------- retries


@settings(deadline=None)
@given(st.integers(1, 4), st.floats(0, 1))
def test_waits_double_up_to_the_longest_and_are_spread_downwards(attempt, spread):
    patience = Patience(attempts=5, first_wait=2, longest_wait=10, jitter=lambda: spread)
    wait = patience.wait(attempt, Trouble("x", again=True))
    top = min(10, 2 * 2 ** (attempt - 1))
    assert top / 2 <= wait <= top


def test_last_attempt_and_hopeless_trouble_are_not_followed_by_another():
    assert Patience(attempts=3).wait(3, Trouble("x", again=True)) is None
    assert Patience().wait(1, Trouble("x", again=False)) is None


def test_wait_that_the_server_asks_for_is_kept_unless_it_is_too_long():
    patience = Patience(longest_asked=60)
    assert patience.wait(1, Trouble("x", again=True, retry_after=42.0)) == 42
    assert patience.wait(1, Trouble("x", again=True, retry_after=61.0)) is None
    assert "61" in Trouble("x", again=True, retry_after=61.0).final()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3),
        ("0.5", 0.5),
        ("-1", 0),
        ("Sat, 21 Nov 2026 12:00:30 GMT", 30),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        (None, None),
        ("", None),
        ("soon", None),
        ("inf", None),
        ("nan", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header, seconds):
    assert retry_after(header, now=datetime(2026, 11, 21, 12, tzinfo=UTC)) == seconds
