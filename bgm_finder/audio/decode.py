"""File -> samples: whole, a stretch, or windows; soundfile first, PyAV for what it cannot read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np
import soxr

from bgm_finder.audio.files import AUDIO_SUFFIXES, VIDEO_SUFFIXES, require_regular_file
from bgm_finder.audio.joined_starts import joined_starts
from bgm_finder.audio.libsndfile import LibsndfileSource
from bgm_finder.audio.mono import to_mono
from bgm_finder.audio.riff_repair import repaired_riff
from bgm_finder.audio.source import Floats, HasNoSound, NotThisReader, SoundFacts, SoundStream, Source
from bgm_finder.reasons import Reason, Unreadable

__all__ = [
    "AUDIO_SUFFIXES",
    "READERS",
    "VIDEO_SUFFIXES",
    "Sound",
    "SoundFacts",
    "SoundReader",
    "SoundStream",
    "Unreadable",
    "decode",
    "decode_blocks",
    "decode_windows",
    "probe",
    "windows_of",
]

_FFMPEG_FIRST = VIDEO_SUFFIXES | {".opus", ".m4a", ".m4b", ".aac", ".wma", ".wv", ".ape"}
_FFMPEG_ONLY = (
    *(b"\x1a\x45\xdf\xa3", b"0&\xb2u\x8e\x66\xcf\x11", b"FLV", b"\x0bw", b"\x7f\xfe\x80\x01", b"DSD ", b"FRM8"),
    *(b"TTA1", b"tBaK", b"MPCK", b"MP+", b"MAC ", b"wvpk", b"#!AMR"),
)
"""How files begin in which libsndfile may take a part for mp3, whatever their endings: Matroska, AC-3 and others."""
_BLOCK_S = 10.0
_TOLERANCE_S = 0.05
"""By so much a sound may end before its declared end."""
_LOUDEST = 100.0
"""40 dB above full scale, which no recording reaches: such samples are damage, and their squares are no numbers."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Decoded samples: float32, (frames, channels), or (frames,) where mono was asked for."""

    samples: Floats
    rate_hz: int


class SoundReader:
    """Read a sound file from any frame on; use it in one thread at a time.

    To open, seek and read raises Unreadable, also where the disk or share fails on the way.
    """

    def __init__(self, path: Path, stream: int | None = None) -> None:
        """Open the file.

        stream: which sound stream of a film, counted from 0 among them, instead of the likeliest.
        """
        require_regular_file(path)
        self.path = path
        self._stream = stream
        with _explained(path):
            self._source = _open_source(path, stream)
        self._at = 0
        self._is_measured = False
        self.facts = self._source.facts
        self.rate_hz = self.facts.rate_hz
        self.channels = self.facts.channels

    @property
    def frames(self) -> int:
        """How long the sound is; what its header says, until reading shows that it is not so."""
        return self.facts.frames

    def seek(self, frame: int) -> None:
        """Make this frame the next to be read, exactly."""
        self._at = max(0, frame)
        with _explained(self.path):
            self._source.seek(self._at)

    def read(self, frames: int) -> Floats:
        """Return the next frames, float32, (frames, channels); fewer at the end.

        Whatever is no number is silence, and whatever is louder than any sound is cut.
        """
        with _explained(self.path):
            samples = self._source.read(frames)
            if len(samples) < frames:
                samples = self._beyond_the_end(samples, frames)
        self._at += len(samples)
        if len(samples) and not max(samples.max(), -samples.min()) <= _LOUDEST:  # so that no number fails it too
            samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).clip(-_LOUDEST, _LOUDEST)
        return samples

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def _beyond_the_end(self, samples: Floats, wanted: int) -> Floats:
        """Go on where a reader ends before the declared end, as at damage: all packets show how long the sound is."""
        if not self._is_measured:
            self.facts = self._source.facts
        end, tolerance = self._at + len(samples), _TOLERANCE_S * self.rate_hz
        is_early = self._at < self.frames and end < self.frames - tolerance
        if is_early and not self._is_measured:
            self._is_measured = True
            if self._reads_by_packets():
                self._source.seek(end)
                samples = np.concatenate([samples, self._source.read(wanted - len(samples))])
                end = self._at + len(samples)
        if len(samples) and len(samples) < wanted and abs(end - self.frames) > tolerance:
            self.facts = replace(self.facts, frames=end, duration_s=end / self.rate_hz)
        return samples

    def _reads_by_packets(self) -> bool:
        """Change to a reader that has scanned all packets; False where none can, or where it reads another sound."""
        try:
            source = _open_all_packets(self.path, self._stream)
        except (NotThisReader, Unreadable, OSError):
            return False
        if (source.facts.rate_hz, source.facts.channels) != (self.rate_hz, self.channels):
            source.close()
            return False
        self._source.close()
        self._source, self.facts = source, source.facts
        return True

    def __enter__(self) -> "SoundReader":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def probe(path: Path, stream: int | None = None) -> SoundFacts:
    """Return length, rate, channels and format of a sound file; raises Unreadable."""
    with SoundReader(path, stream) as reader:
        return reader.facts


def decode(
    path: Path,
    rate_hz: int | None = None,
    start_s: float = 0.0,
    duration_s: float | None = None,
    mono: bool = False,
    stream: int | None = None,
) -> Sound:
    """Return the sound of a stretch (of all by default), resampled where a rate is asked for; raises Unreadable."""
    with SoundReader(path, stream) as reader:
        reader.seek(round(start_s * reader.rate_hz))
        blocks = list(_blocks(reader, rate_hz or reader.rate_hz, duration_s, mono))
        shape = (0,) if mono else (0, reader.channels)
        samples = np.concatenate(blocks) if blocks else np.zeros(shape, np.float32)
        return Sound(samples, rate_hz or reader.rate_hz)


