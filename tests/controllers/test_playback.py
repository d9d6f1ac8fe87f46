"""What is heard, over the silent output, which keeps a sound card's rules."""

import numpy as np
import pytest
import soundfile
from music import write_tracks
from silent_outputs import metered, open_like_jack

from bgm_finder.audio.playing.output import open_silence
from bgm_finder.audio.playing.player import Player
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.track import Section
from bgm_finder.workflows.loudness_of import loudness_of


@pytest.fixture(scope="module")
def tracks(tmp_path_factory):
    paths = write_tracks(tmp_path_factory.mktemp("music"), 2, seconds=40.0, formats=("wav",))
    return [Sounding(path, path.stem, number) for number, path in enumerate(paths)]


@pytest.fixture(scope="module")
def player():
    """One for all tests, as its process takes a moment to begin."""
    player = Player(open_silence)
    yield player
    player.close()


@pytest.fixture
def playback(qtbot, tracks, player):
    player.set_loop(None, None)
    controller = Playback(player)
    controller.show(tracks[0], play=False)
    qtbot.waitUntil(lambda: player.duration_s is not None, timeout=30_000)
    yield controller
    player.on_news(lambda: None)
    controller.stop()


def test_jumps_grow_when_pressed_again_and_again(playback):
    places = []
    for _ in range(3):
        playback.jump(1)
        places.append(round(playback.player.position_s))
    assert places == [5, 10, 25]


def test_a_jump_the_other_way_begins_small(playback):
    for _ in range(3):
        playback.jump(1)
    playback.jump(-1)
    assert round(playback.player.position_s) == 20


def test_a_step_stays_within_the_track(playback):
    playback.step(-5)
    assert playback.player.position_s == 0
    playback.step(500)
    assert playback.player.position_s == pytest.approx(40.0, abs=0.1)


def at(playback, share, act):
    playback.seek_share(share)
    act()
    return playback.marking.in_s, playback.marking.out_s


def test_in_and_out_mark_a_section_in_either_order(playback):
    marking = playback.marking
    assert at(playback, 0.25, marking.mark_in) == (pytest.approx(10.0), None)
    assert marking.section == Section(pytest.approx(10.0), pytest.approx(40.0))
    assert at(playback, 0.5, marking.mark_out) == (pytest.approx(10.0), pytest.approx(20.0))
    marking.clear()
    assert at(playback, 0.5, marking.mark_out) == (None, pytest.approx(20.0))
    assert at(playback, 0.25, marking.mark_in) == (pytest.approx(10.0), pytest.approx(20.0))


@pytest.mark.parametrize("share", [0.5, 0.75])
def test_a_start_at_or_past_an_old_end_clears_it(playback, share):
    playback.marking.mark(Section(10.0, 20.0))
    assert at(playback, share, playback.marking.mark_in) == (pytest.approx(40.0 * share), None)
    assert playback.marking.section == Section(pytest.approx(40.0 * share), pytest.approx(40.0))


@pytest.mark.parametrize("share", [0.25, 0.1])
def test_an_end_at_or_before_an_old_start_clears_it(playback, share):
    playback.marking.mark(Section(10.0, 20.0))
    assert at(playback, share, playback.marking.mark_out) == (None, pytest.approx(40.0 * share))
    assert playback.marking.section == Section(0.0, pytest.approx(40.0 * share))


def test_another_track_has_no_section(playback, tracks):
    playback.marking.mark(Section(1.0, 2.0))
    playback.show(tracks[1], play=False)
    assert playback.marking.section is None


def test_a_loop_goes_over_the_marked_section(qtbot, playback):
    playback.marking.mark(Section(3.0, 3.5))
    playback.marking.loop(True)
    playback.play_from(3.3)
    places = []
    playback.moved.connect(lambda position_s, _: places.append(position_s))
    qtbot.waitUntil(lambda: bool(places) and any(b < a for a, b in zip(places, places[1:], strict=False)))
    assert max(places) <= 3.51
    assert min(places) >= 2.99


def test_a_loop_holds_for_the_next_track_too(qtbot, playback, tracks):
    playback.marking.loop(True)
    playback.show(tracks[1], play=False)
    qtbot.waitUntil(lambda: playback.player.duration_s is not None)
    playback.play_from(39.8)
    qtbot.waitUntil(lambda: playback.player.is_playing and playback.player.position_s < 30)


def test_the_end_is_told_once(qtbot, playback):
    ends = []
    playback.ended.connect(lambda: ends.append(1))
    playback.play_from(39.8)
    qtbot.waitUntil(lambda: not playback.player.is_playing)
    qtbot.waitUntil(lambda: ends == [1])


def test_a_file_that_cannot_be_read_is_told(qtbot, playback, tmp_path):
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF nothing")
    with qtbot.waitSignal(playback.failed) as failed:
        playback.show(Sounding(broken, "broken"))
    assert failed.args[0].path == broken


def write_tone(folder, peak):
    path = folder / f"{peak}.wav"
    soundfile.write(path, peak * np.sin(np.arange(20 * 44_100) / 16), 44_100)
    return path


