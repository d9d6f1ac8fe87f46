"""Tag lists as people write them: encodings, separators, headers, mistakes."""

import csv
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tagging import tag_tracks

from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.catalogue.tag_csv import read_tag_list, tag_list
from bgm_finder.catalogue.tag_lists.encodings import TRIED
from bgm_finder.catalogue.tag_lists.problems import Complaint, UnreadableTagList
from bgm_finder.drives import waiting
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Tag

JAPANESE = (
    "ファイル名,タイトル,1行コメント,用途,楽曲ジャンル,イメージ,メイン楽器,テンポ\n"
    "雨.wav,雨の日,静かな曲,VP、企業VP,ポップス,優しい/おしゃれ,ピアノ,128 BPM\n"
)


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "tags.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"], ids=lambda name: name
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_japanese_list_is_read_in_every_encoding(tmp_path, encoding, delimiter):
    listed = read_tag_list(write(tmp_path, JAPANESE.replace(",", delimiter), encoding))
    (row,) = listed.rows
    assert (row.file, row.title, row.comment, row.bpm) == ("雨.wav", "雨の日", "静かな曲", 128.0)
    assert row.tags == (
        Tag("use", "VP"),
        Tag("use", "企業VP"),
        Tag("genre", "ポップス"),
        Tag("mood", "優しい"),
        Tag("mood", "おしゃれ"),
        Tag("instrument", "ピアノ"),
        Tag("tempo", "128 BPM"),
    )
    assert listed.complaints == []


def test_every_separator_splits_and_doubles_are_dropped(tmp_path):
    (row,) = read_tag_list(write(tmp_path, 'file,genre\na,"x, y、z;w/v|u, x,"\n')).rows
    assert [tag.name for tag in row.tags] == ["x", "y", "z", "w", "v", "u"]


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        (r'a,"say \"hi\"",calm', ['say "hi"']),
        (r'a,"\"Hi\", she said",calm', ['"Hi", she said']),
        (r'a,"7\" Single",calm', ['7" Single']),
        ('a,"x \\"",calm\nb,"y",calm', ['x "', "y"]),
        (r'"D:\BGM\","T",calm', ["T"]),
        ('a,"The "Best" of",calm', ['The "Best" of']),
        ('a,12" mix,calm', ['12" mix']),
        ('a,"The ""Best"", vol 1",calm', ['The "Best", vol 1']),
    ],
)
def test_quotation_marks_in_a_cell_are_read_as_meant(tmp_path, line, titles):
    listed = read_tag_list(write(tmp_path, f"file,title,mood\n{line}\n"))
    assert [(row.title, row.tags) for row in listed.rows] == [(title, (Tag("mood", "calm"),)) for title in titles]
    assert listed.complaints == []


def test_lines_whose_cells_may_have_moved_are_named_and_not_stored(tmp_path):
    text = 'file,title,mood\na,Hello, World,calm\nb,T,sad\nc,"The "Best", vol 1",calm\nd,""Hi" there, you",\n'
    listed = read_tag_list(write(tmp_path, text))
    assert [row.file for row in listed.rows] == ["b"]
    assert {complaint.line: complaint.reason for complaint in listed.complaints} == {
        2: Reason.TOO_MANY_CELLS,
        4: Reason.MISPLACED_QUOTES,
        5: Reason.MISPLACED_QUOTES,
    }


def test_unknown_column_becomes_a_category(tmp_path):
    listed = read_tag_list(write(tmp_path, "File,場面, Scene \na,海,chase\n"))
    assert listed.rows[0].tags == (Tag("場面", "海"), Tag("Scene", "chase"))
    assert listed.categories == ("場面", "Scene")


def test_mistakes_are_named_with_their_lines(tmp_path):
    text = "file,genre,format\na,rock,wav\n,pop,wav\na,jazz,wav\n\nb,x,wav,too,many\n"
    listed = read_tag_list(write(tmp_path, text))
    assert [row.file for row in listed.rows] == ["a"]
    assert [complaint.line for complaint in listed.complaints] == [1, 3, 4, 6]


@pytest.mark.parametrize(
    ("contents", "reason", "facts"),
    [
        (b"", Reason.IS_EMPTY, {}),
        (b"\n \n", Reason.IS_EMPTY, {}),
        (b"genre,mood\nrock,calm\n", Reason.NO_FILE_COLUMN, {"header": "genre | mood"}),
        (b"1,2,3,4,5,6,7\nrock,calm\n", Reason.NO_FILE_COLUMN, {"header": "1 | 2 | 3 | 4 | 5 | 6 | …"}),
        (b"file,genre\n\xff\xfd\x81\n", Reason.NO_TEXT, {"encodings": ", ".join(TRIED)}),
        (b"\xff\xfe\x00", Reason.NO_TEXT, {"encodings": ", ".join(TRIED)}),
    ],
)
def test_list_that_cannot_be_read_says_why(tmp_path, contents, reason, facts):
    (tmp_path / "bad.csv").write_bytes(contents)
    with pytest.raises(UnreadableTagList) as refused:
        read_tag_list(tmp_path / "bad.csv")
    assert refused.value.refusal == Refusal(reason, facts)


def test_missing_list_says_so(tmp_path):
    with pytest.raises(UnreadableTagList, match=Reason.NOT_THERE):
        read_tag_list(tmp_path / "nowhere.csv")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_list_or_a_reason(tmp_path_factory, contents):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"file,genre\n" + contents)
    try:
        assert read_tag_list(path).rows is not None
    except UnreadableTagList as error:
        assert error.reason


