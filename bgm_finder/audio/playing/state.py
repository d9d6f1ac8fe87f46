"""What the player's process reports of itself, in memory that the window reads without asking."""

import multiprocessing
import pickle
import struct
import zlib
from dataclasses import dataclass, replace

from bgm_finder.audio.source import SoundStream
from bgm_finder.reasons import Refusal, Unreadable

_HEADER = struct.Struct("<QII")
"""Number, size and checksum of what follows."""
_SLOT_BYTES = 1 << 16
_READS = 3


@dataclass(frozen=True, slots=True)
class State:
    """One report; what has no value yet is None."""

    command: int = 0
    """The last command that was carried out."""
    position_s: float = 0.0
    """The second of the track that was handed to the sound card last."""
    duration_s: float | None = None
    is_playing: bool = False
    is_ready: bool = False
    """Whether the track's sound is there to be heard, or known not to come."""
    ahead_s: float = 0.0
    """Seconds that are decoded and not played yet, inf where nothing is left to be decoded."""
    has_ended: bool = False
    """Whether the track was played to its end."""
    error: Unreadable | None = None
    """Why the track cannot be heard."""
    stream: SoundStream | None = None
    rate_hz: int | None = None
    """The rate of the sound card, once it is open."""
    device: str = ""
    is_silent: bool = False
    device_error: Refusal | None = None
    is_lost: bool = False
    """Whether the device was open and is gone: only another process can open it again."""
    underruns: int = 0
    switches: int = 0
    """Tracks and places begun so far."""


class StateMemory:
    """Two slots of shared memory, written in turn: a reader finds a whole state whenever the writer is killed."""

    def __init__(self) -> None:
        """Hand the object to the process when it is started."""
        self._bytes = multiprocessing.get_context("spawn").RawArray("B", 2 * _SLOT_BYTES)
        self._written = 0
        self._newest = 0, State()
        """The number of the newest state that was read, and the state: in one, as several threads read."""

    def write(self, state: State) -> None:
        """Report a state; called by one thread at a time, of the one process that writes."""
        payload = pickle.dumps(state)
        if len(payload) > _SLOT_BYTES - _HEADER.size:  # the title of a film's sound stream can be of any length
            payload = pickle.dumps(replace(state, stream=None))
        self._written += 1
        start = self._written % 2 * _SLOT_BYTES
        header = _HEADER.pack(self._written, len(payload), zlib.crc32(payload))
        self._memory[start + _HEADER.size : start + _HEADER.size + len(payload)] = payload
        self._memory[start : start + _HEADER.size] = header

    @property
    def _memory(self) -> memoryview:
        return memoryview(self._bytes).cast("B")

    def beat(self) -> int:
        """Return a number that changes as long as the process reports, 0 before it has begun."""
        return max(int(_HEADER.unpack_from(self._memory, slot * _SLOT_BYTES)[0]) for slot in range(2))

    def read(self) -> State:
        """Return the newest state; the same object until there is a newer one."""
        for _ in range(_READS):
            number = self.beat()
            known, last = self._newest
            if number == known:
                return last
            state = self._read_slot(number % 2)
            if state is not None:
                self._newest = number, state
                return state
        return self._newest[1]

    def _read_slot(self, slot: int) -> State | None:
        """Return the state in a slot, or None where it is being written."""
        start = slot * _SLOT_BYTES
        copy = bytes(self._memory[start : start + _SLOT_BYTES // 16])
        _, size, checksum = _HEADER.unpack_from(copy)
        if size > len(copy) - _HEADER.size:
            copy = bytes(self._memory[start : start + _SLOT_BYTES])
        payload = copy[_HEADER.size : _HEADER.size + size]
        if len(payload) != size or zlib.crc32(payload) != checksum:
            return None
        state = pickle.loads(payload)  # noqa: S301 - written by our own process
        assert isinstance(state, State)
        return state
