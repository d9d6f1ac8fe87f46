"""Copies of pieces, as they are or as WAV, and what a timeline has to know of each."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from bgm_finder.audio.broadcast_wave import LAYOUTS, BroadcastWave, Depth, WaveChunks, time_reference
from bgm_finder.audio.channels import WAVE_ORDER, to_stereo
from bgm_finder.audio.decode import SoundReader, decode_blocks, probe
from bgm_finder.audio.source import Floats, SoundFacts
from bgm_finder.drives.waiting import ANSWER_S
from bgm_finder.export.file_names import portable, stem_of
from bgm_finder.export.frame_rates import FrameRate
from bgm_finder.export.ixml import CopyFacts, ixml_of
from bgm_finder.export.new_files import NewFiles, Step
from bgm_finder.export.pieces import Piece
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.read_with_timeout import read_with_timeout
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.track import Section

ORIGINATOR = "BGM Finder"
_PIECE = 1 << 20
"""Bytes that are copied at a time."""
_SIDES = ({"BL", "BR"}, {"SL", "SR"})


class Copying(StrEnum):
    """What becomes of the files."""

    AS_IS = "as-is"
    """Whole and unchanged."""
    NEEDED = "needed"
    """As WAV where an editing program may not read them; stretches are cut."""
    WAV = "wav"
    NONE = "none"
    """Left where they are: a timeline refers to the originals."""


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """How files are copied."""

    copying: Copying = Copying.NEEDED
    rate_hz: int | None = 48_000
    """None: the source's."""
    depth: Depth = Depth.INT_24
    handles_s: float = 0.0
    """What a cut keeps before and after its stretch."""
    pattern: str = "{name}"
    brief: str = ""
    """What the job is called."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that a timeline refers to."""

    path: Path
    frames: int
    rate_hz: int
    channels: int
    time_reference: int = 0
    """The time of its first sample on its own clock, in samples."""
    offset_s: Fraction = Fraction(0)
    """Where its first sample lies in the piece's track."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A piece, and the file that stands for it from now on."""

    piece: Piece
    media: Media
    is_new: bool


class Copier:
    """Copy pieces into a folder one after the other."""

    def __init__(self, job: Job, files: NewFiles, options: CopyOptions, rate: FrameRate | None) -> None:
        """rate: that of the timelines; cuts begin at one of its frames."""
        self._job, self._files, self._options, self._rate = job, files, options, rate

    def copy(self, piece: Piece, number: int, told: Callable[[float], None]) -> Copied:
        """Return a piece with its copy; told: called with the share that is done.

        Raises Unreadable, OSError, Cancelled.
        """
        source = piece.sound.path
        facts = read_with_timeout(self._job, source, partial(probe, source, piece.sound.stream), ANSWER_S)
        reference = read_with_timeout(self._job, source, partial(_reference, source), ANSWER_S)
        original = Media(source, facts.frames, facts.rate_hz, facts.channels, reference)
        if self._options.copying is Copying.NONE:
            return Copied(piece, original, False)
        stem = stem_of(self._options.pattern, _values(piece, number, self._options.brief))
        if self._is_converted(piece, facts):
            return self._convert(piece, original, stem, told)
        path, _ = self._files.write(stem, source.suffix, partial(_copy_bytes, source, told), source)
        return Copied(piece, Media(path, facts.frames, facts.rate_hz, facts.channels, reference), True)

    def _is_converted(self, piece: Piece, facts: SoundFacts) -> bool:
        copying = self._options.copying
        is_cut = piece.section is not None and copying is Copying.NEEDED
        return is_cut or copying is Copying.WAV or (copying is Copying.NEEDED and not opens_everywhere(facts))

    def _convert(self, piece: Piece, original: Media, stem: str, told: Callable[[float], None]) -> Copied:
        """Write the piece, with its handles, as WAV."""
        rate_hz = self._options.rate_hz or original.rate_hz
        start_s, end_s = self._cut(piece.section, Fraction(original.frames, original.rate_hz))
        reference = round((Fraction(original.time_reference, original.rate_hz) + start_s) * rate_hz)
        wanted = piece.section or Section(0.0, float(end_s))
        facts = CopyFacts(
            piece.title,
            piece.artist,
            piece.sound.path,
            wanted.start_s,
            wanted.end_s,
            reference,
            rate_hz,
            self._options.depth,
            self._options.brief,
            piece.note,
        )
        produce = partial(_write_wave, piece, facts, (start_s, end_s), told)
        path, (frames, channels) = self._files.write(stem, ".wav", produce, piece.sound.path)
        return Copied(piece, Media(path, frames, rate_hz, channels, reference, start_s), True)

    def _cut(self, section: Section | None, length_s: Fraction) -> tuple[Fraction, Fraction]:
        """Return what to write in seconds: the stretch with its handles, at whole frames where there is a rate."""
        if section is None:
            return Fraction(0), length_s
        handles_s = Fraction(self._options.handles_s)
        start_s, end_s = Fraction(section.start_s) - handles_s, Fraction(section.end_s) + handles_s
        if self._rate is not None:
            start_s = self._rate.seconds(self._rate.frame_before(start_s))
            end_s = self._rate.seconds(self._rate.frame_after(end_s))
        return max(Fraction(0), start_s), min(length_s, end_s)


