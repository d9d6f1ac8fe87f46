"""Load, play, pause, seek, loop, level: commands for the player's process, and what it reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bgm_finder.audio.playing.jack import is_of_jack
from bgm_finder.audio.playing.output import OpenOutput, open_card
from bgm_finder.audio.playing.session import Session
from bgm_finder.audio.playing.state import State
from bgm_finder.audio.playing.supervisor import Supervisor
from bgm_finder.audio.source import SoundStream
from bgm_finder.reasons import Refusal, Unreadable


class Player:
    """Play one track at a time; every call comes back at once, the work is done by a process of its own.

    Where that process dies or stands still, another one goes on at the same place.
    """

    def __init__(self, open_output: OpenOutput = open_card, device: str | None = None, waits: bool = False) -> None:
        """waits: begins only when open is called, or the first track is loaded."""
        self._session = Session()
        self._supervisor = Supervisor(self._session, open_output, device)
        self._error: Unreadable | None = None
        self._is_silent = False
        if not waits:
            self.open()

    def open(self) -> None:
        """Begin the process and open the sound card, where that was to wait."""
        self._supervisor.start()

    def load(
        self,
        path: Path,
        start_s: float = 0.0,
        play: bool = True,
        gain_db: float = 0.0,
        stream: int | None = None,
    ) -> None:
        """Change to this track; one that cannot be read shows itself in error. Tries a lost device again.

        stream: which sound stream of a film, counted from 0, instead of the likeliest.
        """
        session, start_s = self._session, max(0.0, start_s)
        session.path, session.stream, session.gain_db, session.loop = path, stream, gain_db, None
        session.error = self._error = None
        session.position_s = start_s
        state = self._supervisor.state
        begun = replace(_begun(state, start_s), is_playing=play, duration_s=None, stream=None, error=None)
        self._command("load", path, start_s, play, gain_db, stream, expected=begun)
        self.open()
        if play:
            self._supervisor.want_sound()

    def play(self) -> None:
        """Play on, or again from the start where the end was reached; tries a lost device again."""
        if self._session.path is None:
            return
        state = self._supervisor.state
        again = _begun(state, 0.0) if state.has_ended else state
        self._command("play", expected=replace(again, is_playing=True))
        self._supervisor.want_sound()

    def pause(self) -> None:
        """Fall silent within 10 ms and keep the position."""
        self._command("pause", expected=replace(self._supervisor.state, is_playing=False))

    def stop(self) -> None:
        """Pause and go back to the start."""
        if self._session.path is not None:
            self._session.error = None
            self._command("stop", expected=replace(_begun(self._supervisor.state, 0.0), is_playing=False))

    def seek(self, position_s: float) -> None:
        """Go to this second and keep playing, or keep pausing."""
        if self._session.path is not None:
            state = self._supervisor.state
            place_s = max(0.0, min(position_s, float("inf") if state.duration_s is None else state.duration_s))
            self._session.error, self._session.position_s = None, place_s
            self._command("seek", place_s, expected=_begun(state, place_s))

    def set_loop(self, start_s: float | None, end_s: float | None) -> None:
        """Repeat this stretch, exact to the frame, until another track is loaded; None ends it."""
        if self._session.path is not None:
            self._session.loop = None if start_s is None or end_s is None else (start_s, end_s)
            self._command("set_loop", start_s, end_s, expected=self._supervisor.state)

    def set_level(self, level: float) -> None:
        """Set the volume, 0 to 1, as a factor of the amplitude."""
        self._session.level = level
        self._command("set_level", level, expected=self._supervisor.state)

    def set_gain_db(self, gain_db: float) -> None:
        """Make the present track louder or softer, to compare tracks at the same loudness."""
        self._session.gain_db = gain_db
        self._command("set_gain_db", gain_db, expected=self._supervisor.state)

    def prefetch(self, paths: Sequence[Path], streams: Mapping[Path, int] = {}) -> None:  # noqa: B006 - only read
        """Decode the beginning of these tracks, the first one first, instead of those asked for before.

        streams: which sound stream of some films, counted from 0, instead of the likeliest.
        """
        self._session.neighbours, self._session.streams = list(paths), dict(streams)
        self._command("prefetch", list(paths), dict(streams), expected=self._supervisor.state)

    def use_device(self, name: str | None) -> None:
        """Change to the named device, or the system's default; where that fails, pause and name it in device_error."""
        self._supervisor.use_device(name)

    def on_news(self, call: Callable[[], None]) -> None:
        """Have this called, by another thread, when more than the position may have changed."""
        self._supervisor.on_news = call

    def leave(self) -> None:
        """End the sound, and let the processes end meanwhile; close waits for that."""
        self._supervisor.leave()

    def close(self) -> None:
        """End the sound and the processes."""
        self._supervisor.close()

    @property
    def position_s(self) -> float:
        """Return the second of the track that was handed to the sound card last."""
        return self._supervisor.state.position_s

    @property
    def duration_s(self) -> float | None:
        """Return the track's length once it is known."""
        return self._supervisor.state.duration_s

    @property
    def is_playing(self) -> bool:
        """Return whether a track is being played (not paused, not at its end)."""
        return self._supervisor.state.is_playing

    @property
    def is_ready(self) -> bool:
        """Return whether the present track's sound is there to be heard, or known not to come."""
        return self._supervisor.state.is_ready

    @property
    def has_ended(self) -> bool:
        """Return whether the present track was played to its end."""
        return self._supervisor.state.has_ended

    @property
    def rate_hz(self) -> int | None:
        """Return the rate of the sound card, once it is open."""
        return self._supervisor.state.rate_hz

    @property
    def is_silent(self) -> bool:
        """Return whether there is no sound card, so that playing makes no sound."""
        state = self._supervisor.state
        if state.rate_hz is not None:  # else it is what it was until the output is open
            self._is_silent = state.is_silent
        return self._is_silent or self.device_error is not None

    @property
    def runs_over_jack(self) -> bool:
        """Return whether the sound runs over JACK though nobody chose it: nothing else can play."""
        return self._supervisor.device.name is None and is_of_jack(self._supervisor.state.device)

    @property
    def device_error(self) -> Refusal | None:
        """Return what is the matter with the sound card."""
        return self._supervisor.device.error

    @property
    def path(self) -> Path | None:
        """Return the present track."""
        return self._session.path

    @property
    def stream(self) -> SoundStream | None:
        """Return which sound of a film is heard, once that is known; None where there is only one."""
        return self._supervisor.state.stream

    @property
    def error(self) -> Unreadable | None:
        """Return why the present track cannot be heard, which may pass where its file only does not answer."""
        error = self._supervisor.state.error
        if error is None or self._error is None or error.refusal != self._error.refusal:
            self._error = error  # else the same object as before: each report brings another one
        return self._error

    @property
    def underruns(self) -> int:
        """Count the times that sound was missing: decoded too late, or handed over too late."""
        return self._supervisor.underruns_before + self._supervisor.state.underruns

    @property
    def switches(self) -> int:
        """Count the tracks and places begun so far."""
        return self._supervisor.state.switches

    @property
    def crashes(self) -> int:
        """Count the times that the process died or stood still, and another one went on."""
        return self._supervisor.crashes.count

    @property
    def pids(self) -> list[int]:
        """Return the numbers of the processes: of the one that plays, and of the one that would take its place."""
        return self._supervisor.pids

    def _command(self, name: str, *arguments: object, expected: State) -> None:
        self._supervisor.command(name, *arguments, expected=expected)


def _begun(state: State, position_s: float) -> State:
    return replace(state, position_s=position_s, is_ready=False, has_ended=False)
