"""A tempo as people and programs write it: "128", "128,5 BPM", "♩ = 120", "120-128", "Allegro (132)"."""

import re
import unicodedata

_LOWEST, _HIGHEST = 10.0, 999.99
"""Beats per minute that a number may mean; a 4 is a time signature, a 2024 a year."""
_FASTEST = 400.0
"""A lone number above _HIGHEST lost its point, as "12800" for 128.00: it is divided by ten until it is below this."""
_NUMBER = r"\d+(?:[.,]\d+)?"
_UNIT = r"(?:bpm|beats? per minute|拍/分|拍毎分|beats?/min|/min)"
_TO = r"(?:[-‐-―−~〜]+|\.{2,}|to|and|bis|à|から)"
_ARROW = re.compile(r"[-=‐-―−~〜]*[>→⇒➡⟶]+")
"""Stands between tempi that follow each other: the first counts."""
_RANGE = re.compile(rf"({_NUMBER})\s*{_UNIT}?\s*{_TO}\s*{_UNIT}?\s*({_NUMBER})")
_ALONE = re.compile(rf"(?:{_UNIT}|tempo|テンポ)?\s*[:=+~]?\s*(\d{{4,6}}|\d[.,]\d{{3}})\s*{_UNIT}?")
"""Also with the comma or the point of its thousands."""
_NO_TEMPO = re.compile(
    r"\d{1,2}/(?:2|4|8|16)(?!\d)"  # a time signature
    r"|\d+(?::\d+)+"  # a length or a time of day
    rf"|{_NUMBER}\s*(?:%|k?hz|[km]b(?:it/s|ps)?|k|s|sec|ms|秒|分|小節|bars?)(?![a-z])"
    r"|(?<![\d\w)])[-−]\d[\d.,]*"  # below nought
    r"|(?<!\d)\d{4}(?:[-/.]\d{1,2}){1,2}(?!\d)"  # a date
)


def bpm_of(text: str) -> float | None:
    """Return the beats per minute that a text names, or None where it names none.

    Of a range it is the middle ("120-128" is 124), of several numbers the first that can be a tempo ("128/64",
    "128→64" and "128 to 64" are 128).
    """
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    lost_point = _ALONE.fullmatch(plain)
    if lost_point:
        return _with_point(int(re.sub("[.,]", "", lost_point[1])))
    plain = _NO_TEMPO.sub(" ", _ARROW.sub(" | ", plain))
    between = _RANGE.search(plain)
    low, high = map(_value, between.groups()) if between else (0.0, 0.0)
    if _is_tempo(low) and _is_tempo(high) and low <= high:
        return round((low + high) / 2, 3)
    return next(filter(_is_tempo, map(_value, re.findall(_NUMBER, plain))), None)


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _is_tempo(number: float) -> bool:
    return _LOWEST <= number <= _HIGHEST


def _with_point(number: int) -> float | None:
    digits = 0
    while number / 10**digits > _FASTEST:
        digits += 1
    return number / 10**digits if digits and number / 10**digits >= _LOWEST else None
