"""Says how well the heads of a trained trunk tell genre, mood, tempo, density and drums of rendered pieces.

    python -m lab.ear.labels --corpus FOLDER... --work FOLDER \\
        --checkpoint held.pt --hold-out-fonts N

Asked are the pieces that only the sounds held out lead; which of these heads a user may be shown stands in the card.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bgm_finder.training import rendered
from bgm_finder.training.metrics import retrieval
from lab.ear.tasks import Tasks, trained_tasks
from lab.material.window_pool import WindowPool

NEAR_TEMPO = 0.08
"""How far a tempo may be off, as a part of it, to count as told."""
_TEMPO, _DENSITY, _DRUMS = range(3)


def main() -> None:
    args = _parser().parse_args()
    torch.set_num_threads(1)
    family = rendered.FONT_FAMILIES[args.hold_out_fonts]
    renders = [piece for folder in args.corpus for piece in rendered.read_corpus(folder) if piece.fonts <= family]
    said = told(
        trained_tasks(args.checkpoint).eval(),
        WindowPool([piece.path for piece in renders], args.work / "store"),
    )
    print(json.dumps(measured(said, rendered.targets(renders)), default=str, indent=1))


def told(tasks: Tasks, pool: WindowPool) -> dict[str, NDArray[np.float64]]:
    """Return what each head says of each piece, the mean over its windows, (pieces, numbers)."""
    places = pool.grid(range(len(pool.tracks)))
    owners = np.array([place.track for place in places])
    said: dict[str, list[NDArray[np.float32]]] = {"genre": [], "mood": [], "measures": []}
    with torch.inference_mode():
        for windows in pool.batches(places):
            hidden = tasks.joined(*windows.units())[:, -tasks.genre.in_features :]
            for name, numbers in said.items():
                numbers.append(getattr(tasks, name)(hidden).numpy())
    counts = np.bincount(owners)[:, None]
    sums = {name: np.zeros((len(counts), numbers[0].shape[1])) for name, numbers in said.items()}
    for name, numbers in said.items():
        np.add.at(sums[name], owners, np.concatenate(numbers))
    return {name: numbers / counts for name, numbers in sums.items()}


def measured(said: dict[str, NDArray[np.float64]], truth: rendered.Targets) -> dict[str, object]:
    """Return how often each is told rightly, and how often it would be by always saying the most frequent."""
    measures = truth.measures.numpy()
    octaves_off = said["measures"][:, _TEMPO] - measures[:, _TEMPO]
    folded = octaves_off - np.round(octaves_off)
    near = np.log2(1 + NEAR_TEMPO)
    return {
        "pieces": len(measures),
        **_classes("genre", said["genre"].argmax(axis=1), truth.genre.numpy()),
        **_classes("mood", said["mood"].argmax(axis=1), truth.mood.numpy()),
        **_classes("drums", said["measures"][:, _DRUMS] > 0.5, measures[:, _DRUMS] > 0.5),
        "tempo within 8%": _share(np.abs(octaves_off) < near),
        "tempo within 8%, octaves aside": _share(np.abs(folded) < near),
        "density, correlation": round(
            float(np.corrcoef(said["measures"][:, _DENSITY], measures[:, _DENSITY])[0, 1]), 3
        ),
    }


def _classes(name: str, said: NDArray[np.generic], truth: NDArray[np.generic]) -> dict[str, object]:
    _, counts = np.unique(truth, return_counts=True)
    return {name: _share(said == truth), f"{name}, most frequent": round(float(counts.max() / counts.sum()), 3)}


def _share(right: NDArray[np.bool_]) -> retrieval.Metric:
    return retrieval.mean_of(right, np.arange(len(right)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="folders of rendered music")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True, help="of ear.train, with the same sounds held out")
    parser.add_argument("--hold-out-fonts", type=int, required=True, help="family of sounds that was not learned from")
    return parser


if __name__ == "__main__":
    main()
