"""What is to be heard, in full: all that another process needs to go on where one has ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bgm_finder.reasons import Unreadable


@dataclass(slots=True)
class Session:
    """Kept by the window, and handed to each process of the player when it begins."""

    path: Path | None = None
    stream: int | None = None
    """Which sound stream of a film, counted from 0, instead of the likeliest."""
    position_s: float = 0.0
    is_playing: bool = False
    gain_db: float = 0.0
    loop: tuple[float, float] | None = None
    error: Unreadable | None = None
    """Why the track is not to be decoded again."""
    level: float = 1.0
    """The volume, as a factor of the amplitude."""
    neighbours: list[Path] = field(default_factory=list)
    """Tracks whose beginning is decoded ahead."""
    streams: Mapping[Path, int] = field(default_factory=dict)
    """The chosen sound streams of these."""
