"""Tags of WAV files where Windows, editors and recorders write them."""

import struct
from pathlib import Path

import mutagen
from mutagen.id3 import COMM, TIT2

from tests.reliability.cases._case import Case
from tests.reliability.cases._tagged import bext, chunk, info, right, tags_of, wave

NAME = "tags in WAV"
SOURCE = "mutagen #207, mutagen PR #538, DeaDBeeF #1201"
NEEDS = ()

_PLAIN = info(INAM=b"Rain Window", IART=b"Yamada", IGNR=b"Ambient", ICMT=b"quiet piano")
_JAPANESE = {"INAM": "雨の窓辺", "IART": "山田", "IGNR": "ポップス", "ICMT": "静かなピアノ"}
_PLAIN_RIGHT = right("Rain Window", "Yamada", "quiet piano", genre=["Ambient"])
_JAPANESE_RIGHT = right("雨の窓辺", "山田", "静かなピアノ", genre=["ポップス"])
_IXML = b"""<?xml version="1.0" encoding="UTF-8"?>
<BWFXML><IXML_VERSION>3.0</IXML_VERSION><PROJECT>Film</PROJECT><NOTE>slow build</NOTE><ASWG><songTitle>Rain</songTitle>
<artist>Yamada</artist><genre>Ambient</genre><instrument>piano</instrument><tempo>92.5</tempo></ASWG></BWFXML>"""
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><BWFXML><NOTE>&b;</NOTE></BWFXML>'


def make(folder: Path) -> list[Case]:
    """Write a file for each place and order of the chunks."""
    files = {
        "INFO before": (wave(_PLAIN), _PLAIN_RIGHT),
        "INFO behind": (wave(behind=_PLAIN), _PLAIN_RIGHT),
        "INFO behind in RF64": (_rf64(wave(behind=_PLAIN)), _PLAIN_RIGHT),
        "INFO in UTF-8": (wave(_info("utf-8")), _JAPANESE_RIGHT),
        "INFO in cp932": (wave(behind=_info("cp932")), _JAPANESE_RIGHT),
        "INFO in EUC-JP": (wave(behind=_info("euc_jp")), _JAPANESE_RIGHT),
        "INFO in Windows-1252": (wave(info(INAM=b"Caf\xe9 \x96 d\xe9but")), right("Café – début")),
        "bext": (wave(bext(b"Warm pads, slow build, 90 BPM")), right(comment="Warm pads, slow build, 90 BPM")),
        "bext of a recorder": (wave(bext(b"sSPEED=024.00-NDF\r\nsTAKE=01\r\n")), right()),
        "INFO, then bext": (wave(_PLAIN, bext(b"Take 3")), _PLAIN_RIGHT),
        "bext, then INFO": (wave(bext(b"Take 3"), _PLAIN), _PLAIN_RIGHT),
        "bext, INFO without comment": (wave(bext(b"Take 3"), info(INAM=b"Rain")), right("Rain", comment="Take 3")),
        "iXML": (
            wave(behind=chunk(b"iXML", _IXML)),
            right("Rain", "Yamada", "slow build", 92.5, genre=["Ambient"], instrument=["piano"]),
        ),
        "iXML with noughts behind": (wave(chunk(b"iXML", b"<BWFXML><NOTE>n</NOTE></BWFXML>\0\0")), right(comment="n")),
        "iXML in UTF-16": (
            wave(chunk(b"iXML", '<?xml version="1.0" encoding="UTF-16"?><B><NOTE>静か</NOTE></B>'.encode("utf-16"))),
            right(comment="静か"),
        ),
        "iXML in cp932": (
            wave(chunk(b"iXML", "<B><NOTE>静かなピアノ</NOTE></B>".encode("cp932"))),
            right(comment="静かなピアノ"),
        ),
        "iXML that declares entities": (wave(_PLAIN, chunk(b"iXML", _ENTITIES)), _PLAIN_RIGHT),
        "iXML cut off": (wave(_PLAIN, chunk(b"iXML", _IXML[:90])), _PLAIN_RIGHT),
        "tempo of a loop": (wave(chunk(b"acid", _acid(0, 97.5))), right(bpm=97.5)),
        "tempo of a one-shot": (wave(chunk(b"acid", _acid(1, 120.0))), right()),
        "a chunk longer than the file": (wave(_PLAIN, behind=b"iXML\xff\xff\xff\x7f<x>"), _PLAIN_RIGHT),
    }
    cases = [_case(folder, name, raw, value) for name, (raw, value) in files.items()]
    path = folder / "ID3 before INFO.wav"
    path.write_bytes(wave(_PLAIN))
    tagged = mutagen.File(path)
    tagged.add_tags()
    tagged.tags.add(TIT2(1, ["Another"]))
    tagged.tags.add(COMM(1, "eng", "", ["mine"]))
    tagged.save()
    value = right("Another", "Yamada", "mine", genre=["Ambient"])
    return [*cases, Case(path.stem, value, lambda: tags_of(path))]


def _case(folder: Path, name: str, raw: bytes, value: dict[str, object]) -> Case:
    path = folder / f"{name}.wav"
    path.write_bytes(raw)
    return Case(name, value, lambda: tags_of(path))


def _info(encoding: str) -> bytes:
    return info(**{name: text.encode(encoding) for name, text in _JAPANESE.items()})


def _acid(flags: int, tempo: float) -> bytes:
    return struct.pack("<IHHfIHHf", flags, 60, 0x8000, 0.0, 8, 4, 4, tempo)


def _rf64(raw: bytes) -> bytes:
    at = raw.index(b"data")
    size = int.from_bytes(raw[at + 4 : at + 8], "little")
    ds64 = chunk(b"ds64", struct.pack("<QQQI", len(raw) + 28, size, size // 4, 0))
    return b"RF64\xff\xff\xff\xffWAVE" + ds64 + raw[12 : at + 4] + b"\xff\xff\xff\xff" + raw[at + 8 :]
