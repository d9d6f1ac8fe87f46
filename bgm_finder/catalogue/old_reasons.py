"""The English sentences by which older catalogues say why a file cannot be read, as reasons."""

import errno
import os
import re

from bgm_finder.reasons import Reason, Refusal

_SENTENCES = {
    "has vanished": Reason.VANISHED,
    "is a folder": Reason.IS_FOLDER,
    "is empty": Reason.IS_EMPTY,
    "is a device or a pipe, not a file": Reason.NOT_REGULAR,
    "has a name that no file can have": Reason.BAD_NAME,
    "may not be read with your rights": Reason.NO_PERMISSION,
    "does not answer: its drive or network share may be asleep or gone": Reason.NO_ANSWER,
    "has no sound in it": Reason.NO_SOUND,
    "holds no sound": Reason.NO_SOUND,
    "holds no sound there": Reason.NO_SOUND_IN_SECTION,
    "holds no sound in that stretch": Reason.NO_SOUND_IN_SECTION,
    "holds only silence": Reason.ONLY_SILENCE,
    "is not a sound file that can be read": Reason.UNKNOWN_SOUND,
    "makes its decoder crash or hang": Reason.STOPS_DECODER,
    "needs more memory than there is": Reason.TOO_LITTLE_MEMORY,
    "meets a mistake of this app, which the log tells": Reason.INTERNAL_ERROR,
}
_HEADER = re.compile(r"has a header that makes no sense \((?P<channels>-?\d+) channels at (?P<rate_hz>-?\d+) Hz\)")
_SYSTEM = re.compile(r"cannot be read \((.*)\)", re.DOTALL)


def as_stored(sentence: str) -> str:
    """Return what the catalogue keeps today instead of a sentence; one that nobody knows is a fact of UNKNOWN."""
    if sentence in _SENTENCES:
        return str(Refusal(_SENTENCES[sentence]))
    if header := _HEADER.fullmatch(sentence):
        facts = header.groupdict()
        return str(Refusal(Reason.SENSELESS_HEADER, facts))
    if system := _SYSTEM.fullmatch(sentence):
        return str(Refusal(Reason.CANNOT_BE_READ, {"system": _name_of(system[1])}))
    return str(Refusal(Reason.UNKNOWN, {"text": sentence}))


def _name_of(text: str) -> str:
    """Return the name of the error of the system that has this text, as far as it is one; the text was in any case."""
    names = (name for number, name in errno.errorcode.items() if os.strerror(number).lower() == text.lower())
    return next(names, text)
