"""Load, play, pause, seek, loop, level; one stream stays open for good."""

import threading
from pathlib import Path

from bgm_finder.audio.playing.feed import Head
from bgm_finder.audio.playing.feeder import Feeder
from bgm_finder.audio.playing.mixer import Mixer
from bgm_finder.audio.playing.outlet import OpenOutput, Outlet
from bgm_finder.audio.playing.output import open_output as open_sound_card
from bgm_finder.audio.playing.prefetch import Prefetch
from bgm_finder.audio.playing.voice import Voice
from bgm_finder.audio.source import SoundStream
from bgm_finder.reasons import Refusal, Unreadable

_RATE_BEFORE_OPEN_HZ = 44_100


class Player:
    """Plays one track at a time; every call comes back at once, the work is done by threads of its own.

    Each load, seek or change of device makes a new voice; the old one fades out within 10 ms.
    """

    def __init__(
        self,
        open_output: OpenOutput = open_sound_card,
        device: str | None = None,
        prefetch: Prefetch | None = None,
        waits: bool = False,
    ) -> None:
        """waits: opens the sound card only when open is called, or the first track is to be heard."""
        self.switches = 0
        """Counts the voices so far: whoever waits for one can tell that a newer one took its place."""
        self._prefetch = prefetch
        self._lock = threading.RLock()
        self._voice: Voice | None = None
        self._rate_hz: int | None = None
        self._mixer = Mixer()
        self._feeder = Feeder()
        self._outlet = Outlet(self._mixer, open_output, device, self._on_open, self.pause, waits)
        self._outlet.start()

    def open(self) -> None:
        """Opens the sound card now, where that was to wait."""
        self._outlet.open()

    def load(
        self,
        path: Path,
        start_s: float = 0.0,
        play: bool = True,
        gain_db: float = 0.0,
        stream: int | None = None,
    ) -> None:
        """Changes to this track; one that cannot be read shows itself in error. Tries a lost device again.

        stream: which sound stream of a film, counted from 0, instead of the likeliest.
        """
        with self._lock:
            if play:
                self._outlet.want_sound()
            voice = Voice(path, max(0.0, start_s), self._rate(), amplitude=_amplitude(gain_db), stream=stream)
            self._speak(voice, play)

    def play(self) -> None:
        """Plays on, or again from the start where the end was reached; tries a lost device again."""
        with self._lock:
            if self._voice is None:
                return
            self._outlet.want_sound()
            if self._voice.is_finished:
                self._speak(self._again(0.0), True)
            else:
                self._mixer.wish(self._voice, True)

    def pause(self) -> None:
        """Falls silent within 10 ms and keeps the position."""
        with self._lock:
            self._mixer.wish(self._voice, False)

    def stop(self) -> None:
        """Pauses and goes back to the start."""
        with self._lock:
            if self._voice is not None:
                self._speak(self._again(0.0), False)

    def seek(self, position_s: float) -> None:
        """Goes to this second and keeps playing, or keeps pausing."""
        with self._lock:
            if self._voice is not None:
                self._speak(self._again(position_s), self.is_playing)

    def set_loop(self, start_s: float | None, end_s: float | None) -> None:
        """Repeats this stretch, exact to the frame, until another track is loaded; None ends it."""
        with self._lock:
            voice = self._voice
            if voice is None:
                return
            loop = None if start_s is None or end_s is None or end_s <= start_s else (max(0.0, start_s), end_s)
            voice.loop = loop  # before the look at reached_s: see Feed.bite
            passed_end = loop is not None and voice.reached_s > loop[1]
            if passed_end or voice.has_seam_ahead:  # what is decoded ahead leads elsewhere
                self._speak(self._again(voice.position_s), self.is_playing)

    def set_level(self, level: float) -> None:
        """Sets the volume, 0 to 1, as a factor of the amplitude."""
        self._mixer.level = min(1.0, max(0.0, level))

    def set_gain_db(self, gain_db: float) -> None:
        """Makes the present track louder or softer, to compare tracks at the same loudness."""
        with self._lock:
            if self._voice is not None:
                self._voice.amplitude = _amplitude(gain_db)

    def use_device(self, name: str | None) -> None:
        """Changes to the named device, or to the system's default; where that fails, pauses and says so in trouble."""
        self._outlet.use(name)

    def close(self) -> None:
        """Ends the sound and all threads."""
        self._outlet.close()
        self._feeder.close()

    @property
    def position_s(self) -> float:
        """Return the second of the track that was handed to the sound card last."""
        voice = self._voice
        return 0.0 if voice is None else voice.position_s

    @property
    def duration_s(self) -> float | None:
        """Return the track's length once it is known."""
        voice = self._voice
        return None if voice is None or voice.facts is None else voice.facts.duration_s

    @property
    def is_playing(self) -> bool:
        """Whether a track is being played (not paused, not at its end)."""
        voice = self._voice
        return voice is not None and self._mixer.is_playing and not voice.is_finished

    @property
    def is_ready(self) -> bool:
        """Whether the present track's sound is there to be heard, or known not to come."""
        voice = self._voice
        return self._rate_hz is not None and voice is not None and voice.is_ready

    @property
    def rate_hz(self) -> int | None:
        """Return the rate of the sound card, once it is open."""
        return self._rate_hz

    @property
    def is_silent(self) -> bool:
        """Whether there is no sound card, so that playing makes no sound."""
        return self._outlet.is_silent

    @property
    def runs_over_jack(self) -> bool:
        """Whether the sound runs over JACK though nobody chose it: nothing else can play."""
        return self._outlet.is_makeshift

    @property
    def trouble(self) -> Refusal | None:
        """Return what is the matter with the sound card."""
        return self._outlet.trouble

    @property
    def path(self) -> Path | None:
        """Return the present track."""
        voice = self._voice
        return None if voice is None else voice.path

    @property
    def stream(self) -> SoundStream | None:
        """Return which sound of a film is heard, once that is known; None where there is only one."""
        voice = self._voice
        return None if voice is None or voice.facts is None else voice.facts.stream

    @property
    def error(self) -> Unreadable | None:
        """Says why the present track cannot be heard, which may pass where its file only does not answer."""
        voice = self._voice
        return None if voice is None else voice.trouble

    @property
    def ended(self) -> int:
        """Count the tracks that were played to their end."""
        return self._mixer.ended

    @property
    def underruns(self) -> int:
        """Counts the times that sound was missing: decoded too late, or handed over too late."""
        output = self._outlet.output
        return self._mixer.underruns + (0 if output is None else output.underflows)

    def _rate(self) -> int:
        return self._rate_hz or _RATE_BEFORE_OPEN_HZ

    def _again(self, position_s: float) -> Voice:
        """Return a new voice of the present track, from another place."""
        old = self._voice
        assert old is not None
        end_s = float("inf") if old.facts is None else old.facts.duration_s
        place_s = min(max(0.0, position_s), end_s)
        return Voice(old.path, place_s, self._rate(), old.amplitude, old.loop, old.stream, old.facts)

    def _speak(self, voice: Voice, play: bool) -> None:
        head = self._head(voice)
        if head is not None:
            voice.begin_with(head.samples, head.facts)
        self.switches += 1
        self._voice = voice
        self._mixer.wish(voice, play)
        if self._rate_hz is not None:
            self._feeder.follow(voice, head)

    def _head(self, voice: Voice) -> Head | None:
        if self._prefetch is None or voice.start_s > 0.0 or voice.loop is not None:
            return None
        return self._prefetch.get(voice.path, voice.stream)

    def _on_open(self, rate_hz: int) -> None:
        """Goes on at the rate of a freshly opened output; called by the outlet's thread."""
        with self._lock:
            changed, self._rate_hz = rate_hz != self._rate_hz, rate_hz
            if self._prefetch is not None:
                self._prefetch.use_rate(rate_hz)
            if changed and self._voice is not None:
                self._speak(self._again(self._voice.position_s), self.is_playing)


def _amplitude(gain_db: float) -> float:
    return float(10.0 ** (gain_db / 20.0))
