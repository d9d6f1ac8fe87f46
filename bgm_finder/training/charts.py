"""Pictures of a training: its learning curve and its confusion matrix, as PNG."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from bgm_finder.drafts import draft_of
from bgm_finder.similarity.closeness import Borders, Compared
from bgm_finder.training.classifier import Epoch
from bgm_finder.training.metrics.closeness import Spread

Counts = NDArray[np.int64]

_FONTS = ("DejaVu Sans", "Noto Sans CJK JP", "IPAexGothic", "Hiragino Sans", "Yu Gothic", "Meiryo", "MS Gothic")
"""A letter comes from the first of these that is installed and has it."""
_LONGEST_NAME = 24
_LETTER_INCHES = 0.15
_MOST_INCHES = 100.0
"""Beyond 65,536 points no picture is drawn at all."""


def learning_curve(epochs: Sequence[Epoch], target: Path) -> None:
    """Draw loss and accuracy over the epochs, of what was learned and of what was held out."""
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    numbers = [epoch.number for epoch in epochs]
    for axes, name in zip(figure.subplots(1, 2), ("loss", "accuracy"), strict=True):
        axes.plot(numbers, [getattr(epoch, f"train_{name}") for epoch in epochs], label="learned")
        axes.plot(numbers, [getattr(epoch, f"held_out_{name}") for epoch in epochs], label="held out")
        axes.set_xlabel("epoch")
        axes.set_ylabel(name)
        axes.legend()
    _save(figure, target)


def closeness(found: Mapping[Compared, Spread], borders: Mapping[Compared, Borders], target: Path) -> None:
    """Draw, for each kind of pairs, the share that scores as high or higher, and the borders between the words."""
    figure = Figure(figsize=(9, 3.4), layout="constrained")
    for axes, (compared, spread) in zip(figure.subplots(1, len(found), sharey=True), found.items(), strict=True):
        for kind, scores in spread.items():
            axes.plot(np.sort(scores), np.linspace(100, 0, len(scores)), label=kind, linewidth=1)
        for border in (borders[compared].related, borders[compared].close, borders[compared].very_close):
            axes.axvline(border, color="0.6", linewidth=0.7)
        axes.set_title(compared, fontsize="medium")
        axes.set_xlabel("cosine")
        axes.set_xlim(-0.1, 1.0)
    figure.axes[0].set_ylabel("% of the pairs that score so high")
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, fontsize="small")
    _save(figure, target)


def confusion(truth: NDArray[np.int64], said: NDArray[np.int64], classes: int) -> Counts:
    """Return how often each class (row) was taken for each (column)."""
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (truth, said), 1)
    return counts


def confusion_matrix(counts: Counts, classes: Sequence[str], target: Path) -> None:
    """Draw the counts as squares, darker where more."""
    names = [name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…" for name in classes]
    beside = _LETTER_INCHES * max(map(len, names))
    size = 1.0 + beside + len(classes), 0.7 + beside / 2 + 0.9 * len(classes)  # names below stand at a slant
    figure = Figure(figsize=(min(size[0], _MOST_INCHES), min(size[1], _MOST_INCHES)), layout="constrained")
    axes = figure.subplots()
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(counts.shape):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", color=colour)
    known = set(font_manager.get_font_names())
    fonts = [font for font in _FONTS if font in known]
    # a tag may hold two $, which would be read as a formula
    axes.set_xticks(range(len(classes)), names, rotation=30, ha="right", family=fonts, parse_math=False)
    axes.set_yticks(range(len(classes)), names, family=fonts, parse_math=False)
    axes.set_xlabel("heard as")
    axes.set_ylabel("is")
    _save(figure, target)


def _save(figure: Figure, target: Path) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # where no font has it, a box says as much
        with draft_of(target) as draft:
            FigureCanvasAgg(figure).print_png(draft)
