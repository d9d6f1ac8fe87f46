"""The player on the desktop's session bus (MPRIS 2.2): media keys, headsets and the desktop's own player controls.

QtDBus exports the slots and properties of the two adaptors below under their specified names.
"""

import os
from dataclasses import dataclass

from PySide6.QtCore import ClassInfo, Property, QMetaType, QObject, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusArgument, QDBusConnection, QDBusMessage, QDBusObjectPath

_OBJECT = "/org/mpris/MediaPlayer2"
_SERVICE = "org.mpris.MediaPlayer2.bgm_finder"
_ROOT, _PLAYER = "org.mpris.MediaPlayer2", "org.mpris.MediaPlayer2.Player"
_NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
_US = 1_000_000
"""Times on the bus are in microseconds."""


@dataclass(frozen=True, slots=True)
class PlayerState:
    """What the bus shows of the player, but for its position."""

    status: str = "Stopped"
    """"Playing", "Paused" or "Stopped"."""
    title: str = ""
    track: str = _NO_TRACK
    """An object path that names the track."""
    length_s: float = 0.0
    volume: float = 1.0
    can_go_next: bool = False
    can_go_previous: bool = False

    def properties(self) -> dict[str, object]:
        """Return the changing properties of the player's interface."""
        has_track = self.track != _NO_TRACK
        metadata: dict[str, object] = {"mpris:trackid": QDBusObjectPath(self.track)}
        if has_track:
            metadata["xesam:title"] = self.title
        if self.length_s > 0:
            metadata["mpris:length"] = round(self.length_s * _US)
        return {
            "PlaybackStatus": self.status,
            "Metadata": metadata,
            "Volume": self.volume,
            "CanGoNext": self.can_go_next,
            "CanGoPrevious": self.can_go_previous,
            "CanPlay": has_track or self.can_go_next,
            "CanPause": has_track,
            "CanSeek": self.length_s > 0,
        }


class Mpris(QObject):
    """Emit what the desktop asks for, and report to it what the player does."""

    requested = Signal(str)
    """"play", "pause", "play_pause", "stop", "next", "previous", "raise" or "quit"."""
    seek_requested = Signal(float)
    """By so many seconds."""
    position_requested = Signal(float)
    volume_requested = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = PlayerState()
        self.position_s = 0.0
        self._bus: QDBusConnection | None = None
        self._name = ""
        self._adaptors = (_Root(self), _Player(self))

    def publish(self, bus: QDBusConnection) -> bool:
        """Appear on the bus; return whether that could be."""
        if not bus.registerObject(_OBJECT, self, QDBusConnection.RegisterOption.ExportAdaptors):
            return False
        for name in (_SERVICE, f"{_SERVICE}.instance{os.getpid()}"):  # another window may have the first
            if bus.registerService(name):
                self._bus, self._name = bus, name
                return True
        bus.unregisterObject(_OBJECT)
        return False

    def show(self, state: PlayerState) -> None:
        """Tell the bus what has changed."""
        before, self.state = self.state.properties(), state
        changed = {name: value for name, value in state.properties().items() if not _same(value, before[name])}
        if changed and self._bus is not None:
            message = QDBusMessage.createSignal(_OBJECT, "org.freedesktop.DBus.Properties", "PropertiesChanged")
            message.setArguments([_PLAYER, changed, _no_strings()])
            self._bus.send(message)

    def tell_jump(self) -> None:
        """Tell the bus that the position is another one than the clock says."""
        if self._bus is not None:
            self._adaptors[1].Seeked.emit(round(self.position_s * _US))

    def close(self) -> None:
        if self._bus is not None:
            self._bus.unregisterService(self._name)
            self._bus.unregisterObject(_OBJECT)
            self._bus = None


def _no_strings() -> QDBusArgument:
    """Return an empty list of strings; one of Python's would go out as one of variants."""
    none = QDBusArgument()
    none.beginArray(QMetaType(QMetaType.Type.QString.value))
    none.endArray()
    return none


def _same(value: object, other: object) -> bool:
    if isinstance(value, dict) and isinstance(other, dict):
        return value.keys() == other.keys() and all(_same(value[key], other[key]) for key in value)
    if isinstance(value, QDBusObjectPath) and isinstance(other, QDBusObjectPath):
        return value.path() == other.path()
    return value == other


