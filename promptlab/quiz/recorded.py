"""The draft of a quiz as a recorded answer: replayed without a network, or asked live and recorded first."""

from pathlib import Path

from promptlab.ask.structured import StructuredSource
from promptlab.ask.wording import normalised
from promptlab.errors import NotRecorded
from promptlab.files.runs import MANIFEST, read_run, write_run
from promptlab.messages import _
from promptlab.model.answer import Answer, Run
from promptlab.model.case import Case
from promptlab.quiz.drafting import SCHEMA, draft_prompt

FOLDER = Path("quiz") / "draft"


def recorded_draft(case: Case) -> Answer:
    """The recorded answer in `quiz/draft` of the case to exactly the prompt that would be asked now.

    Raises NotRecorded where there is none, or where the resources have changed since; BadInput for a damaged one.
    """
    folder = case.folder / FOLDER
    if not (folder / MANIFEST).is_file():
        raise NotRecorded(
            _(
                "No draft is recorded in {folder}. Ask an AI for one with --live. Nothing was sent to any AI.",
                folder=folder,
            )
        )
    run = read_run(folder)
    wanted = normalised(draft_prompt(case))
    found = next((answer for answer in run.answers if normalised(answer.prompt) == wanted), None)
    if found is None:
        raise NotRecorded(
            _(
                "The draft in {folder} answers another prompt: the resources or the documents have changed since. Ask "
                "for a new one with --live. Nothing was sent to any AI.",
                folder=folder,
            )
        )
    return found


def ask_draft(case: Case, source: StructuredSource, folder: Path) -> Answer:
    """The answer of `source` to the prompt of the draft, recorded in `folder` before anything is made of it.

    Raises what `source` raises, and CannotWrite.
    """
    answer = source.complete_json(draft_prompt(case), SCHEMA).answer
    write_run(folder, Run(folder.name, (answer,)))
    return answer


def free_folder(path: Path) -> Path:
    """A folder for the record of a draft that is to become the file `path`: a new one each time."""
    number = 1
    folder = path.parent / f"{path.stem}-draft"
    while folder.exists():
        number += 1
        folder = path.parent / f"{path.stem}-draft-{number}"
    return folder
