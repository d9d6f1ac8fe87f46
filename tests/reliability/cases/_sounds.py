"""Tone ladders as inputs, encoders as people call them, and what the app reads from a file."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from bgm_finder.audio.decode import SoundReader
from bgm_finder.audio.source import Floats

RATE_HZ = 44_100
STEP_HZ = 50


def ladder(seconds: float, first_hz: int = 400, rate_hz: int = RATE_HZ) -> Floats:
    """Return stereo, float32, (frames, 2), whose second n is a tone of first_hz + 50 n Hz."""
    frame = np.arange(round(seconds * rate_hz))
    phase = np.cumsum(2 * np.pi * (first_hz + STEP_HZ * (frame // rate_hz)) / rate_hz)
    return np.repeat((0.4 * np.sin(phase))[:, None], 2, axis=1).astype(np.float32)


def write_wav(path: Path, samples: Floats, rate_hz: int = RATE_HZ) -> Path:
    """Write 16 bit."""
    soundfile.write(path, samples, rate_hz, subtype="PCM_16")
    return path


def shell(*words: str | Path, **more: Any) -> bytes:
    """Run a program and return what it wrote to its output."""
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, **more).stdout


def ffmpeg(source: Path, *words: str | Path) -> bytes:
    """Run FFmpeg's program on one input; AAC is coded in half of the time that FFmpeg takes of its own accord."""
    fast = ("-aac_coder", "fast") if "aac" in words else ()
    return shell("ffmpeg", "-y", "-v", "error", "-i", source, *fast, *words)


def right(seconds: float, tones: dict[int, int], within_s: float = 0.05) -> dict[str, Any]:
    """Return what is right: the length, told and read, and the tone of some seconds, read in order and jumped to."""
    length = pytest.approx(seconds, abs=within_s)
    heard = {second: pytest.approx(hz, abs=4) for second, hz in tones.items()}
    return {"told_s": length, "read_s": length, "tones": heard, "jumps": heard}


def heard(path: Path, seconds: Sequence[int]) -> dict[str, Any]:
    """Return the same of what the app reads."""
    with SoundReader(path) as reader:
        whole = _all(reader)
        rate_hz = reader.rate_hz
        tones = {
            second: _tone(whole[round((second + 0.2) * rate_hz) : round((second + 0.8) * rate_hz)], rate_hz)
            for second in seconds
        }
        jumps = {second: _jumped(reader, second) for second in reversed(seconds)}
        return {
            "told_s": round(reader.facts.duration_s, 3),
            "read_s": round(len(whole) / rate_hz, 3),
            "tones": tones,
            "jumps": {second: jumps[second] for second in seconds},
        }


def _all(reader: SoundReader) -> Floats:
    blocks = []
    while len(block := reader.read(65_536)):
        blocks.append(block)
    return np.concatenate(blocks)


def _jumped(reader: SoundReader, second: int) -> int | None:
    reader.seek(round((second + 0.2) * reader.rate_hz))
    return _tone(reader.read(round(0.6 * reader.rate_hz)), reader.rate_hz)


def _tone(samples: Floats, rate_hz: int) -> int | None:
    """Return the loudest tone in Hz of the first channel, 0 for silence, None past the end."""
    if len(samples) < 0.3 * rate_hz:
        return None
    mono = samples[:, 0]
    if np.sqrt(np.mean(mono**2)) < 1e-3:
        return 0
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(len(mono)), 1 << 16))
    return round(float(np.argmax(spectrum) * rate_hz / (1 << 16)))
