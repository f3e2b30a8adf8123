"""Small answers and tables for the tests of alignment."""

from hypothesis import strategies as st

from promptlab.model.comparison import Column
from promptlab.model.parsed import Item, ParsedAnswer, Step

TITLES = (
    "Accuser réception",
    "Enregistrer la réclamation",
    "Vérifier les faits",
    "Vérifier la facture",
    "Répondre au client",
    "Rédiger la lettre",
    "Archiver le dossier",
    "Suivre le dossier",
    "Check the documents",
    "Reply to the customer",
    "",
    "Étape",
)
BODIES = ("Noter la date.", "Lire la facture et le bon.", "Call the customer back.", "Joindre l'avoir.", "")


def step(title, *bullets, rank=1):
    """A step with bullets."""
    return Step(rank, title, tuple(Item(f"{rank}.{at}", "bullet", text) for at, text in enumerate(bullets, 1)))


def column(*steps, prompt=1, asked="", **more):
    """A column of steps: titles, or (title, bullet, …)."""
    texts = [(one,) if isinstance(one, str) else one for one in steps]
    parsed = tuple(step(title, *bullets, rank=rank) for rank, (title, *bullets) in enumerate(texts, 1))
    return Column(prompt, f"prompt{prompt}.md", ParsedAnswer(steps=parsed), asked, **more)


def columns(*answers, asked=()):
    """A column for each tuple of steps, numbered from 1."""
    prompts = (*asked, *[""] * len(answers))
    return tuple(
        column(*steps, prompt=number, asked=prompt)
        for number, (steps, prompt) in enumerate(zip(answers, prompts, strict=False), 1)
    )


@st.composite
def tables(draw, fewest=2, most=5):
    """A few answers of a few steps; equal answers and empty ones among them."""
    one = st.tuples(st.sampled_from(TITLES), st.sampled_from(BODIES))
    answers = draw(st.lists(st.lists(one, max_size=6), min_size=fewest, max_size=most))
    if draw(st.booleans()):
        answers[-1] = answers[0]
    return columns(*answers)


def grouped(table):
    """The phases as sets of (source of the column, rank): the same for every order of the columns."""
    return {
        frozenset((table.columns[at].source, rank) for at, cell in enumerate(phase.cells) for rank in cell)
        for phase in table.phases
    }


def every_step_once(table):
    """Whether every step of every column is in exactly one phase, and no phase is empty."""
    for at, one in enumerate(table.columns):
        ranks = sorted(rank for phase in table.phases for rank in phase.cells[at])
        if ranks != [step.rank for step in one.answer.steps]:
            return False
    return all(any(phase.cells) for phase in table.phases)
