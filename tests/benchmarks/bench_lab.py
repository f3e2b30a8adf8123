"""How long a class waits: from the start of `promptlab lab` to a usable dashboard, and for all cells of a session.

usage: python -m tests.benchmarks.bench_lab
The peer is JupyterLab alone, with the same browser, on a notebook with one empty cell. Fails (exit 1) where the
dashboard takes more than 8 s or 2 times the peer, or all cells of a session more than 3 s once the kernel is up.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import nbformat
from playwright.sync_api import sync_playwright

from tests.browser.labs import FLAGS, Notebook, Server
from tests.conftest import needs
from tests.notebooks.build import NOTEBOOKS, sources

MOST_SECONDS, MOST_RATIO, MOST_RUN, TIMES = 8.0, 2.0, 3.0, 3


def empty_notebooks(folder):
    """The same file names, nothing inside."""
    for source in sources():
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")], metadata=kernel)
        nbformat.write(made, folder / f"{source.stem}.ipynb")
    return folder


def opened(browser, notebooks, name):
    """Start, open and run `name`: seconds until its cells are done, and for the cells alone."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        start = time.perf_counter()
        server = Server(Path(folder), notebooks)
        try:
            context = browser.new_context()
            notebook = Notebook(server, context.new_page(), [])
            notebook.open(name, "bench")
            ready = time.perf_counter()
            notebook.run_all()
            done = time.perf_counter()
            context.close()
        finally:
            server.stop()
    return done - start, done - ready


def main():
    names = [f"{source.stem}.ipynb" for source in sources()]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=list(FLAGS))
        empty = empty_notebooks(Path(folder))
        whole, peer = [], []
        for _turn in range(TIMES):
            peer.append(opened(browser, empty, names[0])[0])
            whole.append(opened(browser, NOTEBOOKS, names[0])[0])
        runs = {name: opened(browser, NOTEBOOKS, name)[1] for name in names}
        browser.close()
    ratio = median(whole) / median(peer)
    print(f"usable dashboard: {median(whole):.1f} s; JupyterLab alone {median(peer):.1f} s; {ratio:.2f} times")
    for name, seconds in runs.items():
        print(f"all cells of {name}: {seconds:.2f} s")
    return int(median(whole) > MOST_SECONDS or ratio > MOST_RATIO or max(runs.values()) > MOST_RUN)


if __name__ == "__main__":
    sys.exit(main())
