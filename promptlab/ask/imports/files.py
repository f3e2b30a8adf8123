"""A file, some files or a folder to the turns that they hold, whatever their form."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from promptlab.ask.imports.exports import read_conversation
from promptlab.ask.imports.html import Page, read_html
from promptlab.ask.imports.pasted import split
from promptlab.ask.imports.turn import Gathered, Turn
from promptlab.ask.imports.word import OpenParts, read_docx
from promptlab.ask.wording import normalised
from promptlab.errors import BadInput
from promptlab.files.answers import read_answer
from promptlab.files.runs import MANIFEST, read_run
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.problem import Problem

TEXTS = (".md", ".markdown", ".txt", ".text", "")
PAGES = (".html", ".htm", ".xhtml")
EXPORTS = (".json", ".zip")
READABLE = (*TEXTS[:-1], *PAGES, ".docx")
_TO_COPY = (".odt", ".rtf", ".doc", ".pdf", ".pages", ".mht", ".mhtml", ".epub", ".png", ".jpg", ".jpeg")
_MOST_BYTES = 60_000_000
_PROMPT_FILE = re.compile(r"(?:prompt|reponse|réponse|answer)[ _-]?0*(\d+)", re.IGNORECASE)


def gather(paths: Sequence[Path], *, prompts: Sequence[str], open_parts: OpenParts, conversation: str = "") -> Gathered:
    """The turns in `paths`: one file, one folder, or one file for each prompt in their order.

    `prompts` tell questions from answers in a pasted conversation, and which conversation of an export is meant where
    `conversation` (title, number or id) does not. `open_parts` opens Word documents. Raises BadInput that names the
    file and what to do.
    """
    if len(paths) == 1 and paths[0].is_dir():
        return _folder(paths[0], prompts, open_parts, conversation)
    if len(paths) == 1 and paths[0].suffix.lower() in EXPORTS:
        return read_conversation(paths[0], conversation, prompts=prompts)
    if conversation:
        raise BadInput(_("--conversation is for the export of a chat: conversations.json, or the ZIP that holds it."))
    if len(paths) == 1:
        turns, problems = _file(paths[0], prompts, open_parts)
        if not any(turn.prompt for turn in turns):
            _refuse_misplaced(paths)
        return Gathered(turns, _("imported from {file}", file=paths[0].name), "", problems)
    return _one_each(paths, prompts, open_parts)


def _folder(folder: Path, prompts: Sequence[str], open_parts: OpenParts, conversation: str) -> Gathered:
    if (folder / MANIFEST).is_file():
        run = read_run(folder)
        turns = [
            Turn(each.number, each.prompt, each.text, each.provenance.model, each.provenance.collected, each.status)
            for each in run.answers
        ]
        tool = run.answers[0].provenance.provider if run.answers else ""
        return Gathered(tuple(turns), _("run “{run}”, imported from a folder", run=run.name), tool)
    exported = sorted(path for path in folder.iterdir() if re.fullmatch(r"conversations(-\d+)?\.json", path.name))
    if len(exported) == 1:
        return read_conversation(exported[0], conversation, prompts=prompts)
    if exported:
        raise BadInput(_("{folder} holds several conversation files: import the ZIP, or one of them.", folder=folder))
    files = sorted((path for path in folder.iterdir() if path.is_file() and path.name[0] not in ".~"), key=_natural)
    paths = [path for path in files if path.suffix.lower() in READABLE]
    numbered = {int(found[1]): path for path in paths if (found := _PROMPT_FILE.fullmatch(path.stem))}
    if numbered:
        missing = sorted(set(range(1, max(numbered) + 1)) - set(numbered))
        if missing:
            said = _("{folder} has no file for prompt {number}: add it.", folder=folder, number=missing[0])
            raise BadInput(said)
        paths = [numbered[number] for number in sorted(numbered)]
    if not paths:
        kinds = ", ".join(READABLE)
        raise BadInput(_("{folder} holds no answers: put files prompt1.md, prompt2.md… there ({kinds}).",
                         folder=folder, kinds=kinds))  # fmt: skip
    gathered = _one_each(paths, prompts, open_parts)
    left = [path.name for path in files if path not in paths]
    told = Problem(_("not taken: {files}.", files=", ".join(left)), str(folder))
    return replace(gathered, problems=(*gathered.problems, told)) if left else gathered


def _natural(path: Path) -> list[tuple[int, str]]:
    """A key that puts prompt10 after prompt9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", path.name.casefold())]


