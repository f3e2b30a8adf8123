"""The live source over real HTTP, against a server on this machine that streams, stalls, cuts and fails."""

import json
import logging
import socket
import ssl
import threading
import traceback

import pytest

from promptlab.ask import live
from promptlab.ask.access import Key, endpoint
from promptlab.ask.chain import Plan, run_chain, run_many
from promptlab.ask.failures import connection_trouble
from promptlab.ask.live import LiveSource, live_source
from promptlab.ask.names import Names
from promptlab.ask.recording import open_recording
from promptlab.ask.retry import Patience
from promptlab.ask.source import Conversation
from promptlab.errors import AskFailed, BadInput, PersonalDataFound
from promptlab.files.runs import partial_path, read_run
from tests.ask.server import Server, chunk, cuts, fails, replies, says, stalls, streams

KEY = "sk-test-zX81qPk20vNw"
CHAIN = ("un", "deux", "trois")
QUICK = Patience(attempts=3, connect=5, stall=0.3, jitter=lambda: 1.0)


def source_for(server, *, model="stub-2", patience=QUICK, naps=None, key=KEY, **options):
    naps = [] if naps is None else naps
    return LiveSource(endpoint(server.url, {}.get), Key(key), model, patience=patience, sleep=naps.append, **options)


def ask(*script, prompts=("un",), **options):
    """The run that a server following `script` gives, the server afterwards, what was heard, and the waits."""
    heard, naps = [], []
    with Server(*script) as server, source_for(server, naps=naps, **options) as source:
        run = run_chain(source, prompts, on_progress=heard.append)
    return run, server, heard, naps


def failure(*script, error=AskFailed, models=(), **options):
    with Server(*script) as server, source_for(server, **options) as source:
        server.models = models
        with pytest.raises(error) as caught:
            run_chain(source, ["un"])
    return str(caught.value), server


# ---------------------------------------------------------------- the conversation


def test_three_prompts_are_one_conversation():
    _run, server, _heard, _naps = ask(says("A"), says("B"), says("C"), prompts=CHAIN)
    assert [request["messages"] for request in server.requests][2] == [
        {"role": "user", "content": "un"},
        {"role": "assistant", "content": "A"},
        {"role": "user", "content": "deux"},
        {"role": "assistant", "content": "B"},
        {"role": "user", "content": "trois"},
    ]
    assert [len(request["messages"]) for request in server.requests] == [1, 3, 5]


def test_answer_comes_to_the_letter_piece_by_piece():
    pieces = ["# Étape\u00a01\n", "\n- «\u202foui\u202f»", " 😀", "\r\n"]
    run, _server, heard, _naps = ask(says(*pieces))
    assert run.answers[0].text == "".join(pieces)
    assert [event.text for event in heard if event.kind == "text"] == pieces
    assert [event.characters for event in heard if event.kind == "text"][-1] == len("".join(pieces))


def test_answer_says_where_it_comes_from():
    run, server, _heard, _naps = ask(says("A"), model="stub", settings={"temperature": 0.7, "seed": 3})
    (answer,) = run.answers
    source = answer.provenance
    assert (source.model, source.asked_model) == ("stub-2", "stub")
    assert source.provider == f"127.0.0.1:{server.server_port}"
    assert source.settings == (("temperature", "0.7"), ("seed", "3"))
    assert source.collected[10] == "T"
    assert source.collected[-6] in "+-"
    assert (answer.finish_reason, dict(answer.usage)["completion_tokens"]) == ("stop", 5)
    assert answer.seconds >= 0
    assert not source.modified


def test_settings_are_really_sent():
    _run, server, _heard, _naps = ask(says("A"), settings={"temperature": 0.7, "top_k": 5})
    assert (server.requests[0]["temperature"], server.requests[0]["top_k"]) == (0.7, 5)
    assert server.requests[0]["stream"] is True


def test_key_is_in_the_authorization_header_and_one_connection_is_kept():
    ports = []

    def noting(handler):
        ports.append(handler.client_address[1])
        says("A")(handler)

    _run, server, _heard, _naps = ask(noting, prompts=CHAIN)
    assert {headers["authorization"] for headers in map(_lower, server.headers)} == {f"Bearer {KEY}"}
    assert len(ports) == 3
    assert len(set(ports)) == 1


def _lower(headers):
    return {name.casefold(): value for name, value in headers.items()}


def test_server_that_does_not_stream_is_understood():
    body = {"model": "m", "choices": [{"message": {"content": "entier"}, "finish_reason": "stop"}]}
    run, *_rest = ask(replies(json.dumps(body).encode()))
    assert run.answers[0].text == "entier"


def test_server_without_token_counts_in_streams_is_asked_without():
    run, server, _heard, _naps = ask(fails(422, "extra fields: stream_options"), says("A"))
    assert run.answers[0].text == "A"
    assert ["stream_options" in request for request in server.requests] == [True, False]


