"""What other rooms mark with: the files of the case that are not part of its manifest."""

from typing import Any

from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.case import Case
from promptlab.model.problem import Problem


def case_material(case: Case) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The quiz of `case`, under "quiz", where it has one; a file that cannot be used is told."""
    path = case.folder / "quiz.toml"
    if not path.is_file():
        return {}, ()
    from promptlab.files.quizzes import load_quiz

    try:
        return {"quiz": load_quiz(path)}, ()
    except BadInput as error:
        return {}, (Problem(_("the quiz cannot be used, so it is not marked: {reason}", reason=error), str(path)),)
