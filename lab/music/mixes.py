"""Mixes stretches of real music and bands two by two: sounds without end that only a teacher can tell anything about.

    python -m lab.music.mixes --bench FOLDER --music FOLDER --bands FOLDER --count 4000 --output FOLDER

With --changed, some stretches also go through amplifiers, rooms and filters, or leave only their drums or their tones.

A student that sees many inputs beside its teacher's answers comes closer to it than by labels alone, above all with
mixed ones (Beyer and others, "Knowledge distillation: A good teacher is patient and consistent", 2022).
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from lab.material.real_music import held_out_tracks, open_half
from lab.music import changes
from lab.music.corpus import LABELS, NONE, RATE_HZ, finished_in

Floats = NDArray[np.float32]

SECONDS = 8.0
_HALVES = ((0, 3), (1, 2))
"""Folds whose packages are mixed with each other, so that half of the mixes stay when some are held out."""
_ALONE, _BAND, _SHIFTED = 0.3, 0.25, 0.6
"""How often a stretch stays alone, a source is a band, and a source is played faster or slower."""
_OCTAVES = 0.35
"""How much faster or slower at most; pitch and tempo move together."""
_LEVEL_DB = 5.0


@dataclass(frozen=True, slots=True)
class Source:
    """A file that stretches are taken from, and what it must be left out with."""

    path: Path
    packages: tuple[str, ...]
    fonts: tuple[str, ...]


def mixed(parts: list[Floats], rng: np.random.Generator) -> Floats:
    """Return the parts over each other, each (n,), the later ones somewhat louder or softer than the first."""
    levels = [1.0, *(10 ** (rng.normal(0, _LEVEL_DB) / 20) for _ in parts[1:])]
    loudness = [max(float(np.sqrt(np.mean(part**2))), 1e-4) for part in parts]
    total = np.sum([level / size * part for part, level, size in zip(parts, levels, loudness, strict=True)], axis=0)
    return np.asarray(0.8 * total / max(float(np.abs(total).max()), 1e-9), np.float32)


def stretch(path: Path, rng: np.random.Generator) -> Floats:
    """Return SECONDS from anywhere in a file, mono, (n,) at RATE_HZ, perhaps faster or slower; a short one repeats."""
    speed = 2.0 ** rng.uniform(-_OCTAVES, _OCTAVES) if rng.random() < _SHIFTED else 1.0
    with soundfile.SoundFile(path) as file:
        wanted = int(SECONDS * speed * file.samplerate)
        file.seek(int(rng.integers(max(1, file.frames - wanted + 1))))
        samples = file.read(wanted, dtype="float32", always_2d=True).mean(axis=1)
        played = soxr.resample(samples, file.samplerate * speed, RATE_HZ)
    return np.asarray(np.resize(played, int(SECONDS * RATE_HZ)), np.float32)


def render(
    seed: int, halves: list[list[Source]], bands: list[Source], output: Path, share_changed: float = 0.0
) -> dict[str, object]:
    """Make the seed's mix in the folder and return its row."""
    rng = np.random.default_rng(seed)
    real = halves[seed % len(halves)]
    count = 1 if rng.random() < _ALONE else 2
    kinds = [bands if bands and rng.random() < _BAND else real for _ in range(count)]
    drawn = [kind[int(rng.integers(len(kind)))] for kind in kinds]
    name = f"{seed:06d}.flac"
    parts = [stretch(source.path, rng) for source in drawn]
    if share_changed:
        parts = [changes.changed(part, RATE_HZ, rng) if rng.random() < share_changed else part for part in parts]
    sound = mixed(parts, rng)
    soundfile.write(output / name, sound, RATE_HZ, format="FLAC", subtype="PCM_16")
    fonts, packages = ({*sum((getattr(source, what) for source in drawn), ())} for what in ("fonts", "packages"))
    row = {"file": name, "main_instrument": NONE, "fonts": sorted(fonts), "packages": sorted(packages)}
    return {**row, "seed": seed, "duration_s": SECONDS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--bands", type=Path, nargs="*", default=[])
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True, help="folder for the FLAC files and labels.jsonl")
    parser.add_argument("--changed", type=float, default=0.0, help="share of the stretches that are changed")
    parser.add_argument("--seed", type=int, default=2_000_001, help="number of the first mix")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    tracks = open_half(args.bench, args.music)
    halves = [
        [Source(tracks[n].path, (tracks[n].package,), ()) for n in sorted(held_out_tracks(tracks, list(folds)))]
        for folds in _HALVES
    ]
    bands = [source for folder in args.bands for source in _bands(folder)]
    done = finished_in(args.output)
    with (args.output / LABELS).open("a", encoding="utf-8") as listing:
        for seed in range(args.seed, args.seed + args.count):
            if seed not in done:
                listing.write(json.dumps(render(seed, halves, bands, args.output, args.changed)) + "\n")
                listing.flush()


def _bands(folder: Path) -> list[Source]:
    rows = [json.loads(line) for line in (folder / LABELS).read_text(encoding="utf-8").splitlines()]
    return [Source(folder / row["file"], (), tuple(row["fonts"])) for row in rows]


if __name__ == "__main__":
    main()
