"""Fits an ear's last layer: one part tells the piece again, another what the teachers find alike.

What it is fitted on: windows of the real tracks, clean and augmented, and of rendered pieces that the teachers heard.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from bgm_finder.similarity.network import EAR_DIMENSIONS, EAR_HIDDEN, EAR_STYLE, Ear
from lab.ear import affine
from lab.ear.augment import Augmenter
from lab.material.window_pool import Place, WindowPool
from lab.teachers.teach import TeacherTarget

Floats = NDArray[np.float32]

RENDER_WEIGHT = 0.6
"""What a rendered piece or a mix counts beside a real track where the teachers' view is learned."""
HIDDEN_DOUBT = 0.3
"""In spreads of each hidden number: the hidden layer knows the tracks that it was trained on, and is shaken for it."""
CLEAN_WEIGHT = 3.0
"""What a clean window counts beside an augmented one where the teachers' view is learned: they heard clean ones."""
COPIES = 3
_REAL_WINDOWS, _RENDER_WINDOWS = 14, 3
"""Of one track at most."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Which pieces of a pool are fitted on, by their numbers there, and what the teachers made of some of them."""

    pool: WindowPool
    numbers: Sequence[int]
    targets: dict[int, TeacherTarget]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the last layer sees of windows: (windows, measures), (copies, windows, measures), whose they are."""

    clean: Floats
    augmented: Floats
    pieces: NDArray[np.integer]

    def flat(self) -> Floats:
        """Return clean rows, then those of the copies."""
        return np.concatenate([self.clean, *self.augmented])

    def owners(self) -> NDArray[np.integer]:
        return np.tile(self.pieces, len(self.augmented) + 1)

    def shaken(self, seed: int) -> "Heard":
        """Shake the hidden layer's numbers in all rows."""
        rng = np.random.default_rng(seed)
        spread = HIDDEN_DOUBT * self.flat()[:, -EAR_HIDDEN:].std(axis=0)

        def shake(values: Floats) -> Floats:
            noise = rng.standard_normal((*values.shape[:-1], EAR_HIDDEN), np.float32)
            hidden = values[..., -EAR_HIDDEN:] + spread * noise
            return np.concatenate([values[..., :-EAR_HIDDEN], hidden], axis=-1)

        return Heard(shake(self.clean), shake(self.augmented), self.pieces)


def fit(network: Ear, real: Pieces, renders: Pieces, augment: Augmenter) -> None:
    """Fit both parts of the network's last layer on the real tracks, the second on the rendered pieces too."""
    network.eval()
    tracks = _heard(network, real, augment, COPIES, _REAL_WINDOWS).shaken(0)
    targets = [_target_rows(tracks, real.targets, 1.0)]
    if renders.numbers:
        pieces = _heard(network, renders, augment, 1, _RENDER_WINDOWS).shaken(1)
        targets.append(_target_rows(pieces, renders.targets, RENDER_WEIGHT))
    again = affine.identity(tracks.clean, tracks.augmented, tracks.pieces, EAR_DIMENSIONS)
    style = affine.style(*(np.concatenate(rows) for rows in zip(*targets, strict=True)))
    parts = (
        affine.principal(again, tracks.flat(), EAR_DIMENSIONS - EAR_STYLE),
        affine.principal(style, tracks.flat(), EAR_STYLE),
    )
    with torch.no_grad():
        network.project.weight.copy_(torch.from_numpy(np.concatenate([part.turn for part in parts], axis=1).T))
        network.project.bias.copy_(torch.from_numpy(np.concatenate([-part.mean @ part.turn for part in parts])))


def _heard(network: Ear, pieces: Pieces, augment: Augmenter, copies: int, most: int) -> Heard:
    """Return windows of the pieces, each clean once and augmented so many times."""
    places = pieces.pool.grid(pieces.numbers, most)
    augmented = np.stack([_joined(network, pieces.pool, places, augment) for _ in range(copies)])
    clean = _joined(network, pieces.pool, places, None)
    return Heard(clean, augmented, np.array([place.track for place in places]))


def _target_rows(heard: Heard, targets: dict[int, TeacherTarget], weight: float) -> tuple[Floats, Floats, Floats]:
    """Return the rows of taught pieces, their targets, and weights that sum up alike for every piece."""
    owners = heard.owners()
    known = np.isin(owners, list(targets))
    counts = np.where(np.arange(len(owners)) < len(heard.clean), CLEAN_WEIGHT, 1.0)
    weights = weight * (counts / np.bincount(owners, counts)[owners])[known]
    return heard.flat()[known], np.stack([targets[int(n)].piece for n in owners[known]]), weights


def _joined(network: Ear, pool: WindowPool, places: Sequence[Place], augment: Augmenter | None) -> Floats:
    seen = []
    with torch.inference_mode():
        for windows in pool.batches(places):
            shown = augment(windows) if augment else windows
            seen.append(network.joined(*shown.units()).numpy())
    return np.concatenate(seen)
