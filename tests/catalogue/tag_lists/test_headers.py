"""Headers, separators and lines above the header, as people and programs write them."""

import pytest

from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.catalogue.tag_lists.problems import Complaint, UnreadableTagList
from bgm_finder.reasons import Reason
from bgm_finder.track import Tag


def read(tmp_path, text, encoding="utf-8-sig"):
    path = tmp_path / "tags.csv"
    path.write_bytes(text.encode(encoding))
    return read_tag_list(path)


@pytest.mark.parametrize(
    "text",
    [
        'file;"mood (calm, happy, sad, tense)";title\r\na.wav;calm;A Title\r\n',
        'file\t"mood (calm, happy)"\ttitle\r\na.wav\tcalm\tA Title\r\n',
        '"mood\n(a few)";file;title\r\ncalm;a.wav;A Title\r\n',
        "file,title,mood\r\na.wav,A Title,calm,,,,\r\n",
        '"file","title","mood"\r\n"a.wav","A Title","calm"\r\n',
        "file,title,mood\ra.wav,A Title,calm\r",
        "曲リスト 2024年度,,\r\n,,\r\nfile,title,mood\r\na.wav,A Title,calm\r\n",
        "file\u00a0,Ｔｉｔｌｅ,ＭＯＯＤ\r\na.wav,A Title,calm\r\n",
        "File*,Track_Title,Moods & Emotions\r\na.wav,A Title,calm\r\n",
        "FileName,Song-Name,mood 1\r\na.wav,A Title,calm\r\n",
        "ファイル名（必須）,曲名,イメージ（複数可）\r\na.wav,A Title,calm\r\n",
        "ファイル名 / File,曲名 / Title,ムード/Mood\r\na.wav,A Title,calm\r\n",
        "トラック名|音源ファイル|雰囲気\r\nA Title|a.wav|calm\r\n",
        "sep=;\r\nfile;title;mood\r\na.wav;A Title;calm\r\n",
        'sep=\t\r\nfile\ttitle\tmood\r\na.wav\tA Title\tcalm\r\n',
        '"sep=|"\r\nfile|title|mood\r\na.wav|A Title|calm\r\n',
        "【ファイル名】,「曲名」,＜ムード＞\r\na.wav,A Title,calm\r\n",
        "<File>;<Title>;<Mood>\r\na.wav;A Title;calm\r\n",
        "■ファイル名,●曲名,◆雰囲気\r\na.wav,A Title,calm\r\n",
        "1.ファイル名,2. 曲名,③イメージ\r\na.wav,A Title,calm\r\n",
        "(1) File,(2) Title,(3) Mood\r\na.wav,A Title,calm\r\n",
        "＊ファイル名,*曲名,# Mood\r\na.wav,A Title,calm\r\n",
        '"""File""",“Title”,«Mood»\r\na.wav,A Title,calm\r\n',
        "【ファイル名】（必須）,【必須】曲名,『ムード』※複数可\r\na.wav,A Title,calm\r\n",
        "[1]〔File〕,{Title}:,《Mood》\r\na.wav,A Title,calm\r\n",
        "SEP=,\nfile,title,mood\na.wav,A Title,calm\n",
        "sep=;\nfile,title,mood\na.wav,A Title,calm\n",
    ],
)  # fmt: skip
def test_a_header_is_read_however_it_is_written(tmp_path, text):
    listed = read(tmp_path, text)
    assert [(row.file, row.title, row.tags) for row in listed.rows] == [("a.wav", "A Title", (Tag("mood", "calm"),))]
    assert listed.complaints == []


def test_a_category_of_the_lists_own_has_no_decoration(tmp_path):
    listed = read(tmp_path, "file,【季節】,■ 監督,＜年代＞,シーン（朝）,★,1行コメント\na,春,X,80,Y,5,好き\n")
    assert listed.categories == ("季節", "監督", "年代", "シーン（朝）", "★")
    assert listed.rows[0].comment == "好き"


def test_tags_of_two_columns_of_one_category_are_both_there(tmp_path):
    (row,) = read(tmp_path, "file,title,,genre,Genre 2,,\r\na.wav,A Title,,Ambient,Rock,,\r\n").rows
    assert row.tags == (Tag("genre", "Ambient"), Tag("genre", "Rock"))


def test_all_instruments_stay_apart_from_the_main_one(tmp_path):
    (row,) = read(tmp_path, "file,Main Instrument,Instruments\na,piano,drums\n").rows
    assert row.tags == (Tag("instrument", "piano"), Tag("Instruments", "drums"))
    (row,) = read(tmp_path, "file,使用楽器\na,ピアノ\n").rows
    assert row.tags == (Tag("instrument", "ピアノ"),)


