"""Encodings of tag lists: found where one alone is plausible, else to be chosen; never misread unsaid."""

import pytest

from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.catalogue.tag_lists.problems import Complaint, UndecidedEncoding
from bgm_finder.reasons import Reason

TITLES = [
    ("cp1252", ["Été à Paris", "Noël blanc", "Über die Straße"]),
    ("cp1252", ["Été", "Électro"]),
    ("cp1252", ["Générique de fin", "Ähnlich wie Straße", "Über der Großstadt", "Mélancolique"]),
    ("cp1252", ["L’été indien", "rêveur, léger", "Très calme"]),
    ("cp1252", ["Sørensen på øen"]),
    ("cp1252", ["Coração", "Manhã", "não"]),
    ("mac_roman", ["Été", "Générique à la fin", "Où ça"]),
    ("mac_roman", ["Fröhlich und schön", "Über die Straße"]),
    ("cp1250", ["Dvořák", "Symfonie č. 9 Novosvětská", "Píseň"]),
    ("cp1250", ["Zażółć gęślą", "Spokojna łąka"]),
    ("cp1251", ["Привет мир", "Спокойная ночь"]),
    ("koi8_r", ["Привет мир", "Спокойная ночь"]),
    ("cp1253", ["Καλημέρα κόσμε", "Ήσυχη νύχτα"]),
    ("cp932", ["ｱｲｳ"]),
    ("cp932", ["雨の日", "環境"]),
    ("cp932", ["春夏", "環境"]),
    ("cp932", ["薔薇", "憂鬱"]),
    ("cp932", ["青空散歩道", "疾走感あふれるロック", "①～Ⅱ"]),
    ("euc_jp", ["雨の日", "環境"]),
    ("iso2022_jp", ["雨の日", "環境"]),
    ("gb18030", ["安静的夜晚", "电子音乐"]),
    ("big5", ["安靜的夜晚", "電子音樂"]),
    ("utf-16-le", ["雨の日", "Été"]),
    ("utf-32", ["雨の日", "Été"]),
]


def write(tmp_path, titles, encoding, names="abcdefg"):
    rows = "".join(f'{name}.wav;"{title}"\r\n' for name, title in zip(names, titles, strict=False))
    (tmp_path / "list.csv").write_bytes(f"file;title\r\n{rows}".encode(encoding))
    return tmp_path / "list.csv"


@pytest.mark.parametrize(("encoding", "titles"), TITLES)
def test_the_one_plausible_encoding_is_found(tmp_path, encoding, titles):
    assert [row.title for row in read_tag_list(write(tmp_path, titles, encoding)).rows] == titles


@pytest.mark.parametrize(
    ("encoding", "titles"),
    [("cp1252", ["Mañana", "Canción"]), ("euc_jp", ["春夏秋冬", "環境"]), ("cp949", ["조용한 밤", "전자음악"])],
)
def test_several_plausible_encodings_are_shown_and_can_be_named(tmp_path, encoding, titles):
    path = write(tmp_path, titles, encoding)
    with pytest.raises(UndecidedEncoding, match=encoding) as refused:
        read_tag_list(path)
    rows = {choice.encoding: choice.rows for choice in refused.value.choices}
    assert [title for _, title in rows[encoding]] == titles
    assert [row.title for row in read_tag_list(path, encoding=encoding).rows] == titles


def test_names_that_are_in_the_library_tell_the_encoding(tmp_path):
    path = write(tmp_path, ["春夏秋冬"], "euc_jp", names=["環境"])
    listed = read_tag_list(path, matches=lambda files: sum(file == "環境.wav" for file in files))
    assert (listed.encoding, listed.rows[0].title) == ("euc_jp", "春夏秋冬")


def test_a_known_header_tells_the_encoding(tmp_path):
    (tmp_path / "list.csv").write_bytes("ファイル名,曲名\r\na.wav,春夏秋冬\r\n".encode("euc_jp"))
    assert read_tag_list(tmp_path / "list.csv").rows[0].title == "春夏秋冬"


DAMAGED = [
    ("file,title\na.wav,夜".encode() + b"\xff\n", [(2, "夜\ufffd")]),
    ("file,title\r\na.wav,夜の曲\r\nb.wav,朝".encode()[:-1], [(3, "\ufffd\ufffd")]),
    ("file,title\na.wav,Été à Noël\nb.wav,T\x00\n".encode(), [(3, "T")]),
    (b"file,title\r\na.wav,T\0\r\n", [(2, "T")]),
    (b"\xef\xbb\xbffile,title\r\na.wav,T\xff\r\n", [(2, "T\ufffd")]),
    ("file,title\na.wav,静かな夜のピアノ曲です\nb.wav,caf".encode() + b"\xe9\n", [(3, "caf\ufffd")]),
    ("file,title\na.wav,雨の日".encode("cp932") + b"\0\n", [(2, "雨の日")]),
]


@pytest.mark.parametrize(("raw", "damaged"), DAMAGED)
@pytest.mark.parametrize("is_named", [False, True])
def test_one_bad_byte_changes_no_encoding_and_is_told(tmp_path, raw, damaged, is_named):
    (tmp_path / "list.csv").write_bytes(raw)
    listed = read_tag_list(tmp_path / "list.csv")
    if is_named:
        listed = read_tag_list(tmp_path / "list.csv", encoding=listed.encoding)
    assert listed.complaints == [Complaint(line, Reason.DAMAGED_TEXT) for line, _ in damaged]
    titles = {row.line: row.title for row in listed.rows}
    assert [(line, titles[line]) for line, _ in damaged] == damaged


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_no_damage(tmp_path, encoding):
    (tmp_path / "list.csv").write_bytes("file,title\r\na.wav,一二　あ\r\n".encode(encoding))
    listed = read_tag_list(tmp_path / "list.csv")
    assert ([row.title for row in listed.rows], listed.complaints) == (["一二　あ"], [])