# ---------------------------------------------------------------- answers that are not whole


@pytest.mark.parametrize(
    ("action", "status", "text"),
    [
        (says("Bon", finish="length"), "truncated", "Bon"),
        (says("Non", finish="content_filter"), "refused", "Non"),
        (streams(chunk(refusal="Non."), chunk(finish="stop")), "refused", "Non."),
        (says(), "empty", ""),
        (says(" \n"), "empty", " \n"),
        (streams(chunk("Bon"), b"{nope"), "malformed", "Bon"),
        (replies(b'{"choices": 3}'), "malformed", ""),
        (replies(b'[{"x": 1}]'), "malformed", ""),
        (streams(chunk("Bon"), content_type="text/plain"), "complete", "Bon"),
    ],
)
def test_answer_is_recorded_as_what_it_is(tmp_path, action, status, text):
    with Server(action) as server, source_for(server) as source:
        run_chain(open_recording(source, tmp_path, ["un"]), ["un"])
    (answer,) = read_run(tmp_path).answers
    assert (answer.status, answer.text) == (status, text)


def test_damage_is_noted_with_the_answer():
    run, *_rest = ask(streams(chunk("Bon"), b"{nope"))
    assert "{nope" in run.answers[0].provenance.note


def test_what_is_wrong_with_an_answer_is_told_when_it_is_there():
    _run, _server, heard, _naps = ask(says("Bon", finish="length"))
    assert heard[-1].kind == "answered"
    assert "length limit" in heard[-1].message


# ---------------------------------------------------------------- what may pass


@pytest.mark.parametrize(
    "trouble",
    [
        fails(429),
        fails(500),
        fails(503),
        fails(408),
        cuts("Bon"),
        stalls("Bon"),
        stalls(),
        streams({"error": {"message": "busy"}}),
    ],
)
def test_trouble_that_may_pass_is_tried_again_and_leaves_no_trace_in_the_answer(trouble):
    run, server, heard, naps = ask(trouble, says("whole"))
    assert run.answers[0].text == "whole"
    assert len(server.requests) == 2
    assert naps == [1.0]
    assert [event.attempt for event in heard if event.kind == "retry"] == [2]


