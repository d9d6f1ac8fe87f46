"""Read opus, m4a, the sound of video files, and whatever libsndfile refuses, through PyAV (FFmpeg).

The sound's clock is that of the time stamps: a gap of over 50 ms is silence of its length, read on or jumped to. Where
the container cannot be believed (`container_trust`), all packets are scanned first, undecoded (`packet_clock`): about
7 µs each, a second for an hour of mp3. Otherwise that is done once reading meets what contradicts the header.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np

from bgm_finder.audio.av_frames import Block, BlockMaker
from bgm_finder.audio.av_layout import take_pcm_places
from bgm_finder.audio.container_trust import has_an_even_index, is_trusted
from bgm_finder.audio.file_part import FilePart, OpenPart
from bgm_finder.audio.ogg_pages import is_one_whole_ogg
from bgm_finder.audio.packet_clock import GAP_S, HOLE_S, Packet, PacketIndex
from bgm_finder.audio.source import Floats, HasNoSound, NotThisReader, SoundFacts, believable, vorbis_landing
from bgm_finder.reasons import Unreadable

_FORMATS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,dts,dtshd,dv,eac3,flac,flv,gsm,iff,loas,matroska,webm,mlp,mov,mp4,m4a,3gp,"
    "3g2,mj2,mp3,mpc,mpc8,mpeg,mpegts,mxf,ogg,oma,rm,shn,tak,truehd,tta,voc,w64,wav,wtv,wv"
)
"""Containers of sound and nothing else: a play list must not make FFmpeg open other files or addresses."""
_PREROLL_S = 0.25
"""Decoded and thrown away before a seek's goal, for codecs whose frames lean on the ones before (opus: 80 ms)."""
_GRID = {"aac": 1024, "opus": 120, "vorbis": 64, "mp3": 1152, "mp3float": 1152, "ac3": 1536, "eac3": 256}
"""Every frame of these codecs begins at a multiple of so many samples, which corrects time stamps rounded to 1 ms."""
_STORED_LENGTHS = {"mov", "matroska", "asf", "flv", "avi"}
"""Containers whose length is stored; for others FFmpeg reckons it by the bit rate or by the time stamps."""
_STAMPED_IN_OGG = {"opus", "vorbis", "flac"}
"""Of other codecs in Ogg, FFmpeg guesses the time stamps after a jump: they are decoded from the start."""
_LAST_S = (0.3, 3.0, 30.0, 300.0)
"""So long before the declared end the real end is looked for, in a film whose sound may end before its picture."""
_FINE_GAP_S = 0.003
"""Where time stamps are exact to the sample, smaller gaps count too: samples that a decoder left out, as at a seam."""
_TRIES = 3
_BAD_PACKETS_IN_A_ROW = 200
_TAG_ERRORS = {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "surrogateescape"}
"""Tags in an old encoding are no reason to refuse the sound; PyAV 19 keeps their bytes so by itself."""
_STRANGERS = 10_000
"""Packets of unknown streams that are passed over."""
_ENDLESS = 1 << 62
_ROUNDING = 1.5
"""Ticks by which a time stamp and the sound's first one can be off together."""


class _Contradiction(Exception):  # noqa: N818 - no error, but a reason to scan all packets
    """The time stamps are not what the header promised."""