@ClassInfo({"D-Bus Interface": _ROOT})  # type: ignore[call-arg]  # its stub lacks the dict
class _Root(QDBusAbstractAdaptor):  # type: ignore[operator]
    """The application."""

    def __init__(self, mpris: Mpris) -> None:
        super().__init__(mpris)
        self._mpris = mpris

    @Slot()
    def Raise(self) -> None:  # noqa: N802 - this and all below: MPRIS' own names
        self._mpris.requested.emit("raise")

    @Slot()
    def Quit(self) -> None:  # noqa: N802
        self._mpris.requested.emit("quit")

    Identity = Property(str, lambda _: "BGM Finder")
    DesktopEntry = Property(str, lambda _: "bgm-finder")
    CanRaise = Property(bool, lambda _: True)
    CanQuit = Property(bool, lambda _: True)
    HasTrackList = Property(bool, lambda _: False)
    SupportedUriSchemes = Property("QStringList", lambda _: [])  # type: ignore[arg-type]
    SupportedMimeTypes = Property("QStringList", lambda _: [])  # type: ignore[arg-type]


@ClassInfo({"D-Bus Interface": _PLAYER})  # type: ignore[call-arg]
class _Player(QDBusAbstractAdaptor):  # type: ignore[operator]
    """The player."""

    Seeked = Signal("qlonglong")  # type: ignore[arg-type]

    def __init__(self, mpris: Mpris) -> None:
        super().__init__(mpris)
        self._mpris = mpris

    @Slot()
    def Next(self) -> None:  # noqa: N802
        self._mpris.requested.emit("next")

    @Slot()
    def Previous(self) -> None:  # noqa: N802
        self._mpris.requested.emit("previous")

    @Slot()
    def Play(self) -> None:  # noqa: N802
        self._mpris.requested.emit("play")

    @Slot()
    def Pause(self) -> None:  # noqa: N802
        self._mpris.requested.emit("pause")

    @Slot()
    def PlayPause(self) -> None:  # noqa: N802
        self._mpris.requested.emit("play_pause")

    @Slot()
    def Stop(self) -> None:  # noqa: N802
        self._mpris.requested.emit("stop")

    @Slot("qlonglong")
    def Seek(self, offset_us: int) -> None:  # noqa: N802
        """Past the end it is the next track's turn, as MPRIS says."""
        length_s = self._mpris.state.length_s
        if length_s and self._mpris.position_s + offset_us / _US > length_s:
            self._mpris.requested.emit("next")
        else:
            self._mpris.seek_requested.emit(offset_us / _US)

    @Slot(QDBusObjectPath, "qlonglong")
    def SetPosition(self, track: QDBusObjectPath, position_us: int) -> None:  # noqa: N802
        """Ignored for a track that is no longer heard, or a place outside it."""
        state = self._mpris.state
        if track.path() == state.track and 0 <= position_us <= state.length_s * _US:
            self._mpris.position_requested.emit(position_us / _US)

    def _property(self, name: str) -> object:
        return self._mpris.state.properties()[name]

    def _set_volume(self, volume: float) -> None:
        self._mpris.volume_requested.emit(min(1.0, max(0.0, volume)))

    PlaybackStatus = Property(str, lambda self: self._property("PlaybackStatus"))
    Metadata = Property("QVariantMap", lambda self: self._property("Metadata"))  # type: ignore[arg-type]
    Position = Property("qlonglong", lambda self: round(self._mpris.position_s * _US))  # type: ignore[arg-type]
    Volume = Property(float, lambda self: self._property("Volume"), _set_volume)
    Rate = Property(float, lambda _: 1.0, lambda _self, _rate: None)
    MinimumRate = Property(float, lambda _: 1.0)
    MaximumRate = Property(float, lambda _: 1.0)
    CanGoNext = Property(bool, lambda self: self._property("CanGoNext"))
    CanGoPrevious = Property(bool, lambda self: self._property("CanGoPrevious"))
    CanPlay = Property(bool, lambda self: self._property("CanPlay"))
    CanPause = Property(bool, lambda self: self._property("CanPause"))
    CanSeek = Property(bool, lambda self: self._property("CanSeek"))
    CanControl = Property(bool, lambda _: True)
