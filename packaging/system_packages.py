"""Installs the Debian or Ubuntu packages that sound and windows need, or says the command that would."""

import argparse
import importlib.util
import os
import shlex
import shutil
import subprocess
from pathlib import Path

LIBRARIES = Path(__file__).resolve().parent.parent / "resources" / "system_libraries.txt"
FONTS = ["fonts-noto-cjk"]  # Japanese text is boxes without it
TESTS = [
    *("xvfb", "xdotool", "jackd2", "pulseaudio", "pulseaudio-utils", "libasound2-plugins", "libfaketime", "binutils"),
    *("ffmpeg", "lame", "flac", "vorbis-tools"),  # encoders, as other people use them
]
MUSIC = ["fluidsynth", "fluid-soundfont-gm", "musescore-general-soundfont-lossless"]
LAB = [
    *MUSIC,
    "timgm6mb-soundfont",
    "opl3-soundfont",
    "freepats",
    "timidity",
    "csound-soundfont",
    "avldrums.lv2-soundfont",
    "minuet-data",  # sounds that nothing is trained on
    "mma",  # styles of the bands
    "zynaddsubfx-dssi",
    "zynaddsubfx-data",
    "amsynth",
    "hexter",
    "whysynth",
    "mda-lv2",
    "espeak-ng",  # speech over music
]
"""What the default network's music is rendered with: a missing one changes every piece without a word.

And what it is measured with."""
PACKAGE = ["binutils", "xvfb", "xdotool"]


def main() -> None:
    options = _options()
    if not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        return  # elsewhere the wheels bring what is needed, or the reader knows the names of their system
    chosen = [(options.tests, TESTS), (options.music, MUSIC), (options.lab, LAB), (options.package, PACKAGE)]
    wanted = [*linked_packages(), *FONTS, *(name for is_wanted, names in chosen if is_wanted for name in names)]
    missing = [name for name in wanted if not _is_installed(name)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if missing and (options.only_report or not _install(missing)):
        names = [_name_here(name) for name in missing]
        print("Some system packages are missing, so sound or the window may not work. To install them:")
        print(f"    sudo apt-get update && sudo {shlex.join(_install_command(names))}", flush=True)


def linked_packages() -> list[str]:
    """Return the packages of the libraries that the wheels link, in the table's order."""
    lines = LIBRARIES.read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(line.split()[1] for line in lines if not line.startswith("#")))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--music", action="store_true", help="also what the demo library is rendered with")
    parser.add_argument("--lab", action="store_true", help="also what the default network's music is rendered with")
    parser.add_argument("--package", action="store_true", help="also what building the app needs")
    parser.add_argument("--only-report", action="store_true", help="install nothing")
    return parser.parse_args()


def _is_installed(name: str) -> bool:
    """Tell whether the package is there under its name, or the one it has had since times have 64 bits."""
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Status}\n", name, f"{name}t64"]
    return "installed" in subprocess.run(query, capture_output=True, text=True).stdout.split()


def _name_here(name: str) -> str:
    """Return the name that this release of Debian has for the package."""
    query = ["apt-cache", "show", "--no-all-versions", f"{name}t64"]
    return f"{name}t64" if subprocess.run(query, capture_output=True).returncode == 0 else name


def _install(names: list[str]) -> bool:
    """Install where that needs no password, and tell whether it was done.

    Without, the app starts too, silent or in the terminal.
    """
    # The frontend is named so that no package (jackd2 does) stops to ask a question.
    right = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() != 0:
        right = ["sudo", "-n", *right]
    if not _may(right):
        return False
    subprocess.run([*right, "apt-get", "update", "--quiet"], stdout=subprocess.DEVNULL)
    names = [_name_here(name) for name in names]
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    return subprocess.run([*right, *_install_command(names)], stdout=subprocess.DEVNULL).returncode == 0


def _install_command(names: list[str]) -> list[str]:
    return ["apt-get", "install", "--yes", "--no-install-recommends", *names]


def _may(right: list[str]) -> bool:
    return shutil.which(right[0]) is not None and subprocess.run([*right, "true"], capture_output=True).returncode == 0


if __name__ == "__main__":
    main()
