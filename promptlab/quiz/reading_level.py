"""How hard a text is to read: LIX, the index of C. H. Björnsson (Läsbarhet, 1968), used for French too.

LIX is the mean number of words in a sentence plus the percentage of words of more than six letters. Björnsson's own
scale: below 30 children's books, 40 newspapers, 50 reports, 60 and above official texts. French words are a
little longer than Swedish ones, and technical words (réclamation, livraison) are what is taught: so what is told here
begins above the scale's last step.
"""

import re
from dataclasses import dataclass

LONG_WORD = 6  # letters: a longer word is long
HARD = 65.0
LONGEST_SENTENCE = 35  # words
FEWEST_WORDS = 25  # with fewer, the index jumps about

_SENTENCE_END = re.compile(r"[.!?…:;]+(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class ReadingLevel:
    """The figures of a text: its words, its longest sentence in words, and its LIX (None for too short a text)."""

    words: int
    longest_sentence: int
    lix: float | None


def reading_level(text: str) -> ReadingLevel:
    """The figures of `text`; elided words (l’, d’) count apart, colons and semicolons end a sentence as for LIX."""
    words = _WORD.findall(text)
    lengths = [len(_WORD.findall(sentence)) for sentence in _SENTENCE_END.split(text)]
    sentences = [length for length in lengths if length]
    if not sentences:
        return ReadingLevel(0, 0, None)
    long_words = sum(len(word) > LONG_WORD for word in words)
    lix = len(words) / len(sentences) + 100 * long_words / len(words)
    return ReadingLevel(len(words), max(sentences), round(lix, 1) if len(words) >= FEWEST_WORDS else None)
