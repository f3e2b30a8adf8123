"""The pupils' pack of a case: all of it but what only the teacher may see, and the proof that it is so."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.atomic import write_bytes
from promptlab.files.keys import read_key
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.key import FOLDER

# Solutions of what the pupils are asked to make, and the teacher's own papers.
TEACHER_ONLY = (f"{FOLDER}/*", "decisions.*", "quiz/draft/*", "fiche-professeur*", "classe.toml", "overrides.*")
MOST_BYTES = 500_000_000
_SHORTEST = 25  # letters of a sentence of the key that is looked for: less could stand anywhere
_DAY = (1980, 1, 1, 0, 0, 0)
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was written: the names in it, those left out, how many sentences of the key were looked for."""

    path: Path
    names: tuple[str, ...]
    left_out: tuple[str, ...]
    sentences: int


def pack(case: Case, target: Path, *, without: Sequence[str] = ()) -> Pack:
    """Write the pupils' pack of `case` as the ZIP `target`; `without` are further patterns of names to leave out.

    The archive is opened again before and after it is written: neither an entry of the key nor a sentence of it may be
    inside. The same folder gives the same bytes. Raises BadInput where a sentence of the key stands elsewhere in the
    case, CannotWrite; nothing is written then.
    """
    if target.resolve().is_relative_to(case.folder.resolve()):
        raise BadInput(_("{path} lies inside the case: write the pack elsewhere.", path=target))
    names, left_out = _sorted_out(case.folder, (*TEACHER_ONLY, *without))
    content = _archive(case, names)
    sentences = tuple(key_sentences(case))
    prove(content, sentences)
    write_bytes(target, content)
    prove(target.read_bytes(), sentences)
    return Pack(target, tuple(names), tuple(left_out), len(sentences))


def prove(content: bytes, sentences: Iterable[str]) -> None:
    """Raises BadInput, saying which and where, if the archive `content` holds an entry or a sentence of the key."""
    wanted = [(sentence, _plain(sentence)) for sentence in sentences]
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            parts = entry.filename.split("/")
            if FOLDER in parts[:-1]:
                found.append(entry.filename)
            text = _plain(_text(archive.read(entry), entry.filename))
            found += [f"{entry.filename}: {sentence[:80]}" for sentence, plain in wanted if plain in text]
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


def _archive(case: Case, names: Sequence[str]) -> bytes:
    out, size = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            try:
                content = (case.folder / name).read_bytes()
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


def _text(content: bytes, name: str) -> str:
    """The text in a file, out of the parts of an office document or the strings of a notebook where it is one."""
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                inner = (archive.read(entry) for entry in archive.infolist() if entry.file_size < MOST_BYTES)
                return " ".join(_TAGS.sub("", part.decode("utf-8", "ignore")) for part in inner)
        except zipfile.BadZipFile:
            pass
    text = content.decode("utf-8", "ignore")
    if name.endswith((".json", ".ipynb")):
        try:
            return json.dumps(json.loads(text), ensure_ascii=False) + text
        except (ValueError, RecursionError):
            return text
    return text


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
