"""Workers, sections and searches read the sound stream that was chosen for a film."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from films import Stream, tones_hz, write_film

from bgm_finder.audio.decode import decode
from bgm_finder.audio.playing.feed import decode_head
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.sound_streams import StreamEdit
from bgm_finder.jobs.job import Job
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import Reference, Section, SoundAt
from bgm_finder.workflows.analyse import embed_path
from bgm_finder.workflows.cut_section import cut_section
from bgm_finder.workflows.find_similar import Query, find_similar
from bgm_finder.workflows.index_folder import IndexOptions, index
from bgm_finder.workflows.loudness_of import loudness_of

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="films are made by the ffmpeg program")
LOW, HIGH = 330, 3300


@pytest.fixture
def film(tmp_path):
    (tmp_path / "music").mkdir()
    return write_film(tmp_path / "music" / "film.mkv", [Stream(LOW), Stream(HIGH)])


def run(catalogue, film):
    index(Job(), catalogue, [film.parent], lambda: ThreadPoolExecutor(1), IndexOptions(full=True))
    with Catalogue(catalogue) as opened:
        ids, vectors = opened.vectors.of(load_embedder("default").name, [opened.files.id_at(film)])
        return vectors[0], opened.tracks.get(int(ids[0]))


def test_both_passes_hear_the_chosen_stream_and_a_rescan_keeps_it(tmp_path, film):
    catalogue = tmp_path / "catalogue.sqlite"
    low, _ = run(catalogue, film)
    with Catalogue(catalogue) as opened:
        opened.sound_streams.choose(StreamEdit({film: 1}))
    high, track = run(catalogue, film)
    assert float(low @ embed_path(film, "default")) > 0.999
    assert float(high @ embed_path(film, "default", 1)) > 0.999
    assert float(high @ low) < 0.9
    assert track.loudness_lufs is not None
    moved = film.rename(film.with_name("moved.mkv"))
    again, _ = run(catalogue, moved)
    assert float(again @ high) > 0.999


def test_a_reference_is_searched_by_the_stream_that_was_chosen_for_it(tmp_path, film):
    catalogue, cut = tmp_path / "catalogue.sqlite", tmp_path / "cut.mkv"
    for name, tone in (("low.m4a", LOW), ("high.m4a", HIGH)):
        write_film(film.parent / name, [Stream(tone)])
    shutil.move(film, cut)
    run_index = index(Job(), catalogue, [film.parent], lambda: ThreadPoolExecutor(1))
    assert run_index.added == 2
    embedder = load_embedder("default")

    def best(reference):
        with Catalogue(catalogue) as opened:
            columns = opened.columns(embedder.name)
        ranking = find_similar(Job(), catalogue, columns, embedder, Query([reference]))
        return columns.paths[columns.row_of(ranking.inside[0].track_id)]

    assert best(Reference(cut)).endswith("low.m4a")
    assert best(Reference(cut, stream=1)).endswith("high.m4a")
    with Catalogue(catalogue) as opened:
        opened.sound_streams.choose(StreamEdit({cut: 1}))
    assert best(Reference(cut)).endswith("high.m4a")
    assert best(Reference(cut, section=Section(1.0, 4.0))).endswith("high.m4a")


def test_a_section_and_the_player_s_first_seconds_are_of_the_chosen_stream(tmp_path, film):
    first = cut_section(Job(), SoundAt(film), Section(1.0, 4.0), tmp_path)
    second = cut_section(Job(), SoundAt(film, 1), Section(1.0, 4.0), tmp_path)
    assert tones_hz(decode(first)) == [LOW, LOW]
    assert tones_hz(decode(second)) == [HIGH, HIGH]
    head = decode_head(film, 48_000, 1.0, stream=1)
    assert head.facts.stream.parts == (1,)
    levels = loudness_of(Job(), [SoundAt(film)]), loudness_of(Job(), [SoundAt(film, 1)])
    assert levels[0][film] != levels[1][film]
