"""Paths that a user names, on drives that answer; loads nothing that could be broken, for the doctor."""

from argparse import ArgumentTypeError
from functools import cache
from pathlib import Path

from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.reasons import Reason, Refusal


def place(text: str) -> Path:
    """Read the path of a file or a folder, be it there or not, whose drive or share answers."""
    if not asked().is_answered(Path(text)):
        raise ArgumentTypeError(f"{text!r} {sentence_of(Refusal(Reason.NO_ANSWER))}")
    return Path(text)


def folder(text: str) -> Path:
    """Read a folder that is there; what is none may well be a command with a slip of the pen in it."""
    path = place(text)
    try:
        found = asked().folder_at(path)
    except NoAnswer:
        raise ArgumentTypeError(f"{text!r} {sentence_of(Refusal(Reason.NO_ANSWER))}") from None
    if found is None:
        raise ArgumentTypeError(f"{text!r} is neither a folder nor a command that comes before its options")
    return found


@cache
def asked() -> Drives:
    """Return the drives that this command asks, which nobody cancels: Ctrl+C ends a wait by itself."""
    return Drives(lambda: False)
