"""Gives an ear its last layer: the turn that brings windows of one track together, clean and disturbed."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from bgm_finder.similarity.network import EAR_DIMENSIONS, Ear
from bgm_finder.training import affine
from bgm_finder.training.disturb import Disturber
from bgm_finder.training.window_pool import Place, WindowPool


def joined(network: Ear, pool: WindowPool, places: Sequence[Place], disturb: Disturber | None) -> NDArray[np.float32]:
    """Gives what the last layer sees of each window, (windows, measures)."""
    seen = []
    with torch.inference_mode():
        for windows in pool.batches(places):
            shown = disturb(windows) if disturb else windows
            seen.append(network.joined(*shown.units()).numpy())
    return np.concatenate(seen)


def fit_projection(network: Ear, pool: WindowPool, tracks: Sequence[int], disturb: Disturber, copies: int = 2) -> None:
    """Fits the network's last layer on the tracks, each window clean once and disturbed so many times."""
    network.eval()
    places = pool.grid(tracks)
    values = [joined(network, pool, places, None)]
    values += [joined(network, pool, places, disturb) for _ in range(copies)]
    owners = np.tile([place.track for place in places], copies + 1)
    mean, turn = affine.fit(np.concatenate(values), owners, EAR_DIMENSIONS)
    with torch.no_grad():
        network.project.weight.copy_(torch.from_numpy(turn.T))
        network.project.bias.copy_(torch.from_numpy(-mean @ turn))


def settle_levels(network: Ear, pool: WindowPool, places: Sequence[Place], disturb: Disturber) -> None:
    """Sets the running means and spreads of every normalisation from one pass over disturbed windows."""
    for layer in network.modules():
        if isinstance(layer, torch.nn.BatchNorm1d | torch.nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None  # a plain mean over all batches
    network.train()
    with torch.no_grad():
        for windows in pool.batches(places):
            network.joined(*disturb(windows).units())
    network.eval()
