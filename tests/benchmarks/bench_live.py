"""What the live source costs above a bare HTTP client, against a stub server in its own process on this machine.

    python -m tests.benchmarks.bench_live [pieces of an answer, 8] [requests in a block, 40]

Each client keeps one connection; blocks take turns, so that a busy machine slows all of them alike; the figures are
medians over the blocks. The exit status is 1 where the live source costs 2 ms or more above httpx (a limit for the
default, a short answer: reading a long stream takes longer than reading one text).
"""

import asyncio
import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

ROUNDS = 9
LIMIT_MS = 2.0
PROMPT = "Quelles sont les étapes du traitement d'une réclamation ?"
TEXT = " une étape de plus"


def sse_body(pieces: int) -> bytes:
    """An answer of so many pieces, as server-sent events."""
    deltas = [{"delta": {"content": TEXT}, "finish_reason": None, "index": 0}] * pieces
    deltas.append({"delta": {}, "finish_reason": "stop", "index": 0})
    events = [json.dumps({"id": "c", "object": "chat.completion.chunk", "model": "m", "choices": [d]}) for d in deltas]
    return "".join(f"data: {event}\n\n" for event in [*events, "[DONE]"]).encode()


def json_body(pieces: int) -> bytes:
    """The same answer in one piece."""
    choice = {"index": 0, "message": {"role": "assistant", "content": TEXT * pieces}, "finish_reason": "stop"}
    return json.dumps(
        {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    ).encode()


async def serve(pieces: int) -> None:
    """Answer every request at once, with a stream where one is asked for; the port goes to standard output."""

    def packed(body: bytes, kind: str) -> bytes:
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    stream, whole = packed(sse_body(pieces), "text/event-stream"), packed(json_body(pieces), "application/json")

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                body = await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
                writer.write(stream if json.loads(body).get("stream") else whole)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, limit=2**20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def clients(port: int) -> dict[str, Callable[[], str]]:
    """By name: one request with a kept client, giving the text of the answer."""
    import httpx
    import openai

    from promptlab.ask.access import Key, endpoint
    from promptlab.ask.live import LiveSource
    from promptlab.ask.retry import Patience
    from promptlab.ask.source import Conversation

    url = f"http://127.0.0.1:{port}/v1"
    whole = {"model": "m", "messages": [{"role": "user", "content": PROMPT}]}
    plain, bare = http.client.HTTPConnection("127.0.0.1", port), httpx.Client(trust_env=False)
    package = openai.OpenAI(api_key="none", base_url=url, max_retries=0)
    ours = LiveSource(endpoint(url, {}.get), Key(), "m", patience=Patience())

    def stdlib() -> str:
        plain.request("POST", "/v1/chat/completions", json.dumps(whole), {"Content-Type": "application/json"})
        return json.loads(plain.getresponse().read())["choices"][0]["message"]["content"]

    def httpx_post() -> str:
        return bare.post(f"{url}/chat/completions", json=whole).json()["choices"][0]["message"]["content"]

    def openai_create() -> str:
        return package.chat.completions.create(**whole).choices[0].message.content

    def openai_stream() -> str:
        return "".join(c.choices[0].delta.content or "" for c in package.chat.completions.create(**whole, stream=True))

    def live() -> str:
        return ours.ask(Conversation((PROMPT,))).text

    return {
        "http.client, whole": stdlib,
        "httpx, whole": httpx_post,
        "openai, whole": openai_create,
        "openai, streamed": openai_stream,
        "promptlab live, streamed": live,
    }


def measure(port: int, pieces: int, block: int) -> dict[str, float]:
    """Median milliseconds per request, by client."""
    asked = clients(port)
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for ask in asked.values():
        assert ask() == TEXT * pieces
    for _round in range(ROUNDS):
        for name, ask in asked.items():
            start = time.perf_counter()
            for _request in range(block):
                ask()
            taken[name].append((time.perf_counter() - start) / block * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def main(pieces: int = 8, block: int = 40) -> int:
    """Measure, print, and tell by the exit status whether the limit is kept."""
    stub = subprocess.Popen([sys.executable, __file__, "serve", str(pieces)], stdout=subprocess.PIPE, text=True)
    try:
        found = measure(int(stub.stdout.readline()), pieces, block)
    finally:
        stub.terminate()
        stub.wait()
        stub.stdout.close()
    floor = found["httpx, whole"]
    print(f"one request, client kept, answer of {pieces} pieces; {ROUNDS} blocks of {block}")
    for name, each in found.items():
        print(f"  {name:26} {each:6.2f} ms   {each / floor:5.2f} x httpx   {each - floor:+6.2f} ms")
    return int(found["promptlab live, streamed"] - floor >= LIMIT_MS)


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2])))
    else:
        sys.exit(main(*map(int, sys.argv[1:])))
