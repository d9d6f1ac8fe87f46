"""Packets of a sound -> one clock: which time stamps are believed, and where in the file a place of the sound lies."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

GAP_S = 0.05
"""A gap in the time stamps that is longer is silence of its length; a shorter one is the rounding of a container."""
HOLE_S = 600.0
"""A longer one is damage: nobody records hours of nothing, so the sound goes on without it."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What a container declares of one packet, in ticks of its stream; pos in bytes, -1 where it declares none."""

    pts: int | None
    duration: int
    pos: int
    size: int

    @staticmethod
    def of(packet: Any) -> "Packet":
        """Take it from a packet of PyAV's."""
        pts = packet.dts if packet.pts is None else packet.pts
        return Packet(pts, packet.duration or 0, -1 if packet.pos is None else packet.pos, packet.size)


class PacketIndex:
    """All packets of a sound in their order, with the time at which each is heard."""

    def __init__(self, packets: Iterable[Packet], tick_s: float, declared_s: float | None) -> None:
        """Take all packets; declared_s is the length that the container stores, None where it stores none."""
        self.packets = list(packets)
        self.times = _heard_times(self.packets, tick_s, declared_s)

    def before(self, time: float) -> int:
        """Return the number of the last packet that is not heard after this time, in ticks."""
        return max(0, int(np.searchsorted(self.times, time, side="right")) - 1)

    def number_of(self, packet: Packet) -> int | None:
        """Return which packet this one is, met again after a jump; None where that is unknown."""
        return self._by_all.get(packet, self._by_place.get(packet.pos))

    @cached_property
    def _by_all(self) -> dict[Packet, int]:
        """Packet numbers by all that is known of them; a packet's look-alikes are left out."""
        numbers = Counter(self.packets)
        return {packet: number for number, packet in enumerate(self.packets) if numbers[packet] == 1}

    @cached_property
    def _by_place(self) -> dict[int, int]:
        """Packet numbers by place, where each has its own: after a jump, time stamps can be guesses."""
        numbers = {packet.pos: number for number, packet in enumerate(self.packets)}
        return numbers if len(numbers) == len(self.packets) else {}


def _heard_times(packets: Sequence[Packet], tick_s: float, declared_s: float | None) -> NDArray[np.int64]:
    """Return when each packet is heard, in ticks.

    That is its time stamp, until one steps back (streams that were joined, overlaps) or over a hole (damage): from
    there on all are moved so that the sound goes on.
    """
    gap, hole = GAP_S / tick_s, HOLE_S / tick_s
    first = next((packet.pts for packet in packets if packet.pts is not None), 0)
    last = float("inf") if declared_s is None else first + declared_s / tick_s + gap
    usual = float(np.median([packet.duration for packet in packets]))
    times, moved, expected = np.zeros(len(packets), np.int64), 0, first
    for number, packet in enumerate(packets):
        time = expected if packet.pts is None else packet.pts + moved
        ahead = time - expected
        if ahead < -gap or ahead > hole or (ahead > gap and time > last):
            moved, time = moved - ahead, expected
        times[number] = time
        is_hole = packet.duration > usual + gap  # an mp4 stores a hole as the length of the packet before it
        expected = max(expected, time + (round(usual) if is_hole else packet.duration))
    return times
