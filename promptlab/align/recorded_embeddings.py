"""The alignment that a server's embeddings give: near vectors of different answers make a phase."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from promptlab.align.cluster import clusters
from promptlab.align.recorded import answers_of
from promptlab.align.recorded_model import different, step_text
from promptlab.ask.structured import StructuredSource
from promptlab.errors import AskFailed
from promptlab.messages import _
from promptlab.model.alignment import SavedAlignment, SavedPhase, StepRef, fingerprint
from promptlab.model.comparison import Column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

THRESHOLD = 0.35  # of the mean link, vectors centred, places included
PLACE = 0.35  # what being at the same point of the process adds
SAME_ANSWER = 0.10  # two steps of one answer share a phase only where much links both to another's


def align_by_embeddings(columns: Sequence[Column], source: StructuredSource) -> SavedAlignment:
    """The phases that the embeddings of `source` give. Raises what `source` raises; AskFailed for no steps at all."""
    columns = different(columns)
    texts = [step_text(step) for column in columns for step in column.answer.steps]
    if not texts:
        raise AskFailed(_("There is no step to send: nothing was asked."))
    embedded = source.embed(texts)
    return SavedAlignment(
        by="embeddings",
        answers=answers_of(columns),
        phases=phases_near(columns, embedded.vectors),
        provenance=embedded.provenance,
    ).sealed()


def phases_near(columns: Sequence[Column], vectors: Sequence[Sequence[float]]) -> tuple[SavedPhase, ...]:
    """The phases of the steps of `columns`, whose vectors come in the order of the columns, in process order."""
    import numpy as np

    owner = np.array([place for place, column in enumerate(columns) for _step in column.answer.steps])
    refs = [
        StepRef(fingerprint(column.answer), step.rank, step.title) for column in columns for step in column.answer.steps
    ]
    lengths = [len(column.answer.steps) for column in columns]
    at = np.array([(ref.rank - 0.5) / lengths[place] for ref, place in zip(refs, owner.tolist(), strict=True)])
    links = _links(np.array(vectors, dtype=float), at, owner)
    groups = clusters(links, threshold=THRESHOLD)
    parted = [part for group in groups for part in ([group] if len({*owner[group]}) > 1 else [[one] for one in group])]
    parted.sort(key=lambda group: (round(float(at[group].mean()), 9), group))
    return tuple(_phase([refs[place] for place in group], links[np.ix_(group, group)]) for group in parted)


def _links(vectors: "Matrix", at: "Matrix", owner: "Matrix") -> "Matrix":
    """How strongly each two steps are linked. What all texts share is taken off the vectors: it is the subject."""
    import numpy as np

    centred = vectors - vectors.mean(0)
    sizes = np.linalg.norm(centred, axis=1, keepdims=True)
    units = centred / np.where(sizes == 0, 1, sizes)
    links = np.round(units @ units.T + PLACE * (1 - 2 * np.abs(at[:, None] - at[None, :])), 6)
    return np.asarray(np.where(owner[:, None] == owner[None, :], SAME_ANSWER, links), dtype=np.float64)


def _phase(refs: Sequence[StepRef], links: "Matrix") -> SavedPhase:
    if len(refs) == 1:
        return SavedPhase(refs[0].title, tuple(refs), _("No step of the other answers does this work."))
    central = int(links.sum(0).argmax())
    mean = (links.sum() - links.trace()) / (len(refs) * (len(refs) - 1))
    sure = round(float(min(1.0, max(0.0, mean))), 2)
    return SavedPhase(refs[central].title, tuple(refs), _("The embeddings of these steps lie close together."), sure)
