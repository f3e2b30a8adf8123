"""The data export of a chat: its conversations listed, and the wanted one read, out of a file too large to hold."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import IO, Any

from promptlab.ask.imports import chatgpt, claude
from promptlab.ask.imports.chain import holds_chain
from promptlab.ask.imports.entries import NotEntriesError, entries
from promptlab.ask.imports.turn import Gathered, Turn
from promptlab.ask.wording import normalised
from promptlab.errors import BadInput
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.problem import Problem

MOST_BYTES = 4_000_000_000  # unpacked; read piece by piece
MOST_ENTRIES = 200_000
_MEMBER = re.compile(r"(?:.*/)?conversations(?:-\d+)?\.json")
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the list: `number` from 1 as they stand in the export, how many `prompts` its branch holds."""

    number: int
    id: str
    title: str
    date: str
    prompts: int
    model: str
    tool: str


def list_conversations(path: Path) -> tuple[Conversation, ...]:
    """The conversations of the export `path` (`conversations.json`, or the ZIP that holds it), in its order.

    Raises BadInput for a file that is no such export, or that is damaged: it says how far it could be read.
    """
    return tuple(head for head, _values in _conversations(path))


def read_conversation(path: Path, wanted: str = "", *, prompts: Sequence[str] = ()) -> Gathered:
    """The turns of one conversation: that of the title, number or id `wanted`.

    Without `wanted`: the only conversation, else the only one that holds the chain `prompts`. Raises BadInput, with
    the nearest titles, where there is none or more than one, and as `list_conversations`.
    """
    heads: list[Conversation] = []
    found: list[tuple[Conversation, Mapping[str, Any]]] = []
    for head, values in _conversations(path):
        heads.append(head)
        fits = _is_wanted(head, wanted) if wanted else len(heads) == 1 or _holds(path, head, values, prompts)
        if fits and len(found) < _MOST_NAMES:
            found.append((head, values))
    if not wanted and len(heads) > 1:
        found = [(head, values) for head, values in found if _holds(path, head, values, prompts)]
    exact = [each for each in found if wanted and wanted in (str(each[0].number), each[0].id)]
    found = exact or found
    if len(found) != 1:
        raise BadInput(_refusal(path, wanted, heads, [head for head, _values in found]))
    head, values = found[0]
    turns, problems = _turns(path, head.number, values)
    origin = _("conversation “{title}”, imported from {file}", title=head.title, file=path.name)
    return Gathered(turns, origin, head.tool, problems)


# ---------------------------------------------------------------- choosing


def _is_wanted(head: Conversation, wanted: str) -> bool:
    return wanted in (str(head.number), head.id) or normalised(head.title) == normalised(wanted)


def _holds(path: Path, head: Conversation, values: Mapping[str, Any], prompts: Sequence[str]) -> bool:
    return head.prompts >= len(prompts) > 0 and holds_chain(_turns(path, head.number, values)[0], prompts)


def _refusal(path: Path, wanted: str, heads: Sequence[Conversation], found: Sequence[Conversation]) -> str:
    if not heads:
        return _("{path} holds no conversation: ask the chat for a new export.", path=path)
    if found:
        said = _("{path}: more than one conversation fits:", path=path)
        return "\n".join([said, *map(_line, found), _("Choose one by its number: --conversation NUMBER.")])
    if wanted:
        near = get_close_matches(wanted, [head.title for head in heads], _MOST_NAMES, 0.4)
        shown = [head for title in dict.fromkeys(near) for head in heads if head.title == title] or heads
        said = _("{path} holds no conversation “{wanted}”. The nearest:", path=path, wanted=wanted)
    else:
        shown = sorted(heads, key=lambda head: head.date, reverse=True)
        said = _("{path} holds {count} conversations; say which one. The newest:", path=path, count=len(heads))
    last = _("Choose one by title or number: --conversation NUMBER. To see them all: promptlab import {path} --list",
             path=path)  # fmt: skip
    return "\n".join([said, *map(_line, shown[:_MOST_NAMES]), last])


def _line(head: Conversation) -> str:
    return f"  {head.number}. {head.title} ({head.date[:10]})"


# ---------------------------------------------------------------- reading


class _Reader:
    """What one form of export needs: the modules `chatgpt` and `claude` have the same functions."""

    def __init__(self, module: Any) -> None:
        self.tool: str = module.TOOL
        self.count_prompts: Callable[[Mapping[str, Any]], int] = module.count_prompts
        self.turns_of: Callable[[Mapping[str, Any]], tuple[tuple[Turn, ...], tuple[Problem, ...]]] = module.turns_of


