"""Write pieces: a seed and spec in, parts full of notes and the labels that describe them out."""

import random
from dataclasses import replace
from typing import TypeVar

from lab.music.compose_band import Player, gather_band
from lab.music.compose_form import Section, draw_form
from lab.music.compose_harmony import KEY_NAMES, Chord, parse_chord
from lab.music.compose_melody import invent_tune
from lab.music.compose_piece import MAIN_INSTRUMENTS, Note, Part, Piece, PieceSpec
from lab.music.compose_rhythm import Hit
from lab.music.compose_scribe import Score, Scribe
from lab.music.compose_styles import MOODS, STYLES, Mood, Style

_T = TypeVar("_T")
_BASS_OF_GROOVE = {"bossa": "bossa", "swing": "walking", "brushes": "walking", "latin": "tresillo"}


def compose(seed: int, spec: PieceSpec | None = None) -> Piece:
    """Return the piece of a seed: the same seed and spec give the same notes."""
    spec = spec or PieceSpec()
    rng = random.Random(seed)
    recipe = random.Random(seed if spec.recipe is None else spec.recipe)
    main = spec.main_instrument or rng.choice(MAIN_INSTRUMENTS)
    genre = spec.genre or rng.choice(tuple(STYLES))
    mood_name = spec.mood or rng.choice(tuple(MOODS))
    score, key = _score(recipe, STYLES[genre], MOODS[mood_name], spec)
    tempo = spec.tempo_bpm or _tempo(rng, score)
    players = gather_band(rng, recipe, main, score.style, spec)
    bars = max(4, round(spec.length_s / (score.beats * 60 / tempo) / 2) * 2)
    roles = frozenset(player.role for player in players)
    form = draw_form(rng, bars, roles, score.mood.force, spec.whole_form)
    length_s = sum(section.bars for section in form) * score.beats * 60 / tempo
    parts = tuple(
        part for part in (_write(player, score, form, tempo, rng, recipe.random()) for player in players) if part.notes
    )
    has_drums = any(part.role == "drums" for part in parts)
    return Piece(seed, main, genre, mood_name, tempo, key, _density(parts, length_s), has_drums, length_s, parts)


def _score(recipe: random.Random, style: Style, mood: Mood, spec: PieceSpec) -> tuple[Score, str]:
    is_minor = _given_or(spec.is_minor, recipe.random() < mood.minor)
    tonic = _given_or(spec.tonic, recipe.randrange(12))
    beats = _given_or(spec.beats, 3 if recipe.random() < style.waltz else 4)
    lines = recipe.sample(style.minor if is_minor else style.major, 2)
    progressions = {
        name: [_beats_of(bar, tonic, beats) for bar in line.split()] for name, line in zip("ab", lines, strict=True)
    }
    tunes = {name: invent_tune(recipe, mood.density, beats * 4) for name in ("a", "b")}
    groove = _given_or(spec.groove, recipe.choice(style.grooves))
    bass = _given_or(spec.bass, _BASS_OF_GROOVE.get(groove, recipe.choice(style.basses)))
    score = Score(
        style,
        mood,
        tonic,
        style.scales[is_minor],
        parse_chord("i" if is_minor else "I", tonic),
        progressions,
        tunes,
        groove,
        bass,
        beats,
    )
    return score, f"{KEY_NAMES[tonic]} {'minor' if is_minor else 'major'}"


def _given_or(given: _T | None, drawn: _T) -> _T:
    """Return what was given, if anything; what is drawn is drawn either way, so that the rest stays as it was."""
    return drawn if given is None else given


def _beats_of(bar: str, tonic: int, beats: int) -> list[Chord]:
    chords = [parse_chord(symbol, tonic) for symbol in bar.split("|")]
    return [chords[beat * len(chords) // beats] for beat in range(beats)]


def _tempo(rng: random.Random, score: Score) -> float:
    slow, fast = score.style.tempo_bpm
    place = min(1.0, max(0.0, score.mood.pace + rng.gauss(0, 0.18)))
    return round(slow + place * (fast - slow), 1)


def _write(player: Player, score: Score, form: list[Section], tempo: float, rng: random.Random, draw: float) -> Part:
    scribe = Scribe(player, score, random.Random(draw))
    hits: list[Hit] = []
    bar = 0
    for section in form:
        for index in range(section.bars):
            if player.role in section.roles:
                hits += [replace(hit, beat=hit.beat + bar * score.beats) for hit in scribe.bar(section, index)]
            bar += 1
    return Part(player.instrument, player.role, player.level_db, _timed(hits, score, tempo, rng))


def _timed(hits: list[Hit], score: Score, tempo: float, rng: random.Random) -> tuple[Note, ...]:
    """Turn beats into seconds, with the genre's swing and a player's looseness."""
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
