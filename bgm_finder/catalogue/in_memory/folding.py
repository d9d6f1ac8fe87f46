"""Text as the search sees it: width, case and kana make no difference."""

import unicodedata

_KANA_DISTANCE = ord("ァ") - ord("ぁ")
_HIRAGANA_OF = {code: code - _KANA_DISTANCE for code in [*range(ord("ァ"), ord("ヶ") + 1), ord("ヽ"), ord("ヾ")]}


def fold(text: str) -> str:
    """Gives the text with full and half width, upper and lower case, katakana and hiragana made alike, on one line."""
    if text.isascii():  # most of a big library, and many times quicker
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_HIRAGANA_OF).split())
