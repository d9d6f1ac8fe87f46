"""Read opus, m4a, the sound of video files, and whatever libsndfile refuses, through PyAV (FFmpeg).

The sound's clock is that of the time stamps: a gap of over 50 ms is silence of its length, read on or jumped to. Where
the container cannot be believed (`container_trust`), all packets are scanned first, undecoded (`packet_clock`): about
7 µs each, a second for an hour of mp3. Otherwise that is done once reading meets what contradicts the header.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np

from bgm_finder.audio.av_frames import Block, BlockMaker
from bgm_finder.audio.container_trust import has_an_even_index, is_trusted
from bgm_finder.audio.file_part import FilePart, SplicedFile
from bgm_finder.audio.ogg_pages import is_one_whole_ogg
from bgm_finder.audio.packet_clock import GAP_S, HOLE_S, PacketIndex
from bgm_finder.audio.sound_clock import SoundClock
from bgm_finder.audio.sound_packets import SoundPackets
from bgm_finder.audio.source import Floats, NotThisReader, SoundFacts, believable, vorbis_landing

_PREROLL_S = 0.25
"""Decoded and thrown away before a seek's goal, for codecs whose frames lean on the ones before (opus: 80 ms)."""
_LAST_S = (0.3, 3.0, 30.0, 300.0)
"""So long before the declared end the real end is looked for, in a film whose sound may end before its picture."""
_TRIES = 3
_BAD_PACKETS_IN_A_ROW = 200
_ENDLESS = 1 << 62
_MOST_PADDING = 4096
"""Frames that an AAC encoder puts behind the sound at most."""


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
        part: FilePart | SplicedFile | None = None,
        is_scanned: bool = False,
        number: int = 0,
        container: Any = None,
    ) -> None:
        """Open a file; is_scanned asks for a scan of all packets whatever the header says.

        number: the sound stream to read, counted from 0 among them; container: the file, where it was just opened.
        """
        self._packets = SoundPackets(path, part, number, container)
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
        self._packets.close()

    def _seek(self, frame: int) -> None:
        goal = frame - self._preroll()
        if self._packets.is_ogg_vorbis:
            goal = vorbis_landing(goal, self.facts.frames)
        if goal > self.facts.rate_hz and self._can_jump:
            self._can_jump = self._jump(goal)
        elif frame < self._at:
            self._restart()
        self._skip_to(frame)

    def _begin(self, is_scanned: bool) -> None:
        """Decode the first samples, and scan all packets where that is needed."""
        self._maker = BlockMaker()
        self._stand(0, self._decode(self._packets.packets(), 0))
        first = next(self._blocks, None)
        if first is None:
            raise NotThisReader("nothing can be decoded")
        self._rate_hz = self._maker.rate_hz
        self._clock = SoundClock(self._packets, self._rate_hz, first[0] or 0, len(first[1]))
        self._blocks = chain([first], self._blocks)
        if is_scanned or not self._is_trusted():
            self._scan()
        self._clock.begin(self._packets, is_scanned=self._index is not None)
        if self._index is not None:
            self._restart()

    def _is_trusted(self) -> bool:
        source = self._packets
        is_ogg = source.format == "ogg" and (source.part is not None or is_one_whole_ogg(source.path))
        return is_trusted(source.container, source.stream, is_ogg, source.size)

    def _scan(self) -> None:
        self._index = self._packets.index()
        if self._packets.format in ("ac3", "eac3") and self._index.packets[0].duration:
            self._clock.correct_the_step(self._index.packets[0].duration)

    def _scan_late(self, frame: int) -> None:
        """Scan all packets now, since the header was wrong, and make this frame the next one."""
        self._scan()
        self._end, self._can_jump = _ENDLESS, True
        self.facts = self._measured(self.facts)
        self._seek(frame)

    def _restart(self) -> None:
        """Stand at the first packet."""
        found = None if self._index is None else self._packets.jump(int(self._index.times[0]), self._index)
        if found is None or found[1] > 0:
            self._packets.reopen()
            found = self._packets.packets(), 0, 0
        self._stand(0, self._decode(*found[:2]))
        if self._index is not None:
            self._leave_out_the_priming()

    def _leave_out_the_priming(self) -> None:
        """Throw away what an encoder put before the sound: after a jump to the start, decoders give that too."""
        first = next(self._blocks, None)
        if first is None:
            return
        self._blocks = chain([first], self._blocks)
        if first[0] is not None and self._clock.place(first[0]) < 0:
            self._at, self._rest = self._clock.place(first[0]), next(self._blocks)[1]
            self._skip_to(0)

    def _stand(self, at: int, blocks: Iterator[Block]) -> None:
        self._maker.drop()
        self._at, self._silence, self._blocks = at, 0, blocks
        self._rest = np.zeros((0, self._maker.channels), np.float32)

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

    def _fill(self) -> bool:
        """Have silence or decoded samples ready; False at the end."""
        while not self._silence and not len(self._rest):
            block = next(self._blocks, None)
            if block is None:
                return False
            time, self._rest = block
            if time is not None:
                self._silence = self._gap(self._clock.place(time) - self._at)
        return True

    def _gap(self, ahead: int) -> int:
        """Return how much silence the time stamps want before the next block."""
        if self._index is None and not -GAP_S <= ahead / self._rate_hz <= HOLE_S:
            raise _Contradiction
        return self._clock.silence(ahead)

    def _jump(self, frame: int) -> bool:
        """Go on decoding at this frame or somewhat before; at the start, and False, where the container cannot jump.

        A decoder may give nothing for the first packet, and after it a gap may follow: then an earlier one is tried.
        """
        time = self._clock.ticks(frame)
        for _ in range(_TRIES):
            found = self._packets.jump(time, self._index)
            if found is None:
                break
            self._stand(0, self._decode(*found[:2]))
            first = next(self._blocks, None)
            if first is not None and first[0] is not None and self._clock.place(first[0]) <= frame + self._preroll():
                self._at, self._rest = self._clock.place(first[0]), first[1]
                return True
            time = found[2] - self._clock.span(self._preroll())
        self._restart()
        return False

    def _preroll(self) -> int:
        return int(_PREROLL_S * self._rate_hz)

    def _skip_to(self, frame: int) -> None:
        """Throw samples away until this frame is the next one."""
        while self._at < min(frame, self._end) and self._fill():
            passed = min(frame - self._at, self._silence or len(self._rest))
            if self._silence:
                self._silence -= passed
            else:
                self._rest = self._rest[passed:]
            self._at += passed

    def _read_facts(self) -> SoundFacts:
        source, rate_hz = self._packets, self._rate_hz
        places = source.pcm_places or self._maker.places
        self.facts = SoundFacts(0.0, rate_hz, self._maker.channels, 0, source.format, source.codec, places)
        frames = 0 if self._index or source.format == "matroska" else self._declared_frames()
        if not frames:
            try:
                return self._measured(self.facts)
            except _Contradiction:
                self._scan()
                return self._measured(self.facts)
        if source.format == "mov" and self._clock.is_exact:
            frames = _without_padding(frames, source.container.metadata.get("iTunSMPB", ""))
            self._end = frames  # an mp4's header is exact, and its last packet is padded beyond it
        return replace(self.facts, frames=frames, duration_s=frames / rate_hz)

    def _declared_frames(self) -> int:
        stream = self._packets.stream
        late = _opus_preskip(stream.codec_context) if self._packets.format == "ogg" else 0
        return max(0, self._clock.declared_end(stream.duration) - late)

    def _measured(self, facts: SoundFacts) -> SoundFacts:
        """Return the facts with the length at which decoding ends."""
        if not any(self._jump(goal) for goal in self._near_the_end() if goal > 0):
            if self._index is None:
                raise _Contradiction
            self._restart()
        if self._index is None and not has_an_even_index(self._packets.stream):
            raise _Contradiction
        while self._fill():
            self._skip_to(self._at + (self._silence or len(self._rest)))
        frames = self._at
        self._restart()
        return replace(facts, frames=frames, duration_s=frames / self._rate_hz)

    def _near_the_end(self) -> list[int]:
        """Return frames to jump to, from where the end is reached by decoding little."""
        if self._index is not None:
            last = self._clock.coarse_place(int(self._index.times[-1]))
            return [
                vorbis_landing(last, last) if self._packets.is_ogg_vorbis else last - round(_LAST_S[0] * self._rate_hz)
            ]
        declared_s = self._packets.container.duration / av.time_base
        return [round((declared_s - last_s) * self._rate_hz) for last_s in _LAST_S]


def _without_padding(frames: int, told: str) -> int:
    """Return the length of a sound without the encoder's padding that Apple's tag iTunSMPB tells of, if it fits."""
    try:
        length = int(told.split()[3], 16)
    except (ValueError, IndexError):
        return frames
    return length if 0 < frames - length < _MOST_PADDING else frames


def _opus_preskip(context: Any) -> int:
    head = bytes(context.extradata or b"")
    return int.from_bytes(head[10:12], "little") if head.startswith(b"OpusHead") else 0
