"""Personal data in what a pupil wrote: told before the copie is handed in or shared."""

from collections.abc import Iterator

from promptlab.ask.names import Names
from promptlab.ask.personal import facts_of, find_personal
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.copie import Copie
from promptlab.model.problem import Problem


def personal_in(copie: Copie, case: Case, *, names: Names | None = None) -> tuple[Problem, ...]:
    """A Problem for each e-mail address, telephone or account number, and name of `names`, in the pupil's own words.

    What stands in the documents of a fictional case may be written.
    """
    known = facts_of(case)
    return tuple(
        Problem(_("{what} {masked}: put something made up in its place.", what=found.label, masked=found.masked), where)
        for where, text in _own_words(copie)
        for found in find_personal(text, names=names, known=known)
    )


def _own_words(copie: Copie) -> Iterator[tuple[str, str]]:
    for column, text in enumerate(copie.remarks, 1):
        yield _("remark on PROMPT {column}", column=column), text
    for column, text in enumerate(copie.discussion, 1):
        yield _("discussion of PROMPT {column}", column=column), text
    for tagging in copie.taggings:
        yield _("PROMPT {column}, {item}", column=tagging.column, item=tagging.item), tagging.rationale
