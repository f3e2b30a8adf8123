"""What bringing in answers costs: a 100 MB export listed, and one chain imported.

    python -m tests.benchmarks.bench_import [megabytes, 100]

The export is made of the shipped answers in conversations of two to eight prompts (`long texts`), and of short
messages with all that ChatGPT notes on them (`many notes`). Its floor is `json.load` of the same file. Each reading has
a process of its own, so that its greatest memory can be told; times are of the processor. The exit status is 1 where
listing takes more than 3 times the time or 1.5 times the memory of `json.load`, or one chain more than 0.5 s.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_TIME, MOST_MEMORY, MOST_SECONDS = 3.0, 1.5, 0.5
NOTES = {
    "citations": [],
    "content_references": [],
    "gizmo_id": None,
    "request_id": "9f2c1e5ab7d84c03",
    "timestamp_": "absolute",
    "finish_details": {"type": "stop", "stop_tokens": [200002]},
    "is_complete": True,
}
READINGS = {
    "json.load": "json.load(open(path, encoding='utf-8'))",
    "ijson": "import ijson; [None for _each in ijson.items(open(path, 'rb'), 'item', use_float=True)]",
    "listed": "from promptlab.ask.imports.exports import list_conversations as read; read(path)",
}
MEASURE = """
import json, resource, sys, time
from pathlib import Path
path, start = Path(sys.argv[1]), time.process_time()
{reading}
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def conversations(texts, notes):
    """Conversations without end, as ChatGPT exports them."""
    from tests.imports.builders import Talk

    number = 0
    while True:
        talk = Talk(f"Conversation {number}", f"id-{number}")
        for turn in range(2 + number % 7):
            talk.ask("Quelles sont les étapes ?", texts[(number + turn) % len(texts)],
                     metadata={"model_slug": "gpt-5-mini", **notes})  # fmt: skip
        yield talk.values
        number += 1


def write_export(path, megabytes, texts, notes):
    """An export of so many megabytes."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for number, values in enumerate(conversations(texts, notes)):
            size += file.write(("[" if number == 0 else ",\n") + json.dumps(values, ensure_ascii=False))
            if size > megabytes * 10**6:
                break
        file.write("]")


def measured(reading, path):
    """(seconds, megabytes) of a reading in a process of its own."""
    code = MEASURE.format(reading=READINGS[reading])
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, check=True, text=True)
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def listing(name, path):
    """Print what the readings of one export cost; whether a goal is missed."""
    found = {reading: measured(reading, path) for reading in READINGS}
    floor = found["json.load"]
    print(f"{name}, {path.stat().st_size / 10**6:.0f} MB")
    for reading, (seconds, megabytes) in found.items():
        print(f"  {reading:<12} {seconds:6.2f} s {seconds / floor[0]:5.2f} x   {megabytes:6.0f} MB "
              f"{megabytes / floor[1]:5.2f} x")  # fmt: skip
    seconds, megabytes = found["listed"]
    return seconds > MOST_TIME * floor[0] or megabytes > MOST_MEMORY * floor[1]


def one_chain(folder):
    """Print how long one chain takes, from the files to the recorded run; whether the goal is missed."""
    from promptlab.ask.imports.chain import taken
    from promptlab.ask.imports.files import gather
    from promptlab.ask.imports.recorded import Said, to_run, write_new_run
    from promptlab.word.reading.archive import Archive
    from tests.imports.builders import ANSWERS, PROMPTS, chain, docx_of, written

    missed = False
    docx, page = folder / "conversation.docx", folder / "page.html"
    talk = [line for pair in zip(PROMPTS, ANSWERS, strict=True) for line in "\n".join(pair).split("\n")]
    docx.write_bytes(docx_of(*talk))
    page.write_text("".join(f"<p>{line}</p>" for line in talk), "utf-8")
    for number, path in enumerate((written(folder / "conversations.json", chain()), docx, page)):
        times = []
        for turn in range(4):
            start = time.perf_counter()
            gathered = gather([path], prompts=PROMPTS, open_parts=Archive)
            turns, _problems = taken(gathered.turns, PROMPTS)
            run, _unknown = to_run(f"essai-{number}-{turn}", turns, gathered, Said(), today=date(2026, 11, 21))
            write_new_run(folder, run)
            times.append(time.perf_counter() - start)
        best, first = min(times) * 1000, times[0] * 1000
        print(f"one chain from {path.suffix:<6} {best:6.1f} ms, the first time {first:6.1f} ms")
        missed |= times[0] > MOST_SECONDS
    return missed


def main():
    """Print the figures; the exit status tells whether a goal is missed."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    from tests.imports.builders import ANSWERS

    missed = False
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "conversations.json"
        for kind, texts, notes in (("long texts", ANSWERS, {}), ("many notes", ("Bonjour, je note.",), NOTES)):
            write_export(path, megabytes, texts, notes)
            missed |= listing(kind, path)
        missed |= one_chain(Path(name))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
