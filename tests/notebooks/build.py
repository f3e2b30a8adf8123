"""The session notebooks: made from the texts in `sources`, run once, kept without anything that changes.

    python -m tests.notebooks.build

writes every notebook anew into `notebooks`. A source is Markdown; each ```python block is a code cell, what stands
between two blocks a text cell. The same sources always give the same notebooks.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.catalogue import ROOT

SOURCES = Path(__file__).with_name("sources")
NOTEBOOKS = ROOT / "notebooks"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
_LIVE = "application/vnd.jupyter.widget-view+json"  # a model that is gone when the notebook is opened again
_FIXED = {"editable": False, "deletable": False}


def sources():
    """The sources, in the order of the lesson."""
    return sorted(SOURCES.glob("*.md"))


def notebook_of(source):
    """The notebook that a source describes, not run yet."""
    made = nbformat.v4.new_notebook(metadata={"kernelspec": _KERNEL, "language_info": {"name": "python"}})
    parts = _BLOCK.split(source.read_text(encoding="utf-8"))
    for number, part in enumerate(parts):
        words = part.strip()
        if number % 2:
            metadata = {**_FIXED, "jupyter": {"source_hidden": True}}
            made.cells.append(nbformat.v4.new_code_cell(words, id=f"etape-{number // 2 + 1}", metadata=metadata))
        elif words:
            made.cells.append(nbformat.v4.new_markdown_cell(words, id=f"texte-{number // 2 + 1}", metadata={**_FIXED}))
    return made


def variables(home):
    """What the kernel finds in its environment: French, a home of its own, this project."""
    asked = {"PROMPTLAB_HOME": str(home), "PROMPTLAB_LANG": "fr", "PROMPTLAB_SITTING": "", "PYTHONPATH": str(ROOT)}
    return {**os.environ, **asked}


def run(notebook):
    """Run all cells far from anybody's files, then take out what cannot be shown again."""
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=60, resources={"metadata": {"path": folder}})
        client.execute(env=variables(Path(folder) / "promptlab"))
    notebook.metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(_LIVE, None)
            output.get("metadata", {}).clear()
            output.pop("transient", None)
    return notebook


def text_of(notebook):
    """The notebook as its file holds it."""
    return nbformat.writes(notebook, indent=1) + "\n"


def main():
    """Write all notebooks; exit status 0."""
    for source in sources():
        path = NOTEBOOKS / f"{source.stem}.ipynb"
        path.write_text(text_of(run(notebook_of(source))), encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
