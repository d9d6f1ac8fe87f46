"""Films as cameras, discs and recorders write them: each sound stream a tone of its own, or silence."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bgm_finder.audio.decode import Sound

RATE_HZ = 48_000


@dataclass(frozen=True)
class Stream:
    """A tone (0: silence) from a second on until another, and what the file says of it."""

    tone_hz: int
    channels: int = 2
    from_s: float = 0.0
    to_s: float = 1000.0
    language: str = ""
    title: str = ""
    disposition: str = "0"


def write_film(path: Path, streams: list[Stream], length_s: float = 6.0, codec: str = "aac", video: str = "") -> Path:
    """Write a film by the ffmpeg program; video: a codec, where there is a picture as well."""
    inputs, options = [], []
    if video:
        inputs += ["-f", "lavfi", "-i", f"color=s=64x48:r=25:d={length_s}"]
        options += ["-c:v", video]
    for number, stream in enumerate(streams):
        inputs += ["-f", "lavfi", "-i", f"{_source(stream)},atrim=duration={length_s}"]
        options += [f"-disposition:a:{number}", stream.disposition]
        for name in ("language", "title"):
            if value := getattr(stream, name):
                options += [f"-metadata:s:a:{number}", f"{name}={value}"]
                options += [f"-metadata:s:a:{number}", f"handler_name={value}"] if name == "title" else []
    maps = [word for number in range(len(streams) + bool(video)) for word in ("-map", str(number))]
    fast = ["-aac_coder", "fast"] if codec == "aac" else []  # half the time; its tones are as clear
    command = ["ffmpeg", "-loglevel", "error", "-y", *inputs, *maps, "-c:a", codec, *fast, *options, str(path)]
    subprocess.run(command, check=True)
    return path


def _source(stream: Stream) -> str:
    """Return an endless source for FFmpeg; its sines cost a tenth of its expressions."""
    channels = "|".join(f"c{channel}=c0" for channel in range(stream.channels))
    source = (
        f"sine=frequency={stream.tone_hz}:sample_rate={RATE_HZ}" if stream.tone_hz else f"anullsrc=r={RATE_HZ}:cl=mono"
    )
    heard = f"between(t,{stream.from_s},{stream.to_s})"
    return f"{source},volume=2.4,volume=0:enable='not({heard})',pan={stream.channels}c|{channels}"


def tones_hz(sound: Sound) -> list[int]:
    """Return the strongest tone of each channel, to 10 Hz, from a second in the middle; 0 for silence."""
    middle = len(sound.samples) // 2
    part = sound.samples[max(0, middle - sound.rate_hz // 2) : middle + sound.rate_hz // 2]
    return [_tone_hz(part[:, channel], sound.rate_hz) for channel in range(part.shape[1])]


def _tone_hz(samples, rate_hz):
    if not len(samples) or np.abs(samples).max() < 0.01:
        return 0
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return round(float(np.argmax(power)) * rate_hz / len(samples) / 10) * 10
