"""How a pupil's prompt gets its answer: recorded, pasted from a chat, or asked of an AI where that is allowed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from promptlab.ask.imports.pasted import answer_from_paste
from promptlab.ask.replay import ReplaySource
from promptlab.ask.source import AnswerSource, Conversation
from promptlab.ask.wording import differing_words, normalised, without_accents
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.answer import Answer, Provenance, Run
from promptlab.model.copie import Copie
from promptlab.review.texts import cleaned
from promptlab.ui.texts import text_of, write_text

PROMPTS = ("prompts", 1)  # the work that holds what was typed, sent or not
MOST_LETTERS = 4000
MOST_PASTED = 60_000  # letters: ten times the longest answer of a chat

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
    if number <= len(run.answers) and without_accents(run.answers[number - 1].prompt) == without_accents(prompt):
        prompt = run.answers[number - 1].prompt
    return ReplaySource(run).ask(Conversation((*(answer.prompt for answer in before), prompt), before))


def near_of(run: Run, number: int, text: str) -> Near | None:
    """What `text` is in place of prompt `number`: another prompt of the chain, word for word, else a try at this one.

    None where the run has no such prompt.
    """
    wanted = normalised(text)
    for answer in run.answers:
        if answer.number != number and normalised(answer.prompt) == wanted:
            return Near(answer.number, answer.prompt, "")
    here = next((answer.prompt for answer in run.answers if answer.number == number), None)
    return Near(number, here, differing_words(text, here) if _alike(text, here) else "") if here else None


def _alike(text: str, recorded: str) -> bool:
    """Whether naming the words that differ helps: most of them are the same."""
    typed, known = normalised(text).split(), normalised(recorded).split()
    return SequenceMatcher(None, typed, known, autojunk=False).ratio() > 0.5


def pasted(number: int, prompt: str, text: str, *, tool: str, now: datetime) -> Answer:
    """An answer that the pupil copied from a chat; `tool` is what the pupil calls the AI.

    Of a whole conversation the answer to that prompt is taken. Raises BadInput where the prompt or the answer is empty
    (signs that nobody sees are no answer) or too long, or the AI is not named.
    """
    prompt = checked_prompt(number, prompt)
    model = cleaned(tool, where=_("name of the AI"), most=80)
    if len(text) > MOST_PASTED:
        said = _(
            "{count} letters are too many for one answer: paste the answer alone, at most {most}.",
            count=len(text),
            most=MOST_PASTED,
        )
        raise BadInput(said)
    found = answer_from_paste(text, prompts=("",) * (number - 1) + (prompt,), number=number)
    if not any(letter.isalnum() for letter in found.text):
        raise BadInput(_("The answer to prompt {number} is empty: copy it, then paste it again.", number=number))
    if not model:
        raise BadInput(_("Name the AI that you asked: where an answer comes from is always said."))
    source = Provenance(model, "", now.isoformat(timespec="minutes"), note=_("pasted by the pupil"))
    return Answer(number, prompt, found.text, source)


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