def decode_blocks(
    reader: SoundReader, rate_hz: int | None = None, mono: bool = False, duration_s: float | None = None
) -> Iterator[Floats]:
    """Yield all that is left in a reader, or so much of it, in blocks of 10 s: an hour needs no more memory."""
    return _blocks(reader, rate_hz or reader.rate_hz, duration_s, mono)


def decode_windows(
    path: Path, starts_s: Sequence[float], length_s: float, rate_hz: int, stream: int | None = None
) -> list[Floats]:
    """Return a mono window, float32, (n,), for each start; shorter where the sound ends within; raises Unreadable."""
    with SoundReader(path, stream) as reader:
        return windows_of(reader, starts_s, length_s, rate_hz)


def windows_of(reader: SoundReader, starts_s: Sequence[float], length_s: float, rate_hz: int) -> list[Floats]:
    """Return the same of an open file; seeks from window to window, which is cheap in a long file."""
    windows = []
    for start_s in starts_s:
        reader.seek(round(start_s * reader.rate_hz))
        window = to_mono(reader.read(round(length_s * reader.rate_hz)))
        windows.append(_resampled(window, reader.rate_hz, rate_hz)[: round(length_s * rate_hz)])
    return windows


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Raise as Unreadable what a disk or share, or damage, keeps from being read."""
    try:
        yield
    except NotThisReader:
        raise Unreadable(path, Reason.DAMAGED_SOUND) from None
    except OSError as error:
        raise Unreadable.of_system(path, error) from None


def _resampled(samples: Floats, from_hz: int, to_hz: int) -> Floats:
    if from_hz == to_hz or not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, from_hz, to_hz), np.float32)


def _blocks(reader: SoundReader, rate_hz: int, duration_s: float | None, mono: bool) -> Iterator[Floats]:
    left = None if duration_s is None else max(0, round(duration_s * reader.rate_hz))
    channels = 1 if mono else reader.channels
    resampler = soxr.ResampleStream(reader.rate_hz, rate_hz, channels) if rate_hz != reader.rate_hz else None
    size = max(1, int(_BLOCK_S * reader.rate_hz))
    is_last = False
    while not is_last:
        wanted = size if left is None else min(size, left)
        block = reader.read(wanted)
        left = None if left is None else left - len(block)
        is_last = len(block) < wanted or left == 0
        samples = to_mono(block) if mono else block
        if resampler is not None:
            samples = np.asarray(resampler.resample_chunk(samples, last=is_last), np.float32)
        if len(samples):
            yield samples


def _open_source(path: Path, stream: int | None) -> Source:
    """Open with the likelier reader, then with the other, then with one that believes a header that is not true."""
    order = list(READERS.values())
    if _is_for_ffmpeg(path):
        order.reverse()
    place = order.index(_open_with_ffmpeg)
    order[place:place] = [_open_repaired, _open_joined]
    order.append(_open_unchecked)
    refusals: list[NotThisReader] = []
    for open_with in order:
        try:
            return _with_sound(open_with(path, stream))
        except NotThisReader as refusal:
            refusals.append(refusal)
    silent = any(isinstance(refusal, HasNoSound) for refusal in refusals)
    raise Unreadable(path, Reason.NO_SOUND if silent else Reason.UNKNOWN_SOUND)


def _with_sound(source: Source) -> Source:
    """Return the source at its start; raise HasNoSound, and close it, where it gives nothing."""
    with ExitStack() as refused:
        refused.callback(source.close)
        if not len(source.read(1)):
            raise HasNoSound("no samples")
        source.seek(0)
        refused.pop_all()
    return source


def _open_with_libsndfile(path: Path, stream: int | None = None) -> Source:
    return LibsndfileSource(path)  # what it reads has one stream


def _open_with_ffmpeg(path: Path, stream: int | None = None) -> Source:
    """Load FFmpeg's libraries when the first file needs them: most need none, and the window comes sooner."""
    from bgm_finder.audio.films import open_film

    return open_film(path, stream)


def _open_all_packets(path: Path, stream: int | None) -> Source:
    from bgm_finder.audio.films import open_film

    return open_film(path, stream, is_scanned=True)


def _open_repaired(path: Path, stream: int | None = None) -> Source:
    """Open a WAV or AIFF whose chunks lie where no library looks."""
    repaired = repaired_riff(path)
    if repaired is None:
        raise NotThisReader("its chunks are found")
    from bgm_finder.audio.ffmpeg import FfmpegSource

    return FfmpegSource(path, repaired)


def _open_joined(path: Path, stream: int | None = None) -> Source:
    """Open what several files were joined to."""
    starts = joined_starts(path)
    if len(starts) < 2:
        raise NotThisReader("not joined")
    from bgm_finder.audio.joined import JoinedSource

    return JoinedSource(path, starts)


def _open_unchecked(path: Path, stream: int | None = None) -> Source:
    return LibsndfileSource(path, is_checked=False)


READERS: dict[str, Callable[[Path, int | None], Source]] = {
    "libsndfile": _open_with_libsndfile,
    "FFmpeg": _open_with_ffmpeg,
}
"""By name; each raises NotThisReader for files that it cannot read."""


def _is_for_ffmpeg(path: Path) -> bool:
    """Tell files that libsndfile cannot read, and Opus, which it reads at several times the cost."""
    if path.suffix.lower() in _FFMPEG_FIRST:
        return True
    with path.open("rb") as file:
        head = file.read(36)
        return head[28:] == b"OpusHead" or head[4:8] == b"ftyp" or head.startswith(_FFMPEG_ONLY)
