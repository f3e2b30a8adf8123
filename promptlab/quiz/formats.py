"""A quiz out to the formats of others and in again."""

from pathlib import Path

from promptlab.errors import BadInput
from promptlab.files.answers import read_answer
from promptlab.files.system import reason_of
from promptlab.messages import _
from promptlab.model.quiz import Quiz
from promptlab.quiz.acceptance import require_accepted
from promptlab.quiz.incoming import Reading

EXPORTS = (".gift", ".xml", ".docx")
IMPORTS = (".gift", ".xml")
MOST_BYTES = 20_000_000


def export_quiz(quiz: Quiz, ending: str, *, answers: bool = False) -> bytes:
    """`quiz` in the format that a file name's `ending` (".gift", ".xml", ".docx") stands for.

    `answers` has the DOCX hold the key; GIFT and Moodle XML always do. Raises BadInput for another ending, and where
    a question is not accepted in the words that it has: nothing goes out before.
    """
    if ending.lower() not in EXPORTS:
        raise BadInput(
            _("“{ending}” is no format for a quiz: choose {choices}.", ending=ending, choices=" ".join(EXPORTS))
        )
    require_accepted(quiz)
    if ending.lower() == ".gift":
        from promptlab.quiz.gift_writing import to_gift

        return to_gift(quiz).encode("utf-8")
    if ending.lower() == ".xml":
        from promptlab.quiz.moodle_writing import to_moodle_xml

        return to_moodle_xml(quiz).encode("utf-8")
    from promptlab.quiz.docx import to_docx

    return to_docx(quiz, answers=answers)


def import_quiz(path: Path) -> Reading:
    """The quiz in a GIFT or Moodle XML file, and what was not understood of it; none of its questions is accepted.

    Raises BadInput, naming the file and the place, for what cannot be read at all.
    """
    ending = path.suffix.lower()
    try:
        if ending == ".gift":
            from promptlab.quiz.gift_reading import from_gift

            empty = _("{path} is empty: export the questions once more, then try again.", path=path)
            return from_gift(read_answer(path, if_empty=empty), title=path.stem)
        if ending == ".xml":
            from promptlab.quiz.moodle_reading import from_moodle_xml

            return from_moodle_xml(_content(path), title=path.stem)
    except BadInput as error:
        said = str(error)
        raise BadInput(said if str(path) in said else f"{path}, {said}") from error
    raise BadInput(_("{path} is no quiz to import: choose a file in {choices}.", path=path, choices=" ".join(IMPORTS)))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise BadInput(_("{path} does not exist: check its name and its folder.", path=path)) from error
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    if len(content) > MOST_BYTES:
        raise BadInput(
            _("{path} has more than {most} MB: is it the right file?", path=path, most=MOST_BYTES // 1_000_000)
        )
    return content
