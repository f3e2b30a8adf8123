#!/usr/bin/env python3
"""Set promptlab up in its own folder, then start it: `python3 start.py demo | test | bundle | …`.

Standard library only. The first start makes `.venv` beside this file and installs into it: from the folder `wheels`
where there is one (a bundle, no network needed), else from the package index. What it says is in French, as the message
catalogue is not there yet. The file still parses on Python 3.6, so that an old Python gets a sentence, not a traceback.
"""

import compileall
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(os.path.abspath(__file__)).parent  # noqa: PTH100 (resolve() would turn a mapped drive into \\server\share)
VENV, WHEELS = ROOT / ".venv", ROOT / "wheels"
STAMP, LOG = VENV / "promptlab-stamp.json", VENV / "promptlab-install.log"
BIN, EXE = VENV / ("Scripts" if os.name == "nt" else "bin"), ".exe" if os.name == "nt" else ""
PYTHON = BIN / ("python" + EXE)
OLDEST = (3, 11)
SPACE_NEEDED = 800_000_000

HELP = """promptlab : apprendre à questionner une IA.

  python3 start.py demo            le travail principal sur le dossier fourni, sans réseau
  python3 start.py lab             ouvre les carnets des séances dans le navigateur
  python3 start.py test            lance tous les tests
  python3 start.py bundle --to X   prépare dans X un dossier qui s’installe sans réseau
  python3 start.py COMMANDE …      toute autre commande de promptlab (liste : python3 start.py --help)

(Sous Windows : « py start.py demo », ou un double clic sur start.bat.)"""

# What pip says when it fails, and what the reader can do about it; the first that fits is told.
FAULTS = (
    (r"No space left|Errno 28|not enough space", "Le disque est plein : libérez 1 Go, puis recommencez."),
    (
        r"Long Path|WinError 206",
        "Le chemin de ce dossier est trop long : déplacez-le, par exemple dans C:\\promptlab, puis recommencez.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "Le réseau de l’établissement filtre les connexions sûres : demandez au référent numérique,\n"
        "ou préparez sur un autre réseau un dossier complet : python3 start.py bundle --to DOSSIER",
    ),
    (
        r"NewConnection|NameResolution|name resolution|getaddrinfo|ProxyError|[Tt]imeout|timed out|unreachable",
        "Les bibliothèques n’ont pas pu être téléchargées : vérifiez la connexion (ou le proxy : HTTPS_PROXY),\n"
        "puis recommencez. Sans réseau, préparez ailleurs un dossier complet : python3 start.py bundle --to DOSSIER",
    ),
    (
        r"WinError (5|32)\b|Permission denied",
        "Un fichier est retenu : fermez les fenêtres de promptlab et de JupyterLab, puis recommencez.",
    ),
)


class Stop(Exception):
    """The end of the way: a French sentence that says why, and what to do."""


