"""The pupils' pack of a case: all of it but what only the teacher may see, and the proof that it is so."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from html import unescape
from pathlib import Path
from typing import Any

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes
from promptlab.files.keys import read_key
from promptlab.files.system import reason_of
from promptlab.files.toml import to_toml
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.key import FOLDER

# Solutions of what the pupils are asked to make, and the teacher's own papers. Of the decision scheme the pack holds
# what a pupil begins with: see `blank_scheme`.
TEACHER_ONLY = (
    f"{FOLDER}/*",
    "decisions.*",
    "quiz/draft/*",
    "fiche-professeur*",
    "classe.toml",
    "overrides.*",
)
# What stays because the sessions work with it, and tells answers to whoever opens it.
TELLING = ("quiz.toml", "flowchart.toml", "letter/draft/prompt1.md")
SCHEME = "decisions.toml"
MOST_BYTES = 500_000_000
_SHORTEST = 25  # letters of a sentence of the key that is looked for: less could stand anywhere
_INSIDE, _DEEPEST = "!", 3  # archives in archives
_DAY = (1980, 1, 1, 0, 0, 0)
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was written: the names in it, those left out, how many sentences of the key were looked for.

    `telling` are the names in it that hold answers: the sessions need them.
    """

    path: Path
    names: tuple[str, ...]
    left_out: tuple[str, ...]
    sentences: int
    telling: tuple[str, ...] = ()


def pack(case: Case, target: Path, *, without: Sequence[str] = ()) -> Pack:
    """Write the pupils' pack of `case` as the ZIP `target`; `without` are further patterns of names to leave out.

    The decision scheme goes in without its rules, unless `without` names it. The archive is opened again before and
    after it is written: neither an entry of the key nor a sentence of it may be inside. The same folder gives the same
    bytes. Raises BadInput where a sentence of the key stands elsewhere in the case, or the scheme cannot be read,
    CannotWrite; nothing is written then.
    """
    if target.resolve().is_relative_to(case.folder.resolve()):
        raise BadInput(_("{path} lies inside the case: write the pack elsewhere.", path=target))
    names, left_out = _sorted_out(case.folder, (*TEACHER_ONLY, *without))
    made = {} if any(fnmatch(SCHEME, pattern.lower()) for pattern in without) else blank_scheme(case.folder)
    content = _archive(case, names, made)
    sentences = tuple(key_sentences(case))
    prove(content, sentences)
    write_bytes(target, content)
    prove(target.read_bytes(), sentences)
    telling = tuple(name for name in names if name.lower() in TELLING)
    left_out = [name for name in left_out if name not in made]
    return Pack(target, tuple(sorted((*names, *made))), tuple(left_out), len(sentences), telling)


def blank_scheme(folder: Path) -> dict[str, bytes]:
    """The decision scheme of the case in `folder` as pupils begin it, by its name; empty where the case has none.

    Conditions, actions and what cannot be are there; the rules, the note and who wrote them are not: it is written
    anew from these alone, so that no comment of the file gives a rule away. Raises BadInput where it cannot be read.
    """
    from promptlab.decisions.plain import to_values
    from promptlab.decisions.reading import read_decisions

    path = folder / SCHEME
    if not path.is_file() or path.is_symlink():
        return {}
    blank = replace(read_decisions(path), rules=(), note="", origin="")
    return {SCHEME: to_toml(to_values(blank)).encode()}


def prove(content: bytes, sentences: Iterable[str]) -> None:
    """Raises BadInput, saying which and where, if the archive `content` holds an entry or a sentence of the key.

    So it does for what cannot be looked into: a file under a password, one that is damaged, one that is too large.
    """
    wanted = [(sentence, _plain(sentence)) for sentence in sentences]
    found = []
    for name, inside in _entries(content, ""):
        if FOLDER in name.split("/")[:-1]:
            found.append(name)
        texts = [_plain(text) for text in _texts(inside, name)]
        found += [f"{name}: {sentence[:80]}" for sentence, plain in wanted if any(plain in text for text in texts)]
    if found:
        head = _("The pack was not written: it would hold parts of the key.")
        raise BadInput("\n".join([head, *(f"  - {one}" for one in found)]))


def key_sentences(case: Case) -> Iterator[str]:
    """The sentences of the keys of `case` that no pupil may find: arguments, ideas, who made it."""
    seen: set[str] = set()
    for run in case.runs:
        path = case.folder / FOLDER / f"{run.name}.toml"
        if not path.is_file():
            continue
        key = read_key(path, case)
        texts = [key.origin, *(item.why for item in key.items)]
        texts += [text for idea in key.ideas for text in (idea.text, idea.why)]
        for text in texts:
            if len(text) >= _SHORTEST and text not in seen:
                seen.add(text)
                yield text


def _sorted_out(folder: Path, patterns: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names of the files of a case, those for pupils and those for the teacher, each in order."""
    names, left_out = [], []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            continue
        private = any(part.startswith((".", "~$")) for part in name.split("/"))
        if private or path.is_symlink() or any(fnmatch(name.lower(), pattern.lower()) for pattern in patterns):
            left_out.append(name)
        else:
            names.append(name)
    return names, left_out


def _archive(case: Case, names: Sequence[str], made: Mapping[str, bytes]) -> bytes:
    """The files of the case called `names`, and those `made` for the pack, as a ZIP."""
    out, size = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted((*names, *made)):
            try:
                content = made[name] if name in made else (case.folder / name).read_bytes()
            except OSError as error:
                said = _("{path} cannot be read: {reason}.", path=case.folder / name, reason=reason_of(error))
                raise BadInput(said) from error
            size += len(content)
            if size > MOST_BYTES:
                raise BadInput(_("{folder} is too large for a pack.", folder=case.folder))
            entry = zipfile.ZipInfo(f"{case.name}/{name}", _DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, content)
    return out.getvalue()


def _entries(content: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    """The files in the archive `content` by their names, after that of the archive. Raises BadInput: see `prove`."""
    name = place
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                name = f"{place}/{entry.filename}" if place else entry.filename
                with archive.open(entry) as file:
                    inside = file.read(left + 1)
                left -= len(inside)
                if left < 0:
                    raise _unproved(name)
                yield name, inside
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _unproved(name) from error
    except RuntimeError as error:  # zipfile has no other error for a password
        raise _unproved(name) from error


def _texts(content: bytes, name: str) -> Iterator[str]:
    """What may be read in a file: its text, that of a page without its marks, all the strings of a JSON file.

    Of an archive, an office document among them, those of each part.
    """
    if content.startswith(b"PK\x03\x04"):
        if name.count(_INSIDE) == _DEEPEST:
            raise _unproved(name)
        for part, inside in _entries(content, name + _INSIDE):
            yield from _texts(inside, part)
        return
    text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "ignore")
    yield text
    if "<" in text or "&" in text:
        yield unescape(_TAGS.sub("", text))
        yield unescape(text)
    if name.endswith((".json", ".ipynb")):
        try:
            yield "".join(_strings(json.loads(text)))
        except (ValueError, RecursionError):
            return


def _unproved(name: str) -> BadInput:
    said = _("{name} cannot be proved to hold nothing of the key: leave it out with “--without”.", name=name)
    return BadInput(said)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)


def _plain(text: str) -> str:
    """The letters and digits alone: neither line ends nor the runs that a word processor parts a text into count."""
    return "".join(re.findall(r"[^\W_]+", text.casefold()))
