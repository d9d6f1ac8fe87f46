"""How well the classes of pieces are told: accuracy, recalls, confusion, and how far the shares said are true."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bgm_finder.training import charts
from bgm_finder.training.metrics import retrieval

STEPS = 10
"""Of equal width, that the shares said are sorted into to see how often they are right."""


def recognised(shares: NDArray[np.floating], truth: NDArray[np.int64], classes: Sequence[str]) -> dict[str, object]:
    """Return accuracy with its interval, recalls, confusion (rows: truth), and how reliable the shares are.

    Shares are (pieces, classes), truth holds the numbers of the classes.
    """
    said = shares.argmax(axis=1)
    counts = charts.confusion(truth, said, len(classes))
    recalls = np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
    return {
        "pieces": len(truth),
        "accuracy": retrieval.mean_of(said == truth, np.arange(len(said))),
        **{f"recall {name}": round(float(recall), 3) for name, recall in zip(classes, recalls, strict=True)},
        "confusion": counts.tolist(),
        **reliability(shares.max(axis=1), said == truth),
    }


def reliability(said: NDArray[np.floating], right: NDArray[np.bool_]) -> dict[str, object]:
    """Return how far the shares said lie from how often they are right, in the mean and by steps of what was said."""
    step = np.minimum((said * STEPS).astype(int), STEPS - 1)
    counts = np.bincount(step, minlength=STEPS)
    means, rights = (np.bincount(step, v, STEPS) / np.maximum(counts, 1) for v in (said, right.astype(float)))
    rows = [f"{mean:.2f}: {share:.2f} ({n})" for mean, share, n in zip(means, rights, counts, strict=True) if n]
    error = float((counts * np.abs(means - rights)).sum() / counts.sum())
    return {"calibration error": round(error, 3), "said: right (pieces)": ", ".join(rows)}


def best_temperature(shares: NDArray[np.floating], truth: NDArray[np.integer]) -> float:
    """Return the power's inverse that makes the true classes likeliest."""
    logs = np.log(shares + 1e-9)

    def surprise(temperature: float) -> float:
        scaled = logs / temperature
        chances = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -float(chances[np.arange(len(truth)), truth].mean())

    return float(min(np.round(np.arange(0.5, 3.01, 0.05), 2), key=surprise))
