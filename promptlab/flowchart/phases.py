"""Which phases of a comparison table no shape of a flowchart seems to be about, by words and words near in meaning."""

from collections.abc import Sequence

from promptlab.align.roles import roles
from promptlab.align.vectors import word_vectors
from promptlab.align.words import LANGUAGES, stems, words_in
from promptlab.flowchart.verbs import LANGUAGES as INFINITIVES
from promptlab.flowchart.verbs import begins_with_a_verb
from promptlab.model.flowchart import Flowchart

# A shape is about a phase where it has half of its words, or lies as near to it in the table of word vectors as
# wordings of one step do; other steps of the same trade stay below.
ENOUGH_WORDS = 0.5
NEAR = 0.33


def missing_phases(chart: Flowchart, phases: Sequence[str], language: str) -> tuple[str, ...]:
    """The labels of `phases` that no shape seems to be about, in their order; `language` is that of the texts."""
    if not phases:
        return ()
    lang = language[:2].lower() if language[:2].lower() in LANGUAGES else "fr"
    shapes = [found for node in chart.nodes if (found := frozenset(stems(node.text, lang)))]
    missing = []
    for phase in phases:
        words, verbs_alone = frozenset(stems(phase, lang)), _verbs_alone(phase, lang)
        told = any(_about(words, shape, lang) or (verbs_alone and _same_work(words, shape, lang)) for shape in shapes)
        if words and not told:
            missing.append(phase)
    return tuple(missing)


def _verbs_alone(phase: str, language: str) -> bool:
    """Whether a label names nothing but work: "Suivre et clôturer"."""
    return language in INFINITIVES and all(begins_with_a_verb(word, language) for word in words_in(phase))


def _about(phase: frozenset[str], shape: frozenset[str], language: str) -> bool:
    if len(phase & shape) > ENOUGH_WORDS * len(phase) or phase <= shape:
        return True
    return _near(phase, shape, language)


def _near(phase: frozenset[str], shape: frozenset[str], language: str) -> bool:
    vectors = word_vectors()
    one, other = (vectors.total(language, sorted(words)) for words in (phase, shape))
    length = float((one @ one) ** 0.5 * (other @ other) ** 0.5)
    return length > 0 and float(one @ other) / length >= NEAR


def _same_work(phase: frozenset[str], shape: frozenset[str], language: str) -> bool:
    """Whether the shape plays half of the roles of a phase: closing a case, whatever it is called."""
    known = roles()
    parts = [set(known.get((language, word), ())) for word in phase]
    played = {role for word in shape for role in known.get((language, word), ())}
    return 2 * sum(bool(part & played) for part in parts) >= len(parts)
