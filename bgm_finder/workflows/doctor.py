"""Whether everything that the app depends on is there and whole.

Imports none of it: each part is looked at in a process of its own, which a broken one may end.
"""

import multiprocessing
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from pkgutil import resolve_name

from bgm_finder import __version__
from bgm_finder.jobs.job import Job

PACKAGES = {
    "PySide6-Essentials": "PySide6.QtWidgets",
    "pyqtgraph": "pyqtgraph",
    "numpy": "numpy",
    "torch": "torch",
    "safetensors": "safetensors",
    "librosa": "librosa",
    "sounddevice": "sounddevice",
    "soundfile": "soundfile",
    "soxr": "soxr",
    "av": "av",
    "mutagen": "mutagen",
    "charset-normalizer": "charset_normalizer",
    "filelock": "filelock",
    "packaging": "packaging",
    "opentimelineio": "opentimelineio",
    "platformdirs": "platformdirs",
    "Pillow": "PIL.Image",
}
"""What is imported of each."""
_PARTS = {
    "decoders": "bgm_finder.workflows.check_sound:check_decoders",
    "sound": "bgm_finder.workflows.check_sound:check_devices",
    "networks": "bgm_finder.workflows.check_networks:check_networks",
    "catalogue": "bgm_finder.workflows.check_catalogue:check_catalogue",
}
_PACKAGE = "bgm_finder.workflows.check_package:check_package"
MEND = "bgm_finder.workflows.mend:mend"
"""By name, as importing them here would load what may be broken."""
_AT_ONCE = 2
_LONGEST_S = 120.0
"""For a part to answer: torch on a cold, busy disk takes half a minute."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    says: str
    is_well: bool = True


def doctor(job: Job, catalogue: Path) -> list[Finding]:
    """Return what is to be said of versions, sound devices, networks and the catalogue; change nothing."""
    parts = [(name, _PACKAGE, name) for name in PACKAGES]
    parts += [(about, function, str(catalogue)) for about, function in _PARTS.items()]
    findings = [
        Finding("BGM Finder", __version__),
        Finding("Python", f"{platform.python_version()} on {platform.platform()} ({sys.executable})"),
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for found in pool.map(lambda part: [] if job.is_cancelled else ask(*part), parts):
            findings += found
    job.check()
    return findings


def ask(about: str, function: str, word: str, longest_s: float | None = _LONGEST_S) -> list[Finding]:
    """Return what a "module:function" finds when it is called with the word, in a process of its own.

    Whatever goes wrong there is a finding. The process is ended after longest_s, or never where that is None.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, about, function, word))  # which may start some of its own
    process.start()
    sender.close()
    try:
        return _answer_of(process, receiver, about, longest_s)
    finally:
        process.kill()
        receiver.close()


def _answer_of(process: BaseProcess, receiver: Connection, about: str, longest_s: float | None) -> list[Finding]:
    if not receiver.poll(longest_s):
        return [Finding(about, "does not answer", is_well=False)]
    try:
        found: list[Finding] = receiver.recv()
    except EOFError:
        process.join()
        return [Finding(about, f"crashed (exit code {process.exitcode})", is_well=False)]
    process.join(longest_s)
    return found


def _answer(sender: Connection, about: str, function: str, word: str) -> None:
    try:
        found = resolve_name(function)(word)
    except Exception as error:  # told instead of a traceback: whoever reads it is looking for what is broken
        found = [Finding(about, f"is broken ({type(error).__name__}: {error})", is_well=False)]
    sender.send(found)
