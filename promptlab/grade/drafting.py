"""A key made by doing the exercise: the teacher's own copie turned into a draft to be edited."""

from promptlab.align.words import words_in
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.copie import Copie, Tagging
from promptlab.model.key import Accepted, Idea, Key, KeyItem
from promptlab.review.exercise import Exercise
from promptlab.review.fitting import Fitted, fit

_TELLING = 3  # words of a remark that make its first draft


def draft_key(copie: Copie, exercise: Exercise, run: str) -> tuple[Key, Fitted]:
    """What the teacher tagged and wrote in `copie`, on the table of `exercise`, as the draft of the key of `run`.

    Each tag becomes an item, its rationale the argument; each paragraph of the remarks and of the discussion an idea,
    whose words are a first guess. Also gives the copie as it was fitted, with its problems. Raises BadInput where
    there is nothing to make a key of.
    """
    fitted = fit(copie, exercise)
    items = tuple(_item(tagging) for tagging in fitted.copie.taggings)
    ideas = tuple(_ideas(fitted.copie))
    if not items and not ideas:
        said = _("copie {id} holds no tag and no remark: do the exercise first, then make the key of it.", id=copie.id)
        raise BadInput(said)
    origin = _("Draft made from the teacher's copie: read it again, and argue each item.")
    return Key(run, exercise.answers, origin=origin, items=items, ideas=ideas), fitted


def _item(tagging: Tagging) -> KeyItem:
    return KeyItem(
        tagging.column,
        tagging.item,
        tagging.text,
        tagging.span,
        (Accepted(tagging.tag),),
        (tagging.reason,) if tagging.reason else (),
        (tagging.evidence,) if tagging.evidence else (),
        tagging.rationale,
    )


def _ideas(copie: Copie) -> list[Idea]:
    found = []
    for where, rows in (("remarks", copie.remarks), ("discussion", copie.discussion)):
        for column, text in enumerate(rows, 1):
            for rank, paragraph in enumerate((line.strip() for line in text.split("\n")), 1):
                telling = sorted(dict.fromkeys(words_in(paragraph)), key=lambda word: (-len(word), word))[:_TELLING]
                if telling:
                    groups = tuple((word,) for word in sorted(telling))
                    found.append(Idea(f"{where}-{column}-{rank}", paragraph, groups, column=column))
    return found
