"""The exam's pieces: styles that differ in rhythm, scores of which one thing alone is changed, folders that go on."""

from itertools import islice

import numpy as np
import pytest
import soundfile

from bgm_finder.training.metrics.styles import CHANGES, read_exam
from lab.styles import build, play
from lab.styles.style import DRUMS
from lab.styles.table import HELD_OUT, STYLES
from lab.styles.write import write


def notes_of(score, role):
    return [note for part in score.parts if part.role == role for note in part.notes]


def versions(score):
    """The written versions of a score of build.pairs, by what was changed."""
    items = islice(build.pairs(score + 1), score * len(build.CHANGES), None)
    return {item.labels["change"]: item.render() for item in items}


def test_there_are_styles_enough_and_whole_ones_are_held_out():
    assert len(STYLES) >= 40
    assert len(HELD_OUT) == len(set(HELD_OUT)) >= 15
    assert set(HELD_OUT) < set(STYLES)
    assert not set(play.LEARNED) & set(play.UNHEARD)


@pytest.mark.parametrize("name", STYLES)
def test_a_style_is_written_within_what_instruments_play(name):
    style = STYLES[name]
    lines = [line for kit in style.drums for line in kit]
    assert all(line[0] in DRUMS and line[1] == " " and set(line[2:]) <= set("Xxo.") for line in lines)
    patterns = [*(line[2:] for line in lines), *style.bass, *(p for chair in style.chairs for p in chair.patterns)]
    assert all(len(pattern) * 2 % style.beats == 0 for pattern in patterns)
    score = write(name, style, 1, 8.0)
    assert all(20 <= note.pitch <= 108 and note.start_s < 12 for part in score.parts for note in part.notes)
    assert style.tempo_bpm[0] <= score.tempo_bpm <= style.tempo_bpm[1]
    assert write(name, style, 1, 8.0) == score
    assert write(name, style, 2, 8.0) != score


def test_no_two_styles_share_their_rhythm_and_tempo():
    rhythms = [(style.tempo_bpm, style.drums, style.bass, style.chairs) for style in STYLES.values()]
    assert len(set(rhythms)) == len(rhythms)


@pytest.mark.parametrize("score", [0, 2])
def test_each_change_changes_what_it_names_and_nothing_else(score):
    made = versions(score)
    base, production = made["base"]
    assert made["font"][0] == made["mastering"][0] == base
    assert made["font"][1].sounds != production.sounds
    assert made["font"][1].master_seed == production.master_seed
    assert made["mastering"][1].sounds == production.sounds
    assert made["mastering"][1].master_seed != production.master_seed
    assert all(made[change][1] == production for change in ("key", "tempo", "lead", "groove"))
    moved = {b.pitch - a.pitch for a, b in zip(notes_of(base, "lead"), notes_of(made["key"][0], "lead"), strict=True)}
    assert len(moved) == 1 and moved != {0}
    assert notes_of(made["key"][0], "drums") == notes_of(base, "drums")
    factor = made["tempo"][0].tempo_bpm / base.tempo_bpm
    assert 0.02 < abs(np.log(factor)) < 0.19
    played = zip(notes_of(base, "comp"), notes_of(made["tempo"][0], "comp"), strict=True)
    assert all(after.start_s == pytest.approx(before.start_s / factor) for before, after in played)
    assert notes_of(made["lead"][0], "lead") == notes_of(base, "lead")
    assert made["lead"][0] != base
    assert notes_of(made["groove"][0], "lead") == notes_of(base, "lead")
    assert notes_of(made["groove"][0], "drums") != notes_of(base, "drums")


def test_scores_of_held_out_styles_are_played_on_unheard_sounds_only():
    for item in build.pairs(6):
        score, production = item.render()
        is_unheard = production.sounds in play.UNHEARD
        assert is_unheard == (score.style in HELD_OUT) == item.labels["held_out"]
    for item in islice(build.styles(3), 3 * len(STYLES)):
        assert (item.labels["sounds"] in play.UNHEARD) == (item.labels["style"] in HELD_OUT)


def test_rendering_goes_on_where_it_was_stopped(tmp_path):
    own = [item for item in build.styles() if item.labels["sounds"] == play.OWN and item.labels["style"] == "drone"][:2]
    first = list(build.render(iter(own[:1]), tmp_path / "styles"))
    before = (tmp_path / "styles" / first[0]).read_bytes()
    with (tmp_path / "styles" / build.LABELS).open("a") as listing:
        listing.write('{"file": "style_cut')  # stopped while it wrote
    assert list(build.render(iter(own), tmp_path / "styles")) == [own[1].file]
    assert (tmp_path / "styles" / first[0]).read_bytes() == before
    samples, rate_hz = soundfile.read(tmp_path / "styles" / first[0])
    assert rate_hz == play.RATE_HZ
    assert 0.01 < np.sqrt((samples**2).mean()) < 0.5
    exam, files = read_exam(tmp_path)
    assert [path.name for path in files] == [item.file for item in own]
    assert set(exam.styles) == {"drone"}


def test_the_changes_are_those_that_the_exam_reports():
    assert set(build.CHANGES) == {"base", *CHANGES}
