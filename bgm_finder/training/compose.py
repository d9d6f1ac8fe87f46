"""Writes pieces: a seed and wishes in, parts full of notes and the labels that describe them out."""

import random
from dataclasses import dataclass, replace

from bgm_finder.training.compose_comping import PICKS, Accompanist
from bgm_finder.training.compose_harmony import KEY_NAMES, Chord, parse_chord
from bgm_finder.training.compose_melody import Singer, Tune, invent_tune
from bgm_finder.training.compose_rhythm import Hit, bass_bar, drum_bar
from bgm_finder.training.compose_styles import MOODS, STYLES, Mood, Style

MAIN_INSTRUMENTS = ("acoustic_guitar", "electric_guitar", "piano", "synthesizer")
INSTRUMENTS = (
    *MAIN_INSTRUMENTS,
    "electric_piano",
    "organ",
    "accordion",
    "strings",
    "brass",
    "woodwind",
    "mallets",
    "plucked",
    "choir",
    "bass",
    "drums",
    "percussion",
)
"""plucked holds harp, koto, sitar and their kin; percussion what is played by hand."""

_LEAD_RANGE = {
    "acoustic_guitar": (55, 79),
    "electric_guitar": (52, 81),
    "piano": (62, 86),
    "synthesizer": (57, 84),
    "electric_piano": (60, 81),
    "organ": (57, 79),
    "accordion": (57, 81),
    "strings": (57, 84),
    "brass": (53, 74),
    "woodwind": (60, 84),
    "mallets": (64, 88),
    "plucked": (57, 84),
    "choir": (57, 76),
}
_GUITARS = ("acoustic_guitar", "electric_guitar")
_HELD = ("strings", "choir", "organ", "accordion")
_HAND_GROOVES = ("hand", "taiko", "reel")


