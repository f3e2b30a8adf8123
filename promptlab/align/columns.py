"""The answers of a run as columns of a table."""

from promptlab.errors import BadInput
from promptlab.messages import _, ngettext
from promptlab.model.answer import Answer, Run
from promptlab.model.comparison import Column
from promptlab.parse import parse_answer


def columns_of(run: Run) -> tuple[Column, ...]:
    """The answers of `run`, parsed, as columns of a table. Raises BadInput where there are fewer than two."""
    if len(run.answers) < 2:
        raise BadInput(
            ngettext(
                "Run “{name}” holds {count} answer: a table needs at least two. Record the rest of the chain.",
                "Run “{name}” holds {count} answers: a table needs at least two. Record the rest of the chain.",
                len(run.answers),
                name=run.name,
            )
        )
    return tuple(column_of(run, answer) for answer in run.answers)


def column_of(run: Run, answer: Answer) -> Column:
    """One answer of `run`, parsed, with its prompt and where it comes from."""
    return Column(
        prompt=answer.number,
        source=_("{run}, prompt {number}", run=run.name, number=answer.number),
        answer=parse_answer(answer.text),
        prompt_text=answer.prompt,
        provenance=answer.provenance,
    )
