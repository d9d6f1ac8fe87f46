"""Renders bands in hundreds of styles, for the teachers to hear: python -m lab.music.grooves --help.

Styles are those of MMA (Debian package mma), which plays chords as a band of General MIDI instruments; a lead is ours.
"""

import argparse
import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import mido
import numpy as np
import soundfile

from lab.music.corpus import LABELS, NONE, RATE_HZ, excerpt_of, finished_in
from lab.music.mastering import mastered
from lab.music.render_fonts import FONTS, installed_fonts, play_file

STYLES = Path("/usr/share/mma/lib/stdlib")
_SECONDS = (20.0, 32.0)
_KEYS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_QUALITIES = {"": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "M7": (0, 4, 7, 11)}
_MAJOR = ((0, ""), (0, "M7"), (2, "m7"), (4, "m"), (5, ""), (5, "M7"), (7, ""), (7, "7"), (9, "m"), (9, "m7"))
_MINOR = ((0, "m"), (0, "m7"), (3, ""), (3, "M7"), (5, "m"), (5, "m7"), (7, "7"), (8, ""), (8, "M7"), (10, ""))
_LEADS = (*range(0, 6), 11, *range(21, 31), 40, 41, 42, 56, 57, *range(60, 82))
"""General MIDI programs that a lead may have."""
_LED, _EXCHANGED = 0.6, 0.4
"""How often a band has a lead, and an instrument is exchanged for one of its family."""
_FAMILY = 8
"""General MIDI programs come in families of eight."""
_LEAD_CHANNEL, _DRUM_CHANNEL = 15, 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar's chord: its root above C, in semitones, and its quality."""

    root: int
    quality: str

    def name(self) -> str:
        return _KEYS[self.root] + self.quality

    def tones(self) -> list[int]:
        return [self.root + interval for interval in _QUALITIES[self.quality]]


def styles() -> list[str]:
    """Return the names of all grooves that can be played on this machine, sorted."""
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in STYLES.glob("*.mma"))
    return sorted({name for text in texts for name in re.findall(r"^DefGroove\s+(\S+)", text, re.MULTILINE)})


def chords(rng: np.random.Generator, bars: int) -> list[Bar]:
    """Draw a phrase of four or eight bars in one key, repeated as often as it takes."""
    tonic, steps = int(rng.integers(12)), _MAJOR if rng.random() < 0.55 else _MINOR
    drawn = [steps[0], *(steps[int(n)] for n in rng.integers(len(steps), size=int(rng.choice([3, 7]))))]
    phrase = [Bar((tonic + root) % 12, quality) for root, quality in drawn]
    return [phrase[number % len(phrase)] for number in range(bars)]


def band(style: str, phrase: list[Bar], tempo_bpm: float, rng: np.random.Generator, folder: Path) -> mido.MidiFile:
    """Return what a band in that style plays over the chords; raises CalledProcessError where MMA refuses."""
    text, midi = folder / "piece.mma", folder / "piece.mid"
    lines = [f"Tempo {tempo_bpm:.0f}", f"RndSeed {int(rng.integers(1 << 20))}", f"Groove {style}"]
    text.write_text("\n".join(lines + [f"{n} {bar.name()}" for n, bar in enumerate(phrase, 1)]) + "\n")
    subprocess.run(["mma", "-f", str(midi), str(text)], check=True, capture_output=True, timeout=60)
    file = mido.MidiFile(midi)
    if rng.random() < _LED:
        file.tracks.append(lead(phrase, file.ticks_per_beat, _beats_a_bar(file), rng))
    exchange(file, rng)
    return file


def lead(phrase: list[Bar], ticks: int, beats: float, rng: np.random.Generator) -> mido.MidiTrack:
    """Wander over the chords' tones in one instrument."""
    track = mido.MidiTrack([mido.Message("program_change", channel=_LEAD_CHANNEL, program=int(rng.choice(_LEADS)))])
    pitch, rest = int(rng.integers(60, 78)), 0
    unit = float(rng.choice([0.5, 1.0]))
    for bar in phrase:
        left = beats
        while left > 1e-6:
            length = min(left, unit * float(rng.choice([1, 1, 2, 3])))
            left -= length
            if rng.random() < 0.2:
                rest += round(length * ticks)
                continue
            near = [tone + 12 * octave for tone in bar.tones() for octave in range(4, 8)]
            pitch = int(min(near, key=lambda tone: abs(tone - pitch - rng.normal(0, 4))))
            force = int(rng.integers(70, 115))
            track.append(mido.Message("note_on", channel=_LEAD_CHANNEL, note=pitch, velocity=force, time=rest))
            held = round(length * ticks * 0.9)
            track.append(mido.Message("note_off", channel=_LEAD_CHANNEL, note=pitch, time=held))
            rest = round(length * ticks) - held
    return track


def exchange(file: mido.MidiFile, rng: np.random.Generator) -> None:
    """Return some parts another instrument of their family."""
    for track in file.tracks:
        for message in track:
            if message.type == "program_change" and message.channel != _DRUM_CHANNEL and rng.random() < _EXCHANGED:
                message.program = message.program // _FAMILY * _FAMILY + int(rng.integers(_FAMILY))


def _beats_a_bar(file: mido.MidiFile) -> float:
    for message in (message for track in file.tracks for message in track):
        if message.type == "time_signature":
            return float(message.numerator * 4 / message.denominator)
    return 4.0


def render(seed: int, names: list[str], fonts: list[str], output: Path) -> dict[str, object] | None:
    """Render the seed's piece into the folder and return its labels; None where the style has no such piece."""
    rng = np.random.default_rng(seed)
    style, font, tempo_bpm = str(rng.choice(names)), str(rng.choice(fonts)), float(rng.uniform(70, 170))
    length_s = float(rng.uniform(*_SECONDS))
    phrase = chords(rng, max(4, round(length_s * tempo_bpm / 240)))
    with tempfile.TemporaryDirectory(prefix="bgm-band-") as folder:
        try:
            file = band(style, phrase, tempo_bpm, rng, Path(folder))
        except subprocess.CalledProcessError:
            return None
        file.save(Path(folder, "band.mid"))
        sound = play_file(Path(folder, "band.mid"), font, RATE_HZ)
    samples = excerpt_of(mastered(sound.mean(axis=0, keepdims=True), None, RATE_HZ, rng), length_s)
    name = f"{seed:06d}.flac"
    soundfile.write(output / name, samples, RATE_HZ, format="FLAC", subtype="PCM_16")
    length_s = round(len(samples) / RATE_HZ, 3)
    return {
        "file": name,
        "main_instrument": NONE,
        "style": style,
        "fonts": [font],
        "seed": seed,
        "duration_s": length_s,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, required=True, help="stop when the folder holds so much sound")
    parser.add_argument("--output", type=Path, required=True, help="folder for the FLAC files and labels.jsonl")
    parser.add_argument("--seed", type=int, default=900_001, help="number of the first piece")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    fonts = [font for font in installed_fonts() if not FONTS[font].has_only_drums]
    done, names, seed = finished_in(args.output), styles(), args.seed
    held_s = sum(done.values())
    with (args.output / LABELS).open("a", encoding="utf-8") as listing:
        while held_s < args.hours * 3600:
            labels = None if seed in done else render(seed, names, fonts, args.output)
            seed += 1
            if labels:
                listing.write(json.dumps(labels) + "\n")
                listing.flush()
                held_s += float(str(labels["duration_s"]))


if __name__ == "__main__":
    main()
