"""The instrument head's figures on sounds it never heard: accuracy, confusion, and how honest its probabilities are."""

import numpy as np
from numpy.typing import NDArray

from bgm_finder.training import charts, figures, rendered
from bgm_finder.training.head_views import Views

Floats = NDArray[np.float64]

_BINS = np.linspace(0.25, 1.0, 6)


def figures_of(
    probabilities: Floats, views: Views, renders: list[rendered.Render], asked: NDArray[np.bool_]
) -> dict[str, object]:
    """Gives accuracy with its interval, recalls, confusion (rows: truth) and calibration of the pieces asked for."""
    pieces = [render for render, is_asked in zip(renders, asked, strict=True) if is_asked]
    truth = np.array([rendered.MAIN.index(piece.main) for piece in pieces])
    said = probabilities.argmax(axis=1)
    counts = charts.confusion(truth, said, len(rendered.MAIN))
    right = said == truth
    return {
        "pieces": len(pieces),
        "accuracy": str(figures.paired_gain(right, np.zeros(len(right), bool), np.arange(len(right)))),
        "recalls": np.round(np.diag(counts) / np.maximum(counts.sum(axis=1), 1), 3).tolist(),
        "confusion": counts.tolist(),
        "calibration error": round(calibration_error(probabilities.max(axis=1), right), 3),
        "reliability": reliability(probabilities.max(axis=1), right),
        "best temperature": best_temperature(probabilities, truth),
    }


def reliability(confidence: Floats, right: NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    """Gives for each band of confidence: the mean confidence, the share that was right, how many."""
    bands = np.digitize(confidence, _BINS[1:-1])
    rows = [(confidence[bands == band], right[bands == band]) for band in range(len(_BINS) - 1)]
    return [(round(float(c.mean()), 3), round(float(r.mean()), 3), len(c)) for c, r in rows if len(c)]


def calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Gives the mean distance between confidence and share right, over the bands by their size."""
    return sum(abs(c - r) * n for c, r, n in reliability(confidence, right)) / len(right)


def best_temperature(probabilities: Floats, truth: NDArray[np.integer]) -> float:
    """Gives the power's inverse that makes the true classes likeliest."""
    logs = np.log(probabilities + 1e-9)

    def surprise(temperature: float) -> float:
        scaled = logs / temperature
        chances = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -float(chances[np.arange(len(truth)), truth].mean())

    return float(min(np.round(np.arange(0.5, 3.01, 0.05), 2), key=surprise))
