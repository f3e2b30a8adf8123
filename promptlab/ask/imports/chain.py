"""Which turns of a conversation are the chain of a case: the prompts may stand in the middle of a longer talk."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from promptlab.ask.imports.turn import Turn
from promptlab.ask.wording import differing_words, normalised
from promptlab.errors import BadInput
from promptlab.messages import _, ngettext
from promptlab.model.problem import Problem

LIKE = 0.8  # likeness from which a prompt of other wording is taken for that of the case, and told
_MOST_LISTED = 40


def holds_chain(turns: Sequence[Turn], prompts: Sequence[str]) -> bool:
    """Whether `prompts` were asked in these turns, in their order, whatever stands between them."""
    return bool(_places(turns, prompts, 1.0))


def taken(
    turns: Sequence[Turn], prompts: Sequence[str], *, wanted: Sequence[int] = ()
) -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    """The turns for `prompts`, and what must be told: those of the numbers `wanted`, else those that asked them.

    Turns without a prompt are taken in order as the answers to `prompts`, whose wording they get. Raises BadInput that
    lists the turns where the chain is not found.
    """
    if wanted:
        chosen = _by_number(turns, wanted)
    elif not any(turn.prompt for turn in turns):
        chosen = tuple(turns)
    else:
        places = _places(turns, prompts, 1.0) or _places(turns, prompts, LIKE)
        if not places:
            raise BadInput(_not_found(turns, prompts))
        chosen = tuple(turns[place] for place in places)
    if len(chosen) > len(prompts):
        raise BadInput(
            _("{count} answers for the {wanted} prompts of the case: say which ones with --turns.",
              count=len(chosen), wanted=len(prompts)) + "\n" + _listed(turns)
        )  # fmt: skip
    if not chosen:
        raise BadInput(_("There is no answer in it: nothing was imported."))
    named = tuple(replace(turn, prompt=turn.prompt or prompt) for turn, prompt in zip(chosen, prompts, strict=False))
    return named, tuple(_told(turns, chosen, prompts))


def _places(turns: Sequence[Turn], prompts: Sequence[str], like: float) -> list[int]:
    """Where `prompts` were asked, one after the other: the last time that all of them were; [] where they were not."""
    places: list[int] = []
    end = len(turns)
    for prompt in reversed(prompts):
        place = next((i for i in range(end - 1, -1, -1) if _alike(turns[i].prompt, prompt) >= like), -1)
        if place < 0:
            return []
        places.append(place)
        end = place
    return places[::-1]


def _alike(asked: str, prompt: str) -> float:
    one, other = normalised(asked), normalised(prompt)
    if one == other:
        return 1.0
    if min(len(one), len(other)) * 3 < max(len(one), len(other)):
        return 0.0
    return min(SequenceMatcher(None, one, other, autojunk=False).ratio(), 0.99)


def _by_number(turns: Sequence[Turn], wanted: Sequence[int]) -> tuple[Turn, ...]:
    by_number = {turn.number: turn for turn in turns}
    missing = [number for number in wanted if number not in by_number]
    if missing or len(set(wanted)) < len(wanted):
        said = _("--turns {numbers}: each a number of a turn, once.", numbers=",".join(map(str, wanted)))
        raise BadInput(said + "\n" + _listed(turns))
    return tuple(by_number[number] for number in wanted)


def _told(turns: Sequence[Turn], chosen: Sequence[Turn], prompts: Sequence[str]) -> list[Problem]:
    numbers = [turn.number for turn in chosen]
    problems = []
    if len(chosen) < len(turns):
        said = _("turns {numbers} of {count} were taken.", numbers=", ".join(map(str, numbers)), count=len(turns))
        problems.append(Problem(said, _("conversation")))
    if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        said = _("other questions stood between the prompts: the answers may depend on them.")
        problems.append(Problem(said, _("conversation")))
    elif numbers and numbers[0] > 1:
        said = _("the conversation did not begin with the chain: the answers may depend on what came before.")
        problems.append(Problem(said, _("conversation")))
    for number, (turn, prompt) in enumerate(zip(chosen, prompts, strict=False), 1):
        differences = differing_words(turn.prompt, prompt) if turn.prompt else ""
        if differences:
            said = _("the prompt is not worded as in the case: {differences}.", differences=differences)
            problems.append(Problem(said, _("prompt {number}", number=number)))
        problems += turn.problems
    if len(chosen) < len(prompts):
        said = ngettext(
            "{count} answer to the {wanted} prompts of the case: the others are missing.",
            "{count} answers to the {wanted} prompts of the case: the others are missing.",
            len(chosen),
            wanted=len(prompts),
        )
        problems.append(Problem(said, _("run")))
    return problems


def _not_found(turns: Sequence[Turn], prompts: Sequence[str]) -> str:
    asked = [turn.prompt for turn in turns]
    missing = [prompt for prompt in prompts if all(_alike(each, prompt) < LIKE for each in asked)]
    said = (
        _("The prompt “{prompt}” was not asked in this conversation.", prompt=missing[0])
        if missing
        else _("The prompts were not asked in the order of the case.")
    )
    return "\n".join([said, _listed(turns), _("Say which turns to take, such as --turns 2,3,4.")])


def _listed(turns: Sequence[Turn]) -> str:
    lines = [f"  {turn.number}. {_short(turn.prompt or turn.text)}" for turn in turns[:_MOST_LISTED]]
    return "\n".join(lines + (["  …"] if len(turns) > _MOST_LISTED else []))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
