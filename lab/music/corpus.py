"""Renders the labelled training corpus: python -m lab.music.corpus --hours 12 --output FOLDER."""

import argparse
import itertools
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import soundfile
from numpy.typing import NDArray

from bgm_finder.drafts import draft_of
from lab.music import render_effects as effects
from lab.music.compose import compose
from lab.music.compose_piece import MAIN_INSTRUMENTS, Piece, PieceSpec
from lab.music.mastering import mastered
from lab.music.perform import performed
from lab.music.render import mix_stems, render_part
from lab.music.render_fonts import installed_fonts
from lab.music.render_plugins import installed_banks
from lab.music.render_sounds import Sound, choose_sound

Floats = NDArray[np.float32]

RATE_HZ = 22_050
LABELS = "labels.jsonl"
NONE = "none"
"""The main instrument of what plays no main instrument."""
Labels: TypeAlias = dict[str, Any]
_Rendered: TypeAlias = tuple[Labels, float]
"""Labels and length of a piece."""
_LENGTHS_S = (12.0, 30.0)
_SAME_SOUND = 0.6
"""How often two parts of one instrument are played on the same one."""
_ALONE = 0.6
"""How often the main instrument plays without company: the training mixes other pieces' company under it."""
_EXCHANGED = 0.6
"""How often the main instrument plays what was written for any of the four."""
_SILENT_DB = -80.0
_TRIES = 12


class SilentPart(Exception):  # noqa: N818 - named as the fact it is
    """None of the sounds that were drawn can play the instrument."""

    def __init__(self, instrument: str, fonts: list[str]) -> None:
        super().__init__(f"no sound for {instrument} was found in {', '.join(fonts)}")
        self.instrument, self.fonts = instrument, fonts


def render_labelled(seed: int, fonts: list[str], lengths_s: tuple[float, float] = _LENGTHS_S) -> tuple[Floats, Labels]:
    """Return the mono sound of the seed's piece, float32, (n,), and its labels."""
    rng = np.random.default_rng(seed)
    company = () if rng.random() < _ALONE else None
    piece = compose(seed, PieceSpec(length_s=rng.uniform(*lengths_s), company=company))
    if rng.random() < _EXCHANGED:
        piece = exchanged(piece, str(rng.choice(MAIN_INSTRUMENTS)))
    piece = performed(_balanced(piece, rng), rng)
    sounds, stems = _render_parts(piece, fonts, rng)
    mix = mix_stems(piece, sounds, stems)
    return _released(mix.samples, piece, lengths_s[1], rng), _labels(seed, piece, sounds, mix.shares)


def render_company(seed: int, fonts: list[str], lengths_s: tuple[float, float] = _LENGTHS_S) -> tuple[Floats, Labels]:
    """Return the mono sound of the seed's piece without the four main instruments, and its labels, main: none."""
    rng = np.random.default_rng(seed)
    spec = PieceSpec(length_s=rng.uniform(*lengths_s))
    bands = (_without_main(compose(seed * _TRIES + another, spec)) for another in range(_TRIES))
    piece = next(piece for piece in bands if piece.parts)
    sounds, stems = _render_parts(piece, fonts, rng)
    mix = mix_stems(piece, sounds, stems)
    return _released(mix.samples, piece, lengths_s[1], rng), _labels(seed, piece, sounds, mix.shares)


def _without_main(piece: Piece) -> Piece:
    parts = tuple(part for part in piece.parts if part.instrument not in MAIN_INSTRUMENTS)
    return replace(piece, main_instrument=NONE, parts=parts)


def excerpt_of(sound: Floats, longest_s: float) -> Floats:
    """Return the first channel, (n,), of (channels, n), cut to the length."""
    return sound[0, : int(longest_s * RATE_HZ)]


def _released(mixed: Floats, piece: Piece, longest_s: float, rng: np.random.Generator) -> Floats:
    beat_s = 60 / piece.tempo_bpm if piece.genre == "techno" else None
    return excerpt_of(mastered(mixed, beat_s, RATE_HZ, rng), min(piece.length_s + 1.5, longest_s))


def exchanged(piece: Piece, other: str) -> Piece:
    """Return the piece with the other instrument in the place of its main one, and the main one in the other's.

    What is played no longer tells who plays it: another composer may give a piano what ours gives a guitar.
    """
    places = {piece.main_instrument: other, other: piece.main_instrument}
    parts = tuple(replace(part, instrument=places.get(part.instrument, part.instrument)) for part in piece.parts)
    return replace(piece, main_instrument=other, parts=parts)


def _balanced(piece: Piece, rng: np.random.Generator) -> Piece:
    """Return the piece with its company louder or softer: not every mix puts its main instrument in input_spec."""
    shift_db = rng.uniform(-6, 3)
    parts = (
        part if part.instrument == piece.main_instrument else replace(part, level_db=part.level_db + shift_db)
        for part in piece.parts
    )
    return replace(piece, parts=tuple(parts))


