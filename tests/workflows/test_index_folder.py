"""Folders become tracks, file by file, and no work is done twice."""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import mutagen
import numpy as np
import pytest
import soundfile
from made_sounds import NETWORK, RATE_HZ, tone
from tagging import tag_tracks

from bgm_finder.audio.spectrogram import overview_from, preview_from
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import ANALYSED, MISSING, PICTURED, UNREADABLE
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.drives import waiting
from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.track import SoundAt, Tag
from bgm_finder.workflows.analyse import embed_file
from bgm_finder.workflows.index_folder import IndexOptions, forget, index

_DRIVE = Path("/dev/shm")  # noqa: S108 - a mount point of its own, which every Linux has
one_thread = partial(ThreadPoolExecutor, 1)


@pytest.fixture
def share(monkeypatch):
    """A folder on another drive than the system's."""
    if not _DRIVE.is_mount() or shutil.which("find") is None:
        pytest.skip("needs a second drive, and the program that asks it")
    monkeypatch.setattr(waiting, "ANSWER_S", 1.0)
    with tempfile.TemporaryDirectory(dir=_DRIVE) as name:
        yield Path(name)


@pytest.fixture
def silence(tmp_path, monkeypatch):
    """Return a file; while it is there, nobody who asks a drive gets an answer."""
    flag, program = tmp_path / "silent", tmp_path / "bin" / "find"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nwhile [ -e "{flag}" ]; do sleep 0.05; done\nexec {shutil.which("find")} "$@"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    yield flag
    flag.unlink(missing_ok=True)


def test_report_counts_and_names_what_cannot_be_read(indexed, sounds):
    _, report, _ = indexed
    assert (report.added, report.changed, report.moved, report.missing, report.readable) == (7, 0, 0, 0, 5)
    assert sorted(path.name for path, _ in report.unreadable) == ["broken.mp3", "empty.wav"]
    assert all(reason for _, reason in report.unreadable)


def test_rows_appear_before_any_is_analysed(indexed):
    _, _, events = indexed
    first = next(event for event in events if event)
    assert len(first) == 7


def test_both_passes_fill_the_catalogue(indexed, columns, ids, catalogue):
    states = dict(zip(columns.titles, columns.states.tolist(), strict=True))
    assert states["broken"] == states["empty"] == UNREADABLE
    assert states["flute 1"] == states["雨"] == ANALYSED | PICTURED
    np.testing.assert_allclose(columns.durations_s[columns.row_of(ids["saw"])], 5, atol=0.01)
    with Catalogue(catalogue) as opened:
        preview, overview = opened.analyses.picture(ids["flute 1"])
        assert opened.tracks.get(ids["flute 1"]).loudness_lufs < -10
    assert preview_from(preview).db.size
    assert abs(overview_from(overview)).max() == round(0.3 * 127)


def test_stored_vectors_are_those_of_the_network(catalogue, ids, sounds, embedder):
    with Catalogue(catalogue) as opened:
        found, matrix = opened.vectors.all(embedder.name)
    for name in ("flute 1.wav", "saw.ogg"):
        direct = embed_file(SoundAt(sounds / name), embedder)
        stored = matrix[found.tolist().index(ids[name.split(".")[0]])]
        assert float(direct @ stored) > 0.99999


def test_second_run_does_no_work(catalogue, sounds):
    report = index(
        Job(), catalogue, [sounds], lambda: pytest.fail("nothing is to be analysed"), IndexOptions(NETWORK, full=True)
    )
    assert (report.added, report.changed, report.moved, report.missing) == (0, 0, 0, 0)
    assert len(report.unreadable) == 2


def test_one_run_asks_a_drive_once_for_its_scan_and_once_for_each_pass_with_files(tmp_path, share, questions):
    soundfile.write(share / "a.wav", tone(440), RATE_HZ)
    counts = [0]
    for folders in ([share], []):  # as it is added, and at the next start
        index(Job(), tmp_path / "c.sqlite", folders, one_thread, IndexOptions(NETWORK, full=True))
        counts.append(len(questions()))
    assert counts == [0, 3, 4]


def test_each_pass_asks_anew_whether_a_share_answers(tmp_path, share, silence):
    catalogue = tmp_path / "c.sqlite"
    soundfile.write(share / "a.wav", tone(440), RATE_HZ)
    vanishes = IndexOptions(NETWORK, full=True, after_scan=silence.touch)
    report = index(Job(), catalogue, [share], lambda: pytest.fail("its share has vanished"), vanishes)
    assert (report.added, report.silent) == (1, [])
    analysed: list[list[int]] = []
    wakes_up = IndexOptions(NETWORK, full=True, after_scan=silence.unlink, on_event=analysed.append)
    report = index(Job(), catalogue, [], one_thread, wakes_up)
    assert report.silent == [share]
    assert analysed[-2:] == [[1], [1]]


