"""The shipped notebooks are those that their sources describe, run as they are saved, and define nothing."""

import ast
import re
import subprocess
import sys

import nbformat
import pytest

from tests.notebooks.build import NOTEBOOKS, notebook_of, sources, variables

NAMES = [source.stem for source in sources()]


def shipped(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def code_of(name):
    return [cell for cell in shipped(name).cells if cell.cell_type == "code"]


def test_there_is_a_notebook_for_each_source_and_no_other():
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_notebook_is_what_its_source_describes(name):
    """Where this fails: python -m tests.notebooks.build"""
    made = notebook_of(next(source for source in sources() if source.stem == name))
    plain = [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in made.cells]
    assert [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in shipped(name).cells] == plain
    assert shipped(name).metadata == made.metadata


def test_cells_run_as_they_are_saved(tmp_path):
    """nbval, with a home of its own and in French, as a pupil has it."""
    done = nbval(tmp_path, *NAMES)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert re.search(rf"^{sum(len(code_of(name)) for name in NAMES)} passed", done.stdout, re.MULTILINE)


def test_output_that_differs_from_the_saved_one_is_found(tmp_path):
    text = (NOTEBOOKS / "1-seance-questionner.ipynb").read_text("utf-8")
    changed = {"1-seance-questionner": text.replace("A52000", "A52001")}
    assert nbval(tmp_path, "1-seance-questionner", changed=changed).returncode == 1


def nbval(folder, *names, changed=None):
    """Run nbval on copies of these notebooks in `folder`."""
    for name in names:
        text = (changed or {}).get(name) or (NOTEBOOKS / f"{name}.ipynb").read_text("utf-8")
        (folder / f"{name}.ipynb").write_text(text, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    files = [f"{name}.ipynb" for name in names]
    env = variables(folder / "home")
    return subprocess.run(
        [*command, *files], cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=110, check=False
    )


@pytest.mark.parametrize("name", NAMES)
def test_code_is_hidden_behind_a_french_line_and_cannot_be_changed(name):
    numbers = []
    for cell in code_of(name):
        assert cell.metadata["jupyter"]["source_hidden"]
        head = re.match(r"# ▶ Étape (\d+) : \w", cell.source)
        numbers.append(int(head[1]))
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(cell.metadata["editable"] is cell.metadata["deletable"] is False for cell in shipped(name).cells)


@pytest.mark.parametrize("name", NAMES)
def test_notebook_defines_nothing_and_has_one_action_to_a_cell(name):
    for cell in code_of(name):
        body = ast.parse(cell.source).body
        assert len(body) <= 3
        assert all(isinstance(line, ast.ImportFrom | ast.Assign | ast.Expr) for line in body)


@pytest.mark.parametrize("name", NAMES)
def test_saved_outputs_are_readable_and_stable(name):
    for cell in code_of(name):
        assert cell.outputs, cell.source
        for output in cell.outputs:
            assert output.output_type == "display_data"
            assert set(output.data) <= {"text/plain", "text/html"}
            assert "<script" not in output.data.get("text/html", "")
            assert "0x" not in output.data["text/plain"]


@pytest.mark.parametrize("name", NAMES)
def test_links_between_notebooks_lead_somewhere(name):
    for cell in shipped(name).cells:
        for target in re.findall(r"\]\(([^)]+\.ipynb)\)", cell.source):
            assert (NOTEBOOKS / target).is_file(), target


@pytest.mark.parametrize("name", NAMES)
def test_french_is_well_set(name):
    """Narrow spaces are for the browser to make; straight apostrophes and the inclusive point are for nobody."""
    for cell in shipped(name).cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\w'\w", cell.source), cell.source
            assert "·" not in cell.source
