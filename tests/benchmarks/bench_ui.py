"""How long the tagging table takes from a click to the acknowledgement with the tag on disk, with and without screen.

usage: python -m tests.benchmarks.bench_ui
Two tables: the shipped case, and 10 answers of 15 steps with 4 items each (750 texts). In Python a message is given to
the panel and the answer awaited, beside the rule with its save alone (the floor). In Chromium, where there is one, the
time runs from the key to the acknowledgement on the screen. Fails (exit 1) where a median is above 100 ms, a message
for one tag above 20 kB, or drawing the large table above 2 s.
"""

import json
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from promptlab.files.copies import CopieFile
from promptlab.model.copie import Spot
from promptlab.review.tagging import tag, untag
from promptlab.ui.tagging import TaggingTable
from tests.ui.acting import send, show
from tests.ui.builders import a_desk, a_desk_on, many_answers

MOST_SECONDS, MOST_BYTES, MOST_DRAWING, TIMES = 0.1, 20_000, 2.0, 30
KEY = """async (key) => {
    const status = document.querySelector(".pl-status"), begun = performance.now();
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    while (!status.textContent.includes("✔")) await new Promise((then) => setTimeout(then, 0));
    document.body.getBoundingClientRect();
    return (performance.now() - begun) / 1000; }"""


def timed(job):
    start = time.perf_counter()
    result = job()
    return time.perf_counter() - start, result


def spots_of(desk):
    return [Spot(*place) for place in desk.exercise.passages][:: max(1, len(desk.exercise.passages) // TIMES)][:TIMES]


def in_python(desk):
    """Seconds of each tag through the panel and of each bare one, and the bytes of the largest answer."""
    panel = TaggingTable(desk)
    drawing, ((message, _buffers),) = timed(lambda: show(panel))
    whole = len(json.dumps(message))
    through, bare, largest = [], [], 0
    for spot in spots_of(desk):
        value = {"what": "tag", "column": spot.column, "item": spot.item, "tag": "relevant"}
        seconds, ((answer, _buffers),) = timed(lambda value=value: send(panel, "grid", value))
        through.append(seconds)
        largest = max(largest, len(json.dumps(answer)))
    file = CopieFile.create(desk.home / "floor", replace(desk.copie, revision=0))
    for spot in spots_of(desk):
        file.change(lambda copie, spot=spot: untag(copie, desk.exercise, spot))
        bare.append(timed(lambda spot=spot: file.change(lambda copie: tag(copie, desk.exercise, spot, "relevant")))[0])
    return drawing, whole, through, bare, largest


def in_browser(desk, chromium):
    """Seconds until the table is drawn, and of each tag by a key."""
    from playwright.sync_api import sync_playwright

    from tests.browser.labs import FLAGS
    from tests.ui.window import Window

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        window = Window(browser.new_context(), TaggingTable(desk))
        drawing = window.page.evaluate("window.drawn")
        keys = []
        for spot in spots_of(desk):
            window.words(spot.column, spot.item).first.focus()
            keys.append(window.page.evaluate(KEY, "n"))
        browser.close()
    return drawing, keys


def measure(name, desk):
    """Print the figures of one table; whether they are met."""
    drawing, whole, through, bare, largest = in_python(desk)
    texts = len(desk.exercise.passages)
    print(f"{name}: {texts} texts, {whole / 1000:.0f} kB drawn in {drawing * 1000:.0f} ms")
    print(f"  a tag, message to acknowledgement: {median(through) * 1000:.1f} ms, worst {max(through) * 1000:.1f} ms")
    print(f"  the rule and the save alone: {median(bare) * 1000:.1f} ms (ratio {median(through) / median(bare):.2f})")
    print(f"  largest answer to one tag: {largest / 1000:.1f} kB")
    met = median(through) <= MOST_SECONDS and largest <= MOST_BYTES and drawing <= MOST_DRAWING
    if chromium := shutil.which("chromium"):
        shown, keys = in_browser(desk, chromium)
        print(
            f"  in Chromium: drawn in {shown:.2f} s; a tag, key to shown acknowledgement: {median(keys) * 1000:.0f} ms",
            end="",
        )
        print(f", worst {max(keys) * 1000:.0f} ms")
        met = met and median(keys) <= MOST_SECONDS and shown <= MOST_DRAWING
    return met


def main():
    with tempfile.TemporaryDirectory() as folder:
        desks = {
            "shipped case": a_desk(Path(folder) / "small", "P07"),
            "10 answers × 15 steps": a_desk_on(Path(folder) / "large", *many_answers(10, 15)),
        }
        met = [measure(name, desk) for name, desk in desks.items()]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
