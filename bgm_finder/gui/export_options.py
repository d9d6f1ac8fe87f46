"""The options of an export as the settings keep them, in words, and as the export takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from bgm_finder.audio.broadcast_wave import Depth
from bgm_finder.export.copies import Copying, CopyOptions
from bgm_finder.export.export import ExportOptions, TimelineFormat
from bgm_finder.export.frame_rates import FRAME_RATES
from bgm_finder.export.sequence import TimelineOptions

RATES_HZ = ("0", "44100", "48000", "88200", "96000")
"""0: the source's."""
_MOST_HANDLES_S = 60.0


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What the dialog shows: each choice by the word it is kept as."""

    copies: str = str(Copying.NEEDED)
    rate_hz: str = "48000"
    depth: str = str(Depth.INT_24)
    handles_s: float = 0.0
    names: str = "{name}"
    formats: tuple[str, ...] = (str(TimelineFormat.OTIO),)
    fps: str = "25"
    start: str = "00:00:00:00"

    @classmethod
    def kept(cls, words: Mapping[str, str]) -> Self:
        """Return the choices of the settings; what is not known there is as it is at first."""
        usual = cls()
        formats = tuple(name for name in words.get("formats", "").split() if name in [*map(str, TimelineFormat)])
        return cls(
            _one_of([*map(str, Copying)], words.get("copies"), usual.copies),
            _one_of(RATES_HZ, words.get("rate_hz"), usual.rate_hz),
            _one_of([*map(str, Depth)], words.get("depth"), usual.depth),
            _number(words.get("handles_s", "")),
            words.get("names") or usual.names,
            formats if "formats" in words else usual.formats,
            _one_of([*FRAME_RATES], words.get("fps"), usual.fps),
            words.get("start") or usual.start,
        )

    def words(self) -> dict[str, str]:
        """Return what the settings keep."""
        return {
            "copies": self.copies,
            "rate_hz": self.rate_hz,
            "depth": self.depth,
            "handles_s": f"{self.handles_s:g}",
            "names": self.names,
            "formats": " ".join(self.formats),
            "fps": self.fps,
            "start": self.start,
        }

    def options(self, name: str, brief: str = "") -> ExportOptions:
        """Return the same for an export; raises ValueError where the start is no time code at this rate.

        name: of the timeline.
        """
        rate = FRAME_RATES[self.fps]
        copies = CopyOptions(
            Copying(self.copies), int(self.rate_hz) or None, Depth(self.depth), self.handles_s, self.names, brief
        )
        formats = tuple(TimelineFormat(name) for name in self.formats)
        return ExportOptions(copies, TimelineOptions(name, rate, rate.frame_of(self.start)), formats)


def _one_of(known: list[str] | tuple[str, ...], word: str | None, usual: str) -> str:
    return word if word is not None and word in known else usual


def _number(text: str) -> float:
    try:
        return min(_MOST_HANDLES_S, max(0.0, float(text)))
    except ValueError:
        return 0.0
