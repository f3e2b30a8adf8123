"""A small OpenAI-compatible server on this machine that answers, streams, stalls, cuts and fails as it is told."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Action = Callable[["Handler"], None]
USAGE = {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Server"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.requests.append(json.loads(body))
        self.server.headers.append(dict(self.headers))
        self.server.paths.append(self.path)
        action = self.server.next_action()
        action(self)

    def do_GET(self):
        self.server.paths.append(self.path)
        if self.path.endswith("/models") and self.server.models:
            send_json(self, 200, {"data": [{"id": name} for name in self.server.models]})
        else:
            send_json(self, 404, {"error": {"message": "no such page"}})

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *script: Action):
        super().__init__(("127.0.0.1", 0), Handler)
        self._script, self._lock = list(script), threading.Lock()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.models: tuple[str, ...] = ()
        self.released = threading.Event()  # stalled answers end when the server does

    def next_action(self) -> Action:
        with self._lock:
            return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is part of the game

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.released.set()
        self.shutdown()
        self.server_close()


# ---------------------------------------------------------------- what it can do


def send_json(handler, status, body, **headers):
    send(handler, status, json.dumps(body).encode(), content_type="application/json", **headers)


def send(handler, status, body, *, content_type, **headers):
    handler.send_response(status)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def chunk(content=None, *, finish=None, model="stub-2", **delta):
    piece = {**delta, **({} if content is None else {"content": content})}
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "model": model,
        "choices": [{"index": 0, "delta": piece, "finish_reason": finish}],
    }


def event(payload) -> bytes:
    return b"data: " + (payload if isinstance(payload, bytes) else json.dumps(payload).encode()) + b"\n\n"


def open_stream(handler, content_type="text/event-stream"):
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()


def put(handler, data: bytes):
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
    handler.wfile.flush()


def streams(*events, done=True, content_type="text/event-stream") -> Action:
    """Streams these payloads as server-sent events, then [DONE]."""

    def act(handler):
        open_stream(handler, content_type)
        for payload in (*events, *([b"[DONE]"] if done else [])):
            put(handler, event(payload))
        put(handler, b"")

    return act


def says(*pieces, finish="stop") -> Action:
    """A whole answer in these pieces."""
    usage = {"object": "chat.completion.chunk", "choices": [], "usage": USAGE}
    return streams(chunk("", role="assistant"), *map(chunk, pieces), chunk(finish=finish), usage)


def cuts(*pieces) -> Action:
    """Begins an answer and hangs up."""

    def act(handler):
        open_stream(handler)
        for piece in pieces:
            put(handler, event(chunk(piece)))
        handler.close_connection = True

    return act


def stalls(*pieces) -> Action:
    """Begins an answer and then says no more."""

    def act(handler):
        open_stream(handler)
        for piece in pieces:
            put(handler, event(chunk(piece)))
        handler.server.released.wait(10)
        handler.close_connection = True

    return act


def fails(status, message="sorry", *, code=None, **headers) -> Action:
    """An HTTP error with an OpenAI-style body."""
    return lambda handler: send_json(handler, status, {"error": {"message": message, "code": code}}, **headers)


def replies(body: bytes, *, content_type="application/json", status=200, **headers) -> Action:
    """Exactly these bytes."""
    return lambda handler: send(handler, status, body, content_type=content_type, **headers)
