"""Paths that a user names, on drives that answer; loads nothing that could be broken, for the doctor."""

from argparse import ArgumentTypeError
from pathlib import Path

from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.reasons import Reason, Refusal


class Places:
    """Read the paths of one command line; the drives are those that its command asks."""

    def __init__(self, drives: Drives) -> None:
        self._drives = drives

    def place(self, text: str) -> Path:
        """Read the path of a file or a folder, be it there or not, whose drive or share answers."""
        if not self._drives.is_answered(Path(text)):
            raise ArgumentTypeError(f"{text!r} {sentence_of(Refusal(Reason.NO_ANSWER))}")
        return Path(text)

    def name(self, text: str) -> str:
        """Read a name which may be that of a file; that one's disk or share answers."""
        self.place(text)
        return text

    def folder(self, text: str) -> Path:
        """Read a folder that is there; what is none may well be a command with a slip of the pen in it."""
        path = self.place(text)
        try:
            found = self.folder_at(path)
        except NoAnswer:
            raise ArgumentTypeError(f"{text!r} {sentence_of(Refusal(Reason.NO_ANSWER))}") from None
        if found is None:
            raise ArgumentTypeError(f"{text!r} is neither a folder nor a command that comes before its options")
        return found

    def folder_at(self, path: Path) -> Path | None:
        """Return the folder at a path, or None where there is none; raise NoAnswer."""
        return self._drives.folder_at(path)


def own_places() -> Places:
    """Return the places of a command that nobody cancels: Ctrl+C ends a wait by itself."""
    return Places(Drives(lambda: False))