def test_connection_closed_without_an_end_is_a_cut_not_an_answer():
    def leaves(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(b"data: " + json.dumps(chunk("Bon")).encode() + b"\n\n")

    run, *_rest = ask(leaves, says("whole"))
    assert run.answers[0].text == "whole"


def test_waits_grow_and_end():
    naps = []
    with Server(fails(500)) as server, source_for(server, naps=naps) as source, pytest.raises(AskFailed, match="500"):
        run_chain(source, ["un"])
    assert naps == [1.0, 2.0]
    assert len(server.requests) == 3


def test_wait_that_the_server_asks_for_is_kept():
    assert ask(fails(429, retry_after="7"), says("A"))[3] == [7]


def test_too_long_a_wait_is_told_not_waited_for():
    said, server = failure(fails(429, retry_after="3600"))
    assert "3600" in said
    assert len(server.requests) == 1


def test_answer_without_end_is_given_up():
    def drips(handler):
        streams(*[chunk("x")] * 50, done=False)(handler)

    ticks = iter(range(1000))
    said, _server = failure(drips, patience=Patience(whole=20), clock=lambda: float(next(ticks)))
    assert "minutes" in said


def test_what_had_come_of_a_cut_answer_is_kept_and_the_chain_taken_up(tmp_path):
    with Server(says("A"), cuts("À moi", "tié")) as server, source_for(server) as source, pytest.raises(AskFailed):
        run_chain(open_recording(source, tmp_path, CHAIN), CHAIN)
    assert len(read_run(tmp_path).answers) == 1
    assert partial_path(tmp_path, 2).read_text("utf-8") == "À moitié"
    with Server(says("B")) as server, source_for(server) as source:
        recording = open_recording(source, tmp_path, CHAIN)
        run_chain(recording, CHAIN, resume_from=recording.run)
    assert [answer.text for answer in read_run(tmp_path).answers] == ["A", "B", "B"]
    assert [len(request["messages"]) for request in server.requests] == [3, 5]


# ---------------------------------------------------------------- what will not pass


@pytest.mark.parametrize(
    ("action", "part"),
    [
        (fails(401, "bad key"), "OPENAI_API_KEY"),
        (fails(403), "403"),
        (fails(400, "context too long"), "context too long"),
        (fails(413), "413"),
        (fails(402), "credit"),
        (fails(429, "You exceeded your current quota: insufficient_quota"), "credit"),
        (replies(b"<html>login</html>", content_type="text/html"), "--base-url"),
        (replies(b"", status=302, location="http://127.0.0.1:9/"), "--base-url"),
        (replies(b"no json", status=401, content_type="text/plain"), "no json"),
        (replies(b"[1]", status=400), "400"),
    ],
)
def test_hopeless_trouble_is_told_at_once_with_what_to_do(action, part):
    said, server = failure(action)
    assert part in said
    assert len(server.requests) == 1


def test_unknown_model_is_told_with_those_there_are():
    said, _server = failure(fails(404, "model not found"), models=("mistral-small", "llama3"), model="mistal")
    assert "“mistal”" in said
    assert "llama3, mistral-small" in said


def test_wrong_path_is_told_where_there_is_no_list_of_models():
    said, _server = failure(fails(404))
    assert "/v1" in said


def test_only_model_of_a_server_is_taken_where_none_is_named():
    with Server(says("A")) as server, source_for(server, model="") as source:
        server.models = ("llama3",)
        run_chain(source, ["un"])
    assert server.requests[0]["model"] == "llama3"


def test_one_of_several_models_must_be_named():
    said, server = failure(says("A"), model="", models=("a", "b"))
    assert "a, b" in said
    assert server.requests == []


def test_server_that_is_not_running_is_told_and_not_tried_again():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    naps = []
    source = LiveSource(endpoint(url, {}.get), Key(), "m", patience=QUICK, sleep=naps.append)
    with source, pytest.raises(AskFailed, match="Ollama"):
        source.ask(Conversation(("un",)))
    assert naps == []


@pytest.mark.parametrize(
    ("cause", "part"),
    [
        (socket.gaierror(-2, "unknown"), "is not found"),
        (ssl.SSLCertVerificationError("self-signed"), "SSL_CERT_FILE"),
        (ConnectionRefusedError(111, "refused"), "accepts no connection"),
    ],
)
def test_cause_below_the_client_library_says_what_to_do(cause, part):
    error = OSError("connection failed")
    error.__cause__ = cause
    server = endpoint("https://api.example.com/v1", {}.get)
    trouble = connection_trouble(error, server=server, timed_out=False, patience=1)
    assert part in trouble.message
    assert not trouble.again


def test_control_characters_of_a_server_do_not_reach_the_screen():
    said, _server = failure(fails(400, "a\x1b[31mred\nline" + "x" * 1000))
    assert said.isprintable()
    assert len(said) < 600


def test_error_of_the_listener_is_not_taken_for_a_broken_connection():
    def full(progress):
        if progress.kind == "text":
            raise BrokenPipeError("screen gone")

    with Server(says("A")) as server, source_for(server) as source, pytest.raises(BrokenPipeError):
        source.ask(Conversation(("un",)), on_progress=full)
    assert len(server.requests) == 1


# ---------------------------------------------------------------- nothing goes elsewhere, nothing private goes out


def test_proxy_of_the_environment_is_not_used_for_this_machine(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(says("A"))[0].answers[0].text == "A"


def test_no_other_address_than_the_asked_one_is_connected_to(monkeypatch):
    reached = []
    connect = socket.socket.connect

    def noting(self, address):
        reached.append(address)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noting)
    _run, server, *_rest = ask(fails(500), says("A"), says("B"), prompts=CHAIN[:2])
    assert set(reached) == {("127.0.0.1", server.server_port)}


def test_redirect_is_not_followed():
    with Server(says("stolen")) as other:
        _said, _server = failure(replies(b"", status=307, location=f"{other.url}/chat/completions"))
        assert other.paths == []


@pytest.mark.parametrize("prompts", [("écris à lea@exemple.fr",), ("un", "deux", "Léa Dupont est absente")])
def test_nothing_at_all_is_sent_while_any_prompt_holds_personal_data(prompts):
    with Server(says("A")) as server, source_for(server, names=Names(["Dupont Léa"])) as source:
        with pytest.raises(PersonalDataFound):
            run_chain(source, prompts)
        assert server.paths == []


def test_personal_data_in_earlier_answers_of_the_model_stops_nothing():
    run, *_rest = ask(says("Écrivez à sav@firme.example.com ou au 06 12 34 56 78"), says("B"), prompts=CHAIN[:2])
    assert len(run.answers) == 2


def test_known_facts_of_the_case_may_be_sent():
    prompts = ("Écris à sav@tissus.example.com",)
    run, *_rest = ask(says("A"), prompts=prompts, known=("contact : sav@tissus.example.com",))
    assert len(run.answers) == 1


# ---------------------------------------------------------------- the key


def everything_said(error):
    """The whole traceback with the local variables of every frame that it keeps."""
    said = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    return said + repr(error) + repr(error.__context__) + repr(error.__cause__) + repr(vars(error))


def test_key_in_a_prompt_is_not_sent_and_not_told():
    with Server(says("A")) as server, source_for(server) as source:
        with pytest.raises(PersonalDataFound) as caught:
            source.ask(Conversation((f"ma clé est {KEY}",)))
        assert server.paths == []
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "action",
    [
        fails(401, f"Incorrect API key provided: {KEY}"),
        fails(500, f"Bearer {KEY}"),
        fails(404, KEY),
        streams({"error": {"message": KEY}}),
        cuts(),
        replies(f"<html>{KEY}".encode(), content_type="text/html"),
    ],
)
def test_key_is_in_no_error_traceback_or_log(action, caplog):
    caplog.set_level(logging.DEBUG)
    heard = []
    with Server(action) as server, source_for(server) as source:
        server.models = (KEY,)
        with pytest.raises(AskFailed) as caught:
            run_chain(source, ["un"], on_progress=heard.append)
        said = everything_said(caught.value) + repr(source)
    assert caught.value.__context__ is None
    assert KEY not in said + caplog.text + repr(heard)
    assert KEY not in repr([vars(record) for record in caplog.records])


