"""Renders the pieces that closeness is measured on: python -m lab.music.held_out --output FOLDER.

Their sounds are those of a soundfont that no network learned from. Each style has six pieces, each piece is played with
two sets of sounds, and each of these recordings is mastered twice.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from bgm_finder.drafts import draft_of
from bgm_finder.training.metrics.closeness import LISTING
from lab.music import render_effects as effects
from lab.music.compose import compose
from lab.music.compose_piece import Part, Piece, PieceSpec
from lab.music.compose_styles import STYLES
from lab.music.corpus import RATE_HZ
from lab.music.mastering import mastered
from lab.music.render import mix_stems, render_part
from lab.music.render_fonts import FONTS
from lab.music.render_sounds import Sound, choose_sound

Floats = NDArray[np.float32]

PIECES_A_STYLE = 6
SETS = 4
"""Sets of sounds; every piece is played with two of them."""
LENGTH_S = 60.0
_FIRST_SEED = 9_000_001
_SILENT_DB = -80.0


class SoundSet:
    """One sound for each instrument, drawn once: what recordings of one album share."""

    def __init__(self, number: int) -> None:
        self._rng = np.random.default_rng([_FIRST_SEED, number])
        self._sounds: dict[tuple[str, bool], Sound] = {}

    def stem(self, part: Part) -> tuple[Sound, Floats]:
        """Return the part's sound and what it plays, mono; a sound that the font leaves silent is drawn anew."""
        key = part.instrument, part.role == "drums"
        while True:
            sound = self._sounds.get(key) or self._drawn(part)
            played = render_part(part, sound, RATE_HZ, channels=1)
            if effects.level_db(played) > _SILENT_DB:
                self._sounds[key] = sound
                return sound, played
            self._sounds.pop(key, None)

    def _drawn(self, part: Part) -> Sound:
        """Return a sound of the fonts that are held out, in which none of our own sources plays along."""
        fonts = [name for name, font in FONTS.items() if font.is_held_out]
        while True:
            sound = choose_sound(part, fonts, self._rng)
            if sound.source in fonts and (sound.layer is None or sound.layer.source in fonts):
                return sound


def render_all(folder: Path, pieces_a_style: int = PIECES_A_STYLE, length_s: float = LENGTH_S) -> Iterator[str]:
    """Render what is not there yet; yields each recording's file name."""
    folder.mkdir(parents=True, exist_ok=True)
    sets = [SoundSet(number) for number in range(SETS)]
    listing = folder / LISTING
    finished = set(listing.read_text(encoding="utf-8").splitlines()) if listing.exists() else set()
    with listing.open("a", encoding="utf-8") as file:
        for number, style in ((n, style) for n in range(pieces_a_style) for style in STYLES):
            seed = _FIRST_SEED + number * len(STYLES) + list(STYLES).index(style)
            piece = compose(seed, PieceSpec(genre=style, length_s=length_s, whole_form=True))
            for played_with in (number % SETS, (number + 1) % SETS):
                mix = _mixed(piece, sets[played_with])
                for master in range(2):
                    name = f"{style}-{number}-{played_with}-{master}.flac"
                    row = json.dumps({"file": name, "piece": seed, "style": style, "sounds": played_with})
                    if row not in finished:
                        _write(folder / name, mastered(mix, None, RATE_HZ, np.random.default_rng([seed, master])))
                        file.write(row + "\n")
                        file.flush()
                    yield name


def _mixed(piece: Piece, sounds: SoundSet) -> Floats:
    played = [sounds.stem(part) for part in piece.parts]
    return mix_stems(piece, [sound for sound, _ in played], [stem for _, stem in played]).samples


def _write(target: Path, sound: Floats) -> None:
    with draft_of(target) as draft:
        soundfile.write(draft, sound[0], RATE_HZ, format="FLAC", subtype="PCM_16")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True, help=f"folder for the recordings and {LISTING}")
    for name in render_all(parser.parse_args().output):
        print(name, flush=True)


if __name__ == "__main__":
    main()
