"""What may be opened as a sound: the endings by which a folder is searched, and why a file is refused."""

import os
import stat
from pathlib import Path

from bgm_finder.reasons import Reason, Unreadable

# fmt: off
AUDIO_SUFFIXES = frozenset(
    (
        ".wav", ".wave", ".bwf", ".rf64", ".w64", ".aif", ".aiff", ".aifc", ".flac", ".mp3", ".ogg", ".oga",
        ".opus", ".m4a", ".m4b", ".aac", ".wma", ".caf", ".au", ".wv", ".ape", ".mp2", ".mpa", ".m2a", ".mpga",
        ".mp1", ".mka", ".weba", ".ac3", ".eac3", ".ec3", ".dts", ".dtshd", ".mlp", ".thd", ".tta", ".tak", ".shn",
        ".dsf", ".dff", ".amr", ".awb", ".3ga", ".gsm", ".spx", ".m4r", ".adts", ".mpc", ".mp+", ".mpp", ".snd",
        ".voc", ".ra", ".oma", ".aa3"
    )
)
VIDEO_SUFFIXES = frozenset(
    (
        ".mp4", ".m4v", ".mov", ".qt", ".mkv", ".mk3d", ".webm", ".avi", ".divx", ".mts", ".m2ts", ".m2t", ".ts",
        ".mpg", ".mpeg", ".mpe", ".m2p", ".vob", ".mxf", ".3gp", ".3g2", ".wmv", ".asf", ".wtv", ".flv", ".f4v",
        ".ogv", ".ogm", ".rm", ".rmvb", ".dv"
    )
)
ALIKE_SUFFIXES = frozenset(
    (
        ".mid", ".midi", ".kar", ".rmi", ".mod", ".xm", ".it", ".s3m", ".mptm", ".sf2", ".sf3", ".sfz", ".gig",
        ".exs", ".nki", ".ncw", ".rx2", ".rex", ".rcy", ".sd2", ".cda", ".aa", ".aax", ".aaxc", ".m4p", ".nsf", ".spc",
        ".vgm", ".sib", ".mus", ".musx", ".mscz"
    )
)
"""Notes, instruments and protected sound: what looks like music in a folder, and holds none that can be read."""
# fmt: on


def require_regular_file(path: Path) -> os.stat_result:
    """Return what the system knows of a file.

    Raises Unreadable for what must not even be opened: a missing or empty file, a folder, a pipe, a device.
    """
    try:
        facts = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable(path, Reason.VANISHED) from None
    except OSError as error:
        raise Unreadable.of_system(path, error) from None
    except ValueError:  # a zero byte within the name
        raise Unreadable(path, Reason.BAD_NAME) from None
    if stat.S_ISDIR(facts.st_mode):
        raise Unreadable(path, Reason.IS_FOLDER)
    if not stat.S_ISREG(facts.st_mode):
        raise Unreadable(path, Reason.NOT_REGULAR)
    if facts.st_size == 0:
        raise Unreadable(path, Reason.IS_EMPTY)
    try:
        with path.open("rb"):
            return facts
    except OSError as error:
        raise Unreadable.of_system(path, error) from None
