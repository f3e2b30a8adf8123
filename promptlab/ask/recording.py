"""Recording: every answer of a source is on the disk before anything else happens to it."""

from collections.abc import Sequence
from pathlib import Path

from promptlab.ask.source import AnswerSource, Conversation, Listener, Progress, unheard
from promptlab.ask.standing import goes_on
from promptlab.ask.wording import differing_words, normalised
from promptlab.errors import BadInput
from promptlab.files.runs import MANIFEST, append_answer, keep_partial, read_run
from promptlab.messages import _
from promptlab.model.answer import Answer, Run


class RecordingSource:
    """Passes prompts on to `inner`, and adds each answer to the run in `folder` before giving it back.

    An answer that is cut on its way (connection lost, Ctrl-C) leaves what had come of it in `prompt2.part.md`, beside
    the run and no part of it: when the chain is taken up again, that prompt is asked anew, and once its answer is
    recorded the part is removed. `run` is what is recorded so far.
    """

    def __init__(self, inner: AnswerSource, folder: Path, run: Run) -> None:
        self.inner, self.folder, self.run = inner, folder, run

    def ask(self, conversation: Conversation, *, on_progress: Listener = unheard) -> Answer:
        """The answer of the inner source, recorded. Raises what that source raises, and CannotWrite."""
        parts: list[str] = []

        def listen(progress: Progress) -> None:
            if progress.kind == "text":
                parts.append(progress.text)
            elif progress.kind == "retry":
                self._keep(conversation.number, parts)
                parts.clear()
            on_progress(progress)

        answer = None
        try:
            answer = self.inner.ask(conversation, on_progress=listen)
        finally:
            if answer is None:
                self._keep(conversation.number, parts)
        self.run = append_answer(self.folder, self.run, answer)
        return answer

    def close(self) -> None:
        """Close the inner source."""
        self.inner.close()

    def _keep(self, number: int, parts: list[str]) -> None:
        if any(part.strip() for part in parts):
            keep_partial(self.folder, number, "".join(parts))


def recorded_so_far(folder: Path, prompts: Sequence[str], *, model: str = "") -> Run:
    """What the run in `folder` already holds of the chain `prompts`: empty where nothing is recorded there yet.

    This is where a chain that was cut goes on. An empty or malformed last answer is left out, so that its prompt is
    asked again. Raises BadInput where the folder holds a run of other prompts or of another model than `model`, or one
    that cannot be read.
    """
    if not (folder / MANIFEST).exists():
        return Run(folder.name)
    run = read_run(folder)
    refusal = _refusal(run, prompts, model)
    if refusal:
        raise BadInput(refusal)
    usable = run.answers
    while usable and not goes_on(usable[-1]):
        usable = usable[:-1]
    return Run(run.name, usable)


def _refusal(run: Run, prompts: Sequence[str], model: str) -> str:
    """Why `run` cannot be taken up for this chain and model; empty where it can."""
    if len(run.answers) > len(prompts):
        return _(
            "The run “{run}” holds {count} answers, the chain has {wanted} prompts: give another name with --record.",
            run=run.name,
            count=len(run.answers),
            wanted=len(prompts),
        )
    for answer, prompt in zip(run.answers, prompts, strict=False):
        if normalised(answer.prompt) != normalised(prompt):
            return _(
                "The run “{run}” was recorded with another prompt {number} ({differences}): give another name with "
                "--record.",
                run=run.name,
                number=answer.number,
                differences=differing_words(prompt, answer.prompt),
            )
    models = {answer.provenance.asked_model or answer.provenance.model for answer in run.answers}
    if model and models - {model}:
        return _(
            "The run “{run}” was recorded with the model {recorded}, not {model}: give another name with --record.",
            run=run.name,
            recorded=", ".join(sorted(models)),
            model=model,
        )
    return ""


def open_recording(source: AnswerSource, folder: Path, prompts: Sequence[str], *, model: str = "") -> RecordingSource:
    """A recording into `folder` that goes on where an earlier one was cut: its `run` is what `run_chain` resumes from.

    Raises BadInput as `recorded_so_far`.
    """
    return RecordingSource(source, folder, recorded_so_far(folder, prompts, model=model))
