"""Sound files that may never answer, as on a vanished share: an unreadable file is what they come to."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bgm_finder.drives.waiting import NoAnswer, call_with_timeout
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason, Unreadable

Result = TypeVar("Result")

READ_LONGEST_S = 120.0
"""What any honest file's windows take."""


def read_with_timeout(
    job: Job, path: Path, read: Callable[[], Result], longest_s: float | None = READ_LONGEST_S
) -> Result:
    """Return what read gives of a sound file, but wait for it no longer than the job is wanted, nor than longest_s.

    longest_s: None where there is no limit. Raises what read raises, Cancelled, and Unreadable where nothing came in
    time.
    """
    try:
        return call_with_timeout(path, read, job.stops_waiting, longest_s)
    except NoAnswer:
        raise Unreadable(path, Reason.NO_ANSWER) from None
