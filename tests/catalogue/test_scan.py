"""What a scan tells new, changed, moved, missing and returned files by."""

import os
import shutil
import sys

import numpy as np
import pytest
from tagging import tag_tracks

from bgm_finder.catalogue.analyses import Reading, Whole
from bgm_finder.catalogue.content_hash import content_hash, full_hash
from bgm_finder.catalogue.in_memory.columns import ANALYSED, MISSING, PICTURED
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Tag

SECTIONS = TrackSections(np.ones((2, 3), np.float32), step_s=1.0, length_s=1.0, end_s=2.0)


def reading(path):
    return Reading(content_hash(path), duration_s=2.0, rate_hz=44100, channels=2)


def analyse_all(catalogue):
    for todo in catalogue.analyses.waiting_for_vectors("net"):
        catalogue.analyses.store_windows(todo.track_id, reading(todo.path), "net", np.ones(3, np.float32))
        catalogue.analyses.store_whole(todo.track_id, "net", Whole(b"p", b"o", -14.0, 120.0, SECTIONS))
    for track_id in catalogue.files.alike():
        catalogue.files.store_full_hash(track_id, full_hash(catalogue.files.path(track_id)))


def row_by_name(catalogue, name):
    columns = catalogue.columns("net")
    return columns, next(row for row, path in enumerate(columns.paths) if path.endswith(name))


@pytest.mark.parametrize(("read_s", "kept_s"), [(2.04, 2.0), (1.5, 1.5), (None, 2.0)])
def test_the_second_pass_sets_a_wrong_length_right(filled, read_s, kept_s):
    analyse_all(filled)
    columns = filled.columns("net")
    whole = Whole(b"p", b"o", -14.0, 120.0, SECTIONS, read_s)
    filled.analyses.store_whole(int(columns.ids[0]), "net", whole)
    assert filled.columns("net", columns).durations_s[0] == pytest.approx(kept_s)


def test_second_scan_finds_nothing_new(filled, library, rescan):
    found = rescan(library)
    assert (found.new, found.changed, found.moved, found.missing, found.returned) == ([], [], [], [], [])


def test_moved_and_renamed_file_keeps_tags_marks_and_analysis(filled, library, rescan):
    analyse_all(filled)
    track_id = filled.files.id_at(library / "Track 9.wav")
    tag_tracks(filled, [track_id], Tag("genre", "rock"))
    filled.tracks.set_marks(MarkEdit({track_id: "keep"}))
    (library / "Track 9.wav").rename(library / "calm" / "renamed.wav")
    found = rescan(library)
    assert [(old.track_id, new.path) for old, new in found.moved] == [(track_id, str(library / "calm" / "renamed.wav"))]
    assert found.new == found.missing == []
    filled.files.move(*[(old.track_id, new) for old, new in found.moved][0])
    columns, row = row_by_name(filled, "renamed.wav")
    assert columns.ids[row] == track_id
    assert columns.tags_at(row)["genre"] == ("rock",)
    assert columns.marks[row] == 1
    assert columns.states[row] == ANALYSED | PICTURED
    assert columns.titles[row] == "renamed"


def test_file_renamed_before_its_analysis_is_known_by_size_and_time(filled, library, rescan):
    track_id = filled.files.id_at(library / "Track 9.wav")
    (library / "Track 9.wav").rename(library / "renamed.wav")
    found = rescan(library)
    assert [(old.track_id, new.path) for old, new in found.moved] == [(track_id, str(library / "renamed.wav"))]


def test_files_of_equal_size_and_time_are_not_guessed(filled, library, rescan):
    lost = library / "Track 9.wav"
    for name in ("one.wav", "two.wav"):
        (library / name).write_bytes(b"?" * lost.stat().st_size)
        os.utime(library / name, ns=(0, lost.stat().st_mtime_ns))
    lost.unlink()
    found = rescan(library)
    assert (len(found.new), found.moved, len(found.missing)) == (2, [], 1)


def test_equal_quick_hashes_are_told_apart_by_the_whole_file(catalogue, tmp_path, rescan):
    folder = tmp_path / "twins"
    folder.mkdir()
    for name, where in (("a.wav", 80_000), ("b.wav", 90_000)):
        contents = bytearray(400_000)
        contents[where] = 1
        (folder / name).write_bytes(contents)
    catalogue.folders.add(folder)
    catalogue.files.add(rescan(folder).new)
    assert content_hash(folder / "a.wav") == content_hash(folder / "b.wav")
    analyse_all(catalogue)
    second = catalogue.files.id_at(folder / "b.wav")
    (folder / "a.wav").unlink()
    (folder / "b.wav").rename(folder / "z.wav")
    found = rescan(folder)
    assert [old.track_id for old, _ in found.moved] == [second]
    assert [file.path for file in found.missing] == [str(folder / "a.wav")]


def test_copy_beside_its_original_is_new(filled, library, rescan):
    analyse_all(filled)
    shutil.copy(library / "Track 9.wav", library / "copy.wav")
    found = rescan(library)
    assert [file.path for file in found.new] == [str(library / "copy.wav")]
    assert found.moved == []


