"""Pictures of a training: its learning curve and its confusion matrix, as PNG."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from bgm_finder.training.classifier import Epoch

Counts = NDArray[np.int64]


def learning_curve(epochs: Sequence[Epoch], target: Path) -> None:
    """Draws loss and accuracy over the epochs, of what was learned and of what was held out."""
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    numbers = [epoch.number for epoch in epochs]
    for axes, name in zip(figure.subplots(1, 2), ("loss", "accuracy"), strict=True):
        axes.plot(numbers, [getattr(epoch, f"train_{name}") for epoch in epochs], label="learned")
        axes.plot(numbers, [getattr(epoch, f"held_out_{name}") for epoch in epochs], label="held out")
        axes.set_xlabel("epoch")
        axes.set_ylabel(name)
        axes.legend()
    _save(figure, target)


def confusion(truth: NDArray[np.int64], said: NDArray[np.int64], classes: int) -> Counts:
    """Gives how often each class (row) was taken for each (column)."""
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (truth, said), 1)
    return counts


def confusion_matrix(counts: Counts, classes: Sequence[str], target: Path) -> None:
    """Draws the counts as squares, darker where more."""
    figure = Figure(figsize=(1.6 + len(classes), 1.2 + 0.9 * len(classes)), layout="constrained")
    axes = figure.subplots()
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(counts.shape):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", color=colour)
    axes.set_xticks(range(len(classes)), classes, rotation=30, ha="right")
    axes.set_yticks(range(len(classes)), classes)
    axes.set_xlabel("heard as")
    axes.set_ylabel("is")
    _save(figure, target)


def _save(figure: Figure, target: Path) -> None:
    FigureCanvasAgg(figure).print_png(target)
