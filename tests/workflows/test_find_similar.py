"""Rankings, held against a plain cosine in float64."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import av
import numpy as np
import pytest
import soundfile
from made_sounds import NETWORK, RATE_HZ, noise, tone
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.filters import Filter
from bgm_finder.catalogue.in_memory.texts import Texts
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.drives.drives import Drives
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.similarity.bands import band
from bgm_finder.similarity.closeness import Borders, Compared
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import AtMost, Outside, Reference, Scope, Section, Tag
from bgm_finder.workflows.embed_files import embed_files
from bgm_finder.workflows.find_similar import Query, find_similar

ROCK = Filter(ticked={"genre": frozenset({"rock"})})


@pytest.fixture
def search(catalogue, columns, embedder):
    def _search(*paths, wanted=Filter(), **more):  # noqa: B008 - a filter never changes
        references = [path if isinstance(path, Reference) else Reference(path) for path in paths]
        return find_similar(Job(), catalogue, columns, embedder, Query(references, wanted, **more))

    return _search


@pytest.fixture
def cosines(catalogue, embedder):
    """The plain cosine of each track with a vector, by id."""
    with Catalogue(catalogue) as opened:
        ids, matrix = opened.vectors.all(embedder.name)
    matrix = matrix.astype(np.float64)

    def _cosines(vector):
        return dict(zip(ids.tolist(), (matrix @ np.asarray(vector, np.float64)).tolist(), strict=True))

    return _cosines


def vector_of(path):
    return embed_files(Job(), [path], lambda: ThreadPoolExecutor(1), NETWORK).vectors[0]


def test_weights_count_in_the_score(search, cosines, sounds):
    one, other, away = (vector_of(sounds / name) for name in ("flute 1.wav", "wind.wav", "saw.ogg"))
    found = search(sounds / "flute 1.wav", sounds / "wind.wav", weights=(2.0, 0.5))
    expected = cosines(0.8 * one + 0.2 * other)
    np.testing.assert_allclose([m.score for m in found.inside], [expected[m.track_id] for m in found.inside], atol=2e-3)
    pushed = search(sounds / "flute 1.wav", negatives=[Reference(sounds / "saw.ogg")], negative_weights=(2.0,))
    expected = cosines(one - away)
    np.testing.assert_allclose(
        [m.score for m in pushed.inside], [expected[m.track_id] for m in pushed.inside], atol=2e-3
    )


def test_order_is_that_of_a_plain_cosine(search, cosines, sounds, ids):
    expected = cosines(vector_of(sounds / "flute 1.wav"))
    del expected[ids["flute 1"]]
    found = search(sounds / "flute 1.wav").inside
    assert [match.track_id for match in found] == sorted(expected, key=lambda i: -expected[i])
    np.testing.assert_allclose([match.score for match in found], [expected[m.track_id] for m in found], atol=2e-3)
    assert found[0].track_id == ids["flute 2"]


def test_file_that_is_no_track_is_searched_and_not_added(search, catalogue, columns, ids, tmp_path):
    soundfile.write(tmp_path / "new.wav", noise(3), RATE_HZ)
    found = search(tmp_path / "new.wav")
    assert {found.inside[0].track_id, found.inside[1].track_id} == {ids["wind"], ids["雨"]}
    assert len(found.inside) == 5
    with Catalogue(catalogue) as opened:
        assert len(opened.columns()) == len(columns)


def test_video_is_searched_by_its_sound(search, ids, tmp_path):
    with av.open(tmp_path / "clip.mp4", "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(tone(450, rate_hz=44100)[None], format="fltp", layout="mono")
        frame.rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    found = search(tmp_path / "clip.mp4")
    assert {found.inside[0].track_id, found.inside[1].track_id} == {ids["flute 1"], ids["flute 2"]}


def test_outside_list_names_what_kept_each_out(catalogue, embedder, sounds, ids):
    with Catalogue(catalogue) as opened:
        tag_tracks(opened, [ids["saw"]], Tag("genre", "rock"))
        tag_tracks(opened, [ids["wind"]], Tag("genre", "calm"))
        columns = opened.columns(embedder.name)
    found = find_similar(Job(), catalogue, columns, embedder, Query([Reference(sounds / "flute 1.wav")], ROCK))
    assert [match.track_id for match in found.inside] == [ids["saw"]]
    reasons = {match.track_id: match.outside for match in found.outside}
    assert reasons == {
        ids["flute 2"]: Outside("genre", None),
        ids["wind"]: Outside("genre", "calm"),
        ids["雨"]: Outside("genre", None),
    }
    for scope, sides in {Scope.INSIDE: (1, 0), Scope.OUTSIDE: (0, 3)}.items():
        part = find_similar(
            Job(), catalogue, columns, embedder, Query([Reference(sounds / "flute 1.wav")], ROCK, scope=scope)
        )
        assert (len(part.inside), len(part.outside)) == sides


def test_a_limit_binds_in_both_lists_until_its_lock_is_open(catalogue, columns, embedder, sounds, ids):
    lengths = np.where(columns.ids == ids["saw"], np.float32(12), columns.durations_s)
    columns = replace(columns, durations_s=lengths)

    def search(wanted):
        return find_similar(Job(), catalogue, columns, embedder, Query([Reference(sounds / "flute 1.wav")], wanted))

    wanted = Filter(ticked={"genre": frozenset({"rock"})}, max_length_s=11)
    hard, soft = search(wanted), search(replace(wanted, soft_limits=frozenset({"length"})))
    assert {match.track_id for match in soft.outside} - {match.track_id for match in hard.outside} == {ids["saw"]}
    saw = next(match for match in soft.outside if match.track_id == ids["saw"])
    assert saw.misses == (Outside("genre"), Outside(limit="length", tag="0:12"))
    alone = search(Filter(max_length_s=11))
    assert (alone.is_filtered, alone.outside) == (False, ())
    assert ids["saw"] not in {match.track_id for match in alone.inside}
    tempo = search(Filter(min_bpm=399, soft_limits=frozenset({"length"})))
    assert (tempo.inside, tempo.outside, tempo.is_filtered) == ((), (), False)


def test_fewest_misses_come_first_among_the_equally_close(catalogue, embedder, sounds, ids, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    for name in ("alike 1", "alike 2"):
        shutil.copy(sounds / "flute 2.flac", more / f"{name}.flac")
    late = add_unanalysed(catalogue, more)
    with Catalogue(catalogue) as opened:
        tag_tracks(opened, late[1:], Tag("genre", "rock"))
        columns = opened.columns(embedder.name)
    wanted = Filter(ticked={"genre": frozenset({"rock"}), "mood": frozenset({"calm"})}, text="nowhere")
    found = find_similar(Job(), catalogue, columns, embedder, Query([Reference(sounds / "flute 1.wav")], wanted))
    assert [len(match.misses) for match in found.outside[:3]] == [2, 3, 3]
    assert found.outside[0].track_id == late[1]
    assert {match.track_id for match in found.outside[1:3]} == {ids["flute 2"], late[0]}
    bands = [band(match.score) for match in found.outside]
    assert bands == sorted(bands, reverse=True)


def test_only_the_best_few_of_one_artist_or_folder_are_listed(catalogue, columns, embedder, sounds, ids):
    artists = {"flute 2": "Rin", "saw": "Rin", "wind": "Rin", "雨": ""}
    known = replace(columns, artists=Texts.of(artists.get(title, "Rin") for title in columns.titles))

    def found(at_most, **more):
        query = Query([Reference(sounds / "flute 1.wav")], at_most=at_most, **more)
        return [m.track_id for m in find_similar(Job(), catalogue, known, embedder, query).inside]

    everything = found(None)
    of_rin = [track_id for track_id in everything if track_id != ids["雨"]]
    for count in (1, 2):
        assert found(AtMost(count, "artist")) == [i for i in everything if i == ids["雨"] or i in of_rin[:count]]
    assert found(AtMost(1, "artist"), top=1) == everything[:1]
    assert found(AtMost(2, "folder")) == everything[:2]


def test_several_references_are_the_mean_of_their_cosines(search, cosines, sounds, ids):
    one, other = cosines(vector_of(sounds / "flute 1.wav")), cosines(vector_of(sounds / "wind.wav"))
    found = search(sounds / "flute 1.wav", sounds / "wind.wav").inside
    assert {match.track_id for match in found} == {ids["flute 2"], ids["saw"], ids["雨"]}
    for match in found:
        assert match.score == pytest.approx((one[match.track_id] + other[match.track_id]) / 2, abs=2e-3)


def test_negative_pushes_its_like_down(search, sounds, ids):
    plain = {match.track_id: match.score for match in search(sounds / "saw.ogg").inside}
    pushed = search(sounds / "saw.ogg", negatives=[Reference(sounds / "wind.wav")])
    drops = {match.track_id: plain[match.track_id] - match.score for match in pushed.inside}
    assert max(drops, key=lambda i: drops[i]) in (ids["wind"], ids["雨"])


def test_percentile_is_the_place_within_the_library(search, sounds):
    shares = [match.percentile for match in search(sounds / "flute 1.wav").inside]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == 0
    assert shares[0] == pytest.approx(75)  # three of the four others lie below; the track itself above


def test_stretch_of_a_file_is_searched_alone(search, ids, tmp_path):
    both = np.concatenate([tone(440), noise(5)])
    soundfile.write(tmp_path / "both.wav", both, RATE_HZ)
    found = search(Reference(tmp_path / "both.wav", section=Section(5.0, 10.0))).inside
    assert {found[0].track_id, found[1].track_id} == {ids["wind"], ids["雨"]}


def test_few_waiting_tracks_are_analysed_first(catalogue, sounds, embedder, tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    shutil.copy(sounds / "flute 2.flac", extra / "late.flac")
    (extra / "late broken.wav").write_bytes(b"nothing")
    late = add_unanalysed(catalogue, extra)
    with Catalogue(catalogue) as opened:
        columns = opened.columns(embedder.name)
    found = find_similar(Job(), catalogue, columns, embedder, Query([Reference(sounds / "flute 1.wav")]))
    assert set(late) & {match.track_id for match in found.inside}
    assert found.left_out == 3  # broken, empty, late broken


def test_many_waiting_tracks_are_counted_as_left_out(catalogue, sounds, embedder, tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    for number in range(9):
        shutil.copy(sounds / "wind.wav", extra / f"{number}.wav")
    late = add_unanalysed(catalogue, extra)
    with Catalogue(catalogue) as opened:
        columns = opened.columns(embedder.name)
    found = find_similar(Job(), catalogue, columns, embedder, Query([Reference(sounds / "flute 1.wav")]))
    assert found.left_out == 9 + 2
    assert not set(late) & {match.track_id for match in found.inside}


def test_an_empty_library_gives_nothing(embedder, sounds, tmp_path):
    empty = tmp_path / "empty.sqlite"
    with Catalogue(empty) as opened:
        columns = opened.columns(embedder.name)
    found = find_similar(Job(), empty, columns, embedder, Query([Reference(sounds / "flute 1.wav")], ROCK))
    assert (found.inside, found.outside, found.left_out) == ((), (), 0)


def test_a_library_that_nothing_was_heard_of_is_left_out(embedder, sounds, tmp_path):
    other = tmp_path / "other.sqlite"
    with Catalogue(other) as opened:
        for number in range(12):
            (tmp_path / f"{number}.wav").write_bytes(b"no sound")
        add_unanalysed(other, tmp_path)
        columns = opened.columns(embedder.name)
    found = find_similar(Job(), other, columns, embedder, Query([Reference(sounds / "flute 1.wav")]))
    assert (found.inside, found.outside, found.left_out) == ((), (), 12)


def test_unreadable_reference_says_why(search, sounds):
    with pytest.raises(Unreadable) as error:
        search(sounds / "broken.mp3")
    assert error.value.path == sounds / "broken.mp3"


def add_unanalysed(catalogue, folder):
    with Catalogue(catalogue) as opened:
        opened.folders.add(folder)
        return opened.files.add(scan(folder, Remembered(), frozenset({".wav", ".flac"}), Drives(lambda: False)).new)


def test_silence_is_like_nothing(search, catalogue, embedder, ids, sounds, tmp_path):
    soundfile.write(tmp_path / "silence.wav", np.zeros(5 * RATE_HZ, np.float32), RATE_HZ)
    with pytest.raises(Unreadable, match=Reason.ONLY_SILENCE):
        search(tmp_path / "silence.wav")
    with pytest.raises(Unreadable, match=Reason.ONLY_SILENCE):
        search(Reference(tmp_path / "silence.wav", section=Section(1.0, 3.0)))
    found = search(sounds / "flute 1.wav", tmp_path / "silence.wav")
    assert [error.path.name for error in found.unreadable] == ["silence.wav"]
    assert found.inside[0].track_id == ids["flute 2"]


def test_silence_within_a_track_does_not_count(tmp_path):
    spaced = np.concatenate([tone(450), np.zeros(5 * RATE_HZ, np.float32)])
    windows = [spaced[: 5 * RATE_HZ], spaced[5 * RATE_HZ :]]
    from_both, from_one = load_embedder("default").embed(windows), load_embedder("default").embed(windows[:1])
    assert from_both @ from_one == pytest.approx(1.0, abs=1e-5)
    assert not load_embedder("default").embed(windows[1:]).any()


BORDERS = Borders(0.3, 0.5, 0.9)


def test_a_match_says_in_a_word_how_close_its_cosine_is(search, sounds, embedder, monkeypatch):
    monkeypatch.setattr(embedder, "borders", {Compared.TRACKS: BORDERS})
    found = search(sounds / "flute 1.wav").inside
    assert [match.closeness for match in found] == [BORDERS.word(match.score) for match in found]
    assert [match.closeness_level for match in found] == [BORDERS.level(match.score) for match in found]
    assert len({match.closeness for match in found}) > 1
    monkeypatch.setattr(embedder, "borders", {})
    assert {match.closeness for match in search(sounds / "flute 1.wav").inside} == {None}


def test_what_a_track_is_to_be_unlike_makes_it_no_less_close_to_the_reference(search, sounds, embedder, monkeypatch):
    monkeypatch.setattr(embedder, "borders", {Compared.TRACKS: BORDERS})
    plain = {match.track_id: match for match in search(sounds / "flute 1.wav").inside}
    pushed = search(sounds / "flute 1.wav", negatives=[Reference(sounds / "flute 2.flac")]).inside
    for match in pushed:
        assert match.closeness == plain[match.track_id].closeness
        assert match.closeness_level == pytest.approx(plain[match.track_id].closeness_level)
    assert any(match.score < plain[match.track_id].score - 0.1 for match in pushed)


def test_of_references_that_differ_a_track_is_as_close_as_to_both_on_average(search, sounds, embedder, monkeypatch):
    monkeypatch.setattr(embedder, "borders", {Compared.TRACKS: BORDERS})
    found = search(sounds / "flute 1.wav", sounds / "wind.wav").inside
    assert [match.closeness for match in found] == [BORDERS.word(match.score) for match in found]
