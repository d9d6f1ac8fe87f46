"""A mel picture with its axes and colours, and the small form in which the catalogue keeps it."""

import struct
import zlib
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.source import Floats
from bgm_finder.mel import band_centres_hz

Bytes = NDArray[np.uint8]

RANGE_DB = 80.0
"""What is softer than the reference by more than this is drawn black."""
FAINTEST_REFERENCE_DB = -40.0
"""The loudest colour stands for no less than this: silence stays black, dither and the noise of a recording dark."""

PREVIEW_BANDS = 64
PREVIEW_COLUMNS = 160
PREVIEW_MOST_BYTES = 7000
_PREVIEW_LEVELS = (64, 40, 24, 12, 6)
"""Steps of loudness that are tried until the preview is small enough."""
_HEADER = struct.Struct("<BBHHffffff")
_VERSION = 1


@dataclass(frozen=True, slots=True)
class MelPicture:
    """Loudness over time and pitch; a sine at full scale is near 0 dB."""

    db: Floats
    """float32, (bands, columns), the lowest band first."""
    hop_s: float
    low_hz: float
    high_hz: float
    duration_s: float
    """Length of the whole sound; a growing picture has not all of its columns yet."""

    @property
    def top_db(self) -> float:
        """Return the loudest value."""
        return float(self.db.max()) if self.db.size else 0.0

    @property
    def reference_db(self) -> float:
        """Return what the loudest colour stands for: the loudest value, unless the sound is very quiet."""
        return max(self.top_db, FAINTEST_REFERENCE_DB)

    @property
    def centres_hz(self) -> NDArray[np.float64]:
        """Return the frequency at which each band peaks, float64, (bands,)."""
        return band_centres_hz(len(self.db), self.low_hz, self.high_hz)[1:-1]


def shades(picture: MelPicture, top_db: float | None = None, range_db: float = RANGE_DB) -> Bytes:
    """Return the picture as steps into COLOUR_MAP, uint8, (bands, columns)."""
    top_db = picture.reference_db if top_db is None else top_db
    shares = (picture.db - (top_db - range_db)) * (255.0 / range_db)
    return np.asarray(np.clip(np.rint(shares), 0, 255), np.uint8)


def colour(picture: MelPicture, top_db: float | None = None, range_db: float = RANGE_DB) -> Bytes:
    """Return the picture in colours, uint8, (bands, columns, 3), the lowest band first."""
    return COLOUR_MAP[shades(picture, top_db, range_db)]


def narrow(picture: MelPicture, columns: int) -> MelPicture:
    """Return the picture with at most so many columns, each the mean of those that it stands for."""
    db = _shrink(picture.db, columns, 1)
    return replace(picture, db=db, hop_s=picture.hop_s * picture.db.shape[1] / max(1, db.shape[1]))


def _cubehelix(start: float = -0.15, turns: float = 0.67, richness: float = 1.5) -> Bytes:
    """Compute a map that grows evenly in lightness while its hue turns (Green 2011), uint8, (256, 3)."""
    light = np.linspace(0.0, 1.0, 256)
    angle = 2 * np.pi * (start / 3 + 1 + turns * light)
    strength = richness * light * (1 - light) / 2
    mixing = np.array([[-0.14861, 1.78277], [-0.29227, -0.90649], [1.97294, 0.0]])
    rgb = light + strength * (mixing @ np.stack([np.cos(angle), np.sin(angle)]))
    return np.asarray(np.clip(np.rint(rgb.T * 255), 0, 255), np.uint8)


COLOUR_MAP: Bytes = _cubehelix()
"""uint8, (256, 3), from black over violet, red and yellow to white: even in lightness, so it reads in grey too."""


def preview(picture: MelPicture) -> bytes:
    """Return a small, coarse form of the picture, at most 7 KB."""
    small = _shrink(_shrink(picture.db, PREVIEW_BANDS, 0), PREVIEW_COLUMNS, 1)
    top_db = float(small.max()) if small.size else 0.0
    packed = b""
    for levels in _PREVIEW_LEVELS:
        steps = np.clip(np.rint((small - top_db + RANGE_DB) * ((levels - 1) / RANGE_DB)), 0, levels - 1)
        changes = np.diff(steps.astype(np.uint8), axis=1, prepend=np.uint8(0))  # wraps, and unwraps when read
        packed = zlib.compress(changes.tobytes(), 9)
        if len(packed) <= PREVIEW_MOST_BYTES - _HEADER.size:
            break
    hop_s = picture.hop_s * picture.db.shape[1] / max(1, small.shape[1])
    numbers = (hop_s, picture.low_hz, picture.high_hz, picture.duration_s, top_db, RANGE_DB)
    return _HEADER.pack(_VERSION, levels, *small.shape, *numbers) + packed


def preview_from(stored: bytes) -> MelPicture:
    """Return the picture that a preview was made of, coarser; raises ValueError where it is damaged."""
    try:
        version, levels, bands, columns, hop_s, low_hz, high_hz, duration_s, top_db, range_db = _HEADER.unpack_from(
            stored
        )
        changes = np.frombuffer(zlib.decompress(stored[_HEADER.size :]), np.uint8).reshape(bands, columns)
    except (struct.error, zlib.error) as error:
        raise ValueError(f"the preview is damaged ({error})") from None
    if version != _VERSION:
        raise ValueError(f"the preview has version {version}")
    steps = np.add.accumulate(changes, axis=1, dtype=np.uint8)
    decibels = top_db - range_db + steps * np.float32(range_db / (levels - 1))
    return MelPicture(decibels.astype(np.float32), hop_s, low_hz, high_hz, duration_s)


def _shrink(values: Floats, length: int, axis: int) -> Floats:
    """Average neighbours so that at most length are left along an axis."""
    present = values.shape[axis]
    if present <= length:
        return values
    edges = np.arange(length) * present // length
    counts = np.diff(np.append(edges, present)).astype(np.float32)
    shape = (-1, 1) if axis == 0 else (1, -1)
    return np.asarray(np.add.reduceat(values, edges, axis=axis) / counts.reshape(shape), np.float32)
