"""Texts of one file whose bytes were stored under a wrong name: cp932 or UTF-8 called Latin-1, or called nothing."""

import re
from collections.abc import Sequence

_NO_TEXT = "surrogateescape"
_FOREIGN_SHARE = 1 / 3
"""From this share of odd letters on, a text is no Western one."""
_PAIRED = re.compile("„[^„“”]*[“”]|‚[^‚‘’]*[‘’]|‹[^‹›]*›|›[^‹›]*‹")
_ODD = re.compile(
    "[\x80-\x9f]"  # not even in Windows-1252
    r"|[^\x00-\x7f]{3,}"
    "|[‚ƒ„†‡ˆ‰‹›˜¤¦¨¬¯¸¶]"
    "|(?<=[A-Za-z])[“‘¿¡]"
    "|(?<=[a-zß-ÿ])[À-ÖØ-ÞŠŒŽŸ](?=[a-zß-ÿ])"
    r"|(?<=[^\W\d_])[£¢¥§©®±«¹²³¼½¾×÷](?=[^\W\d_])"
)
"""What no Western text holds, read as Windows-1252."""
_WESTERN = re.compile(r"[A-Za-z][^\W\d_a-zA-Z]|[^\W\d_a-zA-Z][A-Za-z]|(?<=[A-Za-z])[’®™](?![^\x00-\x7f])")
"""An accented letter beside a plain one."""
_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff5e々〆ヶ×÷♪★☆●○■□◆◇→←↑↓※]")
_KANA = re.compile("[\u3041-\u30ff]")
_HALF_KANA = re.compile("(?:[\uff66-\uff9d]|(?<=[ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<=[ﾊ-ﾎ])ﾟ)+")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W\d_]+")
_OFTEN_HANGUL = re.compile("[이다에의는로하을가고지서한은기으년대사시를리도인스일나너그랑아어자]")
_OFTEN_HANGUL_SHARE = 1 / 6
_ALPHABETS = {"cp1251": "оеаинтсрвлкм", "koi8_r": "оеаинтсрвлкм", "cp1253": "ατοιενρσκηπς"}
"""Encodings of other alphabets, with the letters that make up two thirds of their texts."""
_OFTEN_SHARE = 0.5
_JAPANESE_SHARE = 0.9
_COMMON_CHINESE = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe]|[\x00-\x7f])+")
"""GB 2312's more frequent characters, and its signs."""
_OTHERS = ["big5", "cp1251", "cp1252", "cp1253", "cp932", "euc_jp", "gb18030", "koi8_r"]
_LEAST_BYTES = 4
"""Fewer bytes do not show an encoding."""


def texts_as_meant(texts: Sequence[str]) -> list[str]:
    """Return the texts of one file, judged together, in the encoding that their writer used.

    Each is as a library read it: Latin-1 or Windows-1252 letters, UTF-8, or UTF-8 with surrogates for bytes that are
    none. None of those returned holds surrogates.
    """
    raws = [_bytes_behind(text) for text in texts]
    suspect = [raw for raw in raws if raw is not None and not _is_utf8(raw)]
    foreign = [raw for raw in suspect if _is_foreign(raw)]
    encoding = _encoding_of(foreign) if foreign else None
    return [_as_meant(text, raw, encoding) for text, raw in zip(texts, raws, strict=True)]


def _bytes_behind(text: str) -> bytes | None:
    """Return the bytes that a text was made from, or None where it cannot have been misread."""
    if text.isascii():
        return None
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        return text.encode("utf-8", _NO_TEXT)
    try:
        return b"".join(letter.encode("latin-1" if letter < "\u0100" else "cp1252") for letter in text)
    except UnicodeEncodeError:
        return None


def _as_meant(text: str, raw: bytes | None, encoding: str | None) -> str:
    if raw is None:
        return text.encode("utf-8", "replace").decode()  # halves of UTF-16 pairs
    if _is_utf8(raw):
        return raw.decode()
    if encoding is not None and (_is_foreign(raw) or not _is_western(raw)):
        meant = _decoded(raw, encoding)
        if meant is not None:
            return meant
    return _western(raw)