@pytest.mark.parametrize(
    "action",
    [says(f"votre clé : {KEY}"), streams(chunk("A"), KEY.encode()), streams(chunk("A", model=KEY), chunk(finish=KEY))],
)
def test_key_reaches_no_file_even_where_the_server_sends_it_back(tmp_path, action):
    with Server(action) as server, source_for(server) as source:
        run_chain(open_recording(source, tmp_path / "r", ["un"]), ["un"])
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 2
    assert not any(KEY.encode() in content for content in written)


def test_key_comes_from_the_environment_alone():
    source = live_source("m", base_url="https://api.example.com/v1", getenv={"OPENAI_API_KEY": KEY}.get)
    assert KEY not in repr(source) + repr(vars(source))
    with pytest.raises(BadInput):
        live_source("m", base_url="https://api.example.com/v1", getenv={}.get)


@pytest.mark.parametrize(
    ("url", "key"), [("http://api.example.com/v1", KEY), ("https://api.example.com/v1", f"{KEY} {KEY}")]
)
def test_refused_key_is_in_no_traceback_even_one_with_variables(monkeypatch, url, key):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(BadInput) as caught:
        live_source("m", base_url=url)
    frames = caught.tb.tb_next  # without this test's own variables
    assert KEY not in everything_said(caught.value.with_traceback(frames))


@pytest.mark.parametrize(
    "misplaced", [{"model": KEY}, {"base_url": f"https://a.example/{KEY}/v1"}, {"settings": {"user": KEY}}]
)
def test_key_in_the_wrong_place_is_refused_and_not_quoted(misplaced):
    with pytest.raises(BadInput, match="environment") as caught:
        live_source(**{"base_url": "https://a.example/v1", **misplaced}, getenv={"OPENAI_API_KEY": KEY}.get)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("name", ["stream", "messages", "model", "n"])
def test_settings_cannot_replace_what_makes_the_conversation(name):
    with pytest.raises(BadInput, match=name):
        live_source("m", base_url="http://localhost:1/v1", settings={name: 1}, getenv={}.get)


# ---------------------------------------------------------------- several at once


def test_repeated_chains_do_not_mix_and_one_that_fails_loses_no_other(tmp_path):
    lock, chains = threading.Lock(), {}

    def answers(handler):
        messages = handler.server.requests[-1]["messages"]
        with lock:
            chains.setdefault(handler.client_address[1], []).append(len(messages))
        last = messages[-1]["content"]
        (fails(400) if handler.path.startswith("/v1/bad") else says(f"réponse à {last}"))(handler)

    with Server(answers) as server:

        def opened(name):
            source = live_source("m", base_url=server.url + ("/bad" if name == "b" else ""), getenv={}.get)
            return open_recording(source, tmp_path / name, CHAIN)

        done = run_many([Plan(name, lambda name=name: opened(name)) for name in "abc"], CHAIN)
    assert [len(outcome.run.answers) for outcome in done] == [3, 0, 3]
    assert [outcome.error is None for outcome in done] == [True, False, True]
    assert read_run(tmp_path / "c") == done[2].run
    assert len(chains) == 3


def test_client_library_is_imported_only_when_asked():
    import subprocess
    import sys

    code = "import sys, promptlab.ask.live as live; sys.exit(bool({'openai', 'httpx', 'httpx2'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_only_the_live_module_names_a_library_that_connects():
    from pathlib import Path

    package = Path(live.__file__).parents[1]
    for path in package.rglob("*.py"):
        text = path.read_text("utf-8")
        for name in ("openai", "httpx", "http.client", "urllib.request", "requests", "aiohttp"):
            assert path == Path(live.__file__) or f"import {name}" not in text, f"{path} imports {name}"
