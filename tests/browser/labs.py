"""JupyterLab for tests: a server of its own far from the user's files, and a notebook open in Chromium."""

import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from tests.catalogue import ROOT

# Chromium's own services are off: it would look for updates, which no test waits for.
FLAGS = (
    *("--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 30  # seconds; only a test that fails waits so long
_START = "from promptlab.cli.lab import command; command()"
# `evaluate` of Playwright knows no end: every promise runs against a clock.
_BOUNDED = """async (name) => Promise.race([({action})(name),
    new Promise((_, no) => setTimeout(() => no(new Error("too long")), {limit}))])"""
_READY = """async () => {
    const panel = jupyterapp.shell.currentWidget, session = panel.context.sessionContext;
    await panel.context.ready; await panel.revealed; await session.ready; await session.session.kernel.info; }"""
_COMMAND = "async (name) => jupyterapp.commands.execute(name)"
_RESTART = """async () => {
    const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
    await kernel.restart(); await kernel.info; }"""
_CELLS = """() => jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code')
    .map(cell => ({count: cell.model.executionCount, outputs: cell.model.outputs.toJSON()}))"""


class Server:
    """A JupyterLab server on a copy of `notebooks`; `home` is the PROMPTLAB_HOME of its kernels."""

    def __init__(self, folder, notebooks, **variables):
        self.home, self.root = folder / "home", folder / "work"
        self.root.mkdir(parents=True)
        for path in notebooks.glob("*.ipynb"):
            shutil.copy2(path, self.root)
        private = {
            name: str(folder / "user" / name.lower()) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
        }
        private |= {name: str(folder / "user" / name.lower()) for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
        for path in private.values():
            Path(path).mkdir(parents=True, exist_ok=True)
        config = '{"LabApp": {"expose_app_in_browser": true}}'
        (Path(private["JUPYTER_CONFIG_DIR"]) / "jupyter_lab_config.json").write_text(config)
        french = {"PROMPTLAB_LANG": "fr", "PROMPTLAB_HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        self.said = []
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, "--no-browser", "--notebooks", str(self.root)],
            env={**os.environ, **private, **french, **variables},
            cwd=folder,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
        )
        self.address, self.token = self._where()

    def _where(self):
        for line in self._process.stderr:
            self.said.append(line)
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", line):
                self._listener = threading.Thread(target=self._listen, daemon=True)
                self._listener.start()  # a full pipe would stop the server
                return found.groups()
        raise RuntimeError("JupyterLab did not start:\n" + "".join(self.said))

    def _listen(self):
        self.said.extend(self._process.stderr)

    def copies(self):
        """The copies on the disk."""
        return sorted((self.home / "copies").glob("*.json"))

    def stop(self):
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        self._process.stderr.close()


class Notebook:
    """A notebook in a window of its own; `asked` are the requests that would have left this computer."""

    def __init__(self, server, page, asked):
        self.server, self.page, self.asked = server, page, asked

    def open(self, name, workspace):
        """Show the notebook and wait until its kernel can run cells."""
        self.name = name
        self.page.goto(f"{self.server.address}/lab/workspaces/{workspace}/tree/{name}?token={self.server.token}")
        self.page.wait_for_function(f"window.jupyterapp?.shell?.currentWidget?.context?.path === {name!r}")
        self.do(_READY)

    def reload(self):
        """Load the page anew; the kernel lives on."""
        self.page.reload()
        self.page.wait_for_function(f"window.jupyterapp?.shell?.currentWidget?.context?.path === {self.name!r}")
        self.do(_READY)

    def do(self, action, argument=None):
        """Run a JavaScript function in the page, within a time."""
        script = _BOUNDED.replace("{action}", action).replace("{limit}", str(PATIENCE * 1000))
        return self.page.evaluate(script, argument)

    def run_all(self):
        """Run every cell; give what each code cell put out."""
        assert self.do(_COMMAND, "notebook:run-all-cells")
        return self.cells()

    def cells(self):
        return self.page.evaluate(_CELLS)

    def errors(self):
        """The errors that stand under cells."""
        return [output for cell in self.cells() for output in cell["outputs"] if output["output_type"] == "error"]

    def save(self):
        """Save, and give the path of the file."""
        self.do(_COMMAND, "docmanager:save")
        return self.server.root / self.name

    def at(self, key):
        """The node of a panel that has this key."""
        return self.page.locator(f'[data-k="{key}"]')

    def restart(self):
        """Restart the kernel: widgets on the page are dead from then on."""
        self.do(_RESTART)
