"""A sound stream of a file, or of a part of one, as PyAV (FFmpeg) opens it: its packets, in order or after a jump."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import chain
from pathlib import Path
from typing import Any

import av

from bgm_finder.audio.av_layout import take_pcm_places
from bgm_finder.audio.containers import OF_SOUND
from bgm_finder.audio.file_part import FilePart, OpenPart, SplicedFile
from bgm_finder.audio.packet_clock import Packet, PacketIndex
from bgm_finder.audio.source import HasNoSound, NotThisReader
from bgm_finder.reasons import Unreadable

_STORED_LENGTHS = {"mov", "matroska", "asf", "flv", "avi"}
"""Containers whose length is stored; for others FFmpeg reckons it by the bit rate or by the time stamps."""
_STAMPED_IN_OGG = {"opus", "vorbis", "flac"}
"""Of other codecs in Ogg, FFmpeg guesses the time stamps after a jump: they are decoded from the start."""
_TAG_ERRORS = {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "surrogateescape"}
"""Tags in an old encoding are no reason to refuse the sound; PyAV 19 keeps their bytes so by itself."""
_STRANGERS = 10_000
"""Packets of unknown streams that are passed over."""


class SoundPackets:
    """The packets of one sound stream of an open file."""

    def __init__(self, path: Path, part: FilePart | SplicedFile | None, number: int, container: Any = None) -> None:
        """Open the file; raises NotThisReader, Unreadable.

        number: the sound stream, counted from 0 among them; container: the file, where it was just opened.
        """
        self.path, self.part, self._number = path, part, number
        self._open(container)

    def _open(self, container: Any = None) -> None:
        with ExitStack() as opened:
            file = opened.enter_context(self.part.open()) if self.part else None
            self.container: Any = opened.enter_context(closing(container or open_container(self.path, file)))
            self.stream = self.container.streams.audio[self._number]
            if self.stream.codec_context is None:  # to decode it all the same would end the process
                raise NotThisReader("no decoder is known for its sound")
            self.pcm_places = take_pcm_places(self.stream.codec_context)
            self.format = self.container.format.name.split(",")[0]
            self._opened = opened.pop_all()

    @property
    def codec(self) -> str:
        """Return FFmpeg's name of the decoder."""
        return str(self.stream.codec_context.name)

    @property
    def size(self) -> int:
        """Return the bytes of the file, or of the part."""
        return self.part.size if self.part else self.path.stat().st_size

    @property
    def is_ogg_vorbis(self) -> bool:
        return (self.format, self.codec) == ("ogg", "vorbis")

    def reopen(self) -> None:
        """Stand at the first packet, whether the container can jump or not."""
        self.close()
        self._open()

    def close(self) -> None:
        self._opened.close()

    def packets(self) -> Iterator[Any]:
        """Yield the packets of the sound up to the end, or to where the container is cut off."""
        for _ in range(_STRANGERS):
            try:
                yield from self.container.demux(self.stream)
                return
            except (av.FFmpegError, OSError, EOFError):
                return
            except IndexError:  # PyAV does not know streams that begin on the way; the next packet may be ours again
                continue

    def index(self) -> PacketIndex:
        """Return an index of all packets, which are scanned from the first one on."""
        self.reopen()
        declared_s = self.container.duration / av.time_base if self.container.duration else None
        packets = [Packet.of(packet) for packet in self.packets() if packet.size]
        if not packets:
            raise NotThisReader("no packets of sound")
        stored_s = declared_s if self.format in _STORED_LENGTHS else None
        return PacketIndex(packets, float(self.stream.time_base), stored_s)

    def jump(self, time: int, index: PacketIndex | None) -> tuple[Iterator[Any], int, int] | None:
        """Jump to a packet at this time or before, in ticks; return the packets from there, the first number and time.

        None where the container cannot jump, or does not land where it should.
        """
        if "speex" in self.codec or (self.format == "ogg" and self.codec not in _STAMPED_IN_OGG):
            return None  # Speex sounds otherwise, too, where its decoder has not heard what was before
        number = 0 if index is None else index.before(time)
        pts = time if index is None else index.packets[number].pts
        try:
            self.container.seek(pts or 0, stream=self.stream, backward=True)
        except av.FFmpegError:
            return None
        packets = self.packets()
        first = next(packets, None)
        if first is None or not first.size:
            return None
        if index is None:
            return chain([first], packets), 0, time if first.pts is None else min(time, first.pts)
        landed = index.number_of(Packet.of(first))
        if landed is None or landed > number:
            return None
        return chain([first], packets), landed, int(index.times[landed])


def open_container(path: Path, file: OpenPart | None = None) -> Any:
    """Open a file that FFmpeg knows and that has a sound stream; raises NotThisReader, Unreadable.

    file: what to read instead of all of the file; it stays open until who opened it closes it.
    """
    try:
        container = av.open(
            file or str(path.absolute()),
            options={"format_whitelist": OF_SOUND, "protocol_whitelist": "file"},
            **_TAG_ERRORS,
        )
    except av.FFmpegError as error:
        if isinstance(error, FileNotFoundError):  # of rights, FFmpeg speaks where a damaged film names other files
            raise Unreadable.of_system(path, error) from None
        raise NotThisReader(str(error)) from None
    if not container.streams.audio:
        container.close()
        raise HasNoSound("no audio stream")
    return container
