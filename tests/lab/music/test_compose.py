"""Pieces: the same seed the same notes, spec kept, and music rather than chance."""

from itertools import pairwise
from statistics import median

import pytest

from lab.music.compose import compose
from lab.music.compose_piece import INSTRUMENTS, MAIN_INSTRUMENTS, PieceSpec
from lab.music.compose_styles import MOODS, STYLES


def _part(piece, role):
    return next(part for part in piece.parts if part.role == role)


def _steps(piece, role="lead"):
    """The sixteenth of each note, whatever the tempo and the player's looseness."""
    return [round(note.start_s * piece.tempo_bpm / 60 * 4) for note in _part(piece, role).notes]


def test_same_seed_writes_the_same_notes():
    assert compose(7) == compose(7)
    assert compose(7) != compose(8)


@pytest.mark.parametrize("genre", STYLES)
@pytest.mark.parametrize("main", MAIN_INSTRUMENTS)
def test_every_genre_suits_every_main_instrument(genre, main):
    for mood in MOODS:
        piece = compose(3, PieceSpec(main_instrument=main, genre=genre, mood=mood, length_s=10))
        assert main in {part.instrument for part in piece.parts}
        for part in piece.parts:
            assert part.instrument in INSTRUMENTS
            assert all(24 <= note.pitch <= 100 for note in part.notes)
            assert all(0 <= note.start_s < piece.length_s + 0.2 and note.length_s > 0 for note in part.notes)
            assert all(0 < note.force <= 1 for note in part.notes)


def test_requests_are_kept():
    spec = PieceSpec("piano", "jazz", "stylish", 120.0, 5, company=("bass", "drums"), is_minor=False, beats=4)
    piece = compose(1, spec)
    assert (piece.main_instrument, piece.genre, piece.mood) == ("piano", "jazz", "stylish")
    assert (piece.tempo_bpm, piece.key, piece.has_drums) == (120.0, "F major", True)
    assert {part.instrument for part in piece.parts} == {"piano", "bass", "drums"}


def test_length_comes_near_the_requested_one():
    for seed in range(20):
        assert compose(seed, PieceSpec(length_s=24)).length_s == pytest.approx(24, abs=6)


def test_faster_moods_are_faster():
    def tempo(mood):
        return median(compose(seed, PieceSpec(genre="rock", mood=mood)).tempo_bpm for seed in range(15))

    assert tempo("driving") > tempo("happy") > tempo("calm")


def test_siblings_share_the_tune_in_another_key_and_tempo():
    def sibling(seed, tonic, bpm, recipe):
        spec = PieceSpec("synthesizer", "techno", "dark", bpm, tonic, 20, ("bass",), recipe, "both", whole_form=True)
        return compose(seed, spec)

    first, second, stranger = sibling(1, 9, 126, 5), sibling(2, 2, 138, 5), sibling(2, 2, 138, 6)
    assert _steps(first)[:12] == _steps(second)[:12]
    assert _steps(first)[:12] != _steps(stranger)[:12]


def test_tunes_move_mostly_by_steps_and_small_leaps():
    leaps = []
    for seed in range(40):
        piece = compose(seed, PieceSpec(playing="lead", company=("piano",)))
        pitches = [note.pitch for note in _part(piece, "lead").notes]
        leaps += [abs(after - before) for before, after in pairwise(pitches)]
    assert sum(leap <= 4 for leap in leaps) / len(leaps) > 0.75
    assert sum(leap == 0 for leap in leaps) / len(leaps) < 0.4


def test_what_sounds_together_is_seldom_a_semitone_apart():
    clashes = total = 0
    for seed in range(30):
        piece = compose(seed)
        notes = [note for part in piece.parts if part.role != "drums" for note in part.notes]
        for tick in range(int(piece.length_s * 4)):
            sounding = sorted({n.pitch for n in notes if n.start_s <= tick / 4 < n.start_s + n.length_s})
            gaps = [high - low for i, low in enumerate(sounding) for high in sounding[i + 1 :]]
            clashes += sum(gap in (1, 13, 25) for gap in gaps)
            total += len(gaps)
    assert clashes / total < 0.04


def test_a_down_stroke_runs_from_the_lowest_string_up():
    spec = PieceSpec("acoustic_guitar", "rock", "happy", 100, 4, 8, (), playing="comp", pattern="D...D...")
    notes = _part(compose(2, spec), "comp").notes
    first = [note for note in notes if note.start_s < 0.2]
    assert len(first) >= 4
    assert [note.pitch for note in first] == sorted(note.pitch for note in first)
    assert len({note.start_s for note in first}) == len(first)


def test_jazz_swings_and_techno_does_not():
    def off_beats(genre):
        piece = compose(4, PieceSpec("piano", genre, "exciting", 120, 0, 20, ("drums",), beats=4))
        places = [note.start_s * piece.tempo_bpm / 60 % 1 for part in piece.parts for note in part.notes]
        return median(place for place in places if 0.35 < place < 0.72)

    assert off_beats("jazz") == pytest.approx(0.62, abs=0.04)
    assert off_beats("techno") == pytest.approx(0.5, abs=0.01)


def test_a_whole_piece_begins_without_drums_and_ends_at_home():
    piece = compose(
        9, PieceSpec("piano", "pops", "bright", 120, 0, 32, ("bass", "drums"), whole_form=True, is_minor=False)
    )
    assert min(note.start_s for note in _part(piece, "drums").notes) > 2
    assert _part(piece, "bass").notes[-1].pitch % 12 == 0
    assert _part(piece, "lead").notes[-1].pitch % 12 == 0


def test_density_counts_onsets_a_second():
    def sparse_or_busy(mood):
        return compose(6, PieceSpec("piano", "pops", mood, 120, 0, 20, ())).density

    assert sparse_or_busy("driving") > sparse_or_busy("calm") > 0
