"""The demo library: as large, as varied, as clean and as sparsely tagged as promised."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bgm_finder.audio.loudness import integrated_lufs
from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.paths import resource
from lab.music.compose import compose
from lab.music.compose_piece import MAIN_INSTRUMENTS
from lab.music.demo_library import LOUDNESS_LUFS, RATE_HZ, TAG_LIST, write_tags, write_track
from lab.music.demo_sounds import demo_sound
from lab.music.demo_tracks import TRACKS
from lab.music.render_fonts import FONTS

DEMO = resource("demo")


def _files():
    return sorted(DEMO.glob("*.ogg"))


def test_it_is_small_and_every_track_is_there():
    assert {path.stem for path in _files()} == {track.title for track in TRACKS}
    assert len(TRACKS) >= 24
    assert sum(path.stat().st_size for path in DEMO.iterdir()) < 8_000_000


def test_each_main_instrument_leads_five_tracks():
    leads = Counter(track.spec.main_instrument for track in TRACKS)
    assert all(leads[instrument] >= 5 for instrument in MAIN_INSTRUMENTS)


def test_titles_come_in_both_languages():
    english = sum(track.title.isascii() for track in TRACKS)
    assert english >= 8 and len(TRACKS) - english >= 8
    assert len({track.title for track in TRACKS}) == len({track.seed for track in TRACKS}) == len(TRACKS)


def test_tags_are_as_sparse_as_on_a_real_site():
    def share(column):
        return sum(bool(getattr(track, column)) for track in TRACKS) / len(TRACKS)

    assert share("use") == pytest.approx(0.62, abs=0.03)
    assert share("genre") == pytest.approx(0.48, abs=0.03)
    assert share("instrument") == pytest.approx(0.32, abs=0.03)
    assert 0 < share("tempo") < 1 and 0 < share("mood") < 1


def test_the_bundled_tag_list_is_what_the_script_writes(tmp_path):
    write_tags(tmp_path)
    assert (tmp_path / TAG_LIST).read_text(encoding="utf-8") == (DEMO / TAG_LIST).read_text(encoding="utf-8")


def test_the_catalogue_reads_the_tag_list_without_complaint():
    listed = read_tag_list(DEMO / TAG_LIST)
    assert not listed.complaints
    assert {row.file for row in listed.rows} == {path.name for path in _files()}


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_tracks_start_and_end_clean_at_one_loudness(path):
    samples, rate_hz = soundfile.read(path, dtype="float32")
    assert (rate_hz, samples.shape[1]) == (RATE_HZ, 2)
    assert 30 <= len(samples) / rate_hz <= 60
    assert integrated_lufs(samples, rate_hz) == pytest.approx(LOUDNESS_LUFS, abs=0.5)
    assert np.abs(samples[:20]).max() < 0.02 and np.abs(samples[-200:]).max() < 0.002
    assert np.abs(samples).max() < 1
    assert np.abs(samples[: rate_hz // 2]).max() > 0.01, "it starts at once"


def test_only_sounds_free_to_give_away_are_used():
    for track in TRACKS:
        piece = compose(track.seed, track.spec)
        for part in piece.parts:
            source = demo_sound(part, piece, 1).source
            assert source not in FONTS or FONTS[source].is_free_to_bundle


def test_siblings_share_their_recipe():
    recipes = Counter(track.spec.recipe for track in TRACKS)
    assert sum(count > 1 for count in recipes.values()) >= 4
    keys = [(track.spec.recipe, compose(track.seed, track.spec).key) for track in TRACKS]
    assert len(set(keys)) == len(TRACKS)


def test_a_written_track_reads_back(tmp_path: Path):
    tone = 0.3 * np.sin(np.arange(RATE_HZ * 3) * 0.05, dtype=np.float32)
    path = write_track(TRACKS[0], np.stack([tone, tone], axis=1), tmp_path)
    samples, rate_hz = soundfile.read(path, dtype="float32")
    assert rate_hz == RATE_HZ and len(samples) == RATE_HZ * 3
    assert soundfile.SoundFile(path).title == TRACKS[0].title
