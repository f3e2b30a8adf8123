"""Small cases, tables and copies."""

from decimal import Decimal
from pathlib import Path

from promptlab.model.case import Case, Document, DocumentLine, Party, Reason, Tag, Task
from promptlab.model.comparison import Column, Comparison, Phase
from promptlab.model.copie import Spot
from promptlab.model.parsed import Item, ParsedAnswer, Section, Step
from promptlab.review.begin import begin
from promptlab.review.exercise import exercise

LISTEN = "Écouter le client 😀 sans l’interrompre"
REFUND = "Rembourser sous 14 jours et présenter des excuses"


def a_case(name="reclamation"):
    lines = (DocumentLine("A52000", "Toile bleue"), DocumentLine("B65000", ""))
    return Case(
        name=name,
        title="Un cas",
        language="fr",
        level="",
        summary="…",
        company=Party("A"),
        customer=Party("B"),
        prompts=("Un", "Deux"),
        tasks=(Task(1, "Lire", (1,)), Task(6, "Surligner", (2,))),
        tags=tuple(Tag(name, name, name[0], "FFFFFF", "") for name in ("inappropriate", "non_compliant", "relevant")),
        reasons=(Reason("channel", "canal", "C", ""), Reason("law", "droit", "D", "")),
        documents=(
            Document("order", "Commande", lines=lines, total_ht=Decimal("3722.35")),
            Document("order", "Autre commande"),
            Document("complaint", "Courriel"),
        ),
        runs=(),
        default_run="",
        folder=Path(name),
    )


def an_answer(*texts, title="Recevoir"):
    items = tuple(Item(f"1.{number}", "bullet", text) for number, text in enumerate(texts, 1))
    return ParsedAnswer(steps=(Step(1, title, items),))


def a_table(*answers):
    columns = tuple(Column(number, f"prompt {number}", answer) for number, answer in enumerate(answers, 1))
    return Comparison("meaning", columns, (Phase("Recevoir", tuple((1,) for _ in columns)),))


FIRST = an_answer(LISTEN, REFUND)
SECOND = ParsedAnswer(
    intro="Voici les étapes.",
    steps=(
        Step(1, "Accuser réception", (Item("1.1", "bullet", "Répondre par écrit"),)),
        Step(2, "Vérifier", (Item("2.1", "table", rows=(("Réf.", "Qté"), ("A52000", "25"))),)),
    ),
    sections=(Section("key_points", "Points clés", (Item("S1.1", "bullet", "Rester poli"),)),),
)


def an_exercise(*answers, case=None):
    return exercise(case or a_case(), a_table(*(answers or (FIRST, SECOND))))


def a_copie(on=None, *pupils, **more):
    return begin(on or an_exercise(), pupils, **more)


def whole(item="1.1", column=1):
    return Spot(column, item)


def part(start, end, item="1.2", column=1):
    return Spot(column, item, (start, end))