def test_formulas_are_defused_and_come_back(tmp_path):
    path = tmp_path / "out.csv"
    names = ["=1+1", "+a", "-b", "@c", "plain"]
    path.write_bytes(tag_list(["file", "genre"], [[name, name] for name in names]))
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)][1:]
    assert cells == ["'=1+1", "'+a", "'-b", "'@c", "plain"]
    listed = read_tag_list(path)
    assert [row.file for row in listed.rows] == names
    assert [row.tags[0].name for row in listed.rows] == names


NAMES = TrackNames([(1, "/m/a/song.wav"), (2, "/m/b/song.wav"), (3, "/m/b/曲が.mp3"), (4, "/m/a/song 2.wav")])


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("/m/a/song.wav", [1]),
        ("b/song.wav", [2]),
        ("b\\song.wav", [2]),
        ("./b/song.wav", [2]),
        ("song.wav", [1, 2]),
        ("song", [1, 2]),
        ("song 2", [4]),
        ("曲か\u3099", [3]),
        ("x/song.wav", []),
        ("song.mp3", [1, 2]),
        ("", []),
    ],
)
def test_name_means_a_path_a_file_or_a_stem(name, ids):
    assert NAMES.find(name) == ids


def import_list(catalogue, path):
    listed = read_tag_list(path)
    columns = catalogue.columns()
    names = TrackNames(zip(columns.ids.tolist(), columns.paths, strict=True))
    return list(catalogue.import_tags(listed, [(names.find(row.file)[0], row) for row in listed.rows]).states)


def test_twins_that_only_unicode_tells_apart_are_each_meant_by_their_own_name():
    composed, decomposed = "/music/\u304c.wav", "/music/\u304b\u3099.wav"
    names = TrackNames([(1, composed), (2, decomposed)])
    assert [names.find(path) for path in (composed, decomposed)] == [[1], [2]]
    assert [names.find(name) for name in ("\u304b\u3099.wav", "\u304c")] == [[2], [1]]


def test_name_that_is_no_text_is_meant_by_what_a_list_holds_of_it():
    names = TrackNames([(1, os.fsdecode(b"/music/\xff.wav")), (2, os.fsdecode(b"/music/\xfe.wav"))])
    assert [names.find(name) for name in ("/music/\\udcfe.wav", "\\udcff.wav")] == [[2], [1]]


def test_importing_again_changes_only_what_differs(filled, tmp_path):
    path = write(tmp_path, "file,title,genre,tempo\nTrack 9,Nine,rock,120\nTrack 10,,pop,\n")
    assert len(import_list(filled, path)) == 2
    assert import_list(filled, path) == []
    path = write(tmp_path, "file,title,genre,tempo\nTrack 9,Nine,jazz,120\nTrack 10,,pop,\n")
    (changed,) = import_list(filled, path)
    track = filled.tracks.get(changed)
    assert (track.title, track.bpm, track.tags) == ("Nine", 120.0, (Tag("genre", "jazz"), Tag("tempo", "120")))


def test_import_leaves_hand_tags_and_other_categories(filled, tmp_path):
    track_id = filled.columns().ids.tolist()[1]
    import_list(filled, write(tmp_path, "file,mood\nTrack 9,calm\n"))
    tag_tracks(filled, [track_id], Tag("genre", "by hand"))
    import_list(filled, write(tmp_path, "file,genre\nTrack 9,\n"))
    assert filled.tracks.get(track_id).tags == (Tag("genre", "by hand"), Tag("mood", "calm"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_list_that_never_answers_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "ANSWER_S", 0.4)
    silent = tmp_path / "silent.csv"
    os.mkfifo(silent)
    with pytest.raises(UnreadableTagList, match=Reason.NO_ANSWER):
        read_tag_list(silent)
    os.close(os.open(silent, os.O_RDWR))  # lets the thread end that was left behind


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quotation_mark_that_never_ends_swallows_no_row_unsaid(tmp_path, end):
    path = tmp_path / "tags.csv"
    path.write_bytes(end.join(["file,comment", "a,x", 'b,"no end', "c,y", "d,z"]).encode())
    listed = read_tag_list(path)
    assert [(row.file, row.comment) for row in listed.rows] == [("a", "x")]
    assert listed.complaints == [Complaint(3, Reason.UNCLOSED_QUOTE)]


def test_tags_on_lines_of_their_own_are_tags_of_their_own(tmp_path):
    path = tmp_path / "tags.csv"
    path.write_text('file,mood\na,"calm\ndark"\n')
    assert [tag.name for tag in read_tag_list(path).rows[0].tags] == ["calm", "dark"]


@pytest.mark.parametrize("roles", [None, ("file", "title", "", "mood")], ids=["by its names", "as the user said"])
def test_a_column_that_is_passed_over_is_named_whoever_said_what_the_columns_are(tmp_path, roles):
    path = tmp_path / "list.csv"
    path.write_text("file,title,曲名,mood\na.wav,A,あ,calm\n")
    listed = read_tag_list(path, roles=lambda _header: roles)
    assert listed.complaints == [Complaint(1, Reason.DOUBLED_COLUMN, {"column": "曲名"})]


def test_a_space_before_a_quotation_mark_is_no_part_of_the_cell(tmp_path):
    path = tmp_path / "tags.csv"
    path.write_text('file, title, mood\na.wav, "Waters of March, live", "calm"\n', encoding="utf-8")
    (row,) = read_tag_list(path).rows
    assert (row.title, row.tags) == ("Waters of March, live", (Tag("mood", "calm"),))
