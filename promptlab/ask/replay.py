"""Answers from a recorded run: the same prompts, in the same order, give the same answers, with no network."""

from promptlab.ask.source import Conversation, Listener, Progress, unheard
from promptlab.ask.wording import differing_words, nearest, normalised
from promptlab.errors import NotRecorded
from promptlab.messages import _
from promptlab.model.answer import Answer, Run


class ReplaySource:
    """Plays a recorded run back; never asks anyone.

    The n-th prompt must be the n-th recorded one, up to typography (`wording.normalised`): an answer depends on the
    conversation before it, so the same words at another place of the chain are another question.
    """

    def __init__(self, run: Run) -> None:
        self.run = run

    def ask(self, conversation: Conversation, *, on_progress: Listener = unheard) -> Answer:
        """The recorded answer. NotRecorded names the nearest recorded prompt, and the words that differ."""
        number = conversation.number
        for position, prompt in enumerate((*(a.prompt for a in conversation.answers), conversation.prompt), 1):
            self._check(position, prompt)
        answer = self.run.answers[number - 1]
        on_progress(Progress(number, "asking"))
        on_progress(Progress(number, "text", characters=len(answer.text), text=answer.text))
        return answer

    def close(self) -> None:
        """Nothing is open."""

    def _check(self, number: int, prompt: str) -> None:
        answers = self.run.answers
        wanted = normalised(prompt)
        if number <= len(answers) and normalised(answers[number - 1].prompt) == wanted:
            return
        head = _(
            "Prompt {number}, “{prompt}”, is not recorded in the run “{run}”.",
            number=number,
            prompt=prompt,
            run=self.run.name,
        )
        raise NotRecorded(" ".join([head, self._advice(prompt, wanted), _("Nothing was sent to any AI.")]))

    def _advice(self, prompt: str, wanted: str) -> str:
        elsewhere = [answer.number for answer in self.run.answers if normalised(answer.prompt) == wanted]
        if elsewhere:
            return _("It is recorded as prompt {number}: ask the prompts in the order of the run.", number=elsewhere[0])
        recorded = {answer.prompt: answer.number for answer in reversed(self.run.answers)}
        near = nearest(prompt, sorted(recorded, key=lambda text: recorded[text]))
        if near is None:
            return _("This run holds no answer at all: choose another run.")
        return _(
            "The nearest recorded one is prompt {number}, “{near}” ({differences}). Type it "
            "as it is recorded, or ask an AI with --live.",
            number=recorded[near],
            near=near,
            differences=differing_words(prompt, near),
        )
