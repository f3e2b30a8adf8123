"""A class whose work no code of promptlab wrote is read whole and marked in one command."""

import csv
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.class_of_thirty.compare import misses
from tests.class_of_thirty.handouts import handout, other_handout
from tests.class_of_thirty.make import NOT_ONE, class_list, make

ROOT = Path(__file__).parents[2]
MARK = ("Note", "Mark")
# Where the reader is known to fall short: the pupil, and how each line of `misses` about it begins. What is mended must
# leave this list: a test below says so.
KNOWN: dict[str, tuple[str, ...]] = {
    # A table inside an answer has no parts that a tag can be on: the words are told, the tag is on the whole.
    "P18": ("tag only told: 3·3.1", "tag only told: 2·6.1", "invented: 3·3.1", "invented: 2·6.1"),
}


def run(*arguments, accepted=(0,), language="en"):
    """The command line in a process of its own; what it printed."""
    command = [sys.executable, "-c", "from promptlab.cli import main; main()", *map(str, arguments)]
    environment = os.environ | {"PROMPTLAB_LANG": language, "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT, timeout=120, check=False)
    assert done.returncode in accepted, done.stderr.decode()
    return done


@pytest.fixture(scope="module")
def a_class(tmp_path_factory):
    """The folder of the class, and its gold."""
    from tests.conftest import needs

    soffice = needs("soffice")
    folder = tmp_path_factory.mktemp("class")
    french = partial(run, language="fr")
    ours, other = handout(french, folder / "demo"), other_handout(french, folder)
    return folder, make(ours, other, folder / "made", soffice)


@pytest.fixture(scope="module")
def read(a_class):
    """{file: what `promptlab read` finds}, read in one command."""
    folder, gold = a_class
    paths = {name: folder / "made" / "files" / name.replace(".zip/", "-zip/") for name in gold["readable"]}
    printed = run("read", *paths.values(), "--case", "reclamation", "--json").stdout
    return dict(zip(paths, json.loads(printed), strict=True))


@pytest.fixture(scope="module")
def graded(a_class):
    """The rows of marks.csv, and what was said."""
    folder, _gold = a_class
    made = folder / "made"
    result = run("grade", made / "class.zip", "--case", "reclamation", "--to", folder / "marks", "--session", "2",
                 "--pupils", made / "pupils.csv", accepted=(1,))  # fmt: skip
    text = (folder / "marks" / "marks.csv").read_text("utf-8-sig")
    return folder / "marks", list(csv.DictReader(text.splitlines(), delimiter=";")), result.stderr.decode()


def test_the_class_is_large_and_mixed(a_class):
    _folder, gold = a_class
    kinds = [name.rsplit(".", 1)[-1] for name in gold["readable"]]
    assert len({truth["pupil"] for truth in gold["readable"].values()}) >= 30
    assert min(kinds.count(kind) for kind in ("docx", "json", "ipynb")) >= 3
    assert len(gold["unreadable"]) >= 12
    assert sum(len(truth["tags"]) for truth in gold["readable"].values()) > 200


def test_every_tag_remark_and_comment_is_found_or_told(a_class, read):
    _folder, gold = a_class
    found = {
        f"{truth['pupil']} {name}": faults
        for name, truth in gold["readable"].items()
        if (faults := [one for one in misses(truth, read[name]) if not one.startswith(KNOWN.get(truth["pupil"], ()))])
    }
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def test_what_the_reader_is_known_to_miss_is_still_missed(a_class, read):
    _folder, gold = a_class
    mended = [
        f"{truth['pupil']}: {known}"
        for name, truth in gold["readable"].items()
        for known in KNOWN.get(truth["pupil"], ())
        if not any(one.startswith(known) for one in misses(truth, read[name]))
    ]
    assert not mended, f"take out of KNOWN: {mended}"


def test_each_pupil_of_a_readable_file_has_a_mark(a_class, graded):
    _folder, gold = a_class
    _marks, rows, _said = graded
    marked = {row[next(iter(row))] for row in rows if next(value for key, value in row.items() if key in MARK)}
    assert marked == {truth["pupil"] for truth in gold["readable"].values()} | {"P34"}
    assert len(rows) == len(class_list().splitlines()) - 1 == len(marked) + 1
    assert NOT_ONE not in marked


def test_the_mark_is_that_of_the_newest_file(graded):
    _marks, rows, said = graded
    (row,) = (row for row in rows if row[next(iter(row))] == "P32")
    assert any("(7).json" in (value or "") for value in row.values())
    assert "(2).json" in said


def test_each_unreadable_file_is_named_and_nothing_left_the_folder(a_class, graded):
    folder, gold = a_class
    marks, _rows, said = graded
    overview = (marks / "class.html").read_text("utf-8")
    for name in gold["unreadable"]:
        assert name in said
        assert name.rsplit("/", 1)[-1] in overview
    assert not list(folder.parent.rglob("evade.json"))


def test_what_computers_leave_about_is_passed_over(graded):
    _marks, _rows, said = graded
    assert not any(name in said for name in ("__MACOSX", ".DS_Store", "~$", "Thumbs.db"))


def test_each_pupil_gets_feedback_as_a_page_and_for_word(a_class, graded):
    _folder, gold = a_class
    marks, _rows, _said = graded
    for pupil in {truth["pupil"] for truth in gold["readable"].values()}:
        assert (marks / "feedback" / f"{pupil}.html").stat().st_size > 1000
        assert (marks / "feedback" / f"{pupil}.docx").read_bytes().startswith(b"PK")


def test_marking_the_folder_gives_the_same_marks_as_the_zip(a_class, graded):
    folder, _gold = a_class
    _marks, rows, _said = graded
    again = folder / "unpacked"
    shutil.copytree(folder / "made" / "files", again, dirs_exist_ok=True)
    run("grade", again, "--case", "reclamation", "--to", folder / "marks2", "--session", "2",
        "--pupils", folder / "made" / "pupils.csv", accepted=(1,))  # fmt: skip
    text = (folder / "marks2" / "marks.csv").read_text("utf-8-sig")
    others = list(csv.DictReader(text.splitlines(), delimiter=";"))
    keys = list(rows[0])[:10]
    assert [[row[key] for key in keys] for row in rows] == [[row[key] for key in keys] for row in others]
