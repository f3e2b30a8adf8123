"""A quiz as a file that a teacher can read: `quiz.toml`, format 1.

    format = 1
    title = "Le traitement des réclamations"
    language = "fr"
    case = "reclamation"                 # whose resources and documents prove the answers
    origin = "Écrit pour ce projet."

    [[questions]]
    id = "reclamation-ou-litige"
    kind = "single"                      # multiple, true_false, matching, ordering, short, numeric
    text = "…"
    justification = "…"
    difficulty = "easy"                  # medium, hard
    category = "Notions"
    [questions.source]
    document = "resources/1-….md"
    passage = "…"
    [[questions.choices]]                # single, multiple
    text = "…"
    right = true
    feedback = "…"

A true_false question has `answer`, `feedback_true`, `feedback_false`; matching has [[questions.pairs]] (left, right)
and `decoys`; ordering has `items` in the right order; short has `variants`, and `case`, `accents` where they count;
numeric has `value`, `tolerance`, `unit`. A question that was accepted has [questions.accepted]. [draft] says which
model drafted the questions.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, cast, get_args

from promptlab.files.faults import Table, read_toml, refuse
from promptlab.messages import _
from promptlab.model.answer import Provenance
from promptlab.model.problem import Problem
from promptlab.model.quiz import Acceptance, Choice, Difficulty, Pair, Question, QuestionKind, Quiz, Source

FORMAT = 1
FILE = "quiz.toml"
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
MOST_QUESTIONS = 2000
LONGEST_TEXT = 5000  # letters of one text
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
# No page and no XML file can hold these: control signs but the line feed, surrogates, noncharacters. Some readers of
# text files see the end of a line in U+2028 and U+2029.
_UNSHOWABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def load_quiz(path: Path) -> Quiz:
    """The quiz in the file at `path`. Raises BadInput that lists every fault of its form, each with its place.

    A question that is badly made (two right answers, no source) is no fault here: `promptlab.quiz.check` tells.
    """
    faults: list[Problem] = []
    table = read_toml(path, path.name, faults)
    if table is None:
        raise refuse(str(path), faults)
    quiz = read_quiz(table)
    if faults:
        raise refuse(_("Quiz {path}", path=path), faults)
    return quiz


def read_quiz(table: Table) -> Quiz:
    """The quiz that `table` holds; what is wrong goes to its faults."""
    if (version := table.whole("format")) > FORMAT:
        said = _(
            "this quiz has format {version}; this promptlab reads up to {known}: update promptlab.",
            version=version,
            known=FORMAT,
        )
        table.fault("format", said)
    quiz = Quiz(
        title=shown_text(table, "title"),
        language=table.text("language", required=False, default="fr", among=("fr", "en", "es")),
        case=table.text("case", required=False),
        origin=shown_text(table, "origin", required=False),
        draft=_provenance(table.table("draft", required=False)),
        questions=tuple(read_question(entry) for entry in table.tables("questions", required=False)),
    )
    if len(quiz.questions) > MOST_QUESTIONS:
        table.fault("questions", _("a quiz holds at most {most} questions: split it.", most=MOST_QUESTIONS))
    seen: set[str] = set()
    for question in quiz.questions:
        if question.id and question.id in seen:
            table.fault("questions", _("the id “{id}” stands twice: give each question its own.", id=question.id))
        seen.add(question.id)
    table.finish()
    return quiz


def read_question(table: Table) -> Question:
    """The question that `table` holds; keys that its kind does not know are faults of the table."""
    kind = cast(QuestionKind, table.text("kind", among=KINDS) or "single")
    question = Question(
        id=_id(table),
        kind=kind,
        text=shown_text(table, "text"),
        justification=shown_text(table, "justification", required=False),
        source=_source(table.table("source", required=False)),
        difficulty=cast(
            Difficulty, table.text("difficulty", required=False, default="medium", among=DIFFICULTIES) or "medium"
        ),
        category=shown_text(table, "category", required=False),
        points=_points(table),
        accepted=_acceptance(table.table("accepted", required=False)),
        **_answer(table, kind),
    )
    table.finish()
    return question


def shown_text(table: Table, key: str, *, required: bool = True) -> str:
    """The text at `key` without spaces at its ends; one that no page can show, or too long a one, is a fault."""
    return _checked(table, key, table.text(key, required=required))


def _checked(table: Table, key: str, text: str) -> str:
    if found := _UNSHOWABLE.search(text):
        table.fault(key, _("it holds a sign that cannot be shown (U+{code:04X}): take it out.", code=ord(found[0])))
    if len(text) > LONGEST_TEXT:
        table.fault(key, _("it has {count} characters; write at most {most}.", count=len(text), most=LONGEST_TEXT))
    return _UNSHOWABLE.sub("", text).strip()


def showable(text: str) -> str:
    """`text` from elsewhere as a quiz can hold it: line feeds only, tabs as spaces, no sign that cannot be shown."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _UNSHOWABLE.sub("", lines.replace("\t", " ")).strip()


