"""Write a player's bars: what the score and the form ask of one chair of the band."""

import random
from dataclasses import dataclass, replace

from lab.music.compose_band import GUITARS, LEAD_RANGE, Player
from lab.music.compose_comping import Accompanist
from lab.music.compose_form import ENDING, Section
from lab.music.compose_harmony import Chord
from lab.music.compose_melody import Motif, Singer, Tune, invent_tune
from lab.music.compose_rhythm import CRASH, KICK, Hit, bass_bar, drum_bar
from lab.music.compose_styles import Mood, Style

_HAND_GROOVES = ("hand", "taiko", "reel")
_LAST_NOTE = Motif((0,), (4,), (0,))


@dataclass(slots=True)
class Score:
    """What all players of a piece share while it is written."""

    style: Style
    mood: Mood
    tonic: int
    scale: str
    home: Chord
    progressions: dict[str, list[list[Chord]]]
    """For each tune its bars, each holding the chord of each beat."""
    tunes: dict[str, Tune]
    groove: str
    bass: str
    beats: int


class Scribe:
    """Write one player's bars, in order."""

    def __init__(self, player: Player, score: Score, rng: random.Random) -> None:
        self._player, self._score, self._rng = player, score, rng
        low, high = LEAD_RANGE.get(player.instrument, (57, 81))
        if player.role == "counter":
            low, high = low - 5, high - 7
        shift = score.mood.register
        self._singer = Singer(low + shift, high + shift, score.tonic, score.scale, rng)
        self._accompanist = Accompanist(player.pattern, player.centre, rng)
        self._counter = invent_tune(rng, score.mood.density * 0.4, score.beats * 4)

    def bar(self, section: Section, index: int) -> list[Hit]:
        """Return the notes of a section's bar."""
        force = section.force
        if section.tune == ENDING:
            return self._ending(force)
        chords = self._chords(section.tune, index)
        if self._player.role == "lead":
            return self._singer.sing(self._score.tunes[section.tune].bar(index), chords, force)
        if self._player.role == "counter":
            return self._singer.sing(self._counter.bar(index), chords, force * 0.85)
        if self._player.role == "bass":
            following = self._chords(section.tune, index + 1)[0]
            return bass_bar(self._score.bass, chords[0], following, self._rng, self._score.beats * 4, force)
        if self._player.role == "drums":
            return self._drums(section, index)
        return self._accompanist.bar(chords, force * 0.9)

    def _chords(self, tune: str, index: int) -> list[Chord]:
        bars = self._score.progressions[tune]
        return bars[index % len(bars)]

    def _drums(self, section: Section, index: int) -> list[Hit]:
        groove = self._score.groove
        if self._player.instrument == "percussion" and groove not in _HAND_GROOVES:
            groove = "hand"
        is_last = index == section.bars - 1
        return drum_bar(groove, self._rng, self._score.beats * 4, section.force, is_last, index == 0)

    def _ending(self, force: float) -> list[Hit]:
        """All come to rest on the home chord."""
        home = [self._score.home] * self._score.beats
        if self._player.role == "drums":
            return [Hit(0, 1, KICK, force * 0.8), Hit(0, 2, CRASH, force * 0.6)] if force > 0.4 else []
        if self._player.role in ("lead", "counter"):
            hits = self._singer.sing(_LAST_NOTE, [Chord((self._score.home.root,))], force)
        elif self._player.role == "bass":
            hits = bass_bar("whole", home[0], home[0], self._rng, 16, force)
        else:
            pattern = "D......." if self._player.instrument in GUITARS else "hold"
            hits = Accompanist(pattern, self._player.centre, self._rng).bar(home, force * 0.9)
        return [replace(hit, length=3.6) for hit in hits]
