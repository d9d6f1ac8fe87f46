"""Tags whose text is in another encoding than they claim, as Windows programs wrote until about 2010."""

import struct
from pathlib import Path

import mutagen
import soundfile
from mutagen.id3 import COMM, ID3, TCON, TIT2, TPE1

from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import ladder
from tests.reliability.cases._tagged import right, tags_of

NAME = "tags in old encodings"
SOURCE = (
    "TagLib PR #55, Dopamine #637, music-metadata #193, getID3 #80, MusicFreeDesktop PR #428, Audiobookshelf PR #5562"
)
NEEDS = ()

_TEXTS = {
    "cp932": ("雨の窓辺", "山田", "静かなピアノ", "ポップス"),
    "cp932 narrow": ("ｱﾒﾉﾏﾄﾞﾍﾞ", "ﾔﾏﾀﾞ", "ｼｽﾞｶﾅﾋﾟｱﾉ", "ﾎﾟｯﾌﾟｽ"),
    "cp932 beside English": ("Rain 雨の日 mix", "DJ 山田", "BPM120 の曲", "ロック"),
    "euc_jp": ("雨の窓辺", "山田", "静かなピアノ", "ポップス"),
    "gb18030": ("月亮代表我的心", "邓丽君", "安静的钢琴曲", "流行音乐"),
    "big5": ("月亮代表我的心", "鄧麗君", "安靜的鋼琴曲", "流行音樂"),
    "cp949": ("사랑의 노래", "아이유", "조용한 피아노", "발라드"),
    "cp1251": ("Группа крови", "Кино", "Тихое пианино", "Рок"),
    "koi8_r": ("Группа крови", "Кино", "Тихое пианино", "Рок"),
    "cp1253": ("Ζορμπάς", "Μίκης Θεοδωράκης", "ήσυχο πιάνο", "Λαϊκά"),
    "gb18030 names": ("爱你一万年", "刘德华", "情歌", "流行"),
    "cp1251 beside English": ("Luciano - Вернись в Сорренто (remastered)", "Лучано", "live 1999", "Опера"),
    "utf-8 of Czech": ("Je čas metat kamení", "Jiří", "tichá skladba", "Pop"),
    "utf-8": ("Café", "Sigur Rós", "静か", "ポップス"),
}
_HONEST = {
    "French": ("Été à la forêt", "Françoise Hardy", "L’été – « déjà » vu", "Variété"),
    "German": ("Größe & Süße", "Motörhead", "„Hallo“ für Ängstliche", "Schläger"),
    "Icelandic": ("Sæglópur þýðir", "Sigur Rós", "Ágætis byrjun í næði", "Þjóðlög"),
    "Swedish": ("Åsa går på ö", "Björk", "Å, Ä, Ö", "Låt"),
    "Spanish": ("¿Dónde estás?", "José Feliciano", "¡Mañana! 1º año", "Canción"),
    "Portuguese": ("Não é ilusão", "João Gilberto", "Coração", "Canção"),
    "capitals": ("ÉTÉ", "BEYONCÉ", "SEÑOR, MÜNCHEN, ÅÄÖ", "VARIÉTÉ"),
    "signs": ("It’s 20° outside", "Mötley Crüe", "© 2005 “Library” ™ – 5 £", "R&B"),
}


def make(folder: Path) -> list[Case]:
    """Write each text into ID3v2 as Latin-1 and, where it fits, into ID3v1 alone."""
    cases = []
    for name, texts in _TEXTS.items():
        encoding = name.partition(" ")[0]
        told = tuple(text.encode(encoding).decode("latin-1") for text in texts)
        cases += [_id3v2(folder, f"{name} as Latin-1", told, texts), _vorbis(folder, f"{name} as UTF-8", told, texts)]
        if encoding != "utf-8":
            cases.append(_bytes_in_vorbis(folder, f"{name} as bytes", encoding, texts))
        if max(len(text.encode(encoding)) for text in texts[:3]) <= 30:
            cases.append(_id3v1(folder, f"{name} in ID3v1", encoding, texts))
    for name, texts in _HONEST.items():
        told = tuple(text.encode("cp1252").decode("latin-1") for text in texts)
        cases += [_id3v2(folder, name, told, texts), _vorbis(folder, name, texts, texts)]
    long = ("aとても長い題名のついた音楽です", "山田", "", "")
    cut = right(long[0][:15], long[1])
    return [*cases, _id3v1(folder, "cp932 cut within a letter", "cp932", long, cut)]


def _id3v2(folder: Path, name: str, told: tuple[str, ...], texts: tuple[str, ...]) -> Case:
    path = folder / f"{name}.mp3"
    soundfile.write(path, ladder(1), 44_100)
    title, artist, comment, genre = told
    tags = ID3()
    for frame in (TIT2(0, [title]), TPE1(0, [artist]), COMM(0, "jpn", "", [comment]), TCON(0, [genre])):
        tags.add(frame)
    tags.save(path, v1=0)
    return Case(path.name, _right(texts), lambda: tags_of(path))


def _vorbis(folder: Path, name: str, told: tuple[str, ...], texts: tuple[str, ...]) -> Case:
    path = folder / f"{name}.ogg"
    soundfile.write(path, ladder(1), 44_100)
    file = mutagen.File(path)
    file["title"], file["artist"], file["comment"], file["genre"] = told
    file.save()
    return Case(path.name, _right(texts), lambda: tags_of(path))


def _bytes_in_vorbis(folder: Path, name: str, encoding: str, texts: tuple[str, ...]) -> Case:
    """Write bytes that are no UTF-8 where only UTF-8 may stand."""
    path = folder / f"{name}.flac"
    soundfile.write(path, ladder(1), 44_100)
    raws = [text.encode(encoding) for text in texts]
    file = mutagen.File(path)
    for place, (field, raw) in enumerate(zip(("title", "artist", "comment", "genre"), raws, strict=True)):
        file[field] = str(place) * len(raw)
    file.save()
    whole = path.read_bytes()
    for place, raw in enumerate(raws):
        whole = whole.replace(b"=" + str(place).encode() * len(raw), b"=" + raw)
    path.write_bytes(whole)
    return Case(path.name, _right(texts), lambda: tags_of(path))


def _id3v1(
    folder: Path, name: str, encoding: str, texts: tuple[str, ...], value: dict[str, object] | None = None
) -> Case:
    path = folder / f"{name}.mp3"
    soundfile.write(path, ladder(1), 44_100)
    title, artist, comment = (text.encode(encoding) for text in texts[:3])
    tag = b"TAG" + struct.pack("30s30s30s4s30sB", title, artist, b"", b"", comment, 255)
    path.write_bytes(path.read_bytes() + tag)
    return Case(path.name, value or right(*texts[:3]), lambda: tags_of(path))


def _right(texts: tuple[str, ...]) -> dict[str, object]:
    title, artist, comment, genre = texts
    return right(title, artist, comment, genre=[genre])