def _reader(values: Mapping[str, Any]) -> _Reader:
    return _Reader(chatgpt if chatgpt.is_chatgpt(values) else claude)


def _conversations(path: Path) -> Iterator[tuple[Conversation, Mapping[str, Any]]]:
    for number, values in enumerate(_values(path), 1):
        if not isinstance(values, Mapping) or not (chatgpt.is_chatgpt(values) or claude.is_claude(values)):
            said = _("{path}: entry {number} is no conversation of ChatGPT or Claude.", path=path, number=number)
            raise BadInput(said + " " + _copy_instead())
        with _known_form(path, number):
            head = _head(number, values)
        yield head, values


def _turns(path: Path, number: int, values: Mapping[str, Any]) -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    with _known_form(path, number):
        turns, problems = _reader(values).turns_of(values)
    return tuple(map(_whole, turns)), problems


def _whole(turn: Turn) -> Turn:
    """`turn` without halves of a surrogate pair, which no text file can hold; that is told."""
    prompt, text = _sound(turn.prompt), _sound(turn.text)
    if (prompt, text) == (turn.prompt, turn.text):
        return turn
    told = Problem(_("half a character stood there: it became �."), _("turn {number}", number=turn.number))
    return replace(turn, prompt=prompt, text=text, problems=(*turn.problems, told))


def _sound(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@contextmanager
def _known_form(path: Path, number: int) -> Iterator[None]:
    """Turn what goes wrong with values of unexpected types into a refusal of the conversation."""
    try:
        yield
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        said = _("{path}: conversation {number} has another form than known.", path=path, number=number)
        raise BadInput(said + " " + _copy_instead()) from error


def _copy_instead() -> str:
    return _("Copy the answers from the chat into .md files instead.")


def _head(number: int, values: Mapping[str, Any]) -> Conversation:
    reader = _reader(values)
    title = _sound(str(values.get("title") or values.get("name") or _("untitled")))
    identity = str(values.get("conversation_id") or values.get("id") or values.get("uuid") or "")
    if chatgpt.is_chatgpt(values):
        date, model = chatgpt.day_of(values.get("create_time")), chatgpt.model_of(values)
    else:
        date, model = str(values.get("created_at") or ""), ""
    prompts = reader.count_prompts(values)
    return Conversation(number, identity, " ".join(title.split()), date, prompts, model, reader.tool)


def _values(path: Path) -> Iterator[Any]:
    """The entries of the list in each file of the export, built one at a time."""
    count = 0
    with _opened(path) as files:
        for open_file in files:
            try:
                with open_file() as file:
                    for value in entries(file):
                        count += 1
                        yield value
            except NotEntriesError as error:
                raise BadInput(_no_json(path, error.start) if error.start else _damaged(path, count)) from error
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
                raise BadInput(_damaged(path, count)) from error
            except RuntimeError as error:  # zipfile has no other error for a password
                raise BadInput(_("{path} is protected by a password: unpack it first.", path=path)) from error


def _no_json(path: Path, start: str) -> str:
    return _("{path} is no JSON: it begins with “{start}”. Is it the export of a chat?", path=path, start=start)


def _damaged(path: Path, count: int) -> str:
    return _(
        "{path} is damaged or stops too early: {count} conversations could be read. Nothing was imported: download "
        "the export again.",
        path=path,
        count=count,
    )


@contextmanager
def _opened(path: Path) -> Iterator[list[Callable[[], IO[bytes]]]]:
    """What opens each JSON file of the export."""
    try:
        with path.open("rb") as file:
            if file.read(2) != b"PK":
                file.seek(0)
                yield [lambda: file]
                return
        with zipfile.ZipFile(path) as archive:
            yield [partial(archive.open, entry) for entry in _members(archive, path)]
    except zipfile.BadZipFile as error:
        raise BadInput(_("{path} is a damaged ZIP file: download the export again.", path=path)) from error
    except FileNotFoundError as error:
        raise BadInput(_("{path} does not exist: check its name and its folder.", path=path)) from error
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error


def _members(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    found = sorted((entry for entry in entries if _MEMBER.fullmatch(entry.filename)), key=lambda entry: entry.filename)
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in found) > MOST_BYTES:
        raise BadInput(_("{path} unpacks to more than any export: is it the right file?", path=path))
    if not found:
        raise BadInput(_("{path} holds no conversations.json: is it the export of a chat?", path=path))
    return found
