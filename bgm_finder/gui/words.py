"""Numbers and errors in words that a person reads."""

from PySide6.QtCore import QCoreApplication, QLocale

from bgm_finder.workflows.job import Progress


def clock(seconds: float) -> str:
    """Gives 1:05, or 1:00:05 from an hour on."""
    whole = max(0, int(seconds))
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"


def number(value: int) -> str:
    """Gives 10,802."""
    return QLocale().toString(value)


def time_left(progress: Progress) -> str:
    """Gives how long a run will still take, roughly, or nothing where that is not known yet."""
    if progress.seconds_left is None:
        return ""
    seconds = progress.seconds_left
    if seconds < 60:
        return _tr("less than a minute left")
    if seconds < 3600:
        return _tr("about {minutes} min left").replace("{minutes}", str(round(seconds / 60)))
    return _tr("about {hours} h left").replace("{hours}", f"{seconds / 3600:.1f}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)
