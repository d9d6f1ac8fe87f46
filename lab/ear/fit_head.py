"""Teaches a trained trunk to tell the main instrument, by a last stage and a head of their own; the trunk stands still.

    python -m lab.ear.fit_head --corpus FOLDER... --company FOLDER --work FOLDER --checkpoint ear.pt \\
        --output WORK/head.pt [--hold-out-fonts N]

With a family of sounds held out it also says how often pieces on those alone are heard rightly.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F  # noqa: N812 - the name that every torch text uses

from bgm_finder.similarity.network import Ear
from bgm_finder.training import rendered
from bgm_finder.training.metrics import recognition
from lab.ear.augment import Augmenter
from lab.ear.head_views import Views, look
from lab.ear.tasks import trained_tasks
from lab.material.speech import speak
from lab.material.window_pool import WindowPool, speech_windows

HEAD_PARTS = ("voices", "voice_balance", "classify")
"""The parts of the network that are learned here."""
_BATCH = 96
_LEARNING_RATE = 2e-3
_BY_SOURCE = 0.5
"""How much of a batch is drawn with every sound source equally likely, the rest with every piece."""
_COPIES = 4


def main() -> None:
    args = _parser().parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    store = args.work / "store"
    renders = [render for folder in args.corpus for render in rendered.read_corpus(folder)]
    pool = WindowPool([render.path for render in renders], store)
    company = WindowPool(rendered.read_company(args.company), store)
    augment = Augmenter(args.seed, speech_windows(WindowPool(speak(args.work / "speech"), store)))
    network = trained_trunk(args.checkpoint)
    views = look(network, pool, company, augment, _COPIES, np.random.default_rng(args.seed))
    unheard = rendered.family(args.hold_out_fonts)
    learned = np.array([not rendered.plays_any_of(render, unheard) for render in renders])
    fit(network, views, renders, learned, args.steps, args.seed)
    scale(network, args.temperature)
    torch.save(head_state(network), args.output)
    asked = np.array([render.fonts <= unheard for render in renders])
    if unheard and asked.any():
        shares = probabilities(network, views, asked)
        truth = np.array([rendered.MAIN.index(renders[number].main) for number in np.flatnonzero(asked)])
        told = recognition.recognised(shares, truth, rendered.MAIN)
        print(json.dumps({**told, "best temperature": recognition.best_temperature(shares, truth)}, default=str))


def trained_trunk(checkpoint: Path) -> Ear:
    """Return the network of a checkpoint of ear.train, its instrument stage begun from the trunk's last stage."""
    network = trained_tasks(checkpoint).network.eval()
    numbers = network.state_dict()
    with torch.no_grad():
        own = numbers["voices.0.weight"]
        own.copy_(numbers[f"stages.{len(network.stages) - 1}.0.weight"][: len(own)])
    return network


def fit(
    network: Ear, views: Views, renders: list[rendered.Render], learned: NDArray[np.bool_], steps: int, seed: int
) -> None:
    """Learn from the pieces marked; each batch has as many of every class, each window in any of its copies."""
    parts = [getattr(network, name) for name in HEAD_PARTS]
    numbers = [number for part in parts for number in part.parameters()]
    optimizer = torch.optim.AdamW(numbers, lr=_LEARNING_RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _LEARNING_RATE, total_steps=steps, pct_start=0.15)
    rng = np.random.default_rng(seed)
    draw = _Draw(views, renders, learned)
    truth = rendered.targets(renders).main
    for part in parts:
        part.train()
    for step in range(steps):
        windows = draw.windows(_BATCH, rng)
        scores = network.instruments(*views.of(rng.integers(len(views.hidden), size=len(windows)), windows))
        loss = F.cross_entropy(scores, truth[views.owners[windows]], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if (step + 1) % 100 == 0:
            print({"step": step + 1, "loss": round(loss.item(), 3)}, flush=True)
    network.eval()


class _Draw:
    """Draw windows so that no class and, half of the time, no sound source comes more often than another."""

    def __init__(self, views: Views, renders: list[rendered.Render], learned: NDArray[np.bool_]) -> None:
        self._windows: list[list[int]] = [[] for _ in renders]
        for window, owner in enumerate(views.owners):
            self._windows[owner].append(window)
        self._by_class: list[dict[str, list[int]]] = [{} for _ in rendered.MAIN]
        for number in np.flatnonzero(learned):
            render = renders[number]
            sources = self._by_class[rendered.MAIN.index(render.main)]
            sources.setdefault(min(render.fonts), []).append(int(number))

    def windows(self, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
        pieces = [self._piece(sources, rng) for sources in self._by_class for _ in range(count // len(self._by_class))]
        return np.array([rng.choice(self._windows[piece]) for piece in pieces])

    def _piece(self, sources: dict[str, list[int]], rng: np.random.Generator) -> int:
        if rng.random() < _BY_SOURCE:
            return int(rng.choice(sources[str(rng.choice(list(sources)))]))
        return int(rng.choice([number for numbers in sources.values() for number in numbers]))


def probabilities(network: Ear, views: Views, asked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the probabilities of the pieces asked for, the mean over their clean windows, (pieces, classes)."""
    sums = np.zeros((len(asked), len(rendered.MAIN)))
    windows = np.flatnonzero(asked[views.owners])
    with torch.inference_mode():
        for some in np.array_split(windows, max(1, len(windows) // 256)):
            shares = F.softmax(network.instruments(*views.of(np.zeros_like(some), some)), dim=1)
            np.add.at(sums, views.owners[some], shares.numpy())
    chosen = sums[asked]
    return np.asarray(chosen / chosen.sum(axis=1, keepdims=True))


def scale(network: Ear, temperature: float) -> None:
    """Divide the scores by a temperature, so that a probability is as often right as it says."""
    with torch.no_grad():
        for numbers in network.classify[-1].parameters():
            numbers.div_(temperature)


def head_state(network: Ear) -> dict[str, torch.Tensor]:
    """Return the numbers of the parts that were learned here, for ear.fit to put into the weights file."""
    return {name: tensor for name, tensor in network.state_dict().items() if name.split(".")[0] in HEAD_PARTS}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="folders of rendered music")
    parser.add_argument("--company", type=Path, required=True, help="folder of pieces without a main instrument")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True, help="of ear.train")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--temperature", type=float, default=1.0, help="found on sounds held out")
    parser.add_argument("--hold-out-fonts", type=int, help="family of sounds not to learn from")
    return parser


if __name__ == "__main__":
    main()
