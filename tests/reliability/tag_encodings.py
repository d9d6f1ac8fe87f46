"""Measure how many short texts come out as meant whose encoding was called Latin-1 or nothing at all.

The texts are translations of this system's programs (/usr/share/locale), of names of countries and languages above all.
"""

import gettext
import random
from pathlib import Path

from bgm_finder.workflows.text_as_meant import texts_as_meant

_LOCALES = Path("/usr/share/locale")
_DOMAINS = ("iso_639", "iso_639_3", "iso_3166", "iso_3166-1", "iso_3166-2", "thunar", "libfm", "pcmanfm")
_ENCODINGS = (
    *[(language, "cp1252") for language in ("fr", "de", "sv", "is", "pt", "es", "da", "fi")],
    *[("ja", "cp932"), ("ja", "euc_jp"), ("zh_CN", "gb18030"), ("zh_TW", "big5"), ("ko", "cp949")],
    *[("ru", "cp1251"), ("ru", "koi8_r"), ("el", "cp1253"), ("cs", "cp1250"), ("pl", "cp1250"), ("ja", "utf-8")],
)
_TRIES = 300
_LONGEST = 60


def main() -> None:
    chance = random.Random(1)
    print("| language | encoding | one text | three texts together |\n|---|---|---|---|")
    for language, encoding in _ENCODINGS:
        texts = [text for text in _texts(language) if _fits(text, encoding)]
        if len(texts) > 3:
            shares = [_share([chance.sample(texts, count) for _ in range(_TRIES)], encoding) for count in (1, 3)]
            print(f"| {language} | {encoding} | {shares[0]:.1%} | {shares[1]:.1%} |", flush=True)


def _texts(language: str) -> list[str]:
    found: set[str] = set()
    for domain in _DOMAINS:
        path = gettext.find(domain, str(_LOCALES), [language])
        if path is not None:
            with Path(path).open("rb") as file:
                catalog = vars(gettext.GNUTranslations(file))["_catalog"]
            found.update(text for text in catalog.values() if isinstance(text, str))
    return sorted(text for text in found if not text.isascii() and len(text) < _LONGEST and "\n" not in text)


def _fits(text: str, encoding: str) -> bool:
    try:
        return bool(text.encode(encoding))
    except UnicodeEncodeError:
        return False


def _share(samples: list[list[str]], encoding: str) -> float:
    return sum(_is_meant(texts, [text.encode(encoding) for text in texts]) for texts in samples) / len(samples)


def _is_meant(texts: list[str], raws: list[bytes]) -> bool:
    as_latin = texts_as_meant([raw.decode("latin-1") for raw in raws])
    as_bytes = texts_as_meant([raw.decode("utf-8", "surrogateescape") for raw in raws])
    return as_latin == as_bytes == texts


if __name__ == "__main__":
    main()
