"""What may be opened as a sound: the endings by which a folder is searched, and why a file is refused."""

import os
import stat
from pathlib import Path

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


VANISHED = "has vanished"
NO_ANSWER = "does not answer: its drive or network share may be asleep or gone"
PASSING_REASONS = (
    VANISHED, "may not be read with your rights", "cannot be read", "needs more memory", "does not answer"
)  # fmt: skip
"""How those reasons begin which are the world's, not the file's: a share that was away, a disk that stumbled."""


class Unreadable(Exception):  # noqa: N818 - says what the file is, in the user's words
    """This file gives no sound; reason finishes the sentence that begins with its name."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[Path, str]]:
        """Let the error come back from a worker process."""
        return type(self), (self.path, self.reason)


def require_regular_file(path: Path) -> os.stat_result:
    """Return what the system knows of a file.

    Raises Unreadable for what must not even be opened: a missing or empty file, a folder, a pipe, a device.
    """
    try:
        facts = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable(path, VANISHED) from None
    except OSError as error:
        raise unreadable_because(path, error) from None
    except ValueError:  # a zero byte within the name
        raise Unreadable(path, "has a name that no file can have") from None
    if stat.S_ISDIR(facts.st_mode):
        raise Unreadable(path, "is a folder")
    if not stat.S_ISREG(facts.st_mode):
        raise Unreadable(path, "is a device or a pipe, not a file")
    if facts.st_size == 0:
        raise Unreadable(path, "is empty")
    try:
        with path.open("rb"):
            return facts
    except OSError as error:
        raise unreadable_because(path, error) from None


def unreadable_because(path: Path, error: OSError) -> Unreadable:
    """Return the refusal that explains an error of the operating system."""
    if isinstance(error, FileNotFoundError):
        return Unreadable(path, VANISHED)
    if isinstance(error, PermissionError):
        return Unreadable(path, "may not be read with your rights")
    return Unreadable(path, f"cannot be read ({(error.strerror or 'unknown error').lower()})")
