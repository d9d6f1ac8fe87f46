"""Reads opus, m4a, the sound of video files, and whatever libsndfile refuses, through PyAV (FFmpeg)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np

from bgm_finder.audio.files import unreadable_because
from bgm_finder.audio.source import Floats, HasNoSound, NotThisReader, SoundFacts, believable, vorbis_landing

_FORMATS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,"
    "mpeg,mpegts,mxf,ogg,tak,tta,voc,w64,wav,wv"
)
"""Containers of sound and nothing else: a play list must not make FFmpeg open other files or addresses."""
_SEEKABLE = {"mov", "matroska", "ogg", "flac", "wav", "aiff", "w64", "caf"}
"""Containers whose time stamps can be trusted after a jump; the others are decoded from their start."""
_PREROLL_S = 0.25
"""Decoded and thrown away before a seek's goal, for codecs whose frames lean on the ones before (opus: 80 ms)."""
_GRID = {"aac": 1024, "opus": 120, "vorbis": 64, "mp3": 1152, "mp3float": 1152, "ac3": 1536, "eac3": 256}
"""Every frame of these codecs begins at a multiple of so many samples, which mends time stamps rounded to 1 ms."""
_FULL_SCALE = {"u8": (128.0, 128.0), "s16": (0.0, 32768.0), "s32": (0.0, 2147483648.0), "s64": (0.0, 2.0**63)}
_KINDS = {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}
_PLANES = 8
"""From so many planes on PyAV counts past their end, and fails or crashes; FFmpeg puts them into one before."""
_BAD_PACKETS_IN_A_ROW = 200
_TAG_ERRORS = {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "surrogateescape"}
"""Tags in an old encoding are no reason to refuse the sound; PyAV 19 keeps their bytes so by itself."""
_STRANGERS = 10_000
"""Packets of unknown streams that are passed over."""


