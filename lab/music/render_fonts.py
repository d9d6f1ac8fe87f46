"""Renders parts through soundfonts: notes to MIDI (mido), MIDI to sound (the fluidsynth or timidity command)."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import mido
import numpy as np
import soundfile
from numpy.typing import NDArray

from lab.music.compose_piece import Note

Floats = NDArray[np.float32]

_TICKS_PER_S = 960
"""480 ticks a beat at the MIDI file's own tempo of 120."""
_TAIL_S = 3.0
_DRUM_CHANNEL = 9
_SOUNDFONT_FOLDER = Path("/usr/share/sounds/sf2")


class FontMissing(Exception):  # noqa: N818 - named as the fact it is
    """A soundfont, or the program that plays it, is not installed."""

    def __init__(self, font: str, package: str) -> None:
        super().__init__(f"the sounds of {font} are not installed (Debian package {package})")
        self.font, self.package = font, package


@dataclass(frozen=True, slots=True)
class Font:
    """A bank of sampled instruments, as Debian packages it."""

    file: Path
    package: str
    program: str = "fluidsynth"
    is_free_to_bundle: bool = False
    """Whether its licence (MIT, CC0, public domain) lets renders be given away under MIT."""
    has_only_drums: bool = False
    """A drum kit in the place of the first melodic program."""
    likelihood: float = 1.0
    """How often it is drawn beside the others."""
    is_held_out: bool = False
    """Whether no network may learn from it: what closeness means is measured on its sounds."""
    variants: tuple[tuple[str, int], ...] = ()
    """Instruments beyond General MIDI's 128, as (instrument, bank x 128 + program)."""


_BANK_8 = 8 * 128
_VARIANTS = (
    ("acoustic_guitar", _BANK_8 + 25),
    ("electric_guitar", _BANK_8 + 28),
    ("synthesizer", _BANK_8 + 38),
    ("synthesizer", _BANK_8 + 50),
    ("synthesizer", _BANK_8 + 62),
    ("synthesizer", _BANK_8 + 80),
    ("plucked", _BANK_8 + 107),
)

FONTS = {
    "FluidR3_GM": Font(
        _SOUNDFONT_FOLDER / "FluidR3_GM.sf2", "fluid-soundfont-gm", is_free_to_bundle=True, variants=_VARIANTS
    ),
    "MuseScore_General": Font(
        _SOUNDFONT_FOLDER / "MuseScore_General_Full.sf2",
        "musescore-general-soundfont-lossless",
        is_free_to_bundle=True,
        variants=(*_VARIANTS, ("piano", _BANK_8 + 0), ("electric_guitar", _BANK_8 + 30)),
    ),
    "TimGM6mb": Font(_SOUNDFONT_FOLDER / "TimGM6mb.sf2", "timgm6mb-soundfont"),
    "csound_GMbank": Font(_SOUNDFONT_FOLDER / "sf_GMbank.sf2", "csound-soundfont"),
    "OPL3_FM": Font(_SOUNDFONT_FOLDER / "OPL-3_FM_128M.sf2", "opl3-soundfont", likelihood=0.35),
    "freepats": Font(Path("/etc/timidity/freepats.cfg"), "freepats", program="timidity"),
    "Black_Pearl": Font(_SOUNDFONT_FOLDER / "Black_Pearl_4_LV2.sf2", "avldrums.lv2-soundfont", has_only_drums=True),
    "Red_Zeppelin": Font(_SOUNDFONT_FOLDER / "Red_Zeppelin_4_LV2.sf2", "avldrums.lv2-soundfont", has_only_drums=True),
    "GeneralUser_GS": Font(Path("/usr/share/minuet/soundfonts/GeneralUser-v1.47.sf2"), "minuet-data", is_held_out=True),
}
"""FluidR3_GM and MuseScore_General share many samples (the guitars, for instance): hold them out together."""

PROGRAMS: dict[str, tuple[int, ...]] = {
    "acoustic_guitar": (24, 25),
    "electric_guitar": (26, 27, 29, 30),
    "piano": (0, 0, 1, 3),
    "synthesizer": (38, 39, 50, 51, 62, 63, *range(80, 96)),
    "electric_piano": (4, 5),
    "organ": (16, 17, 18, 19),
    "accordion": (21, 23),
    "strings": (40, 41, 42, 45, 48, 48, 49, 49),
    "brass": (56, 57, 60, 61, 61),
    "woodwind": (64, 65, 66, 68, 71, 73, 75),
    "mallets": (8, 9, 10, 11, 12, 13),
    "plucked": (46, 104, 106, 107, 105),
    "choir": (52, 53, 54),
    "bass": (32, 33, 34, 35, 36),
    "drums": (0, 8, 16, 24, 25, 32),
    "percussion": (0,),
}
"""General MIDI programs of each instrument; of drums the kits."""


