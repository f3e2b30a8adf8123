"""Who wrote a quiz, with what AI, and who accepted it: the sentences that stand in every export."""

from promptlab.align.wording import day
from promptlab.messages import _
from promptlab.model.quiz import Quiz


def statement(quiz: Quiz) -> tuple[str, ...]:
    """Where the questions come from and who answers for them, a sentence each."""
    said = [quiz.origin] if quiz.origin else []
    if quiz.draft:
        said.append(
            _(
                "The questions were drafted by an AI: {model} ({provider}, {day}).",
                model=quiz.draft.model,
                provider=quiz.draft.provider,
                day=day(quiz.draft.collected),
            )
        )
    accepted = {(found.by, found.on) for question in quiz.questions if (found := question.accepted)}
    said += [_("Questions accepted by {by} on {day}.", by=by, day=day(on)) for by, on in sorted(accepted)]
    return tuple(said)
