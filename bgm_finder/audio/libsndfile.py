"""Read wav, aiff, flac, ogg and mp3 through libsndfile, whose seeks are exact to the frame."""

import os
import sys
from pathlib import Path

import numpy as np
import soundfile

from bgm_finder.audio.channels import VORBIS_ORDER
from bgm_finder.audio.flac_frames import is_true_flac
from bgm_finder.audio.mp3_header import is_true_mp3
from bgm_finder.audio.ogg_pages import is_one_whole_ogg
from bgm_finder.audio.riff_chunks import riff_layout
from bgm_finder.audio.source import Floats, HasNoSound, NotThisReader, SoundFacts, believable, vorbis_landing

_UNKNOWN_FRAMES = 1 << 62
"""Headers of flac files that were written into a pipe lack the length; libsndfile then answers with its largest int."""
_SMALL_STEP = 1024
_MP3_LEAN = 10 * 1152
"""An mp3 frame leans on bits stored up to nine frames before it; the first ones after a jump can lack them."""

_GET_CHANNEL_MAP = 0x1100
# fmt: off
_LOUDSPEAKERS = {
    2: "FL", 3: "FR", 4: "FC", 5: "FL", 6: "FR", 7: "FC", 8: "BC", 9: "BL", 10: "BR", 11: "LFE", 12: "FLC", 13: "FRC",
    14: "SL", 15: "SR", 16: "TC", 17: "TFL", 18: "TFR", 19: "TFC", 20: "TBL", 21: "TBR", 22: "TBC",
}
# fmt: on
"""libsndfile's numbers of loudspeakers, SF_CHANNEL_MAP_LEFT and on, by FFmpeg's names."""
_PLACED_ELSEWHERE = {"FLAC", "AIFF"}
"""Formats with loudspeakers in a comment or chunk; of AIFF, libsndfile up to 1.2.2 gives memory that it has freed."""


class _StreamedFile(soundfile.SoundFile):  # type: ignore[misc]
    """Read on without soundfile's habit of seeking after every read, which makes a glitch of 20 ms in some mp3."""

    def seekable(self) -> bool:
        return False


class LibsndfileSource:
    """An open file; keeps to Source."""

    def __init__(self, path: Path, is_checked: bool = True) -> None:
        """Open a file; raises NotThisReader where its header declares another length than its sound has."""
        # bytes, because soundfile itself cannot encode names that are not valid UTF-8
        name = str(path) if sys.platform == "win32" else os.fsencode(path)
        try:
            self._file = _StreamedFile(name)
        except (soundfile.LibsndfileError, TypeError) as error:  # TypeError: a .raw file lacks its header
            raise NotThisReader(str(error)) from None
        self._at = 0
        self._is_over = False
        """Whether the sound ends here, whatever the header says."""
        try:
            self.facts = believable(path, self._read_facts())
            if is_checked and not _is_true(path, self.facts):
                raise NotThisReader("the header does not agree with the sound")
        except Exception:
            self._file.close()
            raise

    def seek(self, frame: int) -> None:
        frame = min(frame, self.facts.frames)
        landing = self._landing(frame)
        try:
            self._file.seek(landing)
        except soundfile.LibsndfileError:  # the file ends before its header says, so there is nothing to hear there
            self._is_over = True
            return
        self._at, self._is_over = landing, False
        self.read(frame - landing)

    def read(self, frames: int) -> Floats:
        if self._is_over:
            return np.zeros((0, self.facts.channels), np.float32)
        try:
            samples = self._read(frames)
        except soundfile.LibsndfileError:
            samples = self._read_up_to_the_damage(frames)
        self._at += len(samples)
        return samples

    def close(self) -> None:
        self._file.close()

    def _read(self, frames: int) -> Floats:
        samples: Floats = self._file.read(frames, dtype="float32", always_2d=True)
        return samples

    def _read_up_to_the_damage(self, frames: int) -> Floats:
        """Read again in small steps: what came before the damage is still worth hearing."""
        self._is_over = True
        parts = [np.zeros((0, self.facts.channels), np.float32)]
        try:
            self._file.seek(self._at)
            for start in range(0, frames, _SMALL_STEP):
                parts.append(self._read(min(_SMALL_STEP, frames - start)))
        except soundfile.LibsndfileError:
            pass
        return np.concatenate(parts)

    def _landing(self, frame: int) -> int:
        """Return where to jump to, so that reading on from there is exact at the frame wanted."""
        if self.facts.codec == "vorbis":
            return vorbis_landing(frame, self.facts.frames)
        return max(0, frame - _MP3_LEAN) if self.facts.format == "mp3" else frame

    def _read_facts(self) -> SoundFacts:
        file = self._file
        if file.frames >= _UNKNOWN_FRAMES:
            raise NotThisReader("the header lacks the length")
        if file.frames <= 0:
            raise HasNoSound("no samples")
        if file.format in _PLACED_ELSEWHERE and file.channels > 2:
            raise NotThisReader("its loudspeakers are named where FFmpeg looks")
        return SoundFacts(
            duration_s=file.frames / max(1, file.samplerate),
            rate_hz=file.samplerate,
            channels=file.channels,
            frames=file.frames,
            format=file.format.lower(),
            codec=file.subtype.lower(),
            places=_places(file),
        )


def _is_true(path: Path, facts: SoundFacts) -> bool:
    """Return whether the sound is as long as the header says; libsndfile itself checks what the size shows."""
    if facts.codec.startswith("mpeg"):
        return facts.format == "mp3" and is_true_mp3(path)
    if facts.format == "flac":
        return is_true_flac(path, facts.frames)
    if facts.format == "ogg":
        return is_one_whole_ogg(path)
    layout = riff_layout(path)
    return layout is None or layout.has_plain_sound


def _places(file: soundfile.SoundFile) -> tuple[str, ...]:
    """Return the loudspeaker of each channel, or nothing where the file does not name them."""
    if file.channels <= 2:
        return ()
    if file.subtype in ("VORBIS", "OPUS"):
        return VORBIS_ORDER.get(file.channels, ())
    # soundfile has no word of its own for libsndfile's channel map
    numbers = soundfile._ffi.new("int[]", file.channels)
    is_declared = soundfile._snd.sf_command(file._file, _GET_CHANNEL_MAP, numbers, soundfile._ffi.sizeof(numbers))
    return (
        tuple(_LOUDSPEAKERS[number] for number in numbers) if is_declared and set(numbers) <= set(_LOUDSPEAKERS) else ()
    )
