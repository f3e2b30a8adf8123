"""A folder from which promptlab installs with no network: the project, and the wheels of all its libraries.

    python -m promptlab.bundle --to FOLDER [--platform windows|macos|macos-intel|linux] [--python 3.12] [--without-key]
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from promptlab.errors import BadInput, PromptlabError
from promptlab.messages import _

PROJECT = Path(__file__).resolve().parents[1]
FOLDERS = ("promptlab", "data", "notebooks")
FILES = ("pyproject.toml", "start.py", "start.bat", "start.command", "README.md", "CHANGELOG.md", "LICENSE")

# For each platform: the wheel tags it takes, then os_name, sys_platform, platform_system, platform_machine (PEP 508).
PLATFORMS: dict[str, tuple[tuple[str, ...], tuple[str, str, str, str]]] = {
    "windows": (("win_amd64",), ("nt", "win32", "Windows", "AMD64")),
    "macos": (("macosx_14_0_arm64",), ("posix", "darwin", "Darwin", "arm64")),
    "macos-intel": (("macosx_14_0_x86_64",), ("posix", "darwin", "Darwin", "x86_64")),
    "linux": (
        (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)), "manylinux2014_x86_64", "linux_x86_64"),
        ("posix", "linux", "Linux", "x86_64"),
    ),
}

# pip resolves for another platform, but reads markers (`; sys_platform == "win32"`) with its own: this mends that.
_PIP = """
import json, sys
import pip._vendor.packaging.markers as markers
answers = dict(markers.default_environment(), **json.loads(sys.argv.pop(1)))
markers.default_environment = lambda: dict(answers)
from pip._internal.cli.main import main
sys.exit(main(sys.argv[1:]))
"""

Pip = Callable[[Sequence[str], dict[str, str]], str]


def run_pip(arguments: Sequence[str], markers: dict[str, str]) -> str:
    """Run pip with the environment markers of another platform; return what it complained of, "" when all went well."""
    command = [sys.executable, "-c", _PIP, json.dumps(markers), *arguments, "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603
    return (done.stderr or done.stdout or "?").strip() if done.returncode else ""


def gather(needed: Sequence[str], folder: Path, *, platform: str, python: str, pip: Pip = run_pip) -> None:
    """Put the wheels of `needed`, and of all that these need, into `folder`.

    `platform` is a key of PLATFORMS, `python` a version such as "3.12". A library that exists as source only is built,
    where it holds no compiled code. Raises BadInput with the name of what cannot be had.
    """
    tags, (os_name, sys_platform, system, machine) = PLATFORMS[platform]
    markers = {
        "os_name": os_name,
        "sys_platform": sys_platform,
        "platform_system": system,
        "platform_machine": machine,
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    command = ["download", "--dest", str(folder), "--find-links", str(folder), "--only-binary", ":all:"]
    command += ["--implementation", "cp", "--python-version", python]
    command += [flag for tag in tags for flag in ("--platform", tag)]
    built: set[str] = set()
    while fault := pip([*command, *needed], markers):
        name = fault.partition("No matching distribution found for ")[2].split(" ")[0].strip()
        if not name or name in built or not _build(name, folder, pip):
            raise BadInput(
                _(
                    "The libraries for {platform}, Python {python} could not be gathered: "
                    "check the connection, or try another --python. pip says:\n{fault}",
                    platform=platform,
                    python=python,
                    fault=fault.splitlines()[-1],
                )
            )
        built.add(name)


def _build(name: str, folder: Path, pip: Pip) -> bool:
    """Build the wheel of a library that exists as source only; False where it would only fit this computer."""
    before = set(folder.glob("*.whl"))
    if pip(["wheel", "--no-deps", "--wheel-dir", str(folder), name], {}):
        return False
    made = set(folder.glob("*.whl")) - before
    return all(wheel.name.endswith("-none-any.whl") for wheel in made)


def copy_project(source: Path, to: Path, *, without_key: bool) -> None:
    """Copy what the project is made of, and nothing else of its folder: a teacher's exports and notes stay at home."""
    junk = ("__pycache__", ".ipynb_checkpoints", *(("key",) if without_key else ()))
    for name in FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, to / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*junk))
    for name in FILES:
        if (source / name).is_file():
            shutil.copy2(source / name, to / name)


def requirements(project: Path) -> list[str]:
    """What an installation from the folder needs: the libraries, what builds the project, and pip itself."""
    described = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return [*described["project"]["dependencies"], *described["build-system"]["requires"], "editables", "pip"]


def here() -> str:
    """The key of PLATFORMS for this computer."""
    import platform

    if sys.platform == "darwin":
        return "macos" if platform.machine() == "arm64" else "macos-intel"
    return "windows" if sys.platform == "win32" else "linux"


def make(to: Path, *, platform: str, python: str, without_key: bool = False, pip: Pip = run_pip) -> Path:
    """Make the folder `to`, or add the wheels of another computer to one made before. Raises BadInput."""
    check(to, python)
    with tempfile.TemporaryDirectory() as gathered:
        gather(requirements(PROJECT), Path(gathered), platform=platform, python=python, pip=pip)
        copy_project(PROJECT, to, without_key=without_key)
        shutil.copytree(gathered, to / "wheels", dirs_exist_ok=True)
    (to / "wheels" / f"{platform} Python {python}.for").touch()
    return to


def check(to: Path, python: str) -> None:
    """Raise BadInput where no bundle can be made in `to`, or for that Python."""
    if not (PROJECT / "pyproject.toml").is_file():
        raise BadInput(_("This promptlab came without its project folder: run “start.py bundle” from that folder."))
    if to == PROJECT or (to.exists() and not _fillable(to)):
        text = _("{folder} is neither empty nor a folder made by bundle: choose another one with --to.", folder=to)
        raise BadInput(text)
    if not re.fullmatch(r"3\.(1[1-9]|[2-9]\d)", python):
        raise BadInput(_("--python “{python}”: give a version from 3.11 on, such as 3.12.", python=python))


def _fillable(folder: Path) -> bool:
    return folder.is_dir() and (not any(folder.iterdir()) or any(folder.glob("wheels/*.for")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder that the arguments ask for; exit status 0, or 2 with a message."""
    asked = _parser().parse_args(arguments)
    aim = {"platform": asked.platform, "python": asked.python}
    try:
        check(asked.to.absolute(), asked.python)
        sys.stderr.write(_("Downloading for {platform}, Python {python} (1 to 5 minutes)…", **aim) + "\n")
        to = make(asked.to.absolute(), **aim, without_key=asked.without_key)
    except (PromptlabError, OSError) as error:
        sys.stderr.write(_("Error: {message}", message=error) + "\n")
        return 2
    size = sum(path.stat().st_size for path in to.rglob("*") if path.is_file()) // 1_000_000
    ready = _("Ready: {folder} ({size} MB). Copy it to the other computer.", folder=to, size=size)
    sys.stdout.write(ready + " " + _("To start it there: python3 start.py demo (Windows: start.bat).") + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    running = "{}.{}".format(*sys.version_info[:2])
    about = _("Prepare a folder that installs with no network.")
    parser = argparse.ArgumentParser(prog="start.py bundle", description=about)
    option = parser.add_argument
    option("--to", required=True, type=Path, metavar=_("DIR"), help=_("the folder to fill, on a USB stick or a share"))
    option("--platform", choices=PLATFORMS, default=here(), help=_("the system of the other computer"))
    option("--python", default=running, help=_("the Python of the other computer, for example 3.12"))
    option("--without-key", action="store_true", help=_("leave the answer keys out, for the pupils’ computers"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
