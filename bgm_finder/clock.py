"""Lengths of time and places in a track, as the window and the commands write them."""


def clock(seconds: float) -> str:
    """Return 1:05, or 1:00:05 from an hour on; what is less than a second is left off."""
    whole = max(0, int(seconds))
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"


def fine_clock(seconds: float) -> str:
    """Return 1:05.3, or 1:00:05.3 from an hour on."""
    tenths = int(max(0.0, seconds) * 10)
    return f"{clock(tenths // 10)}.{tenths % 10}"
