"""Files that are new: written whole or not at all, under a name that none has, on a drive that may never answer."""

import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from bgm_finder.drives.drives import Drives
from bgm_finder.drives.waiting import Cancelled, NoAnswer
from bgm_finder.export.file_names import FreeNames
from bgm_finder.reasons import Reason, Unreadable

Result = TypeVar("Result")

_OF_ONE_FILE = frozenset({errno.EFBIG, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})
"""Errors that are one file's, and not its folder's: the others can still be written."""


class Step:
    """What the thread that writes a file is at; its owner looks at it while it waits."""

    def __init__(self) -> None:
        self.count = 0
        """Grows with all that is done."""
        self.is_reading = False
        """Whether it waits for the source, not for what is written."""
        self.is_given_up = False

    def read(self) -> None:
        """Note that the source is read next."""
        self._go_on(True)

    def write(self) -> None:
        """Note that something is written next."""
        self._go_on(False)

    def _go_on(self, is_reading: bool) -> None:
        self.count += 1
        self.is_reading = is_reading
        if self.is_given_up:
            raise Cancelled


class NewFiles:
    """Write new files into one folder."""

    def __init__(self, folder: Path, drives: Drives) -> None:
        """Make the folder where it is not there. Raises OSError, of which NoAnswer is one, and Cancelled."""
        self.folder, self._drives = folder, drives
        drives.require_answer(folder)
        self._names = FreeNames(drives.call(folder, lambda: _names_in(folder)))

    def write(
        self, stem: str, ending: str, produce: Callable[[Path, Step], Result], source: Path | None = None
    ) -> tuple[Path, Result]:
        """Return the new file's path, and what produce(draft, step) returned after it wrote the draft.

        Raises what produce raises, Cancelled, OSError that names the file, and Unreadable where the source falls
        silent. A thread that is left behind takes back what it wrote.
        """
        step = Step()

        def write() -> tuple[Path, Result]:
            with _draft_in(self.folder) as draft:
                result = produce(draft, step)
                step.write()
                return self._settle(draft, stem, ending), result

        try:
            return self._drives.call(self.folder, write, lambda: step.count)
        except NoAnswer:
            if step.is_reading and source is not None:
                raise Unreadable(source, Reason.NO_ANSWER) from None
            raise
        except OSError as error:
            raise OSError(error.errno, error.strerror or str(error), str(self.folder / (stem + ending))) from error
        finally:
            step.is_given_up = True

    def _settle(self, draft: Path, stem: str, ending: str) -> Path:
        """Give the draft the first name that nobody has, also where another program took one meanwhile."""
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        while True:
            target = self.folder / self._names.take(stem, ending)
            with suppress(FileExistsError):
                _rename_new(draft, target)
                return target


def is_of_one_file(error: OSError) -> bool:
    """Return whether an error keeps no other file from being written to the same folder."""
    return error.errno in _OF_ONE_FILE


def _names_in(folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    return [path.name for path in folder.iterdir()]


@contextmanager
def _draft_in(folder: Path) -> Iterator[Path]:
    """Return a file to write into; nothing is left of it where it was not given its name."""
    draft = folder / f".bgm-finder-{secrets.token_hex(6)}.unfinished"
    try:
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _rename_new(draft: Path, target: Path) -> None:
    """Rename a file; raises FileExistsError where the name is taken, which POSIX would replace."""
    if sys.platform == "win32":
        draft.rename(target)
        return
    try:
        os.link(draft, target)  # takes a name or fails, in one step
    except FileExistsError:
        raise
    except OSError:  # FAT and some shares know no links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        draft.rename(target)
