"""Which loudspeaker each channel of a PyAV stream belongs to."""

from typing import Any

_NO_PLACE = ("NONE", "UNK", "UNSD", "USR", "AMBI")
"""How FFmpeg's names begin for channels that belong to no loudspeaker."""


def take_pcm_places(context: Any) -> tuple[str, ...]:
    """Return the loudspeakers of PCM channels, and let them be decoded without; to be called once, before all else.

    PyAV frees a layout in another order than FFmpeg's own twice, once with the frame and once by itself.
    """
    if not context.name.startswith("pcm_"):
        return ()
    layout = context.layout  # once: letting go of it frees what it names
    if layout.nb_channels:  # none, by a damaged header
        context.layout = f"{layout.nb_channels} channels"
    return places_of(layout)


def places_of(layout: Any) -> tuple[str, ...]:
    """Return the loudspeaker of each channel, or nothing where the stream does not name them all."""
    names = tuple(channel.name for channel in layout.channels)
    return () if len(names) <= 2 or any(name.startswith(_NO_PLACE) for name in names) else names
