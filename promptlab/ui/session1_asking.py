"""How a pupil's prompt gets its answer: recorded, pasted from a chat, or asked of an AI where that is allowed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from promptlab.ask.replay import ReplaySource
from promptlab.ask.source import AnswerSource, Conversation
from promptlab.ask.wording import differing_words, nearest, normalised
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.answer import Answer, Provenance, Run
from promptlab.model.copie import Copie
from promptlab.review.texts import cleaned
from promptlab.ui.texts import text_of, write_text

PROMPTS = ("prompts", 1)  # the work that holds what was typed, sent or not
MOST_LETTERS = 4000

OpenSource = Callable[[], AnswerSource]


@dataclass(frozen=True, slots=True)
class Near:
    """The recorded prompt that is nearest to a typed one, and which words differ."""

    number: int
    prompt: str
    differences: str


def typed_prompt(copie: Copie, number: int) -> str:
    """The prompt `number` (from 1) as the pupil typed it, "" where nothing is typed yet."""
    return text_of(copie, PROMPTS[0], str(number))


def type_prompt(copie: Copie, number: int, text: str) -> Copie:
    """`copie` with `text` typed as prompt `number`. Raises BadInput where it is too long."""
    return write_text(copie, PROMPTS, str(number), text, where=_("prompt {number}", number=number))


def answer_to(copie: Copie, number: int) -> Answer | None:
    """The answer that the copie keeps to prompt `number`, None where there is none."""
    return next((answer for answer in copie.answers if answer.number == number), None)


def checked_prompt(number: int, text: str) -> str:
    """`text` as a prompt that can be sent. Raises BadInput where it is empty or too long."""
    prompt = cleaned(text, where=_("prompt {number}", number=number), most=MOST_LETTERS)
    if not prompt:
        raise BadInput(_("Prompt {number} is empty: write it, then send it.", number=number))
    return prompt


def replay(run: Run, number: int, text: str) -> Answer:
    """The recorded answer to `text` as prompt `number` of the chain. NotRecorded names the nearest recorded prompt."""
    prompt = checked_prompt(number, text)
    before = run.answers[: number - 1]
    return ReplaySource(run).ask(Conversation((*(answer.prompt for answer in before), prompt), before))


def near_of(run: Run, number: int, text: str) -> Near | None:
    """The recorded prompt nearest to `text`: that of the same number where it is as near; None in an empty run."""
    prompts = {answer.prompt: answer.number for answer in run.answers}
    here = [prompt for prompt, rank in prompts.items() if rank == number]
    if here and normalised(here[0]) == normalised(text):
        return Near(number, here[0], "")
    found = nearest(text, [*here, *(prompt for prompt in prompts if prompt not in here)])
    return Near(prompts[found], found, differing_words(text, found)) if found else None


def pasted(number: int, prompt: str, text: str, *, tool: str, now: datetime) -> Answer:
    """An answer that the pupil copied from a chat; `tool` is what the pupil calls the AI.

    Raises BadInput where the prompt or the answer is empty, or the AI is not named.
    """
    prompt = checked_prompt(number, prompt)
    model = cleaned(tool, where=_("name of the AI"), most=80)
    if not text.strip():
        raise BadInput(_("The answer to prompt {number} is empty: copy it, then paste it again.", number=number))
    if not model:
        raise BadInput(_("Name the AI that you asked: where an answer comes from is always said."))
    source = Provenance(model, "", now.isoformat(timespec="minutes"), note=_("pasted by the pupil"))
    return Answer(number, prompt, text, source)


def ask_live(open_source: OpenSource, number: int, text: str, before: tuple[Answer, ...]) -> Answer:
    """The answer of an AI, asked after the answers `before` as one conversation.

    Raises BadInput where an earlier answer is missing, and what the source raises.
    """
    prompt = checked_prompt(number, text)
    if len(before) != number - 1:
        raise BadInput(_("Ask prompt {number} first: the chain is one conversation.", number=len(before) + 1))
    source = open_source()
    try:
        return source.ask(Conversation((*(answer.prompt for answer in before), prompt), before))
    finally:
        source.close()
