"""Make the demo library: python -m lab.music.demo_library --output resources/demo."""

import argparse
import csv
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from bgm_finder.audio.loudness import integrated_lufs
from lab.music import render_effects as effects
from lab.music.compose import compose
from lab.music.compose_piece import Piece
from lab.music.demo_sounds import demo_sound
from lab.music.demo_tracks import TRACKS, DemoTrack
from lab.music.render import mix_parts

Floats = NDArray[np.float32]

RATE_HZ = 44_100
LOUDNESS_LUFS = -16.0
TAG_LIST = "tags.csv"
_COLUMNS = ("file", "title", "comment", "use", "genre", "mood", "instrument", "tempo")
_QUALITY = 0.0
"""Vorbis quality, 0 to 1: 0 is about 64 kbit/s, so that the whole library fits in 8 MB."""
_FADE_OUT_S = 1.5
_LEAD_IN_S = 0.05
_SILENT = 10 ** (-60 / 20)


def render_track(track: DemoTrack) -> tuple[Piece, Floats]:
    """Return the notes and the finished sound, float32, (n, 2), of a demo track."""
    piece = compose(track.seed, track.spec)
    sounds = [demo_sound(part, piece, track.seed * 100 + number) for number, part in enumerate(piece.parts)]
    mix = mix_parts(piece, sounds, RATE_HZ, channels=2).samples
    if piece.genre == "techno":
        mix = effects.pumping(mix, 60 / piece.tempo_bpm, 0.25, RATE_HZ)
    mix = effects.band_pass(effects.set_level(mix, -18), 28, RATE_HZ * 0.48, RATE_HZ, 1)
    mix = effects.compressed(mix, -20, 2, RATE_HZ)
    return piece, _at_loudness(_trimmed(mix)).T


def _trimmed(sound: Floats) -> Floats:
    """Return the sound from just before its first note to the end of its tail, faded out."""
    heard = np.flatnonzero(np.abs(sound).max(axis=0) > _SILENT)
    start = max(0, int(heard[0]) - int(_LEAD_IN_S * RATE_HZ))
    sound = sound[:, start : heard[-1] + 1].copy()
    fade = int(_FADE_OUT_S * RATE_HZ)
    sound[:, -fade:] *= np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32)) ** 2
    sound[:, : int(_LEAD_IN_S * RATE_HZ / 5)] *= np.linspace(0, 1, int(_LEAD_IN_S * RATE_HZ / 5), dtype=np.float32)
    return sound


def _at_loudness(sound: Floats) -> Floats:
    """Return the sound at the loudness wanted, its peaks rounded off; twice, for rounding costs some loudness."""
    for _ in range(2):
        lufs = integrated_lufs(np.ascontiguousarray(sound.T), RATE_HZ)
        sound = effects.limited(sound * np.float32(10 ** ((LOUDNESS_LUFS - lufs) / 20)), ceiling=0.85)
    return sound


def write_track(track: DemoTrack, samples: Floats, folder: Path) -> Path:
    """Write the track as Ogg Vorbis, its title inside."""
    path = folder / f"{track.title}.ogg"
    with soundfile.SoundFile(
        path, "w", RATE_HZ, 2, format="OGG", subtype="VORBIS", compression_level=1 - _QUALITY
    ) as file:
        file.title = track.title
        file.artist = "BGM Finder"
        # libsndfile's encoder may crash on a minute in one piece.
        for start in range(0, len(samples), RATE_HZ):
            file.write(samples[start : start + RATE_HZ])
    return path


def write_tags(folder: Path) -> None:
    """Write the tag list of all demo tracks."""
    with (folder / TAG_LIST).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for track in TRACKS:
            cells = (getattr(track, name) for name in _COLUMNS[1:])
            writer.writerow([f"{track.title}.ogg", *cells])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder for the tracks and their tag list")
    parser.add_argument("--only", nargs="*", default=[], help="titles; all where left out")
    spec = parser.parse_args()
    spec.output.mkdir(parents=True, exist_ok=True)
    write_tags(spec.output)
    for track in TRACKS:
        if spec.only and track.title not in spec.only:
            continue
        piece, samples = render_track(track)
        path = write_track(track, samples, spec.output)
        print(
            f"{track.title}: {piece.key}, {len(samples) / RATE_HZ:.1f} s, {path.stat().st_size // 1024} KB", flush=True
        )


if __name__ == "__main__":
    main()
