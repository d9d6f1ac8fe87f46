"""Files that are written whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Gives a file to write into, which takes the target's place at the end; nothing is left of it where that fails.

    An OSError on the way names the target, not the draft.
    """
    draft = target.with_name(target.name + ".unfinished")
    try:
        yield draft
        draft.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error
    finally:
        draft.unlink(missing_ok=True)
