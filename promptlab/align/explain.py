"""Why steps share a phase, how sure that is, and what the phase is called."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from promptlab.align.lines import shown
from promptlab.align.steps import Bag, Bags, item_texts
from promptlab.align.vectors import word_vectors
from promptlab.align.words import stem, words_in
from promptlab.messages import _
from promptlab.model.comparison import Column
from promptlab.model.parsed import Step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

NEAR = 0.62  # from this likeness on two words are shown as near in meaning
MOST_WORDS = 3
# Words that two steps may share without doing the same work, as stems.
_LITTLE = {
    "fr": "avons avez ont après avant puis afin chaque tout tous toute toutes même madame monsieur bonjour deux trois"
    " être fait faire sans sous entre aussi encore lors selon cela celui celle",
    "en": "have has had after before then each every all same dear hello two three make without between also them they",
    "es": "hemos tiene después antes luego cada todo todos toda todas mismo señora señor hola dos tres hacer sin entre",
}
SAYS_LITTLE = frozenset(stem(word, lang) for lang, words in _LITTLE.items() for word in words_in(words))


def label_of(bags: Bags, likely: "Matrix", group: Sequence[int], columns: Sequence[Column]) -> str:
    """The title of the step that is most like the others of its phase; of equals the shortest."""
    best = min(group, key=lambda place: (-round(sum(float(likely[place, other]) for other in group), 6), place))
    titles = {place: _step(bags, place, columns).title for place in group}
    return shown(titles[best]) or next((shown(title) for title in titles.values() if title), _("Untitled step"))


def explain(bags: Bags, likely: "Matrix", group: Sequence[int], columns: Sequence[Column]) -> tuple[str, float]:
    """One sentence that says what links the steps of a phase, and a confidence from 0 to 1."""
    pairs = [
        float(likely[one, other])
        for one in group
        for other in group
        if one < other and bags.steps[one].column != bags.steps[other].column
    ]
    if not pairs and any(len(bags.answers[bags.steps[place].column]) > 1 for place in group):
        return _("These answers are the same here, word for word."), 1.0
    if not pairs:
        nearest = max((float(value) for place in group for value in likely[place]), default=0.0)
        return _("No step of the other answers does this work."), round(1 - nearest, 2)
    return _reasons(bags, group, columns), round(sum(pairs) / len(pairs), 2)


def _reasons(bags: Bags, group: Sequence[int], columns: Sequence[Column]) -> str:
    steps = [bags.steps[place] for place in group]
    surface = _surfaces(_step(bags, place, columns) for place in group)
    common = _common(bags, steps)
    near = _near(steps)
    if common:
        words = ", ".join(_quoted(surface.get(stem, stem)) for stem in common)
        said = _("These steps share the words {words}.", words=words)
    elif near:
        said = _("These steps say the same work in other words.")
    else:
        said = _("These steps stand at the same point of the process, between steps that match.")
    if near:
        one, other = (_quoted(surface.get(stem, stem)) for stem in near)
        said += _(" {one} and {other} are near in meaning.", one=one, other=other)
    return said


def _quoted(word: str) -> str:
    return _("“{word}”", word=word)


def _common(bags: Bags, steps: Sequence[Bag]) -> list[str]:
    """The stems that at least two answers use here, and that the rest of the table uses least; titles first."""
    here: Counter[str] = Counter()
    in_titles: Counter[str] = Counter()
    for column in {step.column for step in steps}:
        of_column = [step for step in steps if step.column == column]
        here.update({stem for step in of_column for stem in (*step.title, *step.body)})
        in_titles.update({stem for step in of_column for stem in step.title})
    everywhere = Counter(stem for step in bags.steps for stem in {*step.title, *step.body})
    most = max(3, len(bags.steps) // 2)
    telling = [stem for stem in here if in_titles[stem] or (len(stem) > 3 and stem not in SAYS_LITTLE)]
    shared = [stem for stem in telling if here[stem] > 1 and everywhere[stem] <= most]
    rank = {stem: (here[stem] + in_titles[stem]) / everywhere[stem] for stem in shared}
    return sorted(shared, key=lambda stem: (-round(rank[stem], 6), -in_titles[stem], stem))[:MOST_WORDS]


def _near(steps: Sequence[Bag]) -> tuple[str, str] | None:
    """Two title words of different answers that are not the same but near in meaning: the nearest, the first of equals.

    Words that are written alike are shared rather than near.
    """
    import numpy as np

    table = word_vectors()
    words = sorted({(step.column, step.language, stem) for step in steps for stem in step.title})
    if len(words) < 2:
        return None
    vectors = np.array([table[language, stem] for _column, language, stem in words])
    sizes = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = vectors / np.where(sizes == 0, 1, sizes)
    owner, stems = (np.array([word[at] for word in words]) for at in (0, 2))
    apart = (owner[:, None] < owner[None, :]) & (stems[:, None] != stems[None, :])
    likeness = np.where(apart, np.round(units @ units.T, 6), -1.0)
    one, other = divmod(int(likeness.argmax()), len(words))
    return (words[one][2], words[other][2]) if likeness[one, other] > NEAR else None


def _surfaces(steps: Iterable[Step]) -> dict[str, str]:
    """For each stem the form of the word that stands in the steps, the most usual one."""
    forms: Counter[str] = Counter()
    for step in steps:
        forms.update(words_in(step.title))
        for text in item_texts(step):
            forms.update(words_in(text))
    found: dict[str, str] = {}
    for word, _count in sorted(forms.items(), key=lambda entry: (-entry[1], entry[0])):
        for language in ("fr", "en", "es"):
            found.setdefault(stem(word, language), word)
    return found


def _step(bags: Bags, place: int, columns: Sequence[Column]) -> Step:
    bag = bags.steps[place]
    return columns[bags.answers[bag.column][0]].answer.steps[bag.rank]