def test_changed_contents_lose_what_was_measured_but_no_tags(filled, library, rescan):
    analyse_all(filled)
    track_id = filled.files.id_at(library / "Track 9.wav")
    tag_tracks(filled, [track_id], Tag("genre", "rock"))
    (library / "Track 9.wav").write_bytes(b"other")
    ((old, new),) = rescan(library).changed
    filled.files.renew(old.track_id, new)
    columns, row = row_by_name(filled, "Track 9.wav")
    assert columns.states[row] == 0
    assert columns.tags_at(row)["genre"] == ("rock",)
    assert [todo.track_id for todo in filled.analyses.waiting_for_vectors("net")] == [track_id]
    assert [todo.track_id for todo in filled.analyses.waiting_for_whole("net")] == [track_id]


def test_missing_file_is_kept_and_comes_back(filled, library, rescan):
    contents, times = (library / "Track 9.wav").read_bytes(), (library / "Track 9.wav").stat()
    (library / "Track 9.wav").unlink()
    (lost,) = rescan(library).missing
    filled.files.set_missing([lost.track_id], True)
    columns, row = row_by_name(filled, "Track 9.wav")
    assert columns.states[row] == MISSING
    assert rescan(library).missing == []
    (library / "Track 9.wav").write_bytes(contents)
    os.utime(library / "Track 9.wav", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert [file.track_id for file in rescan(library).returned] == [lost.track_id]


def test_file_that_comes_back_otherwise_has_changed(filled, library, rescan):
    (library / "Track 9.wav").unlink()
    (lost,) = rescan(library).missing
    filled.files.set_missing([lost.track_id], True)
    (library / "Track 9.wav").write_bytes(b"other")
    found = rescan(library)
    assert [old.track_id for old, _ in found.changed] == [lost.track_id]
    assert found.returned == []


def test_file_whose_name_a_folder_took_is_missing(filled, library, rescan):
    track_id = filled.files.id_at(library / "Track 9.wav")
    (library / "Track 9.wav").unlink()
    (library / "Track 9.wav").mkdir()
    (library / "Track 9.wav" / "inside.wav").write_bytes(b"inside")
    found = rescan(library)
    assert [file.track_id for file in found.missing] == [track_id]
    assert [file.path for file in found.new] == [str(library / "Track 9.wav" / "inside.wav")]


def test_part_of_a_folder_is_compared_with_its_own_tracks_only(filled, library, rescan):
    (library / "calm" / "雨のピアノ.mp3").write_bytes(b"snow")
    (library / "Track 9.wav").write_bytes(b"other")
    found = rescan(library / "calm")
    assert [file.path for _, file in found.changed] == [str(library / "calm" / "雨のピアノ.mp3")]
    assert found.missing == found.new == []
    assert filled.files.count_present(library / "calm") == 1


def test_folder_above_is_compared_with_the_tracks_of_those_in_it(filled, library, tmp_path, rescan):
    (library / "Track 9.wav").write_bytes(b"other")
    found = rescan(tmp_path)
    assert [file.path for _, file in found.changed] == [str(library / "Track 9.wav")]
    assert found.missing == found.new == []
    assert filled.files.count_present(tmp_path) == 3


def test_folder_that_vanished_leaves_its_tracks_missing(filled, library, rescan):
    library.rename(library.with_name("elsewhere"))
    found = rescan(library)
    assert len(found.missing) == 3
    assert found.unreadable == [(str(library), Refusal(Reason.NOT_THERE))]


def test_hidden_files_pipes_and_other_suffixes_are_no_tracks(catalogue, tmp_path, rescan):
    for name in (".hidden.wav", "notes.txt", "UPPER.WAV"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".trash").mkdir()
    (tmp_path / ".trash" / "old.wav").write_bytes(b"x")
    (tmp_path / "folder.wav").mkdir()
    os.mkfifo(tmp_path / "pipe.wav")
    found = rescan(tmp_path)
    assert [file.path for file in found.new] == [str(tmp_path / "UPPER.WAV")]
    assert found.unreadable == [(str(tmp_path / "pipe.wav"), Refusal(Reason.NOT_REGULAR))]


def test_links_in_a_circle_end(library, rescan):
    (library / "calm" / "round").symlink_to(library)
    (library / "self.wav").symlink_to(library / "self.wav")
    assert len(rescan(library).new) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every folder")
def test_folder_without_the_right_to_read_is_named_and_not_missing(filled, library, rescan):
    (library / "calm").chmod(0)
    try:
        found = rescan(library)
    finally:
        (library / "calm").chmod(0o755)
    assert found.unreadable == [(str(library / "calm"), Refusal(Reason.NO_PERMISSION))]
    assert found.missing == []


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="their file systems hold no such names")
def test_name_that_is_no_valid_text_comes_back_byte_for_byte(catalogue, tmp_path, rescan):
    name = b"\xff\xfe caf\xe9 \xe9\x9b\xa8.wav"
    (tmp_path / "odd").mkdir()
    path = os.path.join(os.fsencode(tmp_path / "odd"), name)  # noqa: PTH118 - a Path of bytes cannot be made
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"sound")
    catalogue.folders.add(tmp_path / "odd")
    (track_id,) = catalogue.files.add(rescan(tmp_path / "odd").new)
    assert os.fsencode(catalogue.files.path(track_id)) == path
    assert os.fsencode(catalogue.columns().paths[0]) == path
    assert catalogue.tracks.get(track_id).path.read_bytes() == b"sound"
    assert catalogue.files.id_at(catalogue.files.path(track_id)) == track_id
    assert rescan(tmp_path / "odd").new == []
    (tmp_path / "odd" / "sub").mkdir()
    catalogue.folders.add(tmp_path)
    assert os.fsencode(catalogue.files.path(track_id)) == path


