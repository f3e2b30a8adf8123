"""The report of a check as the JSON that `promptlab quiz check --json` prints."""

from typing import Any

from promptlab.model.quiz import Quiz
from promptlab.quiz.acceptance import is_accepted
from promptlab.quiz.check import Report


def to_json(quiz: Quiz, report: Report) -> dict[str, Any]:
    """`faults` holds {"question": id or null for the whole quiz, "kind", "serious", "message"}; `passages` what proves
    each answer, where it stands; `accepted` the ids of the questions that may go out.
    """
    return {
        "title": quiz.title,
        "questions": len(quiz.questions),
        "accepted": [question.id for question in quiz.questions if is_accepted(question)],
        "faults": [
            {
                "question": fault.question or None,
                "kind": fault.kind,
                "serious": fault.serious,
                "message": fault.message,
            }
            for fault in report.faults
        ],
        "passages": [
            {"question": name, "document": found.document, "passage": found.excerpt} for name, found in report.passages
        ],
    }