def test_stopped_run_goes_on_where_it_was(sounds, tmp_path):
    path = tmp_path / "c.sqlite"
    stopped = Job()
    done = []

    def stop_after_two(ids):
        done.extend(ids if len(ids) == 1 else [])
        if len(done) == 2:
            stopped.cancel()

    with pytest.raises(Cancelled):
        index(stopped, path, [sounds], one_thread, IndexOptions(NETWORK, on_event=stop_after_two))
    again = []
    index(Job(), path, [], one_thread, IndexOptions(NETWORK, on_event=lambda ids: again.extend(ids)))
    assert sorted(done + again) == list(range(1, 8))


def test_moved_changed_missing_and_returned_files_are_told(own_sounds, tmp_path):
    path = tmp_path / "c.sqlite"
    index(Job(), path, [own_sounds], one_thread, IndexOptions(NETWORK))
    with Catalogue(path) as opened:
        kept = opened.files.id_at(own_sounds / "saw.ogg")
        tag_tracks(opened, [kept], Tag("genre", "rock"))
        opened.tracks.set_marks(MarkEdit({kept: "keep"}))
    (own_sounds / "deep").mkdir()
    (own_sounds / "saw.ogg").rename(own_sounds / "deep" / "のこぎり.ogg")
    (own_sounds / "雨.wav").rename(tmp_path / "雨.wav")
    soundfile.write(own_sounds / "wind.wav", tone(300), RATE_HZ)
    analysed = []
    report = index(Job(), path, [own_sounds], one_thread, IndexOptions(NETWORK, on_event=analysed.append))
    assert (report.added, report.changed, report.moved, report.missing) == (0, 1, 1, 1)
    with Catalogue(path) as opened:
        track = opened.tracks.get(kept)
        assert (track.path.name, track.mark, track.tags) == ("のこぎり.ogg", "keep", (Tag("genre", "rock"),))
        columns = opened.columns()
    assert sum(columns.states & MISSING > 0) == 1
    (tmp_path / "雨.wav").rename(own_sounds / "雨.wav")
    report = index(Job(), path, [], lambda: pytest.fail("it was analysed before"), IndexOptions(NETWORK))
    assert (report.added, report.missing) == (0, 0)
    with Catalogue(path) as opened:
        assert sum(opened.columns().states & MISSING > 0) == 0


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_file_that_moved_to_another_folder_keeps_all(tmp_path, first, second):
    """The scan meets the folder that lost it first, or the one that got it."""
    path = tmp_path / "c.sqlite"
    for name in "ab":
        (tmp_path / name).mkdir()
        soundfile.write(tmp_path / name / f"own of {name}.wav", tone(200 + ord(name)), RATE_HZ)
    index(Job(), path, [tmp_path / "a", tmp_path / "b"], one_thread, IndexOptions(NETWORK))
    with Catalogue(path) as opened:
        kept = opened.files.id_at(tmp_path / "a" / "own of a.wav")
        tag_tracks(opened, [kept], Tag("genre", "rock"))
    (tmp_path / "a" / "own of a.wav").rename(tmp_path / "b" / "new name.wav")
    folders = [tmp_path / first, tmp_path / second]
    report = index(Job(), path, folders, lambda: pytest.fail("it was analysed before"), IndexOptions(NETWORK))
    assert (report.added, report.moved, report.missing) == (0, 1, 0)
    with Catalogue(path) as opened:
        track = opened.tracks.get(kept)
        assert (track.path, track.is_missing) == (tmp_path / "b" / "new name.wav", False)
        assert track.tags == (Tag("genre", "rock"),)


def test_forgotten_folder_takes_its_tracks_along(catalogue, sounds):
    assert len(forget(Job(), catalogue, sounds)) == 7
    with Catalogue(catalogue) as opened:
        assert len(opened.columns()) == 0
        assert opened.folders.all() == []


def test_report_tells_what_looks_like_sound_and_what_was_passed_over(tmp_path):
    (tmp_path / "drive" / "$RECYCLE.BIN").mkdir(parents=True)
    for name in ("a.mid", "B.MID", "strings.sf2", "notes.txt", "$RECYCLE.BIN/c.mid"):
        (tmp_path / "drive" / name).write_bytes(b"x")
    report = index(Job(), tmp_path / "own.sqlite", [tmp_path / "drive"], one_thread, IndexOptions(NETWORK))
    assert report.alike == {".mid": 2, ".sf2": 1}
    assert [path.name for path in report.passed_over] == ["$RECYCLE.BIN"]
    assert report.left_out == 4


def test_a_tempo_that_cannot_be_read_is_reported(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    for name, tempo in (("fast.flac", "fast"), ("128.flac", "128,5 BPM")):
        soundfile.write(folder / name, tone(440), RATE_HZ)
        file = mutagen.File(folder / name)
        file["tempo"] = tempo
        file.save()
    report = index(Job(), tmp_path / "catalogue.sqlite", [folder], one_thread, IndexOptions(NETWORK))
    assert report.unread_tempi == [(folder / "fast.flac", "fast")]
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        tracks = {track.title: track for track in map(opened.tracks.get, (1, 2))}
    assert (tracks["128"].bpm, tracks["128"].tags) == (128.5, ())
    assert (tracks["fast"].bpm, tracks["fast"].tags) == (None, ())
