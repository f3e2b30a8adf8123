"""The accepted answers of a short question, for programs that compare accents, and back."""

from dataclasses import replace

from promptlab.model.quiz import Question
from promptlab.quiz.texts import plain, without_accents


def all_variants(question: Question) -> tuple[str, ...]:
    """Every way of writing to list for Moodle, which minds accents: each variant, then without accents if that is
    accepted too.
    """
    if question.accents:
        return question.variants
    bare = (without_accents(text).strip() for text in question.variants)
    return tuple(dict.fromkeys((*question.variants, *(text for text in bare if text))))


def distinct(question: Question) -> Question:
    """`question` without the variants that mean the same as an earlier one by its own rules."""
    seen = {plain(text, case=question.case, accents=question.accents): text for text in reversed(question.variants)}
    return replace(question, variants=tuple(text for text in question.variants if text in seen.values()))
