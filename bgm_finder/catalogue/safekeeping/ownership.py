"""Who may change a catalogue: one window at a time, so that no track is analysed twice and no edit meets another."""

from pathlib import Path

from filelock import FileLock, Timeout


class Ownership:
    """The right to change a catalogue; it ends with the process, however that ends."""

    def __init__(self, catalogue: Path, may_claim: bool = True) -> None:
        """may_claim: False for a program that only reads."""
        self.may_claim = may_claim
        self._lock = FileLock(catalogue.with_name(f"{catalogue.name}.lock"))
        self._catalogue = catalogue

    def claim(self) -> bool:
        """Take the right where nobody has it; report whether we have it now. Never waits, and may be asked again.

        Where no lock can be made, as in a folder that is read-only, nobody else can make one either: ours.
        """
        if not self.may_claim:
            return False
        if self._lock.is_locked:
            return True
        try:
            self._catalogue.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError:
            return True
        return True

    def release(self) -> None:
        self._lock.release()