@dataclass(frozen=True, slots=True)
class Note:
    """One note, in seconds from the start of the piece; force 0 to 1."""

    start_s: float
    length_s: float
    pitch: int
    force: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one player plays: its instrument, its role and how loud it stands in the mix."""

    instrument: str
    role: str
    """lead, comp, pad, counter, bass or drums."""
    level_db: float
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a piece shall be; None leaves it to the seed."""

    main_instrument: str | None = None
    genre: str | None = None
    mood: str | None = None
    tempo_bpm: float | None = None
    tonic: int | None = None
    """Pitch class of the key."""
    length_s: float = 24.0
    company: tuple[str, ...] | None = None
    """Instruments beside the main one; bass and drums among them where wanted."""
    recipe: int | None = None
    """Pieces of one recipe share chords, tune and grooves, whatever their key and tempo."""
    whole_form: bool = False
    """With an intro, a break and an ending; otherwise an excerpt."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A composed piece and what is known of it."""

    seed: int
    main_instrument: str
    genre: str
    mood: str
    tempo_bpm: float
    key: str
    density: float
    """Note onsets a second, all parts together; chords count once."""
    has_drums: bool
    length_s: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Some bars of the form: who plays, how strongly, and to which tune."""

    bars: int
    roles: frozenset[str]
    force: float
    tune: str


@dataclass(slots=True)
class Player:
    """A chair in the band, before its notes are written."""

    instrument: str
    role: str
    level_db: float
    pattern: str = ""
    centre: int = 60


@dataclass(slots=True)
class Score:
    """What all players of a piece share while it is written."""

    style: Style
    mood: Mood
    tonic: int
    scale: str
    progressions: dict[str, list[list[Chord]]]
    """For each tune its bars, each holding the chord of each beat."""
    tunes: dict[str, Tune]
    groove: str
    bass: str
    beats: int


def compose(seed: int, wishes: Wishes | None = None) -> Piece:
    """Gives the piece of a seed: the same seed and wishes give the same notes."""
    wishes = wishes or Wishes()
    rng = random.Random(seed)
    recipe = random.Random(seed if wishes.recipe is None else wishes.recipe)
    main = wishes.main_instrument or rng.choice(MAIN_INSTRUMENTS)
    genre = wishes.genre or rng.choice(tuple(STYLES))
    mood_name = wishes.mood or rng.choice(tuple(MOODS))
    score, key = _score(recipe, STYLES[genre], MOODS[mood_name], wishes.tonic)
    tempo = wishes.tempo_bpm or _tempo(rng, score)
    players = _band(rng, recipe, main, score, wishes)
    form = _form(rng, score, tempo, wishes)
    length_s = sum(section.bars for section in form) * score.beats * 60 / tempo
    parts = tuple(
        part for part in (_write(player, score, form, tempo, rng, recipe.random()) for player in players) if part.notes
    )
    has_drums = any(part.role == "drums" for part in parts)
    return Piece(seed, main, genre, mood_name, tempo, key, _density(parts, length_s), has_drums, length_s, parts)


def _score(recipe: random.Random, style: Style, mood: Mood, tonic: int | None) -> tuple[Score, str]:
    is_minor = recipe.random() < mood.minor
    tonic_drawn = recipe.randrange(12)
    tonic = tonic_drawn if tonic is None else tonic
    beats = 3 if recipe.random() < style.waltz else 4
    choices = style.minor if is_minor else style.major
    progressions = {
        name: [_beats_of(bar, tonic, beats) for bar in recipe.choice(choices).split()] for name in ("a", "b")
    }
    tunes = {name: invent_tune(recipe, mood.density, beats * 4) for name in ("a", "b")}
    score = Score(
        style,
        mood,
        tonic,
        style.scales[is_minor],
        progressions,
        tunes,
        recipe.choice(style.grooves),
        recipe.choice(style.basses),
        beats,
    )
    return score, f"{KEY_NAMES[tonic]} {'minor' if is_minor else 'major'}"


def _beats_of(bar: str, tonic: int, beats: int) -> list[Chord]:
    chords = [parse_chord(symbol, tonic) for symbol in bar.split("|")]
    return [chords[beat * len(chords) // beats] for beat in range(beats)]


def _tempo(rng: random.Random, score: Score) -> float:
    slow, fast = score.style.tempo_bpm
    place = min(1.0, max(0.0, score.mood.pace + rng.gauss(0, 0.18)))
    return round(slow + place * (fast - slow), 1)


def _band(rng: random.Random, recipe: random.Random, main: str, score: Score, wishes: Wishes) -> list[Player]:
    company = wishes.company if wishes.company is not None else _company(rng, main, score)
    does = recipe.choice(("both", "both", "both", "lead", "comp"))
    if not set(company) - {"bass", "drums"}:
        does = "both"
    players = []
    if does in ("both", "lead"):
        players.append(Player(main, "lead", 0.0))
    if does in ("both", "comp"):
        players.append(_accompanist(recipe, main, score, -3.0 if does == "both" else 0.0))
    for number, instrument in enumerate(company):
        players.append(_companion(recipe, instrument, score, number, does))
    return players


def _company(rng: random.Random, main: str, score: Score) -> tuple[str, ...]:
    size = rng.choice((0, 0, 1, 1, 2, 2, 3))
    pool = [name for name in score.style.company if name != main]
    others: list[str] = []
    for name in pool:
        if len(others) < size and name not in others and rng.random() < 0.5:
            others.append(name)
    rhythm = ["drums"] if rng.random() < score.style.drums * 0.85 else []
    if rhythm or rng.random() < 0.35:
        rhythm.append("bass")
    return (*others, *rhythm)


def _accompanist(recipe: random.Random, instrument: str, score: Score, level_db: float) -> Player:
    patterns = score.style.keys
    if instrument == "acoustic_guitar":
        patterns = (*score.style.strums, *PICKS[:4])
    if instrument == "electric_guitar":
        patterns = ("riff", "riff", *score.style.strums, "arpeggio8")
    if instrument in _HELD:
        patterns = ("hold", "half", "hold")
    centre = recipe.choice((52, 55, 60)) if instrument in ("piano", "electric_guitar") else 60
    return Player(instrument, "comp", level_db, recipe.choice(patterns), centre)


def _companion(recipe: random.Random, instrument: str, score: Score, number: int, main_does: str) -> Player:
    if instrument == "bass":
        return Player(instrument, "bass", recipe.uniform(-7, -3))
    if instrument in ("drums", "percussion"):
        return Player(instrument, "drums", recipe.uniform(-9, -4))
    if main_does == "comp" and number == 0:
        return Player(instrument, "lead", recipe.uniform(-7, -4))
    if instrument in _HELD and recipe.random() < 0.75:
        return Player(instrument, "pad", recipe.uniform(-13, -7), "hold", recipe.choice((60, 64)))
    if recipe.random() < 0.35:
        return Player(instrument, "counter", recipe.uniform(-12, -7))
    return _accompanist(recipe, instrument, score, recipe.uniform(-13, -7))


def _form(rng: random.Random, score: Score, tempo: float, wishes: Wishes) -> list[Section]:
    bar_s = score.beats * 60 / tempo
    bars = max(4, round(wishes.length_s / bar_s / 2) * 2)
    everyone = frozenset(("lead", "comp", "pad", "counter", "bass", "drums"))
    force = score.mood.force
    if wishes.whole_form:
        return _whole_form(bars, everyone, force)
    first = rng.choice("ab")
    half = max(2, bars // 4 * 2)
    quiet = everyone - {rng.choice(("counter", "drums", "pad", "bass"))}
    return [
        Section(half, quiet, force * 0.92, first),
        Section(bars - half, everyone, force, "b" if first == "a" else "a"),
    ]


def _whole_form(bars: int, everyone: frozenset[str], force: float) -> list[Section]:
    eighth = max(1, round(bars / 8))
    intro, middle, pause = 2 if eighth < 3 else 4, eighth * 2, eighth
    rest = max(4, bars - intro - middle - pause - 1)
    return [
        Section(intro, frozenset(("comp", "pad")), force * 0.8, "a"),
        Section(middle, everyone - {"counter"}, force * 0.92, "a"),
        Section(rest // 2, everyone, force, "b"),
        Section(pause, everyone - {"drums", "bass"}, force * 0.8, "a"),
        Section(rest - rest // 2, everyone, force, "a"),
        Section(1, everyone, force * 0.9, "end"),
    ]


def _write(player: Player, score: Score, form: list[Section], tempo: float, rng: random.Random, draw: float) -> Part:
    scribe = _Scribe(player, score, random.Random(draw))
    hits: list[Hit] = []
    bar = 0
    for section in form:
        for index in range(section.bars):
            if player.role in section.roles or (player.role == "lead" and not _others_play(section)):
                written = scribe.bar(section, index)
                hits += [replace(hit, beat=hit.beat + bar * score.beats) for hit in written]
            bar += 1
    return Part(player.instrument, player.role, player.level_db, _timed(hits, score, tempo, rng))


def _others_play(section: Section) -> bool:
    return bool(section.roles)


class _Scribe:
    """Writes one player's bars."""

    def __init__(self, player: Player, score: Score, rng: random.Random) -> None:
        self._player, self._score, self._rng = player, score, rng
        low, high = _LEAD_RANGE.get(player.instrument, (57, 81))
        if player.role == "counter":
            low, high = low - 5, high - 7
        shift = score.mood.register
        self._singer = Singer(low + shift, high + shift, score.tonic, score.scale, rng)
        self._accompanist = Accompanist(player.pattern, player.centre, rng)
        self._counter = invent_tune(rng, score.mood.density * 0.4, score.beats * 4)

    def bar(self, section: Section, index: int) -> list[Hit]:
        if section.tune == "end":
            return self._ending(section.force)
        chords = self._chords(section.tune, index)
        force = section.force
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
        home = self._score.progressions["a"][0]
        if self._player.role == "drums":
            return [Hit(0, 1, 36, force * 0.8), Hit(0, 2, 49, force * 0.6)] if force > 0.4 else []
        if self._player.role in ("lead", "counter"):
            chord = Chord(home[0].tones[:1])
            return [replace(hit, length=3.0) for hit in self._singer.sing(_LAST, [chord], force)]
        if self._player.role == "bass":
            return bass_bar("whole", home[0], home[0], self._rng, self._score.beats * 4, force)
        strum = self._player.instrument in _GUITARS
        hits = Accompanist("D......." if strum else "hold", self._player.centre, self._rng).bar(home, force)
        return [replace(hit, length=3.5) for hit in hits]


_LAST = invent_tune(random.Random(0), 0.0, 4).close


def _timed(hits: list[Hit], score: Score, tempo: float, rng: random.Random) -> tuple[Note, ...]:
    """Turns beats into seconds, with the genre's swing and a player's looseness."""
    beat_s = 60 / tempo
    notes = []
    wobble: dict[float, float] = {}
    for hit in sorted(hits, key=lambda hit: (hit.beat, hit.pitch)):
        whole, part = divmod(hit.beat, 1)
        if score.style.swing and 0.45 < part < 0.55:
            part = score.style.swing + part - 0.5
        loose = wobble.setdefault(hit.beat, rng.gauss(0, score.style.looseness_s))
        start = max(0.0, (whole + part) * beat_s + loose)
        notes.append(Note(start, max(0.05, hit.length * beat_s), hit.pitch, min(1.0, max(0.08, hit.force))))
    return tuple(notes)


def _density(parts: tuple[Part, ...], length_s: float) -> float:
    onsets = {(round(note.start_s, 2), part.role, part.instrument) for part in parts for note in part.notes}
    return round(len(onsets) / length_s, 2)
