"""The statement on the use of AI of a pupil's work: what an AI wrote, what the pupils did with it."""

from collections.abc import Iterator, Sequence
from typing import Any

from promptlab.align.wording import day, state_of
from promptlab.messages import _, ngettext
from promptlab.model.answer import Answer
from promptlab.model.copie import Copie

LETTER = "letter"
STATEMENT = "statement"


def statement_of(answers: Sequence[Answer], copie: Copie | None = None, *, made: str = "") -> tuple[str, ...]:
    """Sentences that say which AI wrote `answers`, and what the pupils of `copie` did with them.

    `made` is the ISO 8601 date of the document that bears them. Only what is recorded is said.
    """
    return tuple(_sentences(answers, copie, made))


def _sentences(answers: Sequence[Answer], copie: Copie | None, made: str) -> Iterator[str]:
    own = copie.answers if copie else ()
    models = list(dict.fromkeys(_model(answer) for answer in (*answers, *own) if answer.provenance.model))
    if models:
        yield _("Texts of the answers: written by an AI ({models}).", models="; ".join(models))
    touched = [answer.number for answer in (*answers, *own) if answer.provenance.modified]
    if models and not touched and all(state_of(answer.provenance) for answer in (*answers, *own)):
        yield _("They are reproduced without any change.")
    if touched:
        yield _("A person has retouched the answers: {numbers}.", numbers=", ".join(map(str, touched)))
    if copie is not None:
        yield from _of_copie(copie)
    else:
        yield _("Nothing of a pupil's work stands in this document.")
    if made:
        yield _("Document made with promptlab on {day}.", day=day(made))


def _model(answer: Answer) -> str:
    source = answer.provenance
    when = day(source.collected) if source.collected else ""
    return ", ".join(part for part in (source.model, when) if part)


def _of_copie(copie: Copie) -> Iterator[str]:
    who = ", ".join(copie.pupils) or copie.id[:8]
    yield ngettext(
        "{who} judged {count} passage of the answers.",
        "{who} judged {count} passages of the answers.",
        len(copie.taggings),
        who=who,
    )
    draft = _values(copie, LETTER).get("draft")
    if isinstance(draft, dict) and draft.get("text"):
        unknown = _("model not stated")
        yield _(
            "The reply to the customer began with the draft of an AI ({model}), which was checked and adjusted.",
            model=str(draft.get("model") or unknown),
        )
    elif _values(copie, LETTER).get("text"):
        yield _("The reply to the customer was written without the draft of an AI.")
    yield from _told(copie)


def _told(copie: Copie) -> Iterator[str]:
    """What the pupils say themselves in the statement that the comparison table holds."""
    said = _values(copie, STATEMENT)
    heads = {
        "kept": _("What we kept of the answers"),
        "corrected": _("What we corrected or set aside, and why"),
        "documents": _("Documents that we checked with"),
    }
    for key, head in heads.items():
        if isinstance(said.get(key), str) and said[key].strip():
            yield _("{question}: {answer}", question=head, answer=said[key].strip())


def _values(copie: Copie, name: str) -> dict[str, Any]:
    work = copie.work(name)
    values = work.content.value if work else None
    return values if isinstance(values, dict) else {}