def _is_utf8(raw: bytes) -> bool:
    """Return whether bytes are UTF-8; accents in another encoding almost never are."""
    return _decoded(raw, "utf-8") is not None


def _western(raw: bytes) -> str:
    """Return bytes as Windows-1252, and what it lacks as Latin-1."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw)


def _is_foreign(raw: bytes) -> bool:
    text = _PAIRED.sub("", _western(raw))
    odd = sum(1 for found in _ODD.findall(text) for letter in found)
    return odd > 0 and odd >= _FOREIGN_SHARE * sum(not letter.isascii() for letter in text)


def _is_western(raw: bytes) -> bool:
    return _WESTERN.search(_western(raw)) is not None


def _decoded(raw: bytes, encoding: str) -> str | None:
    """Return decoded bytes, or None where they are none; a last letter may be cut in two, as in ID3v1."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        is_cut = error.start > 0 and error.start >= len(raw) - 3 and "incomplete" in error.reason
        return _decoded(raw[: error.start], encoding) if is_cut else None
    return None if any("\ue000" <= letter <= "\uf8ff" for letter in text) else text


def _encoding_of(raws: list[bytes]) -> str | None:
    """Return the likeliest encoding of foreign texts, or None where none is likely."""
    japanese, euc = _all_decoded(raws, "cp932"), _all_decoded(raws, "euc_jp")
    if _is_japanese(japanese):
        return "cp932"
    if (alphabet := _alphabet_of(raws)) is not None:
        return alphabet
    if _is_japanese(euc) and _KANA.search(euc):
        return "euc_jp"
    if _is_korean(_all_decoded(raws, "cp949")):
        return "cp949"
    if _is_half_kana(japanese):
        return "cp932"
    joined = b"\n".join(raws)
    return "gb18030" if len(joined) >= _LEAST_BYTES and _COMMON_CHINESE.fullmatch(joined) else _best(joined)


def _all_decoded(raws: list[bytes], encoding: str) -> str:
    """Return the texts in lines; empty where one of them is in another encoding."""
    texts = [_decoded(raw, encoding) for raw in raws]
    return "" if None in texts else "\n".join(map(str, texts))


def _is_japanese(text: str) -> bool:
    letters = _foreign_letters(text)
    return bool(letters) and sum(map(bool, map(_JAPANESE.match, letters))) >= _JAPANESE_SHARE * len(letters)


def _is_korean(text: str) -> bool:
    letters = _foreign_letters(text)
    often = sum(map(bool, map(_OFTEN_HANGUL.match, letters)))
    return all(map(_HANGUL.match, letters)) and often > 0 and often >= _OFTEN_HANGUL_SHARE * len(letters)


def _is_half_kana(text: str) -> bool:
    """Return whether all foreign letters are narrow katakana whose voicing marks stand where they can."""
    foreign = "".join(" " if letter.isascii() else letter for letter in text).split()
    return bool(foreign) and all(map(_HALF_KANA.fullmatch, foreign)) and any(mark in text for mark in "ﾞﾟｰｯｬｭｮ")


def _alphabet_of(raws: list[bytes]) -> str | None:
    """Return the encoding that makes Cyrillic or Greek words of the bytes, most of them of frequent letters."""
    shares = {name: _often_share(_all_decoded(raws, name), often) for name, often in _ALPHABETS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _OFTEN_SHARE else None


def _often_share(text: str, often: str) -> float:
    """Return the share of frequent letters, or 0 where it is no text of whole words in one case."""
    letters = _foreign_letters(text)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not letters or not all(map(str.isalpha, letters)) or not all(map(_is_word, words)):
        return 0.0
    return sum(letter.lower() in often for letter in letters) / len(letters)


def _is_word(word: str) -> bool:
    is_mixed = any(letter.isascii() for letter in word)
    return not is_mixed and (len(word) == 1 or word[1:].islower() or word.isupper())


def _foreign_letters(text: str) -> list[str]:
    return [letter for letter in text if not letter.isascii()]


def _best(raw: bytes) -> str | None:
    if len(raw) < _LEAST_BYTES:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=_OTHERS, enable_fallback=False).best()
    return None if best is None else best.encoding
