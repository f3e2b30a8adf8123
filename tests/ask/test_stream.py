"""The bytes of an answer, however they are cut, give its text to the letter."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.stream import DamagedError, Reply, ServerError, WebPageError, payloads
from tests.ask.server import USAGE, chunk, event


def read(*chunks, content_type="text/event-stream"):
    reply = Reply()
    for payload in payloads(chunks, content_type):
        reply.take(payload)
    return reply


def sse(*pieces, ascii_only=True):
    events = [json.dumps(chunk(piece), ensure_ascii=ascii_only).encode() for piece in pieces]
    return b"".join(map(event, [*events, json.dumps(chunk(finish="stop")).encode(), b"[DONE]"]))


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.integers(0, 4000)), st.booleans())
def test_text_is_the_same_however_the_bytes_are_cut(pieces, cuts, ascii_only):
    pieces = [piece.encode("utf-8", "replace").decode() for piece in pieces]
    body = sse(*pieces, ascii_only=ascii_only)
    places = sorted({0, len(body), *(cut % (len(body) + 1) for cut in cuts)})
    reply = read(*(body[a:b] for a, b in pairwise(places)))
    assert reply.text == "".join(pieces)
    assert reply.done


@settings(deadline=None)
@given(st.text())
def test_sign_split_between_two_chunks_is_joined(text):
    halves = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    units = [chr(unit) for unit in memoryview(halves.encode("utf-16-le")).cast("H")]
    assert read(sse(*units)).text == halves


def test_lone_half_of_a_sign_becomes_a_sign_that_files_can_hold():
    assert read(sse("a\ud83d", "b")).text == "a\ufffdb"
    assert read(sse("a\ud83d")).text == "a\ufffd"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_of_the_standard_is_understood(end):
    assert read(sse("Bon", "jour").replace(b"\n", end)).text == "Bonjour"


def test_line_separator_inside_a_text_ends_no_line():
    assert read(sse("a\u2028b\x85c", ascii_only=False)).text == "a\u2028b\x85c"


def test_comments_and_fields_without_data_are_passed_over():
    assert read(b": ping\n\nevent: x\nid: 3\nretry: 10\n\n" + sse("ok")).text == "ok"


def test_event_data_in_two_lines_is_joined():
    body = b'data: {"choices": [{"delta":\ndata: {"content": "ok"}, "finish_reason": "stop"}]}\n\n'
    assert read(body).text == "ok"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_event_of_two_lines_is_one_however_its_bytes_are_cut(end):
    body = b'data: {"choices": [{"delta":\ndata: {"content": "ok"}}]}\n\n'.replace(b"\n", end)
    assert [read(body[:cut], body[cut:]).text for cut in range(len(body))] == ["ok"] * len(body)


def test_whole_json_body_is_an_answer_too():
    body = {"model": "m", "choices": [{"message": {"content": "entier"}, "finish_reason": "stop"}], "usage": USAGE}
    reply = read(json.dumps(body).encode(), content_type="application/json")
    assert (reply.text, reply.status, reply.model, reply.ended) == ("entier", "complete", "m", True)
    assert dict(reply.usage) == USAGE


def test_parts_of_type_text_make_the_answer_and_thinking_does_not():
    parts = [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "oui"}]
    assert read(event(chunk(parts))).text == "oui"


def test_reasoning_apart_from_the_answer_is_counted_not_kept():
    reply = read(event(chunk(reasoning_content="abc")), event(chunk("oui", reasoning="de")))
    assert (reply.text, reply.thinking) == ("oui", 5)


def test_other_choices_than_the_first_are_left_out():
    second = {"choices": [{"index": 1, "delta": {"content": "non"}}]}
    assert read(event(chunk("oui")), event(second)).text == "oui"


@pytest.mark.parametrize(
    ("finish", "text", "status"),
    [
        ("stop", "a", "complete"),
        ("length", "a", "truncated"),
        ("model_length", "a", "truncated"),
        ("content_filter", "a", "refused"),
        ("content_filter", "", "refused"),
        ("stop", "", "empty"),
        ("stop", " \n", "empty"),
        ("length", "", "empty"),
    ],
)
def test_finish_reason_and_text_make_the_status(finish, text, status):
    assert read(event(chunk(text)), event(chunk(finish=finish))).status == status


def test_refusal_is_kept_as_the_text():
    reply = read(event(chunk(refusal="Je ne peux pas.")), event(chunk(finish="stop")))
    assert (reply.status, reply.text) == ("refused", "Je ne peux pas.")


@pytest.mark.parametrize(
    "body",
    [
        b"data: {nope}\n\n",
        b"data: 3\n\n",
        b'data: {"choices": 3}\n\n',
        b'data: {"choices": [{"delta": {"content": 3}}]}\n\n',
        b'data: {"choices": [{"delta": "x"}]}\n\n',
        b'data: {"choices": [3]}\n\n',
        b'data: {"detail": "Not Found"}\n\n',
        b'data: {"usage": [1]}\n\n',
        b"data: \xff\n\n",
        b"Internal fault\n",
        b'{"choices": [',
        b"data: " + b"[" * 100_000 + b"}\n\n",
    ],
)
def test_what_is_no_answer_is_damaged_and_nothing_worse(body):
    with pytest.raises(DamagedError):
        read(body)


def test_answer_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr("promptlab.ask.stream.MOST_BYTES", 1_000_000)
    with pytest.raises(DamagedError, match="1 MB"):
        read(*[b"x" * 10_000] * 101)


def test_event_cut_in_its_middle_is_no_event():
    reply = read(sse("abc")[:60])
    assert (reply.text, reply.ended) == ("", False)


def test_answer_without_finish_reason_or_done_has_not_ended():
    assert not read(event(chunk("Bon"))).ended


@pytest.mark.parametrize("error", ["sorry", {"message": "sorry"}, {"detail": "sorry"}])
def test_error_inside_the_stream_is_told_in_the_words_of_the_server(error):
    with pytest.raises(ServerError, match="sorry"):
        read(event(chunk("Bon")), event({"error": error}))


@pytest.mark.parametrize(("body", "kind"), [(b"<!doctype html>", "text/plain"), (b"Hello", "text/html; charset=utf-8")])
def test_web_page_is_no_answer(body, kind):
    with pytest.raises(WebPageError):
        read(body, content_type=kind)
