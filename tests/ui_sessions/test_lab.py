"""`promptlab lab`: where it works, what JupyterLab is told, and that no work of a pupil is written over."""

import json
import os
import sys
from pathlib import Path

import pytest

from promptlab.errors import BadInput
from promptlab.ui.lab import (
    DASHBOARD,
    SETTINGS,
    Lab,
    arguments,
    copy_notebooks,
    environment,
    lay_out,
    serve,
    shipped_notebooks,
    working_folder,
)
from tests.catalogue import ROOT

OVERRIDES = SETTINGS / "labconfig" / "default_setting_overrides.json"


@pytest.fixture
def shipped(tmp_path):
    folder = tmp_path / "shipped"
    folder.mkdir()
    for name in ("0-tableau.ipynb", "1-seance.ipynb"):
        (folder / name).write_text(f"{name} v1")
    return folder


def test_clone_works_in_its_own_notebooks():
    assert working_folder() == shipped_notebooks() == ROOT / "notebooks"


def test_installed_package_copies_its_notebooks_into_the_home(tmp_path, monkeypatch, shipped):
    monkeypatch.setenv("PROMPTLAB_HOME", str(tmp_path / "élève"))
    monkeypatch.setattr("promptlab.ui.lab.shipped_notebooks", lambda: shipped)
    monkeypatch.setattr("promptlab.ui.lab._PACKAGE", tmp_path)
    folder = working_folder()
    assert folder == tmp_path / "élève"
    assert (folder / "1-seance.ipynb").read_text() == "1-seance.ipynb v1"


def test_notebook_that_a_pupil_changed_stays(tmp_path, shipped):
    to = tmp_path / "to"
    copy_notebooks(shipped, to)
    (to / "1-seance.ipynb").write_text("mon travail")
    assert copy_notebooks(shipped, to) == ()
    assert (to / "1-seance.ipynb").read_text() == "mon travail"


def test_new_version_replaces_what_nobody_touched_and_stands_beside_the_rest(tmp_path, shipped):
    to = tmp_path / "to"
    copy_notebooks(shipped, to)
    (to / "1-seance.ipynb").write_text("mon travail")
    for path in shipped.glob("*.ipynb"):
        path.write_text("v2")
    for _again in range(3):
        copy_notebooks(shipped, to)
    found = {path.name: path.read_text() for path in to.glob("*.ipynb")}
    assert found == {"0-tableau.ipynb": "v2", "1-seance.ipynb": "mon travail", "1-seance-2.ipynb": "v2"}


def test_notebook_that_was_deleted_comes_back(tmp_path, shipped):
    to = tmp_path / "to"
    copy_notebooks(shipped, to)
    (to / "1-seance.ipynb").unlink()
    copy_notebooks(shipped, to)
    assert (to / "1-seance.ipynb").exists()


def test_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "x").touch()
    with pytest.raises(BadInput, match="x"):
        working_folder(tmp_path / "x")


def test_folder_without_the_dashboard_is_refused(tmp_path):
    with pytest.raises(BadInput, match=DASHBOARD):
        serve(Lab(tmp_path), tell=print)


def test_lab_stays_on_this_computer_behind_its_token(tmp_path):
    asked = arguments(Lab(tmp_path, port=9000, browser=False), "geheim")
    for wanted in ("--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=geheim", "--ServerApp.port=9000"):
        assert wanted in asked
    assert "--ServerApp.open_browser=False" in asked
    assert f"--LabApp.default_url=/lab/tree/{DASHBOARD}" in asked


def test_settings_of_others_are_read_after_ours(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/others")
    first, *rest = environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert first == str(SETTINGS)
    assert rest == ["/others"]


def test_each_start_is_a_sitting_of_its_own():
    assert environment()["PROMPTLAB_SITTING"] != environment()["PROMPTLAB_SITTING"]


def test_settings_are_french_quiet_and_safe():
    found = json.loads(OVERRIDES.read_text(encoding="utf-8"))
    assert found["@jupyterlab/translation-extension:plugin"]["locale"] == "fr_FR"
    assert found["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    off = {tuple(each["keys"]) for each in found["@jupyterlab/shortcuts-extension:shortcuts"]["shortcuts"]}
    assert {("A",), ("B",), ("X",), ("D", "D")} <= off


def test_settings_are_those_that_jupyterlab_knows():
    """A key, a plugin or a selector that a newer JupyterLab renamed would switch nothing off, silently."""
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    known = {}
    for path in schemas.glob("*/*/*.json"):
        known[f"{path.parent.parent.name}/{path.parent.name}:{path.stem}"] = json.loads(path.read_text("utf-8"))
    shortcuts = {
        (each["command"], tuple(each["keys"]), each["selector"])
        for schema in known.values()
        for each in schema.get("jupyter.lab.shortcuts", ())
    }
    for plugin, values in json.loads(OVERRIDES.read_text(encoding="utf-8")).items():
        assert plugin in known, plugin
        assert set(values) <= set(known[plugin]["properties"]), plugin
        for each in values.get("shortcuts", ()):
            assert (each["command"], tuple(each["keys"]), each["selector"]) in shortcuts, each


def test_nothing_on_the_screen_moves_or_stops_what_a_pupil_needs():
    found = json.loads(OVERRIDES.read_text(encoding="utf-8"))
    assert found["@jupyterlab/cell-toolbar-extension:plugin"]["showToolbar"] is False
    assert found["@jupyterlab/notebook-extension:tracker"]["showEditorForReadOnlyMarkdown"] is False
    gone = {one["name"] for one in found["@jupyterlab/notebook-extension:panel"]["toolbar"] if one.get("disabled")}
    assert {"interrupt", "restart", "kernelName"} <= gone
    page = json.loads((SETTINGS / "labconfig" / "page_config.json").read_text(encoding="utf-8"))
    assert page["disabledExtensions"]["@jupyterlab/debugger-extension"] is True


def test_notebook_has_the_page_at_the_start(tmp_path):
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    for _start in range(2):
        lay_out(tmp_path / "spaces")
        saved = WorkspacesManager(str(tmp_path / "spaces")).load("default")
        layout = saved["data"]["layout-restorer:data"]
        assert layout["left"]["collapsed"] is layout["right"]["collapsed"] is True


def test_folder_that_refuses_is_no_reason_not_to_start(tmp_path):
    (tmp_path / "spaces").write_text("no folder")
    lay_out(tmp_path / "spaces")
    assert (tmp_path / "spaces").read_text() == "no folder"
