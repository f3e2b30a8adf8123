"""Asking a chain of prompts as one conversation, once or several times at once."""

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace

from promptlab.ask.source import AnswerSource, Conversation, Listener, Progress, unheard
from promptlab.ask.standing import goes_on, told
from promptlab.errors import AskFailed, PromptlabError
from promptlab.messages import _
from promptlab.model.answer import Answer, Run


def run_chain(
    source: AnswerSource,
    prompts: Sequence[str],
    *,
    name: str = "",
    resume_from: Run | None = None,
    on_progress: Listener = unheard,
) -> Run:
    """The answers of `source` to `prompts`, each asked after the answers before it.

    `resume_from` holds answers that are already there: the chain goes on after them. It ends early after an answer
    that nothing can be built on (empty, malformed): `problems_of` tells. Raises what the source raises, after an event
    `failed`.
    """
    known = resume_from.answers if resume_from else ()
    run = Run(name or (resume_from.name if resume_from else ""), known)
    while len(run.answers) < len(prompts) and all(map(goes_on, run.answers)):
        conversation = Conversation(tuple(prompts), run.answers)
        try:
            answer = source.ask(conversation, on_progress=on_progress)
        except PromptlabError as error:
            on_progress(Progress(conversation.number, "failed", message=str(error)))
            raise
        on_progress(Progress(answer.number, "answered", characters=len(answer.text), message=told(answer)))
        run = replace(run, answers=(*run.answers, answer))
    return run


@dataclass(frozen=True, slots=True)
class Plan:
    """One of several chains: `open_source` is called when its turn comes, in its own thread, and gives its source.

    `resume_from` are the answers that it already has.
    """

    name: str
    open_source: Callable[[], AnswerSource]
    resume_from: Run | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one plan: its answers, and the error that ended it early, if one did."""

    run: Run
    error: PromptlabError | None = None


def run_many(
    plans: Sequence[Plan],
    prompts: Sequence[str],
    *,
    at_once: int = 4,
    on_progress: Listener = unheard,
) -> tuple[Outcome, ...]:
    """The outcomes of `plans`, in their order; at most `at_once` go on at the same time.

    A plan that fails does not disturb the others. `on_progress` is called by one thread at a time, with the name of
    the run. Ctrl-C ends all of them at their next piece of text; what is recorded stays recorded. One plan alone is
    asked in the calling thread, where Ctrl-C acts at once.
    """
    stop, lock = threading.Event(), threading.Lock()

    def listen(progress: Progress) -> None:
        if stop.is_set():
            raise AskFailed(_("Stopped at your request: what had come is kept; the same command goes on from there."))
        with lock:
            on_progress(progress)

    if len(plans) == 1:
        return (_outcome(plans[0], prompts, listen),)
    with ThreadPoolExecutor(max_workers=max(1, at_once), thread_name_prefix="promptlab-ask") as pool:
        chains = [pool.submit(_outcome, plan, prompts, listen) for plan in plans]
        try:
            wait(chains)
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        return tuple(chain.result() for chain in chains)


def _outcome(plan: Plan, prompts: Sequence[str], on_progress: Listener) -> Outcome:
    answers = list(plan.resume_from.answers if plan.resume_from else ())

    def listen(progress: Progress) -> None:
        on_progress(replace(progress, run=plan.name))

    try:
        with closing(_Noting(plan.open_source(), answers)) as source:
            run = run_chain(source, prompts, name=plan.name, resume_from=plan.resume_from, on_progress=listen)
    except PromptlabError as error:
        return Outcome(Run(plan.name, tuple(answers)), error)
    return Outcome(run)


class _Noting:
    """Notes each answer of a source, so that those before a failure are not lost."""

    def __init__(self, inner: AnswerSource, answers: list[Answer]) -> None:
        self._inner, self._answers = inner, answers

    def ask(self, conversation: Conversation, *, on_progress: Listener = unheard) -> Answer:
        answer = self._inner.ask(conversation, on_progress=on_progress)
        self._answers.append(answer)
        return answer

    def close(self) -> None:
        self._inner.close()


def run_names(base: str, models: Sequence[str], repeat: int) -> tuple[tuple[str, str], ...]:
    """(name of the run, model) for `repeat` chains with each of `models`: "essai", "essai-2", "essai-mistral-small-2"…

    The names are fit for folders on every system, and no two are the same, however alike the models are called.
    """
    names: list[tuple[str, str]] = []
    for model in models or ("",):
        stem = f"{base}-{_slug(model)}" if len(models) > 1 else base
        for count in range(1, repeat + 1):
            name = f"{stem}-{count}" if repeat > 1 else stem
            names.append((_free(name, {taken for taken, _model in names}), model))
    return tuple(names)


def _slug(model: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", model.casefold()).strip("-.") or "model"


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
