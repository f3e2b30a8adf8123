"""Starts JupyterLab on the session notebooks, in French and with what keeps a pupil's work safe switched on."""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput, MissingTool
from promptlab.files.copies import copies_folder
from promptlab.files.made import RECORD, write_made
from promptlab.messages import _, language

DASHBOARD = "0-tableau-de-bord.ipynb"
# Read by JupyterLab from the folder `labconfig` of each folder in JUPYTER_CONFIG_PATH; the wheel ships the same file.
SETTINGS = Path(__file__).with_name("jupyter")
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Lab:
    """Where JupyterLab is to work: its folder, the notebook to open, its port (0: the first free one from 8888)."""

    folder: Path
    notebook: str = DASHBOARD
    port: int = 0
    browser: bool = True


def shipped_notebooks() -> Path:
    """The folder of the notebooks that come with promptlab: inside an installed package, else beside its source."""
    inside = _PACKAGE / "notebooks"
    return inside if inside.is_dir() else _PACKAGE.parent / "notebooks"


def working_folder(asked: Path | None = None) -> Path:
    """The folder to work in: `asked`, else the project's own `notebooks`, else PROMPTLAB_HOME (~/promptlab).

    Any but the project's own is filled with the notebooks; see `copy_notebooks`. Raises BadInput where `asked` is a
    file, CannotWrite.
    """
    shipped = shipped_notebooks()
    if asked is None and shipped.parent != _PACKAGE and os.access(shipped, os.W_OK):
        return shipped
    folder = (asked.expanduser() if asked else copies_folder().parent).absolute()
    if folder.exists() and not folder.is_dir():
        raise BadInput(_("--notebooks “{path}” is a file: name a folder.", path=folder))
    if folder != shipped:
        copy_notebooks(shipped, folder)
    return folder


def copy_notebooks(shipped: Path, folder: Path) -> tuple[Path, ...]:
    """Copy into `folder` the notebooks that it has not got in this version; give those written.

    A notebook that a pupil has worked in stays as it is. Where a newer promptlab ships another one, that is put beside
    it ("1-seance-2.ipynb"). Raises CannotWrite.
    """
    noted = _noted(folder)
    wanted = [(path.name, path.read_bytes()) for path in sorted(shipped.glob("*.ipynb"))]
    missing = [(name, content) for name, content in wanted if not _has(folder, name, content, noted)]
    return write_made(folder, missing) if missing else ()


def _has(folder: Path, name: str, content: bytes, noted: dict[str, Any]) -> bool:
    """Whether this version of a notebook was copied to `folder` before and still stands there, worked in or not."""
    mark, stem = hashlib.sha256(content).hexdigest(), Path(name).stem
    copied = [other for other, known in noted.items() if known == mark and other.startswith(stem)]
    return any((folder / other).is_file() for other in copied)


def _noted(folder: Path) -> dict[str, Any]:
    try:
        noted = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def arguments(lab: Lab, token: str) -> list[str]:
    """What JupyterLab is started with: this computer only, behind `token`, no request to the network."""
    asked = [
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={lab.folder}",
        f"--LabApp.default_url=/lab/tree/{lab.notebook}",
        f"--LabApp.workspaces_dir={_workspaces()}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.open_browser={lab.browser}",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=ERROR",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        # It looks for programming tools all over the computer, which takes seconds on some.
        "--LanguageServerManager.autodetect=False",
    ]
    if lab.port:
        asked += [f"--ServerApp.port={lab.port}", "--ServerApp.port_retries=0"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        asked.append("--ServerApp.allow_root=True")
    return asked


def lay_out(folder: Path) -> None:
    """Have JupyterLab begin with its side bars closed, so that the notebook has the page; kept in `folder`.

    It begins like this each time: on a school's computer the next person need not find what the last one moved. Where
    this cannot be written, JupyterLab begins as it is made.
    """
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    sides = {"left": {"collapsed": True, "visible": True}, "right": {"collapsed": True, "visible": True}}
    layout = {"main": None, "down": {}, **sides, "relativeSizes": [0, 1, 0]}
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        WorkspacesManager(str(folder)).save(
            "default", json.dumps({"data": {"layout-restorer:data": layout}, "metadata": {"id": "default"}})
        )


def _workspaces() -> Path:
    return copies_folder().parent / ".lab"


def environment(known: Sequence[str] | None = None) -> dict[str, str]:
    """The variables to add for JupyterLab: where its settings are, and the language, this sitting."""
    before = os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep) if known is None else list(known)
    paths = [str(SETTINGS), *(path for path in before if path and path != str(SETTINGS))]
    here = {"JUPYTER_CONFIG_PATH": os.pathsep.join(paths), "PROMPTLAB_LANG": language(), "PYTHONUTF8": "1"}
    return here | {"PROMPTLAB_SITTING": secrets.token_hex(8)}


def serve(lab: Lab, *, tell: Callable[[str], None]) -> None:
    """Run JupyterLab until it is stopped; `tell` hears, once it answers, where it is and how to stop it.

    Raises BadInput where the folder has no such notebook or the port is taken, MissingTool without JupyterLab.
    """
    if not (lab.folder / lab.notebook).is_file():
        raise BadInput(
            _(
                "{folder} holds no {file}: leave out --notebooks, or name another folder.",
                folder=lab.folder,
                file=lab.notebook,
            )
        )
    os.environ |= environment()
    lay_out(_workspaces())
    token = secrets.token_hex(24)
    server = _server(lab, token)
    address = f"{server.connection_url.rstrip('/')}/lab/tree/{lab.notebook}?token={token}"
    tell(_("promptlab is open at {address}", address=address))
    tell(_("Notebooks: {folder}", folder=lab.folder))
    tell(_("Copies: {folder}", folder=copies_folder()))
    tell(_("To stop: come back to this window and press Ctrl+C. What is saved stays saved."))
    server.start()


def _server(lab: Lab, token: str) -> Any:
    try:
        from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingTool(_("JupyterLab is not installed: run “python3 start.py lab”.")) from error
    try:
        return LabApp.initialize_server(argv=arguments(lab, token))
    except SystemExit as error:
        taken = _("Port {port} is taken: choose another one with --port, or leave it out.", port=lab.port or 8888)
        raise BadInput(taken) from error
