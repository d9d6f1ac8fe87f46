"""The sound devices that one can choose, as processes of their own list them: a server may stand still or die."""

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bgm_finder.audio.playing import jack
from bgm_finder.audio.playing.sound_card import NoSoundCard, default_index, name_of, sounddevice

_TIMEOUT_S = 10.0
"""A process begins within a second, on a busy computer in some."""


@dataclass(frozen=True, slots=True)
class Device:
    """A sound card one can choose; the name is what use_device takes."""

    name: str
    is_default: bool


def devices() -> list[Device]:
    """Return the devices that can play, none where there is no sound system; takes up to a second."""
    listings = [_Listing(sees_jack=False)]
    if jack.may_be_there():
        listings.append(_Listing(sees_jack=True))
    found, *of_jack = [listing.result() for listing in listings]
    has_default = any(device.is_default for device in found)
    return found + [Device(name, not has_default and at == 0) for at, name in enumerate(_names(of_jack))]


def _names(listings: list[list[Device]]) -> list[str]:
    return [device.name for listing in listings for device in listing]


class _Listing:
    """A process that lists the devices, with those of JACK or without."""

    def __init__(self, sees_jack: bool) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_list, args=(theirs, sees_jack), daemon=True, name="sound devices")
        self._process.start()
        theirs.close()

    def result(self) -> list[Device]:
        """Return what was found, nothing where the process died or stands still."""
        try:
            return list(self._line.recv()) if self._line.poll(_TIMEOUT_S) else []
        except (EOFError, OSError):
            return []
        finally:
            self._process.kill()
            self._process.join()
            self._line.close()


def _list(line: Connection, sees_jack: bool) -> None:
    jack.settle(sees_jack)
    try:
        sd = sounddevice()
    except NoSoundCard:
        line.send([])
        return
    line.send([Device(name, False) for name in jack_names(sd)] if sees_jack else _others(sd))


def jack_names(sd: Any) -> list[str]:
    """Return the names of the JACK devices that can play, the default first; sd: the library, which sees JACK."""
    names: list[str] = []
    for api in sd.query_hostapis():
        if api["name"] == jack.JACK:
            indexes = sorted(api["devices"], key=lambda index: index != api["default_output_device"])
            able = [sd.query_devices(index) for index in indexes]
            names += [name_of(sd, facts) for facts in able if facts["max_output_channels"] > 0]
    return names


def _others(sd: Any) -> list[Device]:
    default = default_index(sd)
    able = [facts for facts in sd.query_devices() if facts["max_output_channels"] > 0]
    return [Device(name_of(sd, facts), facts["index"] == default) for facts in able]