def environment():
    """The environment of every program started: the libraries of `.venv` alone, and UTF-8 on every system."""
    env = dict(os.environ, PYTHONUTF8="1", PYTHONNOUSERSITE="1", PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX"):
        env.pop(name, None)
    return env


def run(*command, cwd=None):
    """Start a program, wait for it, and return its exit status."""
    return subprocess.call([str(part) for part in command], cwd=cwd, env=environment())


def works(*arguments):
    """Whether the Python of `.venv` is there and runs `arguments` without error."""
    try:
        asked = [str(PYTHON), *arguments]
        return subprocess.run(asked, env=environment(), capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def pip(*arguments, through=("-m", "pip")):
    """Run pip quietly: its progress on one line, its noise in a log, its failure as a French sentence (Stop)."""
    said, count, shown = [], 0, sys.stdout.isatty()
    command = [str(part) for part in (PYTHON, *through, *arguments, "--retries", "2")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    with subprocess.Popen(command, cwd=str(ROOT), env=environment(), **pipes) as process:
        for line in process.stdout:
            said.append(line)
            count += line.startswith("Collecting ")
            if shown:
                print(f"\r  {count} bibliothèques… ", end="", flush=True)
    if shown:
        print("\r" + " " * 30, end="\r")
    LOG.write_text("".join(said), encoding="utf-8")
    if process.returncode:
        raise Stop(explain("".join(said)))


def explain(said):
    """The sentence for a failure of pip, from what it said."""
    here = "Python {}.{}, {}".format(*sys.version_info[:2], sys.platform)
    missing = re.search(r"No matching distribution found for ([\w.-]+)", said)
    if missing and WHEELS.is_dir():
        made_for = ", ".join(path.stem for path in sorted(WHEELS.glob("*.for"))) or "un autre ordinateur"
        return (
            f"Il manque « {missing.group(1)} » pour cet ordinateur ({here}).\n"
            f"Ce dossier a été préparé pour : {made_for}. "
            "Refaites-le avec --platform et --python."
        )
    for pattern, sentence in FAULTS:
        if re.search(pattern, said):
            return sentence
    if missing:
        return (
            f"La bibliothèque « {missing.group(1)} » n’existe pas pour cet ordinateur ({here}).\n"
            "Installez un autre Python (3.12 par exemple), supprimez le dossier .venv, puis recommencez."
        )
    last = "\n".join(said.strip().splitlines()[-3:])
    return f"L’installation a échoué. Tout ce qui a été dit est dans {LOG}. La fin :\n{last}"


def read_stamp():
    """What the last complete installation noted down; empty where there was none."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def make_venv():
    """Make `.venv`, or make it anew where it no longer works or was moved with its folder."""
    if VENV.exists() and (not works("-c", "") or read_stamp().get("root", str(ROOT)) != str(ROOT)):
        print("Ce dossier a changé de place, ou son Python a disparu : l’installation est refaite.", flush=True)
        shutil.rmtree(str(VENV))
    if works("-m", "pip", "--version"):
        return
    has_pip = importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")
    bundled = sorted(WHEELS.glob("pip-*.whl"))
    if not has_pip and not bundled:
        raise Stop(
            "Il manque le module venv de Python. Sous Debian ou Ubuntu, tapez :\n"
            "  sudo apt install python3-venv\npuis recommencez."
        )
    if shutil.disk_usage(str(ROOT)).free < SPACE_NEEDED:
        raise Stop(FAULTS[0][1])
    if run(sys.executable, "-m", "venv", *([] if has_pip else ["--without-pip"]), VENV):
        raise Stop(f"{VENV} n’a pas pu être créé : vérifiez que ce dossier n’est pas en lecture seule.")
    if not has_pip:
        pip("install", "--no-index", bundled[-1], through=(bundled[-1] / "pip",))


def install(tests=False):
    """Bring `.venv` up to date with pyproject.toml and this file; quick where it already is."""
    stamp = read_stamp()
    tests = tests or bool(stamp.get("tests"))
    content = (ROOT / "pyproject.toml").read_bytes() + Path(os.path.abspath(__file__)).read_bytes()  # noqa: PTH100
    wanted = {"content": hashlib.sha256(content).hexdigest(), "root": str(ROOT), "tests": tests}
    if stamp == wanted and works("-c", "import promptlab"):
        return
    print("Installation de promptlab (la première fois : 1 à 3 minutes)…", flush=True)
    make_venv()
    source = ("--no-index", "--find-links", WHEELS) if WHEELS.is_dir() else ()
    pip("install", *source, "--editable", ".[test]" if tests else ".")
    for pth in VENV.glob("**/site-packages/*.pth"):
        # Python < 3.13 reads it in the encoding of Windows: an accent in an absolute path would break the import.
        if pth.read_text(encoding="utf-8").strip() == str(ROOT):
            pth.write_text(os.path.relpath(str(ROOT), str(pth.parent)) + "\n", encoding="utf-8")
    # An editable install leaves this to the first run; where byte code may not be written then, every run pays for it.
    compileall.compile_dir(str(ROOT / "promptlab"), quiet=2)
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    print("Installation terminée.", flush=True)


def test(*arguments):
    """Run every check, go on after a failure, and tell at the end which ones failed; `arguments` go to pytest."""
    summary, failed = [], 0
    for name, *command in (
        ("style (ruff)", "-m", "ruff", "check", "."),
        ("types (mypy)", "-m", "mypy"),
        ("sens des imports (import-linter)", "-c", "from importlinter.cli import lint_imports_command as c; c()"),
        ("tests (pytest)", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "tests", *arguments),
    ):
        print("\n== " + name, flush=True)
        start = time.monotonic()
        status = run(PYTHON, *command, cwd=str(ROOT))
        failed += status != 0
        summary.append("  {}  {}, {:.0f} s".format("ÉCHEC " if status else "réussi", name, time.monotonic() - start))
    print("\nBilan :", *summary, sep="\n")
    print(f"{failed} vérification(s) en échec." if failed else "Tout est réussi.")
    return 1 if failed else 0


def newer_python():
    """Another Python of this computer that is new enough, or None (macOS keeps an old `python3` beside new ones)."""
    for minor in range(30, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            return found
    return None


def main(arguments):
    """Do what the arguments say; the exit status is that of the program started, or 2 where set-up failed."""
    if sys.version_info < OLDEST:
        found = newer_python()
        if found:
            return subprocess.call([found, os.path.abspath(__file__), *arguments])  # noqa: PTH100
        raise Stop(
            "Il faut Python 3.11 ou plus récent ; celui-ci est Python {}.{}.\nInstallez-le depuis python.org "
            "(« pour moi seulement » : sans droits d’administrateur), puis recommencez.".format(*sys.version_info[:2])
        )
    command, rest = (arguments[0], arguments[1:]) if arguments else ("demo", [])
    if command == "help":
        print(HELP)
        return 0
    install(tests=command == "test")
    if command == "test":
        return test(*rest)
    if command == "bundle":
        return run(PYTHON, "-m", "promptlab.bundle", *rest)
    return run(BIN / ("promptlab" + EXE), command, *rest)


def start(arguments):
    """Run main and turn what stops it into a French sentence and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old console may not know an accent
    if not arguments:
        os.chdir(str(ROOT))
        print(HELP + "\n\nVoici la démonstration.\n", flush=True)
    try:
        return main(arguments)
    except Stop as stop:
        print(stop, file=sys.stderr)
    except OSError as error:
        print(f"Impossible de lire ou d’écrire ici : {error}.", file=sys.stderr)
        print("Fermez JupyterLab, ou copiez ce dossier là où vous pouvez écrire, puis recommencez.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nInterrompu.", file=sys.stderr)
        return 130
    return 2


if __name__ == "__main__":
    status = start(sys.argv[1:])
    if len(sys.argv) == 1 and os.name == "nt":
        input("\nAppuyez sur Entrée pour fermer cette fenêtre.")
    sys.exit(status)
