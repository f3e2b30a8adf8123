"""`promptlab quiz class`: what a class made of the quiz, question by question."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptlab.messages import _, ngettext

if TYPE_CHECKING:
    from promptlab.model.case import Case
    from promptlab.model.quiz import Quiz
    from promptlab.quiz.statistics import QuestionStatistics


@click.command(
    "class",
    short_help=_("What a class made of it, question by question."),
    help=_("Read the copies in a folder or ZIP and tell, for each question, who was right and what was chosen."),
)
@click.argument("hand_ins", metavar=_("FOLDER"), type=click.Path(path_type=Path))
@click.option("--case", "case_name", required=True, metavar=_("CASE"), help=_("The case whose quiz was answered."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document."))
def command(hand_ins: Path, case_name: str, *, as_json: bool) -> int:
    """Print the statistics of each question; 1 where a file could not be read."""
    from promptlab.files.cases import load_case
    from promptlab.files.quizzes import load_quiz
    from promptlab.quiz.statistics import class_statistics

    case = load_case(case_name)
    quiz = load_quiz(case.folder / "quiz.toml")
    unreadable: list[str] = []
    answers = list(_answers(hand_ins, case, unreadable))
    found = class_statistics(quiz, answers)
    click.echo(json.dumps(_values(found), ensure_ascii=False, indent=1) if as_json else _shown(quiz, found))
    read = ngettext("{count} quiz answered.", "{count} quizzes answered.", len(answers))
    click.echo("\n".join([read, *unreadable]), err=True)
    return 1 if unreadable else 0


def _answers(hand_ins: Path, case: "Case", unreadable: list[str]) -> Iterator[dict[str, Any]]:
    """The answers of each copie that holds some, the latest of those with one id; faults go to `unreadable`."""
    from promptlab.errors import PromptlabError
    from promptlab.grade.collecting import Unreadable, files_in
    from promptlab.handin import read_hand_in_bytes

    latest: dict[str, tuple[int, dict[str, Any]]] = {}
    for file in files_in(hand_ins):
        if isinstance(file, Unreadable):
            unreadable.append(str(file.problem))
            continue
        try:
            copie = read_hand_in_bytes(file.name, file.data, case=case).copie
        except PromptlabError as error:
            unreadable.append(str(error))
            continue
        work = copie.work("quiz")
        given = work.content.value.get("answers", {}) if work else {}
        if given and latest.get(copie.id, (-1, {}))[0] < copie.revision:
            latest[copie.id] = (copie.revision, given)
    yield from (given for _revision, given in latest.values())


def _values(found: Sequence["QuestionStatistics"]) -> list[dict[str, Any]]:
    return [
        {
            "question": one.question,
            "copies": one.copies,
            "answered": one.answered,
            "facility": one.facility,
            "discrimination": one.discrimination,
            "chosen": [{"text": chosen.text, "count": chosen.count, "right": chosen.right} for chosen in one.chosen],
        }
        for one in found
    ]


def _shown(quiz: "Quiz", found: Sequence["QuestionStatistics"]) -> str:
    """The questions, the hardest first, each with what was chosen."""
    from promptlab.grade.figures import in_percent

    texts = {question.id: question.text for question in quiz.questions}
    lines = []
    for one in sorted(found, key=lambda one: 1.0 if one.facility is None else one.facility):
        lines.append(f"{in_percent(one.facility)}  {texts[one.question]}")
        lines += [f"      {'✔' if chosen.right else '✖'} {chosen.count} × {chosen.text}" for chosen in one.chosen]
        if one.discrimination is not None and one.discrimination <= 0:
            lines.append("      " + _("Those who know the rest are no better here: read this question over."))
    return "\n".join(lines)