def test_what_the_files_tell_themselves_is_passed_over(tmp_path):
    listed = read(tmp_path, "No.,ファイル名,長さ,尺,Duration,Size,#\n1,a,2:00,2:00,120,3 MB,x\n")
    assert (listed.rows[0].tags, listed.categories) == ((), ())


def test_a_list_without_a_file_column_names_files_by_their_titles(tmp_path):
    (row,) = read(tmp_path, "曲名,ジャンル\n雨の日,ロック\n").rows
    assert (row.file, row.tags) == ("雨の日", (Tag("genre", "ロック"),))


def test_an_export_of_mp3tag_names_files_by_folder_and_name(tmp_path):
    text = (
        "Title;Artist;Album;Track;Year;Length;Size;Last Modified;Path;Filename;\r\n"
        "A Title;Someone;;17;2000;214;8.17 MB;6/19/2013;D:\\BGM\\Piano\\;one.mp3;\r\n"
    )
    listed = read(tmp_path, text, "utf-16")
    assert (listed.rows[0].file, listed.rows[0].title) == ("D:\\BGM\\Piano/one.mp3", "A Title")
    assert listed.complaints == []


def test_an_export_of_apples_music_names_files_by_location(tmp_path):
    header = "Name\tArtist\tComposer\tAlbum\tGrouping\tWork\tGenre\tSize\tTime\tBit Rate\tKind\tComments\tLocation"
    row = "A Title\tSomeone\t\t\t\t\tAmbient\t11333649\t327\t256\tAAC\tsoft\tMacintosh HD:Users:me:Music:one.m4a"
    (row,) = read(tmp_path, f"{header}\r{row}\r", "utf-16").rows
    assert (row.file, row.title, row.comment) == ("Macintosh HD:Users:me:Music:one.m4a", "A Title", "soft")
    assert Tag("genre", "Ambient") in row.tags


@pytest.mark.parametrize(
    ("header", "cell", "bpm", "tags"),
    [
        ("tempo", '"128,5"', 128.5, ["128,5"]), ("tempo", "128/64", 128, ["128/64"]), ("tempo", "fast", None, ["fast"]),
        ("tempo", "fast/128", 128, ["fast", "128"]), ("tempo", "128 拍/分", 128, ["128 拍/分"]),
        ("テンポ（BPM）", "12800", 128, []), ("BPM", "120〜128", 124, []), ("bpm", "", None, []),
    ],
)  # fmt: skip
def test_a_tempo_is_not_split(tmp_path, header, cell, bpm, tags):
    listed = read(tmp_path, f"file,{header}\na,{cell}\n")
    (row,) = listed.rows
    assert (row.bpm, [tag.name for tag in row.tags], listed.complaints) == (bpm, tags, [])


@pytest.mark.parametrize("cell", ["fast", "?", "0", "-"])
def test_a_tempo_that_is_none_is_complained_about(tmp_path, cell):
    listed = read(tmp_path, f"file,bpm\na,{cell}\n")
    assert listed.complaints == [Complaint(2, Reason.NO_TEMPO, {"text": cell})]


def test_a_cell_beyond_the_header_is_named_only_where_it_says_something(tmp_path):
    assert read(tmp_path, "file,title\na,,,\n").complaints == []
    assert [complaint.line for complaint in read(tmp_path, "file,title\na,b\nb,x,y\n").complaints] == [3]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04broken", Reason.IS_COMPRESSED), (b"\xd0\xcf\x11\xe0\xa1\xb1", Reason.IS_EXCEL),
        (b"%PDF-1.7", Reason.IS_PDF),
        (b"\xef\xbb\xbf <!DOCTYPE html><table>", Reason.IS_WEB_PAGE), (b"<?xml version='1.0'?><plist>", Reason.IS_XML),
        (b"{\\rtf1 file,title", Reason.IS_RICH_TEXT),
        (b"file,title\r\n", Reason.NO_ROWS), (b"\xef\xbb\xbf", Reason.IS_EMPTY),
    ],
)  # fmt: skip
def test_another_kind_of_file_is_refused_with_what_to_do(tmp_path, content, reason):
    (tmp_path / "tags.csv").write_bytes(content)
    with pytest.raises(UnreadableTagList, match=reason):
        read_tag_list(tmp_path / "tags.csv")