@pytest.fixture
def measured(monkeypatch):
    """The files that were measured, one list a run."""
    runs = []

    def measure(job, sounds):
        runs.append([sound.path for sound in sounds])
        return loudness_of(job, sounds)

    monkeypatch.setattr("bgm_finder.controllers.comparison.loudness_of", measure)
    return runs


def compared(qtbot, playback, track):
    comparison = Comparison(playback)
    comparison.play_track(track)
    qtbot.waitUntil(lambda: playback.player.duration_s is not None)
    return comparison


def test_a_b_goes_on_where_each_was_left_and_levels_them(qtbot, tmp_path):
    open_output, peak = metered(tmp_path / "peak")
    playback = Playback(Player(open_output))
    loud, soft = (Sounding(write_tone(tmp_path, peak), str(peak)) for peak in (0.8, 0.2))
    comparison = compared(qtbot, playback, loud)
    qtbot.waitUntil(lambda: peak() == pytest.approx(0.8, abs=0.02))
    comparison.set_reference(soft)
    playback.seek_share(0.5)
    assert comparison.switch()
    assert playback.sounding == soft
    qtbot.waitUntil(lambda: playback.player.duration_s is not None)
    playback.seek_share(0.25)
    assert comparison.switch()
    assert playback.sounding == loud
    assert playback.player.position_s == pytest.approx(10.0, abs=1.0)
    qtbot.waitUntil(lambda: peak() == pytest.approx(0.2, abs=0.01))  # once both are measured
    assert comparison.switch()
    qtbot.waitUntil(lambda: peak() == pytest.approx(0.2, abs=0.01) and playback.player.position_s > 5.2)
    comparison.close()
    playback.close()


def test_whether_the_reference_is_heard_is_told_once_each_time_it_changes(qtbot, playback, tracks):
    comparison, told = compared(qtbot, playback, tracks[0]), []
    comparison.heard_changed.connect(told.append)
    comparison.set_reference(tracks[1])
    comparison.play_reference(None)
    comparison.play_reference(1.0)
    assert (told, comparison.is_reference_heard, comparison.heard_id) == ([True], True, 1)
    comparison.set_reference(Sounding(tracks[1].path, "another title"))
    assert comparison.switch()
    assert (told, playback.sounding) == ([True, False], tracks[0])
    comparison.switch()
    comparison.back_to_track(play=False)
    assert (told, comparison.heard_id) == ([True, False, True, False], 0)
    comparison.set_reference(Sounding(tracks[0].path, "the track itself"))
    comparison.switch()
    comparison.play_reference(1.0)
    assert told == [True, False, True, False]
    comparison.close()


def test_what_was_the_reference_of_the_search_before_is_heard_as_neither(qtbot, playback, tracks):
    comparison, told = Comparison(playback), []
    comparison.heard_changed.connect(told.append)
    assert comparison.is_track_heard
    comparison.set_reference(tracks[1])
    comparison.play_reference(None)
    comparison.set_reference(tracks[0])
    assert (told, comparison.is_reference_heard, comparison.is_track_heard) == ([True, False], False, False)
    comparison.set_reference(tracks[1])
    assert (told, comparison.is_reference_heard) == ([True, False, True], True)
    comparison.set_reference(None)
    assert (told, comparison.is_reference_heard, comparison.is_track_heard) == ([True, False] * 2, False, False)
    comparison.play_track(tracks[0], play=False)
    assert (told[4:], comparison.is_track_heard) == ([False], True)
    comparison.close()


def test_without_a_reference_there_is_nothing_to_compare(qtbot, playback, tracks):
    comparison = compared(qtbot, playback, tracks[0])
    assert not comparison.switch()
    comparison.close()


def test_both_are_measured_once_when_they_are_compared(qtbot, playback, tmp_path, measured):
    track, silent = (Sounding(tmp_path / f"{name}.wav", name) for name in ("track", "silent"))
    soundfile.write(track.path, 0.1 * np.sin(np.arange(44_100) / 16), 44_100)
    soundfile.write(silent.path, np.zeros(44_100, np.float32), 44_100)
    comparison = compared(qtbot, playback, track)
    comparison.set_reference(silent)
    assert not comparison.is_measuring
    comparison.switch()
    assert comparison.is_measuring
    qtbot.waitUntil(lambda: bool(measured))
    comparison.switch()
    qtbot.waitUntil(lambda: not comparison.is_measuring)
    comparison.switch()
    assert not comparison.is_measuring
    comparison.close()
    assert measured == [[track.path, silent.path]]


def test_sound_over_jack_that_nobody_chose_is_told_once(qtbot, tracks):
    for device, told in ((None, 1), ("system, JACK Audio Connection Kit", 0)):
        controller, heard = Playback(Player(open_like_jack, device)), []
        controller.fallback_used.connect(lambda heard=heard: heard.append(1))
        controller.show(tracks[0])
        qtbot.waitUntil(lambda c=controller: c.player.position_s > 0.1)
        controller.show(tracks[1])
        qtbot.waitUntil(lambda c=controller: c.player.position_s > 0.1)
        controller.close()
        assert len(heard) == told