def _render_parts(piece: Piece, fonts: list[str], rng: np.random.Generator) -> tuple[list[Sound], list[Floats]]:
    """Draw and render a sound for each part; one that a font leaves silent is drawn anew."""
    sounds: list[Sound] = []
    stems: list[Floats] = []
    taken: dict[str, Sound] = {}
    for part in piece.parts:
        sound = taken.get(part.instrument) if rng.random() < _SAME_SOUND else None
        for _ in range(_TRIES):
            sound = sound or choose_sound(part, fonts, rng)
            stem = render_part(part, sound, RATE_HZ, channels=1)
            if effects.level_db(stem) > _SILENT_DB:
                break
            sound = None
        else:
            raise SilentPart(part.instrument, fonts)
        taken[part.instrument] = sound
        sounds.append(sound)
        stems.append(stem)
    return sounds, stems


def _sources(sound: Sound) -> set[str]:
    return {sound.source} | ({sound.layer.source} if sound.layer else set())


def _labels(seed: int, piece: Piece, sounds: list[Sound], shares: dict[str, float]) -> Labels:
    main_sounds = [s for p, s in zip(piece.parts, sounds, strict=True) if p.instrument == piece.main_instrument]
    return {
        "file": f"{seed:06d}.flac",
        "main_instrument": piece.main_instrument,
        "instruments": shares,
        "genre": piece.genre,
        "mood": piece.mood,
        "tempo_bpm": piece.tempo_bpm,
        "key": piece.key,
        "density": piece.density,
        "drums": piece.has_drums,
        "fonts": sorted({source for sound in sounds for source in _sources(sound)}),
        "main_fonts": sorted({source for sound in main_sounds for source in _sources(sound)}),
        "seed": seed,
    }


def _render_to(
    folder: Path, fonts: list[str], lengths_s: tuple[float, float], is_company: bool, seed: int
) -> _Rendered:
    samples, labels = (render_company if is_company else render_labelled)(seed, fonts, lengths_s)
    target = folder / labels["file"]
    with draft_of(target) as draft:
        soundfile.write(draft, samples, RATE_HZ, format="FLAC", subtype="PCM_16")
    labels["duration_s"] = round(len(samples) / RATE_HZ, 3)
    return labels, labels["duration_s"]


def finished_in(folder: Path) -> dict[int, float]:
    """Return seed and length of every piece that an earlier run finished."""
    listing = folder / LABELS
    if not listing.exists():
        return {}
    rows = [json.loads(line) for line in listing.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    return {row["seed"]: row["duration_s"] for row in rows if (folder / row["file"]).exists()}


def build_corpus(
    folder: Path,
    hours: float,
    seed: int,
    jobs: int,
    fonts: list[str],
    lengths_s: tuple[float, float] = _LENGTHS_S,
    is_company: bool = False,
) -> Iterator[float]:
    """Render until the folder holds so many hours; yield the hours it holds after each piece. Resumes."""
    folder.mkdir(parents=True, exist_ok=True)
    finished = finished_in(folder)
    held_s = sum(finished.values())
    waiting = (number for number in itertools.count(seed) if number not in finished)
    with (folder / LABELS).open("a", encoding="utf-8") as listing, ExitStack() as stack:
        # One job needs no second process, which a stop from outside would leave behind.
        spread: Callable[..., Iterator[_Rendered]] = map
        if jobs > 1:
            spread = stack.enter_context(ProcessPoolExecutor(jobs)).map
        while held_s < hours * 3600:
            batch = list(itertools.islice(waiting, jobs * 4))
            render = partial(_render_to, folder, fonts, lengths_s, is_company)
            for labels, length_s in spread(render, batch):
                listing.write(json.dumps(labels, ensure_ascii=False) + "\n")
                listing.flush()
                held_s += length_s
                yield held_s / 3600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, required=True, help="stop when the folder holds so much sound")
    parser.add_argument("--output", type=Path, required=True, help="folder for the FLAC files and labels.jsonl")
    parser.add_argument("--seed", type=int, default=1, help="number of the first piece")
    parser.add_argument("--jobs", type=int, default=1, help="processes that render at once")
    parser.add_argument("--seconds", type=float, nargs=2, default=_LENGTHS_S, help="shortest and longest piece")
    parser.add_argument("--company", action="store_true", help="only what plays along, to be mixed under other pieces")
    spec = parser.parse_args()
    fonts = installed_fonts() + installed_banks()
    print("fonts:", ", ".join(fonts), flush=True)
    lengths_s = (spec.seconds[0], spec.seconds[1])
    built = build_corpus(spec.output, spec.hours, spec.seed, spec.jobs, fonts, lengths_s, spec.company)
    for count, hours in enumerate(built, 1):
        if count % 100 == 0:
            print(f"{count} pieces, {hours:.2f} hours", flush=True)


if __name__ == "__main__":
    main()
