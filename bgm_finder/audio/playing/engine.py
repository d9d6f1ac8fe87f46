"""Load, play, pause, seek, loop, level: what the player's process does, with threads of its own."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bgm_finder.audio.playing.feed import Head
from bgm_finder.audio.playing.feeder import Feeder
from bgm_finder.audio.playing.mixer import Mixer
from bgm_finder.audio.playing.outlet import Outlet
from bgm_finder.audio.playing.output import Output
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.audio.playing.session import Session
from bgm_finder.audio.playing.state import State
from bgm_finder.audio.playing.voice import Voice

_RATE_BEFORE_OPEN_HZ = 44_100


class Engine:
    """Play one track at a time through one output; every call comes back at once.

    Each load or seek makes a new voice; the old one fades out within 10 ms.
    """

    def __init__(
        self,
        open_output: Callable[[], Output],
        prefetch: Prefetch,
        pauses_without_card: bool = False,
        on_change: Callable[[], None] = lambda: None,
        session: Session | None = None,
    ) -> None:
        """pauses_without_card: whether an output that cannot be opened pauses; else time goes on in silence.

        on_change: called by any thread when the output was opened or lost. session: where to go on.
        """
        self._on_change, self._pauses_without_card = on_change, pauses_without_card
        self._switches = 0
        self._lock = threading.RLock()
        self._voice: Voice | None = None
        self._rate_hz: int | None = None
        self._mixer = Mixer()
        self._prefetch = prefetch
        self._feeder = Feeder(lambda: self._mixer.is_active)
        self._outlet = Outlet(self._mixer, open_output, self._on_open, self._on_refused, on_change)
        if session is not None:
            self._resume(session)
        self._outlet.open()

    def load(
        self,
        path: Path,
        start_s: float = 0.0,
        play: bool = True,
        gain_db: float = 0.0,
        stream: int | None = None,
    ) -> None:
        """Change to this track; one that cannot be read shows itself in the state's error.

        stream: which sound stream of a film, counted from 0, instead of the likeliest.
        """
        with self._lock:
            voice = Voice(path, max(0.0, start_s), self._rate(), amplitude=_amplitude(gain_db), stream=stream)
            self._begin(voice, play)

    def play(self) -> None:
        """Play on, or again from the start where the end was reached."""
        with self._lock:
            if self._voice is None:
                return
            if self._voice.is_finished:
                self._begin(self._again(0.0), True)
            else:
                self._request(self._voice, True)

    def pause(self) -> None:
        """Fall silent within 10 ms and keep the position."""
        with self._lock:
            self._mixer.request(self._voice, False)

    def stop(self) -> None:
        """Pause and go back to the start."""
        with self._lock:
            if self._voice is not None:
                self._begin(self._again(0.0), False)

    def seek(self, position_s: float) -> None:
        """Go to this second and keep playing, or keep pausing."""
        with self._lock:
            if self._voice is not None:
                self._begin(self._again(position_s), self._is_playing)

    def set_loop(self, start_s: float | None, end_s: float | None) -> None:
        """Repeat this stretch, exact to the frame, until another track is loaded; None ends it."""
        with self._lock:
            voice = self._voice
            if voice is None:
                return
            loop = None if start_s is None or end_s is None or end_s <= start_s else (max(0.0, start_s), end_s)
            voice.loop = loop  # before the look at reached_s: see Feed.decode_next_chunk
            passed_end = loop is not None and voice.reached_s > loop[1]
            if passed_end or voice.has_seam_ahead:  # what is decoded ahead leads elsewhere
                self._begin(self._again(voice.position_s), self._is_playing)

    def set_level(self, level: float) -> None:
        """Set the volume, 0 to 1, as a factor of the amplitude."""
        self._mixer.level = min(1.0, max(0.0, level))

    def set_gain_db(self, gain_db: float) -> None:
        """Make the present track louder or softer, to compare tracks at the same loudness."""
        with self._lock:
            if self._voice is not None:
                self._voice.amplitude = _amplitude(gain_db)

    def prefetch(self, paths: Sequence[Path], streams: Mapping[Path, int]) -> None:
        """Decode the beginning of these tracks, the first one first; streams: the chosen streams of some."""
        self._prefetch.want(paths, streams)

    def close(self) -> None:
        """End the sound and all threads; those that wait for a file are left behind."""
        self._outlet.close()
        self._feeder.close()
        self._prefetch.close()

    def close_output(self) -> None:
        """End the sound; the other threads have nothing to lose."""
        self._outlet.close()

    @property
    def is_changing(self) -> bool:
        """Whether the state changes by itself: the track is being played or opened, or the output opened."""
        voice = self._voice
        is_opening = voice is not None and (voice.facts is None or not voice.is_ready) and voice.error is None
        return self._mixer.is_active or is_opening or self._rate_hz is None

    def state(self, command: int = 0) -> State:
        """Return how it is; command: the number of the last command that was carried out."""
        voice, outlet = self._voice, self._outlet
        output, facts = outlet.output, None if voice is None else voice.facts
        return State(
            command=command,
            position_s=0.0 if voice is None else voice.position_s,
            duration_s=None if facts is None else facts.duration_s,
            is_playing=self._is_playing,
            is_ready=self._rate_hz is not None and voice is not None and voice.is_ready,
            ahead_s=0.0 if voice is None else voice.ahead_s,
            has_ended=voice is not None and voice.is_finished and voice.error is None,
            error=None if voice is None else voice.present_error,
            stream=None if facts is None else facts.stream,
            rate_hz=self._rate_hz,
            device="" if output is None else output.name,
            is_silent=outlet.is_silent,
            device_error=outlet.error,
            is_lost=outlet.is_lost,
            underruns=self._mixer.underruns + (0 if output is None else output.underflows),
            switches=self._switches,
        )

    @property
    def _is_playing(self) -> bool:
        voice = self._voice
        return voice is not None and self._mixer.is_playing and not voice.is_finished

    def _resume(self, session: Session) -> None:
        self.set_level(session.level)
        if session.path is not None and session.error is not None:
            voice = Voice(session.path, session.position_s, self._rate(), stream=session.stream)
            voice.error, voice.is_complete = session.error, True
            self._voice = voice
        elif session.path is not None:
            self.load(session.path, session.position_s, session.is_playing, session.gain_db, session.stream)
            if session.loop is not None:
                self.set_loop(*session.loop)
        self.prefetch(session.neighbours, session.streams)

    def _rate(self) -> int:
        return self._rate_hz or _RATE_BEFORE_OPEN_HZ

    def _again(self, position_s: float) -> Voice:
        """Return a new voice of the present track, from another place."""
        old = self._voice
        assert old is not None
        end_s = float("inf") if old.facts is None else old.facts.duration_s
        place_s = min(max(0.0, position_s), end_s)
        return Voice(old.path, place_s, self._rate(), old.amplitude, old.loop, old.stream, old.facts)

    def _begin(self, voice: Voice, play: bool) -> None:
        head = self._head(voice)
        if head is not None:
            voice.begin_with(head.samples, head.facts)
        self._switches += 1
        self._voice = voice
        self._request(voice, play)
        if self._rate_hz is not None:
            self._feeder.follow(voice, head)

    def _request(self, voice: Voice, play: bool) -> None:
        self._mixer.request(voice, play)
        if play:
            self._outlet.wake()
            self._feeder.wake()

    def _head(self, voice: Voice) -> Head | None:
        if voice.start_s > 0.0 or voice.loop is not None:
            return None
        return self._prefetch.get(voice.path, voice.stream)

    def _on_refused(self) -> None:
        if self._pauses_without_card:
            self.pause()

    def _on_open(self, rate_hz: int) -> None:
        """Go on at the rate of the freshly opened output; called by the outlet's thread."""
        with self._lock:
            self._rate_hz = rate_hz
            self._prefetch.use_rate(rate_hz)
            voice = self._voice
            if voice is not None and voice.error is None:
                self._begin(self._again(voice.position_s), self._is_playing)
        self._on_change()


def _amplitude(gain_db: float) -> float:
    return float(10.0 ** (gain_db / 20.0))