def example_name(piece: Piece, pattern: str, brief: str = "") -> str:
    """Return how the first copy is called by a pattern, without its ending."""
    return portable(stem_of(pattern, _values(piece, 1, brief)))


def _values(piece: Piece, number: int, brief: str) -> dict[str, str]:
    """Return what the fields of a pattern stand for."""
    length_s = piece.length_s
    return {
        "name": piece.sound.path.stem,
        "title": piece.title,
        "artist": piece.artist,
        "length": "" if length_s is None else _clock(length_s),
        "brief": brief,
        "number": f"{number:02}",
    }


def _clock(seconds: float) -> str:
    """Return 1m05s, without letters that a file name may not have."""
    return f"{int(seconds) // 60}m{int(seconds) % 60:02}s"


def opens_everywhere(facts: SoundFacts) -> bool:
    """Return whether every editing program reads a file, exact to the sample: PCM in WAV or AIFF."""
    is_plain = facts.format.lower() in ("wav", "wavex", "rf64", "aiff")
    return is_plain and facts.codec.lower().startswith(("pcm", "float"))


def _reference(path: Path) -> int:
    with suppress(OSError):
        return time_reference(path)
    return 0


def _copy_bytes(source: Path, told: Callable[[float], None], draft: Path, step: Step) -> None:
    """Copy a file as it is, with its date."""
    step.read()
    with _opened(source) as read:
        facts = os.fstat(read.fileno())
        step.write()
        with draft.open("xb") as written:
            step.read()
            while block := _block(source, read):
                step.write()
                written.write(block)
                told(written.tell() / max(1, facts.st_size))
                step.read()
            step.write()
    os.utime(draft, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise Unreadable.of_system(source, error) from None


def _block(source: Path, file: BinaryIO) -> bytes:
    try:
        return file.read(_PIECE)
    except OSError as error:
        raise Unreadable.of_system(source, error) from None


def _write_wave(
    piece: Piece,
    facts: CopyFacts,
    cut: tuple[Fraction, Fraction],
    told: Callable[[float], None],
    draft: Path,
    step: Step,
) -> tuple[int, int]:
    """Write a stretch as WAV; return its frames and channels."""
    start_s, end_s = cut
    expected = round((end_s - start_s) * facts.rate_hz)
    step.read()
    with SoundReader(piece.sound.path, piece.sound.stream) as reader:
        reader.seek(round(start_s * reader.rate_hz))
        channels = reader.channels if reader.channels in LAYOUTS else 2
        step.write()
        with BroadcastWave(draft, facts.rate_hz, channels, facts.depth, _chunks(facts, channels)) as wave:
            step.read()
            # a little more, of which a resampler keeps some back
            for block in decode_blocks(reader, facts.rate_hz, duration_s=float(end_s - start_s)):
                step.write()
                wave.write(_arranged(block[: max(0, expected - wave.frames)], reader.facts.places))
                told(wave.frames / max(1, expected))
                step.read()
            step.write()
            if not wave.frames:
                raise Unreadable(piece.sound.path, Reason.NO_SOUND_IN_SECTION)
        return wave.frames, channels


def _chunks(facts: CopyFacts, channels: int) -> WaveChunks:
    description = " - ".join(text for text in (facts.title, facts.artist) if text)
    info = {"title": facts.title, "artist": facts.artist, "comment": facts.note}
    ixml = ixml_of(facts, channels, description, ORIGINATOR)
    return WaveChunks(description, ORIGINATOR, facts.time_reference, _encodable(info), ixml)


def _encodable(texts: dict[str, str]) -> dict[str, str]:
    return {name: text.encode("utf-8", "replace").decode("utf-8") for name, text in texts.items()}


def _arranged(samples: Floats, places: tuple[str, ...]) -> Floats:
    """Return the channels as WAV has them: one, two, or six in its order; any other number is mixed to two."""
    if samples.shape[1] in (1, 2):
        return samples
    if samples.shape[1] not in LAYOUTS:
        return to_stereo(samples, places)
    order = _order(places)
    return samples if order is None else np.ascontiguousarray(samples[:, order])


def _order(places: tuple[str, ...]) -> list[int] | None:
    """Return which channel comes first, second and so on in a 5.1 WAV; None where they stand so, or nobody knows."""
    front = WAVE_ORDER[6][:4]
    for sides in _SIDES:
        wanted = (*front, *sorted(sides))
        if set(places) == set(wanted) and len(places) == len(wanted):
            return [places.index(place) for place in wanted]
    return None