def test_folder_above_takes_the_tracks_over(filled, library, tmp_path):
    before = filled.columns().paths
    assert filled.folders.add(library / "calm") == library
    assert filled.folders.add(tmp_path) == tmp_path
    assert filled.folders.all() == [tmp_path]
    assert filled.columns().paths == before


def test_removed_folder_leaves_nothing_behind(filled, library):
    analyse_all(filled)
    tag_tracks(filled, filled.columns().ids.tolist(), Tag("genre", "rock"))
    assert len(filled.folders.remove(library)) == 3
    assert len(filled.columns()) == 0
    assert filled.integrity_complaints() == []
    assert filled.vectors.all("net")[0].size == 0
    assert filled.tags.names() == {}


def test_ids_are_never_given_twice(filled, library, rescan):
    old = filled.folders.remove(library)
    filled.folders.add(library)
    assert min(filled.files.add(rescan(library).new)) > max(old)


PASSED_OVER = [
    *(
        "$RECYCLE.BIN/S-1-5-21-1",
        "$Recycle.Bin",
        "#recycle",
        "@Recycle",
        ".Trash-1000/files",
        ".Trash/files",
        ".Trashes/501",
    ),
    *(
        "System Volume Information",
        "lost+found",
        "#snapshot/daily/Music",
        "@Recently-Snapshot/Music",
        ".zfs/snapshot/Music",
    ),
    *(".snapshot/hourly.0", ".snapshots/1/snapshot", "~snapshot/daily", "RECYCLER/S-1-5-21-1", "@eaDir/kept.wav"),
    *(
        ".stversions",
        ".dropbox.cache/2026-11-28",
        "calm/#recycle",
        "Media Cache Files",
        "Adobe Premiere Pro Audio Previews",
    ),
    *("FOUND.000", "found.001/dir0000.chk", "Network Trash Folder", "Temporary Items/folders.501", ".TemporaryItems"),
    *("TheVolumeSettingsFolder", "@tmp", ".Trash-0/files", "$recycle.bin", ".@__thumb"),
]


@pytest.mark.parametrize("place", PASSED_OVER)
def test_trash_snapshots_and_caches_are_passed_over_and_told(filled, library, rescan, place):
    (library / place).mkdir(parents=True)
    (library / place / "deleted.wav").write_bytes(b"gone" * 300)
    found = rescan(library)
    assert found.new == []
    (told,) = found.passed_over
    assert (library / place).is_relative_to(told) and told != str(library)


@pytest.mark.parametrize(
    "name",
    [
        "Trash",
        "The Recycler",
        "recycler",
        "Snapshot",
        "snapshots",
        "Recycle",
        "Lost and Found",
        "Cache",
        "Found.Sounds",
        "tmp",
        "Found.0001",
    ],
)
def test_a_folder_of_the_users_own_with_such_a_name_is_taken(filled, library, rescan, name):
    (library / name).mkdir()
    (library / name / "song.wav").write_bytes(b"song" * 300)
    found = rescan(library)
    assert [file.path for file in found.new] == [str(library / name / "song.wav")]
    assert found.passed_over == []


def test_a_trash_that_is_added_itself_is_taken(catalogue, library, rescan):
    trash = library / "#recycle"
    trash.mkdir()
    (trash / "deleted.wav").write_bytes(b"gone" * 300)
    assert [file.path for file in rescan(trash).new] == [str(trash / "deleted.wav")]


def test_tracks_listed_from_a_trash_are_missing_and_keep_their_marks(filled, library, rescan):
    trash = library / "#recycle"
    trash.mkdir()
    (library / "Track 9.wav").rename(trash / "Track 9.wav")
    filled.files.add(rescan(trash).new)
    track_id = filled.files.id_at(trash / "Track 9.wav")
    filled.tracks.set_marks(MarkEdit({track_id: "keep"}))
    found = rescan(library)
    assert track_id in [file.track_id for file in found.missing]
    filled.files.set_missing([track_id], True)
    columns, row = row_by_name(filled, "#recycle/Track 9.wav")
    assert columns.states[row] & MISSING
    assert columns.marks[row] == 1


def test_files_with_other_endings_are_counted(filled, library, rescan):
    for name in ("one.mid", "calm/TWO.MID", "notes.txt", ".hidden.mid"):
        (library / name).write_bytes(b"x")
    assert rescan(library).other_endings == {".mid": 2, ".txt": 1}