class FfmpegSource:
    """An open file; keeps to Source."""

    _at: int
    _end: int
    _rest: Floats
    _empty: Floats
    _blocks: Iterator[tuple[int | None, Floats]]
    _can_jump: bool

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()
        try:
            self.facts = believable(path, self._read_facts())
        except BaseException:
            self.close()
            raise

    def seek(self, frame: int) -> None:
        rate_hz = self.facts.rate_hz
        goal = frame - int(_PREROLL_S * rate_hz)
        if (self.facts.format, self.facts.codec) == ("ogg", "vorbis"):
            goal = vorbis_landing(goal, self.facts.frames)
        if goal > rate_hz and self._can_jump:
            self._can_jump = self._jump(goal)
        elif frame < self._at:
            self._reopen()
        self._skip_to(frame)

    def read(self, frames: int) -> Floats:
        parts, wanted = [], min(frames, self._end - self._at)
        while wanted > 0:
            if not len(self._rest):
                block = next(self._blocks, None)
                if block is None:
                    break
                self._rest = block[1]
            parts.append(self._rest[:wanted])
            self._rest = self._rest[wanted:]
            wanted -= len(parts[-1])
        samples = np.concatenate(parts) if parts else self._empty
        self._at += len(samples)
        return samples

    def close(self) -> None:
        self._container.close()

    def _reopen(self) -> None:
        self.close()
        self._open()

    def _open(self) -> None:
        try:
            self._container: Any = av.open(
                str(self._path.absolute()),
                options={"format_whitelist": _FORMATS, "protocol_whitelist": "file"},
                **_TAG_ERRORS,
            )
        except av.FFmpegError as error:
            if isinstance(error, FileNotFoundError):  # of rights, FFmpeg speaks where a damaged film names other files
                raise unreadable_because(self._path, error) from None
            raise NotThisReader(str(error)) from None
        if not self._container.streams.audio:
            self._container.close()
            raise HasNoSound("no audio stream")
        self._stream = self._container.streams.audio[0]
        self._format = self._container.format.name.split(",")[0]
        self._can_jump = self._format in _SEEKABLE
        self._at, self._end = 0, 1 << 62
        self._blocks = self._decode()
        first = next(self._blocks, None)
        if first is None:
            self._container.close()
            raise NotThisReader("nothing can be decoded")
        self._origin, self._rest = first[0] or 0, first[1]
        self._empty = np.zeros((0, self._rest.shape[1]), np.float32)
        if hasattr(self, "facts"):
            self._end = self._exact_end()

    def _decode(self) -> Iterator[tuple[int | None, Floats]]:
        """Yields (time in samples, float32 (frames, channels)) until the end, passing over damaged packets."""
        bad, channels = 0, 0
        for packet in self._packets():
            try:
                frames = packet.decode()
            except (av.FFmpegError, EOFError):
                bad += 1
                if bad > _BAD_PACKETS_IN_A_ROW:
                    return
                continue
            for frame in frames:
                bad, samples = 0, _floats(frame)
                channels = channels or samples.shape[1]
                yield self._time(frame), samples if samples.shape[1] == channels else _fit(samples, channels)

    def _packets(self) -> Iterator[Any]:
        """Yields the packets of the sound up to the end, or to where the container is cut off."""
        for _ in range(_STRANGERS):
            try:
                yield from self._container.demux(self._stream)
                return
            except (av.FFmpegError, EOFError):
                return
            except IndexError:  # PyAV does not know streams that begin on the way; the next packet may be ours again
                continue

    def _time(self, frame: Any) -> int | None:
        self._rate_hz = int(frame.sample_rate)
        self._step = float(self._stream.time_base * self._rate_hz)
        return None if frame.pts is None else round(frame.pts * self._step)

    def _jump(self, frame: int) -> bool:
        """Goes on decoding somewhere before this frame; at the start, and False, where the container cannot jump."""
        try:
            self._container.seek(int((frame + self._origin) / self._step), stream=self._stream, backward=True)
        except av.FFmpegError:
            self._reopen()
            return False
        self._blocks = self._decode()
        time, self._rest = next(self._blocks, (None, self._empty))
        if time is None:
            self._reopen()
            return False
        self._at = self._place(time)
        return True

    def _skip_to(self, frame: int) -> None:
        """Throws decoded samples away until this frame is the next one."""
        while self._at < frame and self._at < self._end:
            if not len(self._rest):
                block = next(self._blocks, None)
                if block is None:
                    return
                self._rest = block[1]
            passed = min(frame - self._at, len(self._rest))
            self._rest = self._rest[passed:]
            self._at += passed

    def _place(self, time: int) -> int:
        """Gives the frame number that belongs to a time stamp after a jump."""
        grid = _GRID.get(self._stream.codec_context.name, 1) if self._step > 1.0 else 1
        first = self._first_length % grid
        return round((time - self._origin - first) / grid) * grid + first

    def _read_facts(self) -> SoundFacts:
        context = self._stream.codec_context
        self._first_length = len(self._rest)
        frames = self._declared_frames() or self._count_frames()
        facts = SoundFacts(
            duration_s=frames / max(1, self._rate_hz),
            rate_hz=self._rate_hz,
            channels=self._rest.shape[1] or context.channels,
            frames=frames,
            format=self._format,
            codec=context.name,
        )
        self.facts = facts
        self._end = self._exact_end()
        return facts

    def _declared_frames(self) -> int:
        if self._format == "aac":
            return self._count_packets() * int(self._stream.codec_context.frame_size)
        if self._stream.duration:
            late = _opus_preskip(self._stream.codec_context) if self._format == "ogg" else 0
            return max(0, round(float(self._stream.duration) * self._step) - late)
        return round(float(self._container.duration or 0) / float(av.time_base) * self._rate_hz)

    def _count_packets(self) -> int:
        """Counts without decoding, for bare aac, where FFmpeg would guess the length by the bit rate."""
        packets = 1 + sum(1 for packet in self._packets() if packet.size)
        self._reopen()
        return packets

    def _count_frames(self) -> int:
        """Counts by decoding, for streams whose header lacks the length."""
        frames = len(self._rest) + sum(len(samples) for _, samples in self._blocks)
        self._reopen()
        return frames

    def _exact_end(self) -> int:
        """Gives where to stop: an mp4's header is exact, and its last packet is padded beyond it."""
        return self.facts.frames if self.facts.format == "mov" and self._step == 1.0 else 1 << 62


def _opus_preskip(context: Any) -> int:
    head = bytes(context.extradata or b"")
    return int.from_bytes(head[10:12], "little") if head.startswith(b"OpusHead") else 0


def _floats(frame: Any) -> Floats:
    """Gives the samples of a decoded frame, float32, (frames, channels), full scale at 1."""
    kind, channels = frame.format.name.removesuffix("p"), frame.layout.nb_channels
    if frame.format.is_planar and channels >= _PLANES:
        frame = av.AudioResampler(format=kind).resample(frame)[0]
    planar = frame.format.is_planar
    count = frame.samples * (1 if planar else channels)
    samples = np.stack([np.frombuffer(plane, _KINDS[kind], count) for plane in frame.planes])
    if not planar:
        samples = samples.reshape(-1, channels).T
    offset, scale = _FULL_SCALE.get(kind, (0.0, 1.0))
    if scale != 1.0:
        samples = (samples.astype(np.float64) - offset) / scale
    return np.ascontiguousarray(samples.T, dtype=np.float32)


def _fit(samples: Floats, channels: int) -> Floats:
    """Keeps the channel count of the first frame where a stream changes it on the way."""
    return samples[:, np.arange(channels) % samples.shape[1]]
