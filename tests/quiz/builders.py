"""Small questions for the tests, and hypothesis strategies for any quiz."""

from decimal import Decimal

from hypothesis import strategies as st

from promptlab.files.quizzes import showable
from promptlab.model.quiz import Choice, Pair, Question, Quiz, Resource, Source
from promptlab.quiz.texts import plain

PASSAGE = "Le litige vient après la réclamation, quand aucun accord n’est trouvé"
CORPUS = (Resource("resources/fiche.md", f"# Fiche\n\nUn mot. {PASSAGE}. Un autre mot.\n"),)
SOURCE = Source("resources/fiche.md", PASSAGE)


def single(name="q", right="Un litige", wrong=("Une commande", "Un contrat"), **fields):
    """A sound question: whatever a test is about is given in `fields`."""
    choices = (Choice(right, True, "Oui."), *(Choice(text, False, "Non.") for text in wrong))
    return question(name, "single", choices=choices, **fields)


def question(name="q", kind="single", **fields):
    usual = {"text": "Que vient-il après la réclamation ?".replace(" ?", "\u202f?"), "source": SOURCE}
    return Question(name, kind, **{**usual, "justification": "Le litige vient après la réclamation.", **fields})


def true_false(name="tf", truth=True, **fields):
    return question(
        name, "true_false", choices=(Choice("true", truth, "T."), Choice("false", not truth, "F.")), **fields
    )


def matching(name="m", **fields):
    pairs = (Pair("un", "1"), Pair("deux", "2"), Pair("trois", "3"))
    return question(name, "matching", **{"pairs": pairs, "decoys": ("4",), **fields})


def ordering(name="o", items=("un", "deux", "trois", "quatre"), **fields):
    return question(name, "ordering", items=items, **fields)


def numeric(name="n", value="804.00", **fields):
    return question(
        name, "numeric", **{"value": Decimal(value), "tolerance": Decimal("0.01"), "unit": "€ TTC", **fields}
    )


def quiz(*questions, **fields):
    return Quiz(**{"title": "Le quiz", "questions": questions, **fields})


# ---------------------------------------------------------------- any quiz

HOSTILE = (
    ":", "~", "=", "#", "{", "}", "\\", "::", "####", "->", "\\n", "[html]", "[plain] x", "%50%", "=%100%", "//", "*",
    "\\*", "$CATEGORY: x", "]]>", "<![CDATA[", "<b>gras</b>", "&amp;", "&#58;", "<!-- -->", "--", "« a : b ; c ? »",
    "1 234,50 €", "TRUE", "T", "3..4", "a\nb", "é", "e\u0301", "\u202e", "😀", "x  y", "'", '"', "promptlab {}", "top",
    "$course$", "/", "a/b//c",
)  # fmt: skip


def settled(text):
    """Whether a text is as a file keeps it: no sign that cannot be shown, no spaces at the ends of lines."""
    lines = text.split("\n")
    return (
        bool(text)
        and showable(text) == text
        and all(line == line.strip(" ") for line in lines)
        and "\n\n\n" not in text
    )


letters = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=25)
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), letters), min_size=1, max_size=3).map("".join).filter(settled)
feedback = st.one_of(st.just(""), texts)
amounts = st.decimals(min_value=-10_000, max_value=10_000, places=2, allow_nan=False, allow_infinity=False)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)


@st.composite
def answers_of(draw, kind):
    """The fields that hold the answer of a question of this kind."""
    if kind in ("single", "multiple"):
        found = draw(st.lists(texts, min_size=2, max_size=5))
        right = draw(st.integers(0, len(found) - 1))
        several = [kind == "multiple" and draw(st.booleans()) for _text in found]
        return {
            "choices": tuple(
                Choice(text, place == right or more, draw(feedback))
                for place, (text, more) in enumerate(zip(found, several, strict=True))
            )
        }
    if kind == "true_false":
        truth = draw(st.booleans())
        return {"choices": (Choice("true", truth, draw(feedback)), Choice("false", not truth, draw(feedback)))}
    if kind == "matching":
        pairs = draw(st.lists(st.builds(Pair, texts, texts), min_size=2, max_size=4))
        return {"pairs": tuple(pairs), "decoys": tuple(draw(st.lists(texts, max_size=2)))}
    if kind == "ordering":
        return {"items": tuple(draw(st.lists(texts, min_size=2, max_size=5)))}
    if kind == "numeric":
        return {"value": draw(amounts), "tolerance": abs(draw(amounts)), "unit": draw(feedback)}
    case, accents = draw(st.booleans()), draw(st.booleans())
    variants = st.lists(texts, min_size=1, max_size=3, unique_by=lambda text: plain(text, case=case, accents=accents))
    return {"variants": tuple(draw(variants)), "case": case, "accents": accents}


@st.composite
def questions(draw, name):
    kind = draw(st.sampled_from(["single", "multiple", "true_false", "matching", "ordering", "short", "numeric"]))
    return Question(
        id=name,
        kind=kind,
        text=draw(texts),
        justification=draw(feedback),
        source=draw(st.one_of(st.none(), st.builds(Source, texts, texts))),
        difficulty=draw(st.sampled_from(["easy", "medium", "hard"])),
        category=draw(feedback),
        points=draw(st.sampled_from([Decimal(1), Decimal("2.5"), Decimal("0.25")])),
        **draw(answers_of(kind)),
    )


@st.composite
def quizzes(draw):
    names = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    made = tuple(draw(questions(name)) for name in names)
    return Quiz(draw(texts), made, draw(st.sampled_from(["fr", "en", "es"])), draw(feedback), draw(feedback))
