"""Samples -> mel picture in dB, whole or growing; every number of the picture stands here."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from bgm_finder.audio.decode import SoundReader
from bgm_finder.audio.mono import to_mono
from bgm_finder.audio.overview import Overview, overview, overview_bytes, overview_from
from bgm_finder.audio.picture import COLOUR_MAP, PREVIEW_COLUMNS, MelPicture, colour, preview, preview_from, shades
from bgm_finder.audio.source import Floats
from bgm_finder.mel import mel_filters, mel_power, power_to_db

__all__ = [
    "COLOUR_MAP",
    "MelPicture",
    "MelPictureMaker",
    "Overview",
    "colour",
    "mel_picture",
    "mel_picture_blocks",
    "overview",
    "overview_bytes",
    "overview_from",
    "preview",
    "preview_from",
    "shades",
]

BANDS = 128
LOW_HZ = 30.0
HIGH_HZ = 16_000.0
_WINDOW_S = 0.046
"""2,048 samples at 44.1 kHz: a semitone apart in the middle of the keyboard, a drum beat still sharp."""
_HOPS = (8, 4, 2)
"""Columns lie this part of a window apart; closer for short sounds."""
_COLUMNS = 4000
"""At most about so many columns: more than a screen shows, zoomed in a little."""
_SMALL_COLUMNS = 8 * PREVIEW_COLUMNS
"""A column of the preview is the mean of eight moments, or of more in a long sound."""
_WIDEST_HOP = 3
"""In windows: at least a third of a sound is looked at."""
_FLOOR_DB = -120.0
_BLOCK_S = 10.0


class MelPictureMaker:
    """Take a sound in blocks of any size; the picture does not depend on where they are cut."""

    def __init__(self, frames: int, rate_hz: int, is_small: bool = False) -> None:
        """Take the length of the whole sound, which decides how fine its columns are.

        is_small: a picture just good enough for the stored preview, in a quarter of the time.
        """
        self._rate_hz = rate_hz
        self._duration_s = frames / rate_hz
        self._n_fft = 1 << round(np.log2(_WINDOW_S * rate_hz))
        fitting = (self._n_fft // part for part in _HOPS if frames * part <= _COLUMNS * self._n_fft)
        self._hop = next(fitting, self._n_fft // _HOPS[-1])
        self._pool = max(1, -(-frames // (self._hop * _COLUMNS)))
        if is_small:
            self._hop = min(max(frames // _SMALL_COLUMNS, self._n_fft // 2), _WIDEST_HOP * self._n_fft)
            self._pool = 1
        self._high_hz = min(HIGH_HZ, rate_hz / 2)
        self._full_scale = self._loudest_sine()
        self._rest = np.zeros(self._n_fft // 2, np.float32)
        self._skipped = 0
        """So many of the next samples lie between two columns."""
        self._power = np.zeros((BANDS, 0), np.float32)
        self._columns: list[Floats] = []

    def add(self, samples: Floats) -> None:
        """Take the next mono samples, float32, (n,)."""
        samples = self._to_next(self._skipped, samples)
        if len(self._rest) and len(samples) >= self._n_fft:  # no more is copied than those windows that begin before
            begun = -(-len(self._rest) // self._hop)
            self._look_at(np.concatenate([self._rest, samples[: self._n_fft]]), begun)
            samples = self._to_next(begun * self._hop - len(self._rest), samples)
            self._rest = self._rest[:0]
        sound = np.concatenate([self._rest, samples]) if len(self._rest) else samples
        frames = max(0, 1 + (len(sound) - self._n_fft) // self._hop)
        self._look_at(sound, frames)
        self._rest = self._to_next(frames * self._hop, sound).copy() if frames else sound

    def _to_next(self, distance: int, samples: Floats) -> Floats:
        """Return the samples from the next window on, and note how far that lies beyond them."""
        self._skipped = max(0, distance - len(samples))
        return samples[distance:]

    def _look_at(self, sound: Floats, frames: int) -> None:
        if not frames:
            return
        sound = sound[: (frames - 1) * self._hop + self._n_fft]
        power = mel_power(sound, self._rate_hz, self._n_fft, self._hop, BANDS, LOW_HZ, self._high_hz, centred=False)
        power = np.concatenate([self._power, power], axis=1)
        whole = power.shape[1] // self._pool * self._pool
        self._power = power[:, whole:]
        self._keep(power[:, :whole].reshape(BANDS, -1, self._pool).mean(axis=2))

    def finish(self) -> MelPicture:
        """Take the end of the sound and return the picture."""
        self.add(np.zeros(self._n_fft // 2, np.float32))
        if self._power.shape[1]:
            self._keep(self._power.mean(axis=1, keepdims=True))
            self._power = self._power[:, :0]
        return self.picture()

    def picture(self) -> MelPicture:
        """Return the picture of what was taken so far."""
        self._columns = [np.concatenate(self._columns, axis=1)] if self._columns else []
        decibels = self._columns[0] if self._columns else np.zeros((BANDS, 0), np.float32)
        return MelPicture(decibels, self._hop * self._pool / self._rate_hz, LOW_HZ, self._high_hz, self._duration_s)

    def _keep(self, power: Floats) -> None:
        if power.shape[1]:
            floor = self._full_scale * 10 ** (_FLOOR_DB / 10)
            self._columns.append(power_to_db(power, self._full_scale, floor, range_db=None))

    def _loudest_sine(self) -> float:
        """Return the mel power of a full-scale sine in the band that shows it strongest: 0 dB."""
        filters = mel_filters(self._rate_hz, self._n_fft, BANDS, LOW_HZ, self._high_hz)
        return float(filters.max()) * float(self._n_fft / 4) ** 2


def mel_picture(samples: Floats, rate_hz: int) -> MelPicture:
    """Return the picture of mono samples, float32, (n,)."""
    maker = MelPictureMaker(len(samples), rate_hz)
    maker.add(samples)
    return maker.finish()


def mel_picture_blocks(path: Path, stop: Callable[[], bool], stream: int | None = None) -> Iterator[MelPicture]:
    """Yield the picture of a file as it grows, every 10 s of sound, until it is whole or stop says so.

    Raises Unreadable.
    """
    with SoundReader(path, stream) as reader:
        maker = MelPictureMaker(reader.frames, reader.rate_hz)
        size = int(_BLOCK_S * reader.rate_hz)
        while not stop():
            samples = to_mono(reader.read(size))
            maker.add(samples)
            if len(samples) < size:
                yield maker.finish()
                return
            yield maker.picture()