def _one_each(paths: Sequence[Path], prompts: Sequence[str], open_parts: OpenParts) -> Gathered:
    if len(paths) > len(prompts):
        said = _(
            "{count} files for the {wanted} prompts of the case: name those to import, in the order of the prompts.",
            count=len(paths),
            wanted=len(prompts),
        )
        raise BadInput(said + "\n" + "\n".join(f"  {path}" for path in paths))
    _refuse_misplaced(paths)
    turns, problems = [], list[Problem]()
    for number, path in enumerate(paths, 1):
        found, told = _file(path, prompts, open_parts)
        asked = [turn for turn in found if normalised(turn.prompt) == normalised(prompts[number - 1])]
        turn = (asked or list(found))[-1]
        if len(found) > 1:
            said = _("it holds {count} answers: that of turn {turn} is taken.", count=len(found), turn=turn.number)
            told = (*told, Problem(said, path.name))
        turns.append(replace(turn, number=number))
        problems += told
    names = ", ".join(path.name for path in paths)
    return Gathered(tuple(turns), _("imported from {file}", file=names), "", tuple(problems))


def _refuse_misplaced(paths: Sequence[Path]) -> None:
    """Refuse files whose names say that they are answers to other prompts than those whose place they have."""
    for number, path in enumerate(paths, 1):
        found = _PROMPT_FILE.fullmatch(path.stem)
        if found and int(found[1]) != number:
            said = _("{path} stands in the place of prompt {number}: name the files of all prompts, in their order.",
                     path=path, number=number)  # fmt: skip
            raise BadInput(said)


def _file(path: Path, prompts: Sequence[str], open_parts: OpenParts) -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    """The turns in one file that is no export."""
    kind = path.suffix.lower()
    if kind in EXPORTS:
        raise BadInput(_("{path} is the export of a chat: import it alone.", path=path))
    if path.is_dir():
        raise BadInput(_("{path} is a folder: import it alone, or name its files.", path=path))
    if kind == ".docx":
        text, problems = read_docx(path.name, _content(path), open_parts)
        turns, told = split(text, prompts, path.name)
        return turns, (*problems, *told)
    if kind in PAGES:
        page = read_html(_content(path), path.name)
        return _in_page(page, prompts, path.name)
    if kind not in TEXTS:
        raise BadInput(_not_readable(path))
    return split(read_answer(path), prompts, path.name)


def _in_page(page: Page, prompts: Sequence[str], name: str) -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    if len(page.turns) > 1 or page.turns[0].prompt:
        return page.turns, page.problems
    turns, problems = split(page.turns[0].text, prompts, name)
    return turns, (*page.problems, *problems)


def _not_readable(path: Path) -> str:
    if path.suffix.lower() == ".odt":
        return _("{path}: open it in LibreOffice, and save it as .docx; then import that file.", path=path)
    if path.suffix.lower() in _TO_COPY:
        return _(
            "{path} cannot be read here: open it, copy the answer, and save it as a .md file; then import that file.",
            path=path,
        )
    return _("{path}: answers are read from {kinds}, .json and .zip files.", path=path, kinds=", ".join(READABLE))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            most = _MOST_BYTES // 10**6
            raise BadInput(_("{path} has more than {most} MB: is it the right file?", path=path, most=most))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(_("{path} does not exist: check its name and its folder.", path=path)) from error
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
