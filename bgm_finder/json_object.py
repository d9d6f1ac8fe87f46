"""A JSON object in a file that several processes of one user change, such as the settings: each writes its own keys."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bgm_finder.drafts import draft_of

_log = logging.getLogger(__name__)

_WAIT_S = 2.0
"""A write takes milliseconds: a process that holds the lock for longer hangs, and is waited for no longer."""


class NotJsonObject(Exception):  # noqa: N818 - says what happened
    """A file holds something else; set_aside is where it lies now, or None where it could not be moved."""

    def __init__(self, path: Path, set_aside: Path | None) -> None:
        super().__init__(f"{path} is damaged")
        self.path, self.set_aside = path, set_aside


def read_object(path: Path) -> dict[str, Any]:
    """Return what a file holds; empty where there is none.

    A file that holds no JSON object is renamed to end in .broken, so that nothing writes over it; raises NotJsonObject
    then, and OSError where the file cannot be read.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"))  # some editors begin it with a mark
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        raise NotJsonObject(path, _set_aside(path))
    return held


def write_changes(path: Path, changes: Mapping[str, Any]) -> None:
    """Write changed keys over what the file holds by now, whole or not at all; a key whose value is None is removed.

    Raises OSError where that cannot be done, and NotJsonObject where the file is damaged and cannot be set aside.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path):
        try:
            held = read_object(path)
        except NotJsonObject as error:
            if error.set_aside is None:
                raise
            held = {}
        whole = merged(held, changes)
        for name in [name for name, value in changes.items() if value is None]:
            del whole[name]
        with draft_of(path) as draft:
            draft.write_text(json.dumps(whole, indent=1), encoding="utf-8")


def merged(held: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object with the changes in it; of a value that is an object itself, only the changed keys."""
    whole = dict(held)
    for name, value in changes.items():
        before = whole.get(name)
        whole[name] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return whole


def _set_aside(path: Path) -> Path | None:
    broken = path.with_suffix(".broken")
    try:
        path.replace(broken)
    except OSError:
        return None
    return broken


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let no other process or thread write meanwhile, where a lock can be had."""
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=_WAIT_S)
    except (Timeout, OSError, NotImplementedError) as error:  # the last where the file system knows no locks
        _log.warning("%s is written without a lock: %s", path.name, type(error).__name__)
    try:
        yield
    finally:
        lock.release()
