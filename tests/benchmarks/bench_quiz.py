"""What exporting a quiz of 1 000 questions costs: GIFT, Moodle XML and a Word document.

    python -m tests.benchmarks.bench_quiz [rounds, 7]

The quiz is the shipped one, its questions repeated under other ids. The floor of GIFT and Moodle XML is the least that
any writer must do: every text of the quiz escaped once (html.escape) and all of them joined and encoded; that of the
Word document is python-docx adding as many empty paragraphs. `back` is reading the export in again. The actions take
turns; figures are the best of all rounds. The exit status is 1 where an export takes more than 0.5 s, or
more than its number of times the floor.
"""

import html
import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "reclamation" / "quiz.toml"
COUNT = 1000
MOST_SECONDS = 0.5
LIMITS = {"gift": 40.0, "xml": 40.0, "docx": 3.0}


def large_quiz():
    """The shipped questions, again and again, each accepted under an id of its own."""
    from promptlab.files.quizzes import load_quiz
    from promptlab.quiz.acceptance import accept

    quiz = load_quiz(FILE)
    questions = [
        replace(quiz.questions[number % len(quiz.questions)], id=f"question-{number}") for number in range(COUNT)
    ]
    whole = replace(quiz, questions=tuple(questions))
    return accept(whole, {question.id for question in questions}, by="bench", on=date(2026, 11, 21))


def texts_of(quiz) -> list[str]:
    found = []
    for question in quiz.questions:
        found += [question.text, question.justification, *question.items, *question.variants, *question.decoys]
        found += [text for choice in question.choices for text in (choice.text, choice.feedback)]
        found += [text for pair in question.pairs for text in (pair.left, pair.right)]
    return found


def empty_document(paragraphs: int) -> bytes:
    import docx

    document, target = docx.Document(), io.BytesIO()
    for _number in range(paragraphs):
        document.add_paragraph("")
    document.save(target)
    return target.getvalue()


def milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def best(rounds: int, actions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest time of each action, the actions taking turns."""
    times: dict[str, list[float]] = {name: [milliseconds(action)] for name, action in actions.items()}
    for _round in range(rounds - 1):
        for name, action in actions.items():
            times[name].append(milliseconds(action))
    return {name: min(found) for name, found in times.items()}


def main() -> int:
    """Print the figures; the exit status tells whether a goal is missed."""
    from promptlab.quiz.formats import export_quiz
    from promptlab.quiz.gift_reading import from_gift
    from promptlab.quiz.moodle_reading import from_moodle_xml

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    quiz = large_quiz()
    texts = texts_of(quiz)
    gift, xml = export_quiz(quiz, ".gift").decode(), export_quiz(quiz, ".xml")
    paragraphs = len(texts) - len([text for text in texts if not text])
    plain = best(
        rounds,
        {
            "floor": lambda: "\n".join(map(html.escape, texts)).encode(),
            "gift": lambda: export_quiz(quiz, ".gift"),
            "xml": lambda: export_quiz(quiz, ".xml"),
            "gift back": lambda: from_gift(gift, title="x"),
            "xml back": lambda: from_moodle_xml(xml, title="x"),
        },
    )
    word = best(
        max(rounds // 4, 1),
        {"floor": lambda: empty_document(paragraphs), "docx": lambda: export_quiz(quiz, ".docx")},
    )
    print(f"{COUNT} questions, {len(gift) // 1000} kB of GIFT, {len(xml) // 1000} kB of XML")
    missed = 0
    for found in (plain, word):
        for name, figure in found.items():
            ratio = figure / found["floor"]
            print(f"{name:<10} {figure:8.1f} ms   {ratio:6.2f} x floor")
            missed |= ratio > LIMITS.get(name, ratio)
            missed |= name in LIMITS and figure > MOST_SECONDS * 1000
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
