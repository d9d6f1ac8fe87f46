"""Return an ear its last layer and writes it as a weights file.

    python -m lab.ear.fit --bench FOLDER --music FOLDER --corpus FOLDER... --work FOLDER \\
        --checkpoint ear.pt --name ear-8 --output resources/weights/default.safetensors

Without a checkpoint the trunk keeps its random numbers: the row that every claim of training is measured against.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from bgm_finder.similarity import patches
from bgm_finder.similarity.network import EAR_DIMENSIONS, Ear
from bgm_finder.similarity.weights_file import WeightsFacts
from bgm_finder.training import rendered
from bgm_finder.training.export import write_weights
from lab.ear import last_layer
from lab.ear.augment import Augmenter
from lab.ear.tasks import Tasks, trained_tasks
from lab.material.real_music import held_out_tracks, open_half
from lab.material.speech import speak
from lab.material.window_pool import Place, WindowPool, speech_windows
from lab.teachers import teach

_SETTLE_ON = 6
"""Windows of each track that the normalisations of a random trunk are set by."""


def main() -> None:
    args = _parser().parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    store = args.work / "store"
    tracks = open_half(args.bench, args.music)
    pool = WindowPool([track.path for track in tracks], store)
    augment = Augmenter(args.seed, speech_windows(WindowPool(speak(args.work / "speech"), store)))
    held_out = held_out_tracks(tracks, args.hold_out)
    learned = [number for number in range(len(tracks)) if number not in held_out]
    network = Tasks().network
    if args.checkpoint is not None:
        network = trained_tasks(args.checkpoint).network
    else:
        settle_levels(network, pool, pool.grid(learned, _SETTLE_ON), augment)
    others = _others(args, {tracks[number].package for number in held_out})
    targets = teach.targets(args.work, [track.path for track in tracks] + others, learned)
    of_others = {number - len(tracks): target for number, target in targets.items() if number >= len(tracks)}
    other_pieces = last_layer.Pieces(WindowPool(others, store), list(of_others), of_others)
    last_layer.fit(network, last_layer.Pieces(pool, learned, targets), other_pieces, augment)
    if args.head is not None:
        network.load_state_dict(torch.load(args.head, weights_only=True), strict=False)
    facts = WeightsFacts(args.name, "ear", patches.EAR, EAR_DIMENSIONS, rendered.MAIN)
    write_weights(args.output, network, facts)


def settle_levels(network: Ear, pool: WindowPool, places: Sequence[Place], augment: Augmenter) -> None:
    """Set the running means and spreads of every normalisation from one pass over augmented windows."""
    for layer in network.modules():
        if isinstance(layer, torch.nn.BatchNorm1d | torch.nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None  # a plain mean over all batches
    network.train()
    with torch.no_grad():
        for windows in pool.batches(places):
            network.joined(*augment(windows).units())
    network.eval()


def _others(args: argparse.Namespace, packages: set[str]) -> list[Path]:
    """Return the rendered pieces, bands and mixes, without those of sounds or packages held out."""
    unheard = rendered.family(args.hold_out_fonts)
    renders = [render for folder in args.corpus for render in rendered.read_corpus(folder)]
    labelled = [render.path for render in renders if not rendered.plays_any_of(render, unheard)]
    return labelled + rendered.read_unlabelled([*args.bands, *args.mixes], unheard | packages)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bench", "music", "work", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="rendered music that the teachers heard")
    parser.add_argument("--bands", type=Path, nargs="*", default=[], help="the same, of music without labels")
    parser.add_argument("--mixes", type=Path, nargs="*", default=[], help="folders of mixes that the teachers heard")
    parser.add_argument("--checkpoint", type=Path, help="of ear.train")
    parser.add_argument("--head", type=Path, help="of fit_head: what tells the instruments")
    parser.add_argument("--name", required=True, help="stored with every vector")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out", type=int, nargs="*", default=[], help="folds of packages not to fit on")
    parser.add_argument("--hold-out-fonts", type=int, help="family of sounds not to fit on")
    return parser


if __name__ == "__main__":
    main()
