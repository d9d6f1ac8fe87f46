"""Whether everything that the app leans on is there and whole.

Imports none of it: each part is looked at in a process of its own, which a broken one may end.
"""

import multiprocessing
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

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
    "platformdirs": "platformdirs",
    "Pillow": "PIL.Image",
}
"""What is imported of each."""
_PARTS = {
    "decoders": "check_sound:check_decoders",
    "sound": "check_sound:check_devices",
    "networks": "check_networks:check_networks",
    "catalogue": "check_catalogue:check_catalogue",
}
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
    parts = [(name, "check_package:check_package", name) for name in PACKAGES]
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


def ask(about: str, function: str, word: str) -> list[Finding]:
    """Return what a "module:function" of this folder finds when it is called with the word, in a process of its own.

    Whatever goes wrong there is a finding.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, about, function, word), daemon=True)
    process.start()
    sender.close()
    with receiver:
        if not receiver.poll(_LONGEST_S):
            process.kill()
            return [Finding(about, "does not answer", is_well=False)]
        try:
            found: list[Finding] = receiver.recv()
        except EOFError:
            process.join()
            return [Finding(about, f"crashed (exit code {process.exitcode})", is_well=False)]
    process.join(_LONGEST_S)
    return found


def _answer(sender: Connection, about: str, function: str, word: str) -> None:
    module, name = function.split(":")
    try:
        found = getattr(import_module(f"bgm_finder.workflows.{module}"), name)(word)
    except Exception as error:  # told instead of a traceback: whoever reads it is looking for what is broken
        found = [Finding(about, f"is broken ({type(error).__name__}: {error})", is_well=False)]
    sender.send(found)
