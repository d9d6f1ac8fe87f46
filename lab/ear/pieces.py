"""What the ear learns from: real tracks, renders and bands, two windows of each, mixes, and what the teachers say."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from bgm_finder.training import rendered
from lab.ear.augment import Windows
from lab.material.real_music import RealTrack
from lab.material.speech import speak
from lab.material.window_pool import Place, WindowPool, speech_windows
from lab.teachers import teach
from lab.teachers.teach import Floats, TeacherTarget


@dataclass(slots=True)
class Music:
    """Everything that is learned from."""

    real: list[RealTrack]
    real_pool: WindowPool
    renders: list[rendered.Render]
    render_pool: WindowPool
    targets: rendered.Targets
    band_pool: WindowPool
    """Rendered pieces without labels."""
    mix_pool: WindowPool
    """Mixes of them and of real tracks: nothing to tell again, but much that the teachers say something of."""
    teacher_targets: dict[int, TeacherTarget]
    """What the teachers say, by piece: numbers of real, then of renders behind them, then of bands, then of mixes."""
    speech: Windows


@dataclass(slots=True)
class Pairs:
    """Two windows of each of some pieces, side by side."""

    windows: list[Windows] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    targets: list[Floats | None] = field(default_factory=list)
    """Of each window what the teachers made of it, if they heard it."""

    def add(self, pool: WindowPool, numbers: Sequence[int], first: int, music: Music, rng: np.random.Generator) -> None:
        """Add pieces of a pool, by their numbers there; first: the number of the pool's first piece among all."""
        places = []
        for number in numbers:
            places += [self._heard(pool, number, first, music, rng), pool.anywhere(number, rng)]
            self.targets.append(None)
            self.pieces += [first + number] * 2
        if places:
            self.windows.append(pool.cut(places))

    def add_mixes(self, numbers: Sequence[int], first: int, music: Music, rng: np.random.Generator) -> None:
        """Add one window of each of some mixes."""
        if numbers:
            places = [self._heard(music.mix_pool, number, first, music, rng) for number in numbers]
            self.windows.append(music.mix_pool.cut(places))

    def _heard(self, pool: WindowPool, number: int, first: int, music: Music, rng: np.random.Generator) -> Place:
        """Return a window that the teachers heard, noting what they said; any, where they heard none."""
        target = music.teacher_targets.get(first + number)
        heard = int(rng.integers(len(target.steps))) if target else 0
        self.targets.append(target.windows[heard] if target else None)
        return Place(number, int(target.steps[heard])) if target else pool.anywhere(number, rng)

    def together(self) -> Windows:
        """Return all windows in the order in which they were added."""
        return Windows(torch.cat([part.mel for part in self.windows]), torch.cat([part.notes for part in self.windows]))


def gather(real: list[RealTrack], learned: list[int], args: argparse.Namespace) -> Music:
    """Read all music into memory, making the pictures that are not in the store yet."""
    store = args.work / "store"
    renders = [render for folder in args.corpus for render in rendered.read_corpus(folder)]
    unheard = rendered.family(args.hold_out_fonts)
    renders = [render for render in renders if not rendered.plays_any_of(render, unheard)]
    unlearned = unheard | {track.package for number, track in enumerate(real) if number not in set(learned)}
    bands = rendered.read_unlabelled(args.bands, unheard)
    mixes = rendered.read_unlabelled(args.mixes, unlearned)
    paths = [track.path for track in real], [render.path for render in renders], bands, mixes
    return Music(
        real,
        WindowPool(paths[0], store),
        renders,
        WindowPool(paths[1], store),
        rendered.targets(renders),
        WindowPool(bands, store),
        WindowPool(mixes, store),
        teach.targets(args.work, [path for part in paths for path in part], learned),
        speech_windows(WindowPool(speak(args.work / "speech"), store)),
    )
