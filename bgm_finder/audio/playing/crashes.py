"""When a process counts as standing still, and what is given up where one dies after another."""

import time

_STILL_S = 0.5
"""So long without a report while there is something to report: a busy computer holds one up for a tenth of it."""
_SOON_S = 3.0
"""A process that dies so soon, without having played anything, dies of what it was to do."""
_DEATHS_OF_TRACK, _DEATHS_OF_DEVICE = 2, 4
"""So many of these in a row, and the track is given up; the device, too."""


class Heartbeat:
    """Whether a process that has something to report still reports; times are on the clock of time.monotonic."""

    def __init__(self, look_s: float) -> None:
        """look_s: how often it is looked at while there is something to report."""
        self._longest_s = 3 * look_s
        self._beat = 0
        self._beat_s = self._looked_s = 0.0
        self.slept_s = 0.0
        """For how long nobody looked before the last look, where that is more than an ordinary pause."""

    def stands_still(self, beat: int, has_reports: bool) -> bool:
        """Return whether the number of its reports has been the same for too long."""
        now_s = time.monotonic()
        pause_s = now_s - self._looked_s
        was_asleep = pause_s > self._longest_s  # the window's process, too
        self.slept_s = pause_s if was_asleep else 0.0
        if beat != self._beat or beat == 0 or was_asleep:
            self._beat, self._beat_s = beat, now_s
        self._looked_s = now_s
        return has_reports and now_s - self._beat_s > _STILL_S


class Crashes:
    """Count the processes that died or stood still."""

    def __init__(self) -> None:
        self.count = 0
        self._in_a_row = 0

    def add(self, began_s: float, has_played: bool) -> None:
        """Count one that began at this time of time.monotonic."""
        self.count += 1
        is_soon = time.monotonic() - began_s < _SOON_S
        self._in_a_row = self._in_a_row + 1 if is_soon and not has_played else 0

    @property
    def is_of_track(self) -> bool:
        """Whether the track seems to be what they die of."""
        return self._in_a_row >= _DEATHS_OF_TRACK

    @property
    def is_of_device(self) -> bool:
        """Whether the device seems to be what they die of."""
        return self._in_a_row >= _DEATHS_OF_DEVICE
