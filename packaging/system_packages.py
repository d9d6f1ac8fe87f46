"""Installs the Debian or Ubuntu packages that sound and windows need, or says the command that would."""

import argparse
import importlib.util
import os
import shlex
import shutil
import subprocess

SOUND_AND_WINDOW = [
    "libportaudio2",
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "fonts-noto-cjk",  # Japanese text is boxes without it
]
TESTS = [
    *("xvfb", "xdotool", "jackd2", "pulseaudio", "pulseaudio-utils", "libasound2-plugins", "libfaketime"),
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
    "mma",  # styles of the bands
    "zynaddsubfx-dssi",
    "zynaddsubfx-data",
    "amsynth",
    "hexter",
    "whysynth",
    "mda-lv2",
    "espeak-ng",  # speech over music
]
"""What the default network's music is rendered with: a missing one changes every piece without a word."""


def main() -> None:
    options = _options()
    if not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        return  # elsewhere the wheels bring what is needed, or the reader knows the names of their system
    wanted = (
        SOUND_AND_WINDOW
        + (TESTS if options.tests else [])
        + (MUSIC if options.music else [])
        + (LAB if options.lab else [])
    )
    missing = [name for name in wanted if not _is_installed(name)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if missing:
        _install(missing)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--music", action="store_true", help="also what the demo library is rendered with")
    parser.add_argument("--lab", action="store_true", help="also what the default network's music is rendered with")
    return parser.parse_args()


def _is_installed(name: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Status}", name]
    return subprocess.run(query, capture_output=True, text=True).stdout == "installed"


def _install(names: list[str]) -> None:
    """Installs where that needs no password; else goes on: the app starts without, silent or in the terminal."""
    # The frontend is named so that no package (jackd2 does) stops to ask a question.
    right = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    if os.geteuid() != 0:
        right = ["sudo", "-n", *right]
    if _may(right):
        print(f"Installing system packages: {' '.join(names)}", flush=True)
        subprocess.run([*right, "apt-get", "update", "--quiet"], stdout=subprocess.DEVNULL)
        if subprocess.run([*right, *install], stdout=subprocess.DEVNULL).returncode == 0:
            return
    print("Some system packages are missing, so sound or the window may not work. To install them:")
    print(f"    sudo apt-get update && sudo {shlex.join(install)}", flush=True)


def _may(right: list[str]) -> bool:
    return shutil.which(right[0]) is not None and subprocess.run([*right, "true"], capture_output=True).returncode == 0


if __name__ == "__main__":
    main()
