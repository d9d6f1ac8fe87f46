"""Renders parts on synthesizer plugins that Debian packages, with the patches that they bring along."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from lab.music.compose_piece import Note
from lab.music.render_fonts import FontMissing, write_midi

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bank:
    """A plugin and where its patches come from."""

    library: Path
    package: str
    names: dict[str, tuple[str, ...]]
    """For each instrument the names of its patches: regular expressions that one of must match."""
    never: str = "$^"
    """A regular expression of names that are none of these instruments."""


_DSSI = Path("/usr/lib/dssi")
_AMSYNTH_BANKS = Path("/usr/share/amsynth/banks")
_NO_SYNTH = (
    "bass|drum|perc|organ|choir|vox|voic|sopran|ahh|string|violin|cello|brass|horn|trumpet|fanfare|flute|whistle|oboe|"
    "clarinet|reed|sax|piano|guit|gtr|twang|harp|clav|rhodes|e_?\\.?p|bell|vib|marimba|xylo|gloc|chime|knock|block|tom|"
    "noise|noisy|wind|rain|effect|fx|sfx|laser|alarm|helicopter|thunder|telep|explo|test|init|<|=|growl|sub|conver"
)

BANKS = {
    "ZynAddSubFX": Bank(
        _DSSI / "libzynaddsubfx_dssi.so",
        "zynaddsubfx-dssi, zynaddsubfx-data",
        {
            "acoustic_guitar": (
                "Nylon Guitar|Lite Guitar|Smooth Guitar|SynGuitarAcoustic.|Soft Guitar|Nice Guitar.*|Plucked String.",
            ),
            "electric_guitar": (
                "Dist Guitar .|Trash Guitar .|Clean Guitar1|Electric Guitar|Power Guitar .|Overdrive.*|NoisyGuitar.?|"
                "guitar-PowerChorder|Dist Jazz Guitar.*|Country Twang Guitar|heavy_metal_guitar|jazz_guitar|"
                "Trem Guitar",
            ),
            "piano": (
                "Tunnel Piano|Home Piano|Moonlight Piano|Soft Piano ?[12]|DolcePiano_..|Piano|Pianola|Space Piano|"
                "Angel Piano",
            ),
            "synthesizer": (".*(lead|saw|syn|pad|pulse|square|sweep|trance|chip|analog|matrix|poly|trem|sid).*",),
        },
        never=_NO_SYNTH,
    ),
    "amsynth": Bank(_DSSI / "amsynth_dssi.so", "amsynth", {"synthesizer": (".*",)}, never=_NO_SYNTH),
    "hexter": Bank(
        _DSSI / "hexter.so",
        "hexter",
        {
            "acoustic_guitar": ("GUITAR  [13] *|SPANISHGTR|LUTE *",),
            "piano": ("E.GRAND 1 *|PIANO   1 *|A.Piano1.5",),
            "synthesizer": (
                "(JUMP|FILTER EG|--ANALOG--|SYN-LEAD .|Crazy4U  1|BOMBAST 1D|EVOLUTION|DOUBLE  .|Nasty KCP2) *",
            ),
        },
    ),
    "WhySynth": Bank(_DSSI / "whysynth.so", "whysynth", {"synthesizer": (".*",)}, never=_NO_SYNTH),
    "mda_Piano": Bank(Path("/usr/lib/lv2/mda.lv2/Piano.so"), "mda-lv2", {"piano": (".*",)}),
}
_MDA_PIANOS = 1000
"""Each number is another setting of the piano's controls."""
_ZYN_LOADS_S = 1.0


def installed_banks() -> list[str]:
    """Return the names of the plugins that can be played on this machine."""
    return [name for name, bank in BANKS.items() if bank.library.exists()]


@lru_cache
def patches_of(bank_name: str, instrument: str) -> tuple[str, ...]:
    """Return the names of a plugin's patches for the instrument, sorted."""
    bank = BANKS[bank_name]
    wanted = bank.names.get(instrument)
    if wanted is None:
        return ()
    pattern = re.compile("|".join(wanted), re.IGNORECASE if instrument == "synthesizer" else 0)
    never = re.compile(bank.never if instrument == "synthesizer" else "$^", re.IGNORECASE)
    return tuple(n for n in _all_patches(bank_name) if pattern.fullmatch(n) and not never.search(n))


def play_bank(notes: Sequence[Note], bank_name: str, patch: str, rate_hz: int) -> Floats:
    """Return the sound of one part, float32, (2, n), with its tail."""
    bank = BANKS[bank_name]
    if not bank.library.exists():
        raise FontMissing(bank_name, bank.package)
    with tempfile.TemporaryDirectory(prefix="bgm-render-") as folder:
        midi, sound = Path(folder, "part.mid"), Path(folder, "part.wav")
        write_midi(notes, 0, False, midi)
        host = [sys.executable, "-m", "lab.music.play_plugin", str(bank.library), str(midi), str(sound)]
        command = [*host, "--rate", str(rate_hz), *_patch_words(bank_name, patch)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples, _ = soundfile.read(sound, dtype="float32", always_2d=True)
    return np.asarray(np.nan_to_num(samples.T), np.float32, "C")


def _patch_words(bank_name: str, patch: str) -> list[str]:
    if bank_name == "amsynth":
        return [f"--controls={','.join(_amsynth_patches()[patch])}"]
    if bank_name == "mda_Piano":
        return [f"--controls={','.join(f'{value:.3f}' for value in _mda_controls(int(patch)))}"]
    return [f"--patch={patch}", f"--settle={_ZYN_LOADS_S if bank_name == 'ZynAddSubFX' else 0}"]


def _all_patches(bank_name: str) -> tuple[str, ...]:
    if bank_name == "amsynth":
        return tuple(sorted(_amsynth_patches()))
    if bank_name == "mda_Piano":
        return tuple(str(number) for number in range(_MDA_PIANOS))
    host = [sys.executable, "-m", "lab.music.play_plugin", str(BANKS[bank_name].library), "--list"]
    listed = subprocess.run(host, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(set(listed.splitlines())))


@lru_cache
def _amsynth_patches() -> dict[str, tuple[str, ...]]:
    """Read all banks of text; a patch's values stand in the order of the plugin's controls."""
    found: dict[str, list[str]] = {}
    for file in sorted(_AMSYNTH_BANKS.glob("*.bank")):
        name = ""
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("<preset>"):
                name = f"{file.name.partition('.')[0]}/{line.partition('<name>')[2].strip()}"
                found[name] = []
            elif line.startswith("<parameter>") and name:
                found[name].append(line.split()[-1])
    return {name: tuple(values) for name, values in found.items() if values}


def _mda_controls(number: int) -> list[float]:
    """Decay, release, hardness, muffling and detuning by chance; polyphony and tuning fixed."""
    u = np.random.default_rng(number).uniform
    hard, muffled = [u(0.1, 0.9), u(0.3, 0.7)], [u(0.5, 1.0), u(0.1, 0.6)]
    return [u(0.25, 0.75), u(0.3, 0.7), *hard, *muffled, u(0.2, 0.6), 0.5, 0.5, 0.5, u(0.0, 0.5), u(0.4, 0.6)]