class FfmpegSource:
    """An open file, or a part of one; keeps to Source."""

    _at: int
    _rest: Floats
    _silence: int
    """Frames of silence before the rest of the decoded ones."""
    _blocks: Iterator[Block]
    _index: PacketIndex | None = None
    _end = _ENDLESS

    def __init__(
        self,
        path: Path,
        part: FilePart | None = None,
        is_scanned: bool = False,
        number: int = 0,
        container: Any = None,
    ) -> None:
        """Open a file; is_scanned asks for a scan of all packets whatever the header says.

        number: the sound stream to read, counted from 0 among them; container: the file, where it was just opened.
        """
        self._path, self._part, self._number = path, part, number
        self._open(container)
        try:
            self._can_jump = True
            self._begin(is_scanned)
            self.facts = believable(path, self._read_facts())
        except BaseException:
            self.close()
            raise

    def seek(self, frame: int) -> None:
        try:
            self._seek(frame)
        except _Contradiction:
            self._scan_late(frame)

    def read(self, frames: int) -> Floats:
        at = self._at
        try:
            return self._read(frames)
        except _Contradiction:  # and what was read until then is read again
            self._scan_late(at)
            return self._read(frames)

    def _read(self, frames: int) -> Floats:
        parts, wanted = [np.zeros((0, self.facts.channels), np.float32)], min(frames, self._end - self._at)
        while wanted > 0 and self._fill():
            if self._silence:
                parts.append(np.zeros((min(wanted, self._silence), self.facts.channels), np.float32))
                self._silence -= len(parts[-1])
            else:
                parts.append(self._rest[:wanted])
                self._rest = self._rest[wanted:]
            wanted -= len(parts[-1])
            self._at += len(parts[-1])
        return np.concatenate(parts)

    def close(self) -> None:
        self._opened.close()

    def _seek(self, frame: int) -> None:
        goal = frame - self._preroll()
        if (self.facts.format, self.facts.codec) == ("ogg", "vorbis"):
            goal = vorbis_landing(goal, self.facts.frames)
        if goal > self.facts.rate_hz and self._can_jump:
            self._can_jump = self._jump(goal)
        elif frame < self._at:
            self._restart()
        self._skip_to(frame)

    def _open(self, container: Any = None) -> None:
        with ExitStack() as opened:
            file = opened.enter_context(self._part.open()) if self._part else None
            self._container: Any = opened.enter_context(closing(container or open_container(self._path, file)))
            self._stream = self._container.streams.audio[self._number]
            if self._stream.codec_context is None:  # to decode it all the same would end the process
                raise NotThisReader("no decoder is known for its sound")
            self._pcm_places = take_pcm_places(self._stream.codec_context)
            self._format = self._container.format.name.split(",")[0]
            self._opened = opened.pop_all()

    def _begin(self, is_scanned: bool) -> None:
        """Decode the first samples, and scan all packets where that is needed."""
        self._maker = BlockMaker()
        self._stand(0, self._decode(self._packets(), 0))
        first = next(self._blocks, None)
        if first is None:
            raise NotThisReader("nothing can be decoded")
        self._rate_hz = self._maker.rate_hz
        self._step = float(self._stream.time_base * self._rate_hz)
        self._first_length, self._first_time = len(first[1]), self._frames(first[0] or 0)
        self._blocks = chain([first], self._blocks)
        size = self._part.size if self._part else self._path.stat().st_size
        is_ogg = self._format == "ogg" and (self._part is not None or is_one_whole_ogg(self._path))
        if is_scanned or not is_trusted(self._container, self._stream, is_ogg, size):
            self._reopen()
            self._scan()
            self._correct_the_step(len(first[1]))
        self._origin = self._zero(self._first_time)
        if self._index is not None:
            self._restart()

    def _scan(self) -> None:
        declared_s = self._container.duration / av.time_base if self._container.duration else None
        packets = [Packet.of(packet) for packet in self._packets() if packet.size]
        if not packets:
            raise NotThisReader("no packets of sound")
        stored_s = declared_s if self._format in _STORED_LENGTHS else None
        self._index = PacketIndex(packets, float(self._stream.time_base), stored_s)

    def _correct_the_step(self, first_length: int) -> None:
        """Take the samples of a tick from a frame where FFmpeg adds up rounded durations, as of AC-3."""
        assert self._index is not None
        if self._format in ("ac3", "eac3") and self._index.packets[0].duration:
            self._step = first_length / self._index.packets[0].duration

    def _scan_late(self, frame: int) -> None:
        """Scan all packets now, since the header was wrong, and make this frame the next one."""
        self._reopen()
        self._scan()
        self._end, self._can_jump = _ENDLESS, True
        self.facts = self._measured(self.facts)
        self._seek(frame)

    def _restart(self) -> None:
        """Stand at the first packet."""
        found = None if self._index is None else self._packets_from(int(self._index.times[0]))
        if found is None or found[1] > 0:
            self._reopen()
            found = self._packets(), 0, 0
        self._stand(0, self._decode(*found[:2]))
        if self._index is not None:
            self._leave_out_the_priming()

    def _leave_out_the_priming(self) -> None:
        """Throw away what an encoder put before the sound: after a jump to the start, decoders give that too."""
        first = next(self._blocks, None)
        if first is None:
            return
        self._blocks = chain([first], self._blocks)
        if first[0] is not None and self._place(first[0]) < 0:
            self._at, self._rest = self._place(first[0]), next(self._blocks)[1]
            self._skip_to(0)

    def _stand(self, at: int, blocks: Iterator[Block]) -> None:
        self._maker.drop()
        self._at, self._silence, self._blocks = at, 0, blocks
        self._rest = np.zeros((0, self._maker.channels), np.float32)

    def _reopen(self) -> None:
        self.close()
        self._open()

    def _zero(self, first: int) -> int:
        """Return the frame of the time stamps at which the sound's clock begins.

        In a film that is its own beginning, so that sound and picture agree: sound that begins later is silent until
        then. So it is in an mp4, whose edit list says when its sound begins. Other sounds begin with their first
        sample: what was cut from a stream may be stamped with hours.
        """
        pictures = [stream for stream in self._container.streams.video if not _is_cover(stream)]
        if pictures and self._container.start_time is not None:
            zero = round(self._container.start_time / av.time_base * self._rate_hz)
        else:
            zero = 0 if self._format == "mov" and self._index is None else first
        late_s = (first - zero) / self._rate_hz
        return zero if GAP_S < late_s < HOLE_S else first

    def _decode(self, packets: Iterator[Any], number: int) -> Iterator[Block]:
        """Yield blocks until the end, passing over damaged packets; number is that of the first packet."""
        bad = 0
        for packet in packets:
            if self._index is not None and packet.size and number < len(self._index.times):
                packet.pts = packet.dts = int(self._index.times[number])
                number += 1
            try:
                frames = packet.decode()
            except (av.FFmpegError, EOFError):
                bad += 1
                if bad > _BAD_PACKETS_IN_A_ROW:
                    return
                continue
            for frame in frames:
                bad = 0
                yield from self._maker.add(frame)
        yield from self._maker.finish()

    def _packets(self) -> Iterator[Any]:
        """Yield the packets of the sound up to the end, or to where the container is cut off."""
        for _ in range(_STRANGERS):
            try:
                yield from self._container.demux(self._stream)
                return
            except (av.FFmpegError, OSError, EOFError):
                return
            except IndexError:  # PyAV does not know streams that begin on the way; the next packet may be ours again
                continue

    def _fill(self) -> bool:
        """Have silence or decoded samples ready; False at the end."""
        while not self._silence and not len(self._rest):
            block = next(self._blocks, None)
            if block is None:
                return False
            time, self._rest = block
            if time is not None:
                self._silence = self._gap(self._place(time) - self._at)
        return True

    def _gap(self, ahead: int) -> int:
        """Return how much silence the time stamps want before the next block."""
        if self._index is None and not -GAP_S <= ahead / self._rate_hz <= HOLE_S:
            raise _Contradiction
        tolerance_s = GAP_S if self._step > 1.0 else _FINE_GAP_S
        return ahead if ahead > tolerance_s * self._rate_hz else 0

    def _jump(self, frame: int) -> bool:
        """Go on decoding at this frame or somewhat before; at the start, and False, where the container cannot jump.

        A decoder may give nothing for the first packet, and after it a gap may follow: then an earlier one is tried.
        """
        time = int((frame + self._origin) / self._step)
        for _ in range(_TRIES):
            found = self._packets_from(time)
            if found is None:
                break
            self._stand(0, self._decode(*found[:2]))
            first = next(self._blocks, None)
            if first is not None and first[0] is not None and self._place(first[0]) <= frame + self._preroll():
                self._at, self._rest = self._place(first[0]), first[1]
                return True
            time = found[2] - int(self._preroll() / self._step)
        self._restart()
        return False

    def _preroll(self) -> int:
        return int(_PREROLL_S * self._rate_hz)

    def _packets_from(self, time: int) -> tuple[Iterator[Any], int, int] | None:
        """Jump to a packet at this time or before, in ticks; return the packets from there, the first number and time.

        None where the container cannot jump, or does not land where it should.
        """
        codec = self._stream.codec_context.name
        if "speex" in codec or (self._format == "ogg" and codec not in _STAMPED_IN_OGG):
            return None  # Speex sounds otherwise, too, where its decoder has not heard what was before
        number = 0 if self._index is None else self._index.before(time)
        pts = time if self._index is None else self._index.packets[number].pts
        try:
            self._container.seek(pts or 0, stream=self._stream, backward=True)
        except av.FFmpegError:
            return None
        packets = self._packets()
        first = next(packets, None)
        if first is None or not first.size:
            return None
        if self._index is None:
            return chain([first], packets), 0, time if first.pts is None else min(time, first.pts)
        landed = self._index.number_of(Packet.of(first))
        if landed is None or landed > number:
            return None
        return chain([first], packets), landed, int(self._index.times[landed])

    def _skip_to(self, frame: int) -> None:
        """Throw samples away until this frame is the next one."""
        while self._at < min(frame, self._end) and self._fill():
            passed = min(frame - self._at, self._silence or len(self._rest))
            if self._silence:
                self._silence -= passed
            else:
                self._rest = self._rest[passed:]
            self._at += passed

    def _frames(self, pts: int) -> int:
        return round(pts * self._step)

    def _place(self, pts: int) -> int:
        """Return the frame number of a time stamp; exact by the codec's grid where the stamp is rounded."""
        time = self._frames(pts) - self._first_time
        grid = _GRID.get(self._stream.codec_context.name, 1) if self._step > 1.0 else 1
        first = self._first_length % grid
        exact = round((time - first) / grid) * grid + first
        is_rounding = abs(exact - time) <= _ROUNDING * self._step
        return (exact if is_rounding else time) + self._first_time - self._origin

    def _read_facts(self) -> SoundFacts:
        context = self._stream.codec_context
        rate_hz, channels = self._rate_hz, self._maker.channels
        places = self._pcm_places or self._maker.places
        self.facts = SoundFacts(0.0, rate_hz, channels, 0, self._format, context.name, places)
        frames = 0 if self._index or self._format == "matroska" else self._declared_frames()
        if not frames:
            try:
                return self._measured(self.facts)
            except _Contradiction:
                self._reopen()
                self._scan()
                return self._measured(self.facts)
        if self._format == "mov" and self._step == 1.0:
            self._end = frames  # an mp4's header is exact, and its last packet is padded beyond it
        return replace(self.facts, frames=frames, duration_s=frames / rate_hz)

    def _declared_frames(self) -> int:
        late = _opus_preskip(self._stream.codec_context) if self._format == "ogg" else 0
        frames = round(float(self._stream.duration) * self._step)
        return max(0, frames - late + self._first_time - self._origin)

    def _measured(self, facts: SoundFacts) -> SoundFacts:
        """Return the facts with the length at which decoding ends."""
        if not any(self._jump(goal) for goal in self._near_the_end() if goal > 0):
            if self._index is None:
                raise _Contradiction
            self._restart()
        if self._index is None and not has_an_even_index(self._stream):
            raise _Contradiction
        while self._fill():
            self._skip_to(self._at + (self._silence or len(self._rest)))
        frames = self._at
        self._restart()
        return replace(facts, frames=frames, duration_s=frames / self._rate_hz)

    def _near_the_end(self) -> list[int]:
        """Return frames to jump to, from where the end is reached by decoding little."""
        if self._index is not None:
            last = self._frames(int(self._index.times[-1])) - self._origin
            is_vorbis = (self.facts.format, self.facts.codec) == ("ogg", "vorbis")
            return [vorbis_landing(last, last) if is_vorbis else last - round(_LAST_S[0] * self._rate_hz)]
        declared_s = self._container.duration / av.time_base
        return [round((declared_s - last_s) * self._rate_hz) for last_s in _LAST_S]


def open_container(path: Path, file: OpenPart | None = None) -> Any:
    """Open a file that FFmpeg knows and that has a sound stream; raises NotThisReader, Unreadable.

    file: what to read instead of all of the file; it stays open until who opened it closes it.
    """
    try:
        container = av.open(
            file or str(path.absolute()),
            options={"format_whitelist": _FORMATS, "protocol_whitelist": "file"},
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


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _opus_preskip(context: Any) -> int:
    head = bytes(context.extradata or b"")
    return int.from_bytes(head[10:12], "little") if head.startswith(b"OpusHead") else 0