def programs_of(font_name: str, instrument: str) -> tuple[int, ...]:
    """Return the programs that a font may have for the instrument; some fonts leave some of them silent."""
    font = FONTS[font_name]
    if font.has_only_drums:
        return (0,)
    return PROGRAMS[instrument] + tuple(program for name, program in font.variants if name == instrument)


def installed_fonts() -> list[str]:
    """Return the names of the fonts that can be played on this machine, without those that are held out."""
    playable = [name for name, font in FONTS.items() if font.file.exists() and shutil.which(font.program)]
    return [name for name in playable if not FONTS[name].is_held_out]


def write_midi(notes: Sequence[Note], program: int, is_drums: bool, path: Path) -> None:
    """Write one part as a MIDI file; program counts banks of 128."""
    channel = _DRUM_CHANNEL if is_drums else 0
    moments: list[tuple[int, int, mido.Message]] = []
    for note in notes:
        start, end = round(note.start_s * _TICKS_PER_S), round((note.start_s + note.length_s) * _TICKS_PER_S)
        force = min(127, max(1, round(note.force * 127)))
        on = mido.Message("note_on", channel=channel, note=note.pitch, velocity=force)
        moments.append((start, 1, on))
        moments.append((max(end, start + 1), 0, mido.Message("note_off", channel=channel, note=note.pitch)))
    bank = mido.Message("control_change", channel=channel, control=0, value=program // 128)
    track = mido.MidiTrack([bank, mido.Message("program_change", channel=channel, program=program % 128)])
    now = 0
    for tick, _, message in sorted(moments, key=lambda moment: moment[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=int(_TAIL_S * _TICKS_PER_S)))
    file = mido.MidiFile(ticks_per_beat=480)
    file.tracks.append(track)
    file.save(str(path))


def play_font(notes: Sequence[Note], font_name: str, program: int, is_drums: bool, rate_hz: int) -> Floats:
    """Return the sound of one part, float32, (2, n), with its tail."""
    with tempfile.TemporaryDirectory(prefix="bgm-render-") as folder:
        midi = Path(folder, "part.mid")
        write_midi(notes, program, is_drums and not FONTS[font_name].has_only_drums, midi)
        return play_file(midi, font_name, rate_hz)


def play_file(midi: Path, font_name: str, rate_hz: int) -> Floats:
    """Return the sound of a MIDI file, float32, (2, n); raises FontMissing without the font or its program."""
    font = FONTS[font_name]
    if not font.file.exists() or not shutil.which(font.program):
        raise FontMissing(font_name, font.package)
    with tempfile.TemporaryDirectory(prefix="bgm-render-") as folder:
        sound = Path(folder, "part.wav")
        command = _timidity(font.file, midi, sound, rate_hz)
        if font.program == "fluidsynth":
            command = _fluidsynth(font.file, midi, sound, rate_hz)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples, _ = soundfile.read(sound, dtype="float32", always_2d=True)
    return np.ascontiguousarray(samples.T)


def _fluidsynth(font: Path, midi: Path, sound: Path, rate_hz: int) -> list[str]:
    # Loading only the samples in use starts a font of 500 MB in 0.1 s.
    quick = ["-o", "synth.dynamic-sample-loading=1", "-o", "synth.polyphony=128"]
    dry = ["-R", "0", "-C", "0", "-g", "0.5"]
    return [
        "fluidsynth",
        "-niq",
        *quick,
        *dry,
        "-r",
        str(rate_hz),
        "-O",
        "float",
        "-F",
        str(sound),
        str(font),
        str(midi),
    ]


def _timidity(config: Path, midi: Path, sound: Path, rate_hz: int) -> list[str]:
    dry = ["-EFreverb=0", "-EFchorus=0"]
    return ["timidity", "-c", str(config), *dry, "-s", str(rate_hz), "-OwS", "-o", str(sound), str(midi)]
