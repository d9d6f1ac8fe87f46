"""Tag lists as spreadsheets, other programs and other computers write them."""

from pathlib import Path

from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.catalogue.tag_csv import read_tag_list
from tests.reliability.cases._case import Case

NAME = "tag lists"
SOURCE = "PapaParse #600; rainbow_csv #108; fast-excel #327; encoding.js #12; CudaText #5815; liblcf #68"
NEEDS: tuple[str, ...] = ()
_TRACKS = ["/lib/Piano/one.wav", "/lib/Guitar/one.wav", "/lib/Piano/only.wav", "/lib/春〜夏.wav", "/lib/A−B.wav"]
_LISTS = {
    "commas in the header": ('file;"mood (calm, sad)";title\r\nonly.wav;calm;Été\r\n', "utf-8-sig", [2], ["Été"]),
    "line break in the header": ('"mood\n(a few)";file;title\r\ncalm;only;T\r\n', "utf-8", [2], ["T"]),
    "line above the header": ("曲リスト,,\r\n,,\r\nfile,title\r\nonly.wav,T\r\n", "utf-8-sig", [2], ["T"]),
    "decorated header": ("【ファイル名】,■「曲名」\r\nonly.wav,T\r\n", "utf-8", [2], ["T"]),
    "numbered header": ("1.ファイル名,(2) 曲名\r\nonly.wav,T\r\n", "utf-8", [2], ["T"]),
    "CR line ends": ("file,title\ronly.wav,T\r", "utf-8", [2], ["T"]),
    "sep= line": ("sep=|\r\nfile|title\r\nonly.wav|T\r\n", "utf-8-sig", [2], ["T"]),
    "Windows-1252": ("file;title\r\nonly.wav;Générique à Noël\r\n", "cp1252", [2], ["Générique à Noël"]),
    "half-width kana": ("file,title\r\nonly.wav,ｱｲｳ\r\n", "cp932", [2], ["ｱｲｳ"]),
    "EUC-JP": ("ファイル名,曲名\r\nonly.wav,春夏秋冬\r\n", "euc_jp", [2], ["春夏秋冬"]),
    "wave dash": ("file,title\r\n春～夏.wav,S\r\nA－B,M\r\n", "cp932", [3, 4], ["S", "M"]),
    "Windows paths": ("file,title\r\nD:\\BGM\\Piano\\one.wav,P\r\n", "utf-8", [0], ["P"]),
    "relative paths": ("file,title\r\n..\\Piano\\one.wav,P\r\n", "utf-8", [0], ["P"]),
    "a bad byte": ("file,title\r\nonly.wav,夜\udcff\r\n", "utf-8", [2], ["夜\ufffd"]),
    "a nought": ("file,title\r\nonly.wav,夜\0\r\n", "utf-8", [2], ["夜"]),
    "Mac paths": ("file,title\r\n/Volumes/BGM/Guitar/one.wav,G\r\n", "utf-8", [1], ["G"]),
    "Mp3tag": ("Title;Track;Path;Filename;\r\nT;1;D:\\BGM\\Piano\\;one.mp3;\r\n", "utf-16", [0], ["T"]),
    "Music": ("Name\tTime\tLocation\rT\t60\tMacintosh HD:Users:me:Guitar:one.wav\r", "utf-16", [1], ["T"]),
}  # fmt: skip


def make(folder: Path) -> list[Case]:
    """Write the lists; each row is to mean its track, by number, and to have its title."""
    cases = []
    for name, (text, encoding, tracks, titles) in _LISTS.items():
        path = folder / f"{name}.csv"
        path.write_bytes(text.encode(encoding, "surrogateescape"))
        cases.append(Case(name, {"tracks": tracks, "titles": titles}, lambda path=path: _read(path)))
    return cases


def _read(path: Path) -> dict[str, list[object]]:
    rows = read_tag_list(path).rows
    names = TrackNames(enumerate(_TRACKS), ["/lib"])
    return {"tracks": [names.find(row.file)[0] for row in rows], "titles": [row.title for row in rows]}
