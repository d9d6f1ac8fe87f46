"""What the instrument head learns from: each rendered window as the trunk sees it, clean, augmented and in company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bgm_finder.similarity.network import EAR_HIDDEN, Ear
from lab.ear.augment import Augmenter, Windows, with_company
from lab.material.window_pool import Place, WindowPool

_IN_COMPANY = 0.7
"""How many windows of every second copy have company mixed under them."""
_COMPANY_DB = (-14.0, 0.0)
_SILENCE_DB = -120.0
_BATCH = 128


@dataclass(frozen=True, slots=True)
class Views:
    """The trunk's views of all windows in half precision; the first copy is clean and stands on the grid."""

    hidden: NDArray[np.float16]
    """(copies, windows, EAR_HIDDEN)"""
    middle: NDArray[np.float16]
    """(copies, windows, channels, rows, columns)"""
    owners: NDArray[np.int64]
    """Which piece each window is of."""

    def of(self, copies: NDArray[np.int64], windows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Return the views of some windows, each in one of its copies."""
        hidden, middle = self.hidden[copies, windows], self.middle[copies, windows]
        return torch.from_numpy(hidden).float(), torch.from_numpy(middle).float()


def look(
    network: Ear,
    pool: WindowPool,
    company: WindowPool | None,
    augment: Augmenter,
    copies: int,
    rng: np.random.Generator,
) -> Views:
    """Show the trunk every window clean once and augmented so many times, from another place of its piece each."""
    grid = pool.grid(range(len(pool.tracks)))
    hidden, middle = [], []
    for copy in range(copies + 1):
        places = [pool.anywhere(place.track, rng) for place in grid] if copy else grid
        for windows in _augmented(pool, places, company if copy % 2 == 0 else None, augment if copy else None, rng):
            with torch.inference_mode():
                joined, seen = network.views(*windows.units())
            hidden.append(joined[:, -EAR_HIDDEN:].half().numpy())
            middle.append(seen.half().numpy())
    owners = np.array([place.track for place in grid])
    shape = (copies + 1, len(grid))
    return Views(_stacked(hidden, shape), _stacked(middle, shape), owners)


def _augmented(
    pool: WindowPool,
    places: Sequence[Place],
    company: WindowPool | None,
    augment: Augmenter | None,
    rng: np.random.Generator,
) -> Iterator[Windows]:
    for windows in pool.batches(places, _BATCH):
        if augment is None:
            yield windows
        elif company is None:
            yield augment(windows)
        else:
            yield augment(_accompanied(windows, company, rng))


def _accompanied(windows: Windows, company: WindowPool, rng: np.random.Generator) -> Windows:
    count = len(windows.mel)
    tracks = rng.integers(len(company.tracks), size=count)
    loud_db = np.where(rng.random(count) < _IN_COMPANY, rng.uniform(*_COMPANY_DB, count), _SILENCE_DB)
    others = company.cut([company.anywhere(int(track), rng) for track in tracks])
    return with_company(windows, others, torch.from_numpy(loud_db).float())


def _stacked(batches: list[NDArray[np.float16]], shape: tuple[int, int]) -> NDArray[np.float16]:
    """Join batches into (copies, windows, ...), giving each one's memory back as it goes."""
    out = np.empty((shape[0] * shape[1], *batches[0].shape[1:]), np.float16)
    place = 0
    while batches:
        batch = batches.pop(0)
        out[place : place + len(batch)] = batch
        place += len(batch)
    return out.reshape(*shape, *out.shape[1:])
