"""What the status of an answer means, for the chain and for the person."""

from collections.abc import Iterator, Sequence

from promptlab.messages import _
from promptlab.model.answer import Answer, Run
from promptlab.model.problem import Problem


def goes_on(answer: Answer) -> bool:
    """Whether a chain can build on `answer`: it has a text, be it truncated or a refusal, that came undamaged."""
    return answer.status not in ("empty", "malformed") and bool(answer.text.strip())


def problems_of(run: Run, prompts: Sequence[str] = ()) -> tuple[Problem, ...]:
    """What a person must know about the answers of `run`: truncated, refused, empty, malformed, missing."""
    return tuple(_problems(run, prompts))


def _problems(run: Run, prompts: Sequence[str]) -> Iterator[Problem]:
    for answer in run.answers:
        message = told(answer)
        if message:
            yield Problem(message, _("answer {number} of the run “{run}”", number=answer.number, run=run.name))
    if len(run.answers) < len(prompts):
        message = _(
            "it has {count} answers to {wanted} prompts: the same command goes on from there.",
            count=len(run.answers),
            wanted=len(prompts),
        )
        yield Problem(message, _("run “{run}”", run=run.name))


def told(answer: Answer) -> str:
    """What is wrong with an answer and what to do about it, for the screen; empty where it is complete."""
    note = f" ({answer.provenance.note})" if answer.provenance.note else ""
    match answer.status:
        case "truncated":
            return _(
                "the answer stops in the middle: the server's length limit was reached. Keep "
                "it and say so, or raise the limit."
            )
        case "refused":
            return _("the model refused to answer. Keep the refusal and discuss it, or word the prompt differently.")
        case "empty":
            return _("the answer is empty: ask again, or choose another model.")
        case "malformed":
            return _("the answer came damaged{note}: what could be read is kept. Ask again.", note=note)
    return ""
