"""start.py: what it does before any library is there."""

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys

import pytest

from tests.catalogue import ROOT, untypeset


@pytest.fixture
def start(tmp_path):
    """start.py as a module of a folder of its own, so that no test can touch the real `.venv`."""
    folder = tmp_path / "Élève d’été"
    folder.mkdir()
    for name in ("start.py", "pyproject.toml"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    spec = importlib.util.spec_from_file_location("start_under_test", folder / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert folder == module.ROOT
    return module


def test_file_still_parses_on_python_3_6():
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_old_python_is_told_which_one_is_needed(start, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 6, 15))
    monkeypatch.setattr(start, "newer_python", lambda: None)
    with pytest.raises(start.Stop, match=r"3\.11.*3\.6"):
        start.main(["demo"])


def test_newer_python_of_the_same_computer_is_used(start, monkeypatch):
    called = []
    monkeypatch.setattr(sys, "version_info", (3, 9, 6))
    monkeypatch.setattr(start, "newer_python", lambda: "/opt/python3.12")
    monkeypatch.setattr(start.subprocess, "call", lambda command: called.append(command) or 0)
    assert start.main(["demo", "--to", "x"]) == 0
    assert called == [["/opt/python3.12", str(start.ROOT / "start.py"), "demo", "--to", "x"]]


def test_help_shows_the_commands_and_installs_nothing(start, capsys):
    assert start.start(["help"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("demo", "test", "bundle"))


def test_every_other_command_goes_to_promptlab(start, monkeypatch):
    ran = []
    monkeypatch.setattr(start, "install", lambda **_options: None)
    monkeypatch.setattr(start, "run", lambda *command, **_options: ran.append([str(part) for part in command]) or 0)
    assert start.start(["compare", "a.md", "b.md"]) == 0
    assert ran == [[str(start.BIN / ("promptlab" + start.EXE)), "compare", "a.md", "b.md"]]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "libérez"),
        ("NewConnectionError: Temporary failure in name resolution\nNo matching distribution found for x", "proxy"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'", "référent"),
        ("HINT: This system does not have Windows Long Path support enabled", "long"),
        ("[WinError 5] Access is denied", "fermez"),
        ("No matching distribution found for lxml>=5.3", "lxml"),
        ("something never seen", "never seen"),
    ],
)
def test_failure_of_pip_becomes_advice(start, said, word):
    assert word in start.explain(said)


def test_wheel_missing_in_a_bundle_tells_whom_it_was_made_for(start):
    start.WHEELS.mkdir()
    (start.WHEELS / "windows Python 3.12.for").touch()
    said = start.explain("No matching distribution found for lxml>=5.3")
    assert "lxml" in said
    assert "windows Python 3.12" in said


def test_debian_without_venv_is_told_what_to_install(start, monkeypatch):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(start.Stop, match="apt install python3-venv"):
        start.make_venv()


def test_full_disk_is_told_before_anything_is_made(start, monkeypatch):
    monkeypatch.setattr(start.shutil, "disk_usage", lambda path: start.shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(start.Stop, match="disque"):
        start.make_venv()
    assert not start.VENV.exists()


def test_second_start_installs_nothing(start, monkeypatch):
    monkeypatch.setattr(start, "make_venv", lambda: start.VENV.mkdir(exist_ok=True))
    monkeypatch.setattr(start, "works", lambda *arguments: True)
    installed = []
    monkeypatch.setattr(start, "pip", lambda *arguments: installed.append(arguments))
    start.install()
    start.install()
    assert len(installed) == 1
    (start.ROOT / "pyproject.toml").write_text("[project]\n")
    start.install()
    assert len(installed) == 2


def test_tests_stay_installed_after_a_change(start, monkeypatch):
    monkeypatch.setattr(start, "make_venv", lambda: start.VENV.mkdir(exist_ok=True))
    monkeypatch.setattr(start, "works", lambda *arguments: True)
    installed = []
    monkeypatch.setattr(start, "pip", lambda *arguments: installed.append(arguments[-1]))
    start.install(tests=True)
    (start.ROOT / "pyproject.toml").write_text("[project]\n")
    start.install()
    assert installed == [".[test]", ".[test]"]


def test_moved_folder_is_installed_anew(start, monkeypatch):
    (start.VENV / "old").mkdir(parents=True)
    start.STAMP.write_text(json.dumps({"root": "/elsewhere"}))
    monkeypatch.setattr(start, "works", lambda *arguments: True)
    start.make_venv()
    assert not start.VENV.exists()


def test_venv_that_works_is_kept(start, monkeypatch):
    (start.VENV / "kept").mkdir(parents=True)
    monkeypatch.setattr(start, "works", lambda *arguments: True)
    start.make_venv()
    assert (start.VENV / "kept").exists()


def test_import_does_not_hang_on_an_accent_in_the_path(start, monkeypatch):
    site = start.VENV / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    (site / "promptlab.pth").write_text(str(start.ROOT), encoding="utf-8")
    monkeypatch.setattr(start, "make_venv", lambda: None)
    monkeypatch.setattr(start, "pip", lambda *arguments: None)
    start.install()
    line = (site / "promptlab.pth").read_text(encoding="ascii").strip()
    assert os.path.normpath(site / line) == str(start.ROOT)


def test_checks_go_on_after_a_failure_and_the_summary_names_it(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "run", lambda *command, cwd: 1 if "mypy" in command else 0)
    assert start.test() == 1
    said = capsys.readouterr().out
    assert said.count("réussi  ") == 3
    assert re.search(r"ÉCHEC +types \(mypy\)", said)


def test_foreign_python_settings_do_not_reach_the_programs(start, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    assert "PYTHONPATH" not in start.environment()
    assert start.environment()["PIP_USER"] == "0"


def test_failing_write_is_told_in_french(start, monkeypatch, capsys):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", "/partage")

    monkeypatch.setattr(start, "install", lambda **_: refuse())
    assert start.start(["demo"]) == 2
    assert "/partage" in capsys.readouterr().err


def test_french_of_start_py_is_well_set():
    texts = [
        node.value
        for node in ast.walk(ast.parse((ROOT / "start.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[éèàê’«]", node.value)
    ]
    assert len(texts) > 10
    assert [(text, untypeset(text)) for text in texts if untypeset(text)] == []


def test_windows_launcher_is_plain_ascii_with_windows_line_ends():
    content = (ROOT / "start.bat").read_bytes()
    assert content.isascii()
    assert content.count(b"\r\n") == content.count(b"\n") > 5


@pytest.mark.skipif(os.name == "nt", reason="the executable bit is a matter of Unix")
@pytest.mark.parametrize("name", ["start.py", "start.command", ".ci/run"])
def test_scripts_can_be_run(name):
    assert os.access(ROOT / name, os.X_OK)
    assert (ROOT / name).read_bytes().startswith(b"#!")


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")
def test_ci_script_is_valid_and_names_no_registry():
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0
    assert not re.search(r"https?://|index-url|/work", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
