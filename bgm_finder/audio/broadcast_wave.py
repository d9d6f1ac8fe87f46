"""Samples -> a Broadcast Wave file, block by block: PCM with the chunks bext, LIST INFO and iXML."""

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.riff_chunks import riff_layout
from bgm_finder.audio.source import Floats

LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1"}
"""FFmpeg's names of what is written, by the number of channels; WAV has a mask for each."""
_TIME_REFERENCE_AT = 338
"""Where a bext chunk holds the time of its first sample, after EBU Tech 3285."""
_MOST_DESCRIPTION = 256
_MOST_ORIGINATOR = 32
_RF64_SIZE_AT = 20


class Depth(StrEnum):
    """How a sample is stored."""

    INT_16 = "16"
    INT_24 = "24"
    FLOAT_32 = "32f"

    @property
    def bits(self) -> int:
        return int(self.value.rstrip("f"))


_CODECS = {Depth.INT_16: ("pcm_s16le", "s16"), Depth.INT_24: ("pcm_s24le", "s32"), Depth.FLOAT_32: ("pcm_f32le", "flt")}
"""FFmpeg's codec and the samples it takes."""


@dataclass(frozen=True, slots=True)
class WaveChunks:
    """What stands beside the sound."""

    description: str = ""
    originator: str = ""
    time_reference: int = 0
    """The place of the first sample on the day's or the source's clock, in samples."""
    info: Mapping[str, str] | None = None
    """FFmpeg's names and values of a LIST INFO, such as title and artist."""
    ixml: bytes = b""


class BroadcastWave:
    """Write a file; what is written is complete once the with block has ended without an error.

    Beyond 4 GB it becomes RF64. To write and to end raises OSError, as on a full disk.
    """

    def __init__(self, path: Path, rate_hz: int, channels: int, depth: Depth, chunks: WaveChunks) -> None:
        import av

        codec, self._sample_format = _CODECS[depth]
        self._path, self._depth, self._rate_hz, self._ixml = path, depth, rate_hz, chunks.ixml
        self._layout = LAYOUTS[channels]
        self._container = av.open(str(path), "w", format="wav", options={"write_bext": "1", "rf64": "auto"})
        self._container.metadata.update(_metadata(chunks))
        self._stream = self._container.add_stream(codec, rate=rate_hz)
        self._stream.layout = self._layout
        self._stream.format = self._sample_format
        self._noise = np.random.default_rng(0)
        self.frames = 0
        """How many are written."""

    def write(self, samples: Floats) -> None:
        """Append samples, float32, (frames, channels); what is louder than full scale is cut, but not in floats."""
        import av

        if not len(samples):
            return
        frame = av.AudioFrame.from_ndarray(
            self._stored(samples).reshape(1, -1), format=self._sample_format, layout=self._layout
        )
        frame.rate, frame.pts = self._rate_hz, self.frames
        self._container.mux(self._stream.encode(frame))
        self.frames += len(samples)

    def __enter__(self) -> "BroadcastWave":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()
        if error is None and self._ixml:
            _append_chunk(self._path, b"iXML", self._ixml)

    def _stored(self, samples: Floats) -> NDArray[np.generic]:
        """Return the samples as the codec takes them; 16 bits with a triangular dither, without which fades crackle."""
        samples = np.ascontiguousarray(samples, np.float32)
        if self._depth is Depth.FLOAT_32:
            return samples
        full = 1 << (self._depth.bits - 1)
        scaled = samples.astype(np.float64) * full
        if self._depth is Depth.INT_16:
            scaled += self._noise.random(scaled.shape) - self._noise.random(scaled.shape)
        whole = np.clip(np.rint(scaled), -full, full - 1)
        return whole.astype(np.int16) if self._depth is Depth.INT_16 else whole.astype(np.int32) << 8


def time_reference(path: Path) -> int:
    """Return the time of a WAV file's first sample by its bext chunk, in samples; 0 where it has none.

    Editing programs take it for the file's first time code. Raises OSError.
    """
    layout = riff_layout(path)
    bext = next((chunk for chunk in layout.chunks if chunk.name == b"bext"), None) if layout else None
    if bext is None or bext.size < _TIME_REFERENCE_AT + 8:
        return 0
    with path.open("rb") as file:
        file.seek(bext.start + _TIME_REFERENCE_AT)
        return int.from_bytes(file.read(8), "little")


def _metadata(chunks: WaveChunks) -> dict[str, str]:
    texts = {
        "description": _cut(chunks.description, _MOST_DESCRIPTION),
        "originator": _cut(chunks.originator, _MOST_ORIGINATOR),
        "time_reference": str(chunks.time_reference),
        **(chunks.info or {}),
    }
    return {name: text for name, text in texts.items() if text}


def _cut(text: str, size: int) -> str:
    """Return what fits into so many bytes, whole letters only."""
    return text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def _append_chunk(path: Path, name: bytes, body: bytes) -> None:
    """Append a chunk to a finished WAV or RF64, whose declared size grows by it."""
    padded = body + b"\0" * (len(body) % 2)
    with path.open("r+b") as file:
        is_long = file.read(4) == b"RF64"
        end = file.seek(0, os.SEEK_END)
        file.write(b"\0" * (end % 2) + struct.pack("<4sI", name, len(body)) + padded)
        size = file.tell() - 8
        file.seek(_RF64_SIZE_AT if is_long else 4)
        file.write(struct.pack("<Q" if is_long else "<I", size))
