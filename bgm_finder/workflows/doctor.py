"""Whether everything that the app leans on is there and whole."""

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from bgm_finder import __version__, paths
from bgm_finder.audio.decode import READERS, Unreadable
from bgm_finder.audio.playing.output import devices
from bgm_finder.audio.source import NotThisReader
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError, DamagedCatalogue
from bgm_finder.catalogue.safekeeping.backups import backups_of
from bgm_finder.catalogue.safekeeping.rescue import is_gone
from bgm_finder.similarity import weights_file
from bgm_finder.similarity.embedder import available_networks, load_embedder
from bgm_finder.similarity.weights_file import WeightsUnusable
from bgm_finder.workflows.job import Job

_PACKAGES = (
    *("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "safetensors", "librosa"),
    *("sounddevice", "soundfile", "soxr", "av", "mutagen", "platformdirs", "Pillow"),
)

_WAY_OUT = "--mend sets it aside and opens its newest backup."
_SOME_FRAMES = 100_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    says: str
    is_well: bool = True


def doctor(job: Job, catalogue: Path) -> list[Finding]:
    """Looks at versions, sound devices, networks and the catalogue; changes nothing."""
    findings = [
        Finding("BGM Finder", __version__),
        Finding("Python", f"{platform.python_version()} on {platform.platform()} ({sys.executable})"),
        *(_package(name) for name in _PACKAGES),
        *_decoders(),
        *_sound(),
        *_networks(),
    ]
    job.check()
    return [*findings, *_catalogue(catalogue)]


def _package(name: str) -> Finding:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, "is not installed", is_well=False)


def _decoders() -> list[Finding]:
    """Lets both readers hear a track of the demo library."""
    track = next(path for path in sorted(paths.resource("demo").iterdir()) if path.suffix in (".ogg", ".opus"))
    findings = []
    for name, reader in READERS.items():
        try:
            source = reader(track, None)
            is_well = bool(source.read(_SOME_FRAMES).any())
            source.close()
            findings.append(Finding(f"decoder {name}", f"reads {source.facts.codec}", is_well))
        except (NotThisReader, Unreadable) as error:
            findings.append(Finding(f"decoder {name}", f"cannot read the demo library ({error})", is_well=False))
    return findings


def _sound() -> list[Finding]:
    found = devices()
    if not found:
        return [Finding("sound", "no sound card found; the window is silent")]
    return [Finding("sound", device.name + (" (default)" if device.is_default else "")) for device in found]


def _networks() -> list[Finding]:
    findings = []
    for name, place in available_networks().items():
        try:
            embedder = load_embedder(name)
            weights_file.check(place)
            findings.append(Finding(f"network {name}", f"{embedder.name}, {embedder.dimensions} numbers a track"))
        except WeightsUnusable as error:
            findings.append(Finding(f"network {name}", str(error), is_well=False))
    return findings


def _catalogue(path: Path) -> list[Finding]:
    if is_gone(path):
        return [Finding("catalogue", f"{path} is gone; --mend opens its newest backup", is_well=False)]
    if not path.exists():
        return [Finding("catalogue", f"{path} is not there yet; adding a folder makes it")]
    try:
        with Catalogue(path) as opened:
            complaints = opened.integrity_complaints()
            columns = opened.columns()
    except DamagedCatalogue as error:
        return [Finding("catalogue", f"{error} {_WAY_OUT}", is_well=False)]
    except CatalogueError as error:
        return [Finding("catalogue", str(error), is_well=False)]
    if complaints:
        found = [Finding("catalogue", f"{path}: {complaint}", is_well=False) for complaint in complaints]
        return [*found, Finding("catalogue", f"{path} is damaged. {_WAY_OUT}", is_well=False)]
    return [Finding("catalogue", f"{path} is whole: {len(columns)} tracks"), _backups(path)]


def _backups(path: Path) -> Finding:
    kept = backups_of(path)
    if not kept:
        return Finding("backups", "there is none yet; one is made a while after the next start")
    return Finding("backups", f"{len(kept)}, the newest as the catalogue was at {kept[0].made:%Y-%m-%d %H:%M} UTC")
