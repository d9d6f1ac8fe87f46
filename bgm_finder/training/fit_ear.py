"""Gives an ear its last layer: the turn that brings windows of one track together, clean and disturbed.

    python -m bgm_finder.training.fit_ear --bench FOLDER --music FOLDER --work FOLDER --checkpoint ear.pt \\
        --name ear-2 --output resources/weights/default.safetensors

Without a checkpoint the trunk keeps its random numbers: the row that every claim of training is measured against.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bgm_finder.similarity import patches
from bgm_finder.similarity.network import EAR_DIMENSIONS, EAR_HIDDEN, Ear
from bgm_finder.similarity.weights_file import WeightsFacts
from bgm_finder.training import affine, rendered
from bgm_finder.training.disturb import Disturber
from bgm_finder.training.ear_tasks import Tasks
from bgm_finder.training.export import write_weights
from bgm_finder.training.real_music import held_out_tracks, open_half
from bgm_finder.training.speech import speak
from bgm_finder.training.window_pool import Place, WindowPool, speech_windows

HIDDEN_DOUBT = 1.0
"""In spreads of each hidden number; chosen on packages that neither the trunk nor the fit had seen."""
_SETTLE_ON = 6
"""Windows of each track that the normalisations of a random trunk are set by."""


def main() -> None:
    arguments = _parser().parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    store = arguments.work / "store"
    tracks = open_half(arguments.bench, arguments.music)
    pool = WindowPool([track.path for track in tracks], store)
    disturb = Disturber(arguments.seed, speech_windows(WindowPool(speak(arguments.work / "speech"), store)))
    held_out = held_out_tracks(tracks, arguments.hold_out)
    learned = [number for number in range(len(tracks)) if number not in held_out]
    tasks = Tasks()
    if arguments.checkpoint is not None:
        tasks.load_state_dict(torch.load(arguments.checkpoint, weights_only=True)["tasks"])
    else:
        settle_levels(tasks.network, pool, pool.grid(learned, _SETTLE_ON), disturb)
    fit_projection(tasks.network, pool, learned, disturb)
    facts = WeightsFacts(arguments.name, "ear", patches.EAR, EAR_DIMENSIONS, rendered.MAIN)
    write_weights(arguments.output, tasks.network, facts)


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
    mean, turn = affine.fit(_doubted(np.concatenate(values)), owners, EAR_DIMENSIONS)
    with torch.no_grad():
        network.project.weight.copy_(torch.from_numpy(turn.T))
        network.project.bias.copy_(torch.from_numpy(-mean @ turn))


def _doubted(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shakes the hidden layer: it knows the tracks it was trained on, and would be trusted more than it deserves."""
    hidden = values[:, -EAR_HIDDEN:]
    noise = np.random.default_rng(0).standard_normal(hidden.shape, np.float32)
    return np.concatenate([values[:, :-EAR_HIDDEN], hidden + HIDDEN_DOUBT * hidden.std(axis=0) * noise], axis=1)


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bench", "music", "work", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, help="of train_ear")
    parser.add_argument("--name", required=True, help="stored with every vector")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out", type=int, nargs="*", default=[], help="folds of packages not to fit on")
    return parser


if __name__ == "__main__":
    main()
