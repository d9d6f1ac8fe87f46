"""Trains the ear's trunk on real and rendered music; stops on Ctrl+C and goes on where it was.

python -m lab.ear.train --bench FOLDER --music FOLDER --corpus FOLDER --bands FOLDER --work FOLDER
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bgm_finder.drafts import draft_of
from lab.ear.augment import Augmenter
from lab.ear.pieces import Music, Pairs, gather
from lab.ear.tasks import WEIGHTS, Tasks, trained_tasks
from lab.material.real_music import held_out_tracks, open_half

REAL_TRACKS, RENDERS, BANDS, MIXES = 10, 5, 6, 76
"""Pieces in a batch. Each gives two windows, the first one that the teachers heard, where they did; a mix gives one."""
_WARM_UP = 100
_SAVE_EVERY = 100
_LEARNING_RATE = 1.5e-3


def main() -> None:
    args = _parser().parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    real = open_half(args.bench, args.music)
    held_out = held_out_tracks(real, args.hold_out)
    learned = [number for number in range(len(real)) if number not in held_out]
    tasks = trained_tasks(args.start) if args.start else Tasks()
    Training(tasks, gather(real, learned, args), learned, args).run()


class Training:
    """The loop: one batch a step, each drawn by its own seed, so that a resumed run sees what it would have seen."""

    def __init__(self, tasks: Tasks, music: Music, tracks: list[int], args: argparse.Namespace) -> None:
        tasks.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # a seventh faster
        self._tasks, self._music, self._arguments = tasks, music, args
        self._by_package: dict[str, list[int]] = {}
        for number in tracks:
            self._by_package.setdefault(music.real[number].package, []).append(number)
        self._tracks = tracks
        self._checkpoint: Path = args.work / f"{args.name}.pt"
        self._optimizer = torch.optim.AdamW(tasks.parameters(), lr=_LEARNING_RATE, weight_decay=0.02)
        self._step, self._spent_s = 0, 0.0

    def run(self) -> None:
        self._resume()
        self._tasks.train()
        began_s, spent_s = time.process_time(), self._spent_s
        try:
            while self._step < self._arguments.steps:
                losses = self._learn()
                self._step += 1
                self._spent_s = spent_s + time.process_time() - began_s
                if self._step % _SAVE_EVERY == 0:
                    self._save()
                if self._step % 20 == 0:
                    self._tell(losses)
        except KeyboardInterrupt:
            print("stopped; the same command goes on from here")
        self._save()

    def _learn(self) -> dict[str, float]:
        rng = np.random.default_rng((self._arguments.seed, self._step))
        for group in self._optimizer.param_groups:
            group["lr"] = _rate(self._step, self._arguments.steps)
        losses = self._losses(rng)
        total = torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum()
        self._optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._tasks.parameters(), 5.0)
        self._optimizer.step()
        return {name: loss.item() for name, loss in losses.items()}

    def _losses(self, rng: np.random.Generator) -> dict[str, Tensor]:
        music = self._music
        counts = len(music.real), len(music.renders), len(music.band_pool.tracks), len(music.mix_pool.tracks)
        labelled = _some(counts[1], RENDERS, rng)
        pairs = Pairs()
        pairs.add(music.render_pool, labelled, counts[0], music, rng)
        pairs.add(music.real_pool, self._real_tracks(rng), 0, music, rng)
        pairs.add(music.band_pool, _some(counts[2], BANDS, rng), counts[0] + counts[1], music, rng)
        pairs.add_mixes(_some(counts[3], MIXES, rng), sum(counts[:3]), music, rng)
        augment = Augmenter(int(rng.integers(1 << 31)), music.speech)
        joined = self._tasks.joined(*augment(pairs.together()).units())
        losses = {"same": self._tasks.same_track(joined[: len(pairs.pieces)], torch.tensor(pairs.pieces))}
        rows = torch.tensor(labelled).repeat_interleave(2)
        main, labels = self._tasks.labelled(joined[: len(rows)], music.targets, rows)
        losses |= {"main": main, "labels": labels}
        taught = [row for row, target in enumerate(pairs.targets) if target is not None]
        if taught:
            targets = torch.from_numpy(np.stack([target for target in pairs.targets if target is not None]))
            apart, relations = self._tasks.as_teacher(joined[torch.tensor(taught)], targets)
            losses |= {"teacher": apart, "relations": relations}
        return losses

    def _real_tracks(self, rng: np.random.Generator) -> list[int]:
        """Half of them from one package: the production must not be enough to tell them apart."""
        package = list(self._by_package)[int(rng.integers(len(self._by_package)))]
        near = self._by_package[package]
        chosen = [int(n) for n in rng.permutation(near)[: REAL_TRACKS // 2]]
        rest = [int(n) for n in rng.permutation(self._tracks) if int(n) not in chosen]
        return chosen + rest[: REAL_TRACKS - len(chosen)]

    def _tell(self, losses: dict[str, float]) -> None:
        line = {"step": self._step, "cpu_s": round(self._spent_s), **{k: round(v, 4) for k, v in losses.items()}}
        print(line, flush=True)

    def _save(self) -> None:
        state = {"tasks": self._tasks.state_dict(), "optimizer": self._optimizer.state_dict()}
        with draft_of(self._checkpoint) as draft:
            torch.save({**state, "step": self._step, "spent_s": self._spent_s}, draft)

    def _resume(self) -> None:
        if self._checkpoint.exists():
            held = torch.load(self._checkpoint, weights_only=True)
            self._tasks.load_state_dict(held["tasks"])
            self._optimizer.load_state_dict(held["optimizer"])
            self._step, self._spent_s = held["step"], held["spent_s"]


def _some(count: int, wanted: int, rng: np.random.Generator) -> list[int]:
    return [int(number) for number in rng.permutation(count)[:wanted]]


def _rate(step: int, steps: int) -> float:
    """Return the learning rate, which warms up, then falls as a cosine."""
    fall = 0.5 * (1.02 + math.cos(math.pi * min(1.0, step / steps)))
    return _LEARNING_RATE * min(1.0, (step + 1) / _WARM_UP) * fall


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("bench", "music", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="folders of rendered music")
    parser.add_argument("--bands", type=Path, nargs="*", default=[], help="folders of rendered music without labels")
    parser.add_argument("--mixes", type=Path, nargs="*", default=[], help="folders of mixes")
    parser.add_argument("--start", type=Path, help="checkpoint of an earlier training to begin with")
    parser.add_argument("--name", default="ear", help="of the checkpoint in the work folder")
    parser.add_argument("--steps", type=int, default=2500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out", type=int, nargs="*", default=[], help="folds of packages not to learn from")
    parser.add_argument("--hold-out-fonts", type=int, help="family of sounds not to learn from")
    return parser


if __name__ == "__main__":
    main()
