"""A text that was copied from a chat: Markdown, plain text or HTML, with one answer in it or a whole conversation."""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from promptlab.ask.imports.html import looks_like_html, read_html
from promptlab.ask.imports.marks import without_marks
from promptlab.ask.imports.turn import Turn
from promptlab.ask.wording import normalised
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.problem import Problem

_AI = r"(?:ChatGPT|Claude|Gemini|Copilot|Le Chat|Mistral|Assistant|IA|AI|DeepSeek|Perplexity)"
_PERSON = r"(?:You|Vous|User|Human|Utilisateur)"
_DRESS = r"[#*_\s]*"
_SAYS = r"(?:\s+(?:said|a\s+dit|avez\s+dit))?\s*:?"
_LONGEST_TITLE = 200  # letters before the first prompt that can be the title of a page; more is an answer
_PERSON_LINE = re.compile(rf"{_DRESS}{_PERSON}{_SAYS}{_DRESS}:?{_DRESS}", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{_PERSON}{_SAYS}|prompt\s*(?:n°\s*)?\d{{1,2}}|question|q)[*_\s]*:", re.IGNORECASE)
_AI_LINE = re.compile(rf"{_DRESS}{_AI}{_SAYS}{_DRESS}:?{_DRESS}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The answer to keep, "" where there is none; all turns that were found; what must be told."""

    text: str
    turns: tuple[Turn, ...] = ()
    problems: tuple[Problem, ...] = ()


def answer_from_paste(
    content: str,
    *,
    prompts: Sequence[str] = (),
    number: int = 1,
    count_steps: Callable[[str], int] | None = None,
) -> Pasted:
    """The answer to the `number`-th of `prompts` in what was pasted: text, Markdown, or HTML of the clipboard.

    Where a whole conversation was pasted, the answer to that prompt is taken, else the last. `count_steps` counts the
    steps of a text, so that one without steps is told. Never raises: what cannot be used gives the text "" and a
    Problem that says what to do.
    """
    where = _("prompt {number}", number=number)
    try:
        turns, problems = split(content, prompts, where)
    except BadInput as error:
        return Pasted("", (), (Problem(str(error), where),))
    prompt = prompts[number - 1] if 0 < number <= len(prompts) else ""
    turn = _answering(turns, prompt)
    told = [*problems, *turn.problems]
    if len(turns) > 1:
        said = _("{count} answers were pasted: that of turn {turn} is kept.", count=len(turns), turn=turn.number)
        told.append(Problem(said, where))
    if not turn.text.strip():
        told.append(Problem(_("the answer is empty: copy it, then paste it again."), where))
    elif prompt and normalised(turn.text) == normalised(prompt):
        told.append(Problem(_("this is the prompt, not its answer: copy the answer of the AI."), where))
        return Pasted("", turns, tuple(told))
    elif count_steps is not None and not count_steps(turn.text):
        told.append(Problem(_("no steps were found in it: is it the whole answer?"), where))
    return Pasted(turn.text, turns, tuple(told))


def split(content: str, prompts: Sequence[str] = (), where: str = "") -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    """The turns in a text or in HTML, and what was left out of it.

    Turns are told apart by the page, by lines that name who speaks (“You said:”, “ChatGPT a dit :”), or by lines that
    are `prompts`; else all of it is one answer. Raises BadInput where there are no words.
    """
    problems: tuple[Problem, ...] = ()
    if looks_like_html(content):
        page = read_html(content, where)
        problems = page.problems
        if len(page.turns) > 1 or page.turns[0].prompt:
            return tuple(map(_unmarked, page.turns)), problems
        content = page.turns[0].text
    text = content.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip():
        raise BadInput(_("{where}: nothing was pasted. Copy the answer from the chat, then paste it.", where=where))
    turns = _by_speaker(text) or _by_prompt(text, prompts) or (Turn(1, "", text),)
    return tuple(map(_unmarked, turns)), problems


def _unmarked(turn: Turn) -> Turn:
    text, problems = without_marks(turn.text, where=_("answer {number}", number=turn.number))
    return replace(turn, text=text, problems=(*turn.problems, *problems))


def _answering(turns: Sequence[Turn], prompt: str) -> Turn:
    asked = [turn for turn in turns if prompt and normalised(turn.prompt) == normalised(prompt)]
    return (asked or list(turns))[-1]


def _by_speaker(text: str) -> tuple[Turn, ...]:
    """The turns between lines that name who speaks; () unless a person and an AI are both named."""
    pieces: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        if line.strip() and _PERSON_LINE.fullmatch(line):
            pieces.append(("person", []))
        elif line.strip() and _AI_LINE.fullmatch(line):
            pieces.append(("ai", []))
        else:
            pieces[-1][1].append(line)
    if {who for who, _lines in pieces[1:]} != {"person", "ai"}:
        return ()
    spoken = [(who, "\n".join(lines).strip("\n")) for who, lines in pieces]
    return _turns(spoken)


def _prompt_in(line: str, known: Set[str]) -> str:
    """The prompt that `line` is, with or without “Prompt 1 :” or “Vous :” before it; "" where it is none."""
    plain = line.strip("#>*_ \t")
    for words in (plain, _LABEL.sub("", plain).strip("*_ \t")):
        if normalised(words) in known:
            return words
    return ""


def _by_prompt(text: str, prompts: Sequence[str]) -> tuple[Turn, ...]:
    """The turns between lines that are prompts of the case; () where no line is one."""
    known = {normalised(prompt) for prompt in prompts if len(normalised(prompt)) > 3}
    pieces: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        prompt = _prompt_in(line, known)
        if prompt:
            pieces += [("person", [prompt]), ("ai", [])]
        else:
            pieces[-1][1].append(line)
    before = "\n".join(pieces[0][1]).strip()
    if len(pieces) == 1 or len(before) > _LONGEST_TITLE or not any(line.strip() for line in pieces[-1][1]):
        return ()
    return _turns([(who, "\n".join(lines).strip("\n")) for who, lines in pieces])


def _turns(spoken: Sequence[tuple[str, str]]) -> tuple[Turn, ...]:
    """Turns of what was spoken in order; what stands before the first speaker is told, with its beginning."""
    problems: tuple[Problem, ...] = ()
    if spoken[0][0] == "" and spoken[0][1].strip():
        start = " ".join(spoken[0][1].split())[:80]
        said = _("what stands before the first prompt was left out: “{start}”.", start=start)
        problems = (Problem(said, _("conversation")),)
    turns: list[Turn] = []
    prompt, answers, open_turn = "", list[str](), False
    for who, words in [*spoken[1:], ("person", "")]:
        if who == "ai":
            answers.append(words)
            open_turn = True
            continue
        if open_turn:
            text = "\n\n".join(answers)
            turns.append(Turn(len(turns) + 1, prompt.strip(), text, status="complete" if text.strip() else "empty"))
        prompt, answers, open_turn = words, [], bool(words.strip())
    return (replace(turns[0], problems=problems), *turns[1:]) if turns else ()
