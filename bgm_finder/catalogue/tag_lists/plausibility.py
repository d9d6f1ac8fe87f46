"""How plausible a text is in the encoding that it was read in: misread letters are rare ones, in odd places."""

import re
import unicodedata

_LANGUAGES = (
    "àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü", "áâãàçéêíóôõú", "àèéìíòóù", "æøåé", "åäöé", "áéíóúýþæöð", "ëïéèöüá",
    "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîșțşţ", "čćđšž", "çğıöşü",
)  # fmt: skip
"""The letters beside a to z of western and central European languages."""
_ONE_MORE = 0.3
"""What each language more than one, that a text needs for its letters, takes off."""
_VOWELS = frozenset("аеёиоуыэюяіїєўъαεηιουωάέήίόύώϊϋΐΰ")
_FEWEST_VOWELS = 0.25
"""Greek that is read as Russian, and the other way round, has fewer."""
_MARKS = frozenset("“”‘’‚„–—…«»·•°©®™€№¡¿§ªº´\u00a0")
_LETTERS = re.compile(r"[^\W\d_]+")
_WIDE_MARKS = re.compile(r"[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6①-⑳Ⅰ-Ⅹ★☆○●◎◇◆□■△▲▽▼→←↑↓〒※♪♯♭×÷±…‥―‐′″°]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HALF_KANA = re.compile(r"[\uff66-\uff9f]+")
_JAPANESE = frozenset({"cp932", "euc_jp"})
_COMMON = {
    "cp932": ("euc_jp", 0xB0, 0xCF), "euc_jp": ("euc_jp", 0xB0, 0xCF), "gb18030": ("gb2312", 0xB0, 0xD7),
    "big5": ("big5", 0xA4, 0xC6), "cp949": ("euc_kr", 0xB0, 0xC8),
}  # fmt: skip
"""The standard that an encoding extends, and between which lead bytes its most used letters are."""
_TOO_MANY_KANJI = 40
"""So many in a row of lists without any kana are no Japanese."""


def plausibility(text: str, encoding: str) -> float:
    """Return how plausible a text is, up to 1; it is ASCII in part at most."""
    letters = [letter for letter in text if not letter.isascii()]
    if not letters:
        return 1.0
    if encoding in _COMMON:
        return _east_asian(text, letters, encoding)
    return _alphabetic(text, letters)


def _east_asian(text: str, letters: list[str], encoding: str) -> float:
    is_japanese = encoding in _JAPANESE
    total = sum(_wide(text, place, encoding) for place, letter in enumerate(text) if not letter.isascii())
    half = list(_HALF_KANA.finditer(text))
    if not is_japanese:
        total -= sum(len(found[0]) for found in half)
    else:
        total += sum(_half_kana(found, text) for found in half)
        if len(letters) > _TOO_MANY_KANJI and not _KANA.search(text):
            total -= len(letters) / 2
    return total / len(letters)


def _wide(text: str, place: int, encoding: str) -> float:
    """Return the worth of a wide letter: 1 where it is a usual one, less where it is rare or among Latin letters."""
    letter = text[place]
    if _WIDE_MARKS.match(letter):
        return 1.0
    if _HALF_KANA.match(letter):
        return 0.0  # goes by the word
    if _KANA.match(letter):
        return 1.0 if encoding in _JAPANESE else -1.0
    base, first, last = _COMMON[encoding]
    coded = letter.encode(base, "ignore")
    if len(coded) == 2 and first <= coded[0] <= last:
        return 1.0
    is_amid_latin = any(near.isascii() and near.isalpha() for near in text[max(place - 1, 0) : place + 2])
    return 0.0 if len(coded) == 2 and coded[0] > last and not is_amid_latin else -1.0


def _half_kana(found: re.Match[str], text: str) -> float:
    """Return what a run of half-width kana is worth: alone among Latin letters, it is an accent misread."""
    around = text[max(found.start() - 1, 0) : found.start()] + text[found.end() : found.end() + 1]
    is_word = len(found[0]) > 1 and not any(letter.isascii() and letter.isalpha() for letter in around)
    return 0.7 * len(found[0]) if is_word else -float(len(found[0]))


def _alphabetic(text: str, letters: list[str]) -> float:
    total = float(sum(_word(found[0]) for found in _LETTERS.finditer(text)))
    for place, letter in enumerate(text):
        if not (letter.isascii() or letter.isalpha()):
            total += _mark(text[max(place - 1, 0) : place], letter, text[place + 1 : place + 2])
    latin = {letter.lower() for letter in letters if "LATIN" in unicodedata.name(letter, "")}
    return total / len(letters) - _ONE_MORE * max(_languages(latin) - 1, 0) - (not _has_vowels(letters))


def _word(word: str) -> int:
    """Return the worth of a word's letters beside ASCII's: 1 each where alphabet and case fit together."""
    others = sum(not letter.isascii() for letter in word)
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
    is_latin = scripts == {"LATIN"}
    fits = len(scripts) == 1 and scripts <= {"LATIN", "CYRILLIC", "GREEK"}
    fits = fits and (word[1:].islower() or word.isupper() or len(word) == 1)
    return others if fits and not (is_latin and others == len(word) > 2) else -others


def _mark(before: str, mark: str, after: str) -> float:
    if mark not in _MARKS:
        return -2.0
    return -1.0 if before.isalpha() and after.isalpha() and mark != "’" else 0.5


def _has_vowels(letters: list[str]) -> bool:
    """Whether the Greek and Cyrillic letters can be words."""
    others = [letter.lower() for letter in letters if unicodedata.name(letter, "").startswith(("CYRILLIC", "GREEK"))]
    return sum(letter in _VOWELS for letter in others) >= _FEWEST_VOWELS * len(others)


def _languages(letters: set[str]) -> int:
    """Return how many languages it takes to have all of the letters; one that none has counts as a language."""
    count = 0
    while letters:
        best = max(_LANGUAGES, key=lambda language: len(letters.intersection(language)))
        found = letters.intersection(best)
        count += 1 if found else len(letters)
        letters = letters - found if found else set()
    return count