def _texts(table: Table, key: str, *, required: bool = True) -> tuple[str, ...]:
    return tuple(_checked(table, key, text) for text in table.texts(key, required=required))


def _id(table: Table) -> str:
    name = table.text("id")
    if name and not _ID.fullmatch(name):
        table.fault("id", _("“{id}” is no id: use small letters without accents, digits and -.", id=name))
    return name


def _points(table: Table) -> Decimal:
    points = table.decimal("points")
    if points is not None and not 0 < points <= 100:
        table.fault("points", _("“{value}” is not between 0 and 100.", value=points))
        return Decimal(1)
    return Decimal(1) if points is None else points


def _answer(table: Table, kind: QuestionKind) -> dict[str, Any]:
    """The fields that hold the answer of a question of this kind."""
    if kind == "true_false":
        return {"choices": _true_false(table)}
    if kind == "matching":
        pairs = tuple(_pair(entry) for entry in table.tables("pairs"))
        return {"pairs": pairs, "decoys": _texts(table, "decoys", required=False)}
    if kind == "ordering":
        return {"items": _texts(table, "items")}
    if kind == "short":
        flags = {name: table.flag(name, default=False) for name in ("case", "accents")}
        return {"variants": _texts(table, "variants"), **flags}
    if kind == "numeric":
        return _numeric(table)
    return {"choices": tuple(_choice(entry) for entry in table.tables("choices"))}


def _true_false(table: Table) -> tuple[Choice, ...]:
    if "answer" not in table.values:
        table.fault("answer", _("this key is missing: add it ({expected}).", expected=_("true or false")))
    truth = table.flag("answer", default=True)
    said = {key: shown_text(table, f"feedback_{key}", required=False) for key in ("true", "false")}
    return Choice("true", truth, said["true"]), Choice("false", not truth, said["false"])


def _numeric(table: Table) -> dict[str, Any]:
    value, tolerance = table.decimal("value"), table.decimal("tolerance") or Decimal(0)
    if value is None and "value" not in table.values:
        table.fault("value", _("this key is missing: add it ({expected}).", expected='"476.50"'))
    if tolerance < 0:
        table.fault("tolerance", _("“{value}” is below 0: write how far off is still right.", value=tolerance))
        tolerance = Decimal(0)
    return {"value": value, "tolerance": tolerance, "unit": shown_text(table, "unit", required=False)}


def _choice(table: Table) -> Choice:
    choice = Choice(
        shown_text(table, "text"), table.flag("right", default=False), shown_text(table, "feedback", required=False)
    )
    table.finish()
    return choice


def _pair(table: Table) -> Pair:
    pair = Pair(shown_text(table, "left"), shown_text(table, "right"))
    table.finish()
    return pair


def _source(table: Table | None) -> Source | None:
    if table is None:
        return None
    source = Source(shown_text(table, "document"), shown_text(table, "passage"))
    table.finish()
    return source


def _acceptance(table: Table | None) -> Acceptance | None:
    if table is None:
        return None
    acceptance = Acceptance(shown_text(table, "by"), table.text("on"), table.text("seal"))
    table.finish()
    return acceptance


def _provenance(table: Table | None) -> Provenance | None:
    if table is None:
        return None
    texts = {key: table.text(key) for key in ("model", "provider", "collected")}
    said = {key: table.text(key, required=False) for key in ("note", "asked_model")}
    found = Provenance(
        **texts, **said, settings=table.pairs("settings"), modified=table.flag("modified", default=False)
    )
    table.finish()
    return found
