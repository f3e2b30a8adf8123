"""A bundle holds the project and every wheel, and says what cannot be had."""

import sys
from zipfile import ZipFile

import pytest

from promptlab import bundle
from promptlab.errors import BadInput


class FakePip:
    """Stands in for pip: `download` fails on names in `source_only` until `wheel` has built them."""

    def __init__(self, *, source_only=(), compiled=False):
        self.source_only, self.compiled, self.calls = set(source_only), compiled, []

    def __call__(self, arguments, markers):
        self.calls.append((list(arguments), markers))
        if arguments[0] == "wheel":
            self.source_only.discard(arguments[-1])
            folder = bundle.Path(arguments[arguments.index("--wheel-dir") + 1])
            (folder / f"{arguments[-1]}-1-{'cp311-linux' if self.compiled else 'py3-none-any'}.whl").touch()
        elif self.source_only:
            return f"ERROR: No matching distribution found for {min(self.source_only)}"
        return ""


def made(tmp_path, **options):
    pip = options.pop("pip", FakePip())
    return bundle.make(tmp_path / "clé", platform="windows", python="3.12", pip=pip, **options)


def test_bundle_holds_what_an_installation_needs(tmp_path):
    to = made(tmp_path)
    assert (to / "start.py").is_file()
    assert (to / "pyproject.toml").is_file()
    assert (to / "data" / "reclamation" / "case.toml").is_file()
    assert not (to / "tests").exists()
    assert not (to / ".git").exists()


def test_bundle_says_whom_it_was_made_for(tmp_path):
    assert [path.name for path in made(tmp_path).glob("wheels/*.for")] == ["windows Python 3.12.for"]


def test_wheels_are_chosen_for_the_other_computer_and_its_python(tmp_path):
    pip = FakePip()
    made(tmp_path, pip=pip)
    arguments, markers = pip.calls[0]
    assert "win_amd64" in arguments
    assert arguments[arguments.index("--python-version") + 1] == "3.12"
    assert markers["sys_platform"] == "win32"
    assert {"editables", "pip"} < set(arguments)


def test_library_that_exists_as_source_only_is_built(tmp_path):
    made(tmp_path, pip=FakePip(source_only=["docopt"]))
    assert list(tmp_path.glob("clé/wheels/docopt-*.whl"))


def test_library_that_would_need_a_compiler_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="docopt"):
        made(tmp_path, pip=FakePip(source_only=["docopt"], compiled=True))
    assert not (tmp_path / "clé").exists()


def test_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "clé").mkdir()
    (tmp_path / "clé" / "notes.txt").write_text("à moi")
    with pytest.raises(BadInput, match="clé"):
        made(tmp_path)
    assert [path.name for path in (tmp_path / "clé").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("python", ["3.10", "2.7", "3", "3.12.1", "latest"])
def test_python_that_promptlab_cannot_use_is_refused(tmp_path, python):
    with pytest.raises(BadInput, match=python):
        bundle.make(tmp_path / "clé", platform="linux", python=python, pip=FakePip())


def test_refusal_is_told_before_any_download(tmp_path, capsys):
    (tmp_path / "mine.txt").touch()
    assert bundle.main(["--to", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_second_computer_is_added_to_the_same_folder(tmp_path):
    made(tmp_path)
    bundle.make(tmp_path / "clé", platform="macos", python="3.13", pip=FakePip())
    assert len(list(tmp_path.glob("clé/wheels/*.for"))) == 2


def test_key_is_left_out_where_asked(tmp_path):
    source = tmp_path / "projet"
    for folder in ("key", "answers"):
        (source / "data" / "cas" / folder).mkdir(parents=True)
        (source / "data" / "cas" / folder / "x.toml").touch()
    bundle.copy_project(source, tmp_path / "clé", without_key=True)
    assert [path.parent.name for path in tmp_path.glob("clé/data/cas/*/x.toml")] == ["answers"]


def test_pip_reads_markers_of_the_other_platform(tmp_path):
    """Real pip, no network: a wheel asks for another one on Windows only."""
    for name, needs in (("ours", 'theirs; sys_platform == "win32"'), ("theirs", "")):
        with ZipFile(tmp_path / f"{name}-1-py3-none-any.whl", "w") as wheel:
            needed = f"Requires-Dist: {needs}\n" if needs else ""
            wheel.writestr(f"{name}-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n{needed}")
            wheel.writestr(f"{name}-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
            wheel.writestr(f"{name}-1.dist-info/RECORD", "")
    found = {}
    for system in ("win32", "linux"):
        to = tmp_path / system
        arguments = ["download", "--no-index", "--find-links", str(tmp_path), "--dest", str(to), "ours"]
        assert bundle.run_pip(arguments, {"sys_platform": system}) == ""
        found[system] = sorted(path.name.split("-")[0] for path in to.iterdir())
    assert found == {"win32": ["ours", "theirs"], "linux": ["ours"]}


def test_own_platform_is_one_that_can_be_asked_for():
    assert bundle.here() in bundle.PLATFORMS
    assert (bundle.here() == "windows") == (sys.platform == "win32")
