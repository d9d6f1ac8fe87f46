"""Whether a library is there, in a version that the app can live with, and can be loaded."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bgm_finder.workflows.doctor import PACKAGES, Finding


def check_package(name: str) -> list[Finding]:
    """Return what is to be said of one of PACKAGES."""
    try:
        found = version(name)
    except PackageNotFoundError:
        return [Finding(name, "is not installed", is_well=False)]
    wanted = _wanted(name)
    if wanted is not None and not wanted.specifier.contains(found, prereleases=True):
        return [Finding(name, f"{found}, where {wanted.specifier} is needed", is_well=False)]
    import_module(PACKAGES[name])
    return [Finding(name, found)]


def _wanted(name: str) -> Requirement | None:
    """Return what the installed app says of the library; None where it does not know, as in the built app."""
    try:
        lines = [Requirement(line) for line in requires("bgm-finder") or []]
    except PackageNotFoundError:
        return None
    here = [line for line in lines if line.marker is None or line.marker.evaluate({"extra": ""})]
    return next((line for line in here if canonicalize_name(line.name) == canonicalize_name(name)), None)
