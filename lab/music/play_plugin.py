"""Play a MIDI file on a synthesizer plugin (DSSI or LV2) faster than it sounds; run as a command of its own.

    python -m lab.music.play_plugin LIBRARY PART.mid PART.wav --rate 22050 [--patch NAME]
        [--controls=VALUE,VALUE...]
    python -m lab.music.play_plugin LIBRARY --list

A plugin is foreign code that may crash or leave threads behind, so it never runs inside the process that composes.
"""

import argparse
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import mido
import numpy as np
import soundfile
from numpy.typing import NDArray

from lab.music.plugin_dssi import DssiPlugin
from lab.music.plugin_lv2 import Lv2Plugin

BLOCK = 128
_SETTLE_BLOCKS = 30


class Plugin(Protocol):
    """A synthesizer at work."""

    def patches(self) -> list[str]:
        """Return the names of its own patches."""

    def choose(self, patch: str) -> None:
        """Load one of them."""

    def play(self, messages: list[tuple[int, bytes]]) -> NDArray[np.float32]:
        """Return the next BLOCK frames, (2, BLOCK); messages: (frame in the block, MIDI bytes)."""


def main() -> None:
    args = parser().parse_args()
    plugin = _open(args)
    if args.list:
        print("\n".join(plugin.patches()), flush=True)
        os._exit(0)
    if args.patch:
        plugin.choose(args.patch)
        _settle(plugin, args.settle)
    sound = perform(plugin, args.midi, args.rate)
    soundfile.write(args.wav, sound.T, args.rate, subtype="FLOAT")
    # Threads that a plugin started would keep the process, or crash it while it ends.
    os._exit(0)


def perform(plugin: Plugin, midi: Path, rate_hz: int) -> NDArray[np.float32]:
    """Return the file's sound, float32, (2, n)."""
    timed, end_s = _timed(mido.MidiFile(midi))
    blocks: dict[int, list[tuple[int, bytes]]] = {}
    for second, message in timed:
        frame = int(second * rate_hz)
        blocks.setdefault(frame // BLOCK, []).append((frame % BLOCK, message))
    return np.concatenate([plugin.play(blocks.get(n, [])) for n in range(int(end_s * rate_hz / BLOCK) + 1)], axis=1)


def _timed(messages: Iterable[mido.Message]) -> tuple[list[tuple[float, bytes]], float]:
    """Return the notes with their moments in seconds, and the end."""
    now, notes = 0.0, []
    for message in messages:
        now += message.time
        if message.type in ("note_on", "note_off"):
            notes.append((now, bytes(message.bytes())))
    return notes, now


def _settle(plugin: Plugin, settle_s: float) -> None:
    """Play silence for a while: some plugins load their patch in a thread of their own."""
    for _ in range(_SETTLE_BLOCKS):
        plugin.play([])
        time.sleep(settle_s / _SETTLE_BLOCKS)


def _open(args: argparse.Namespace) -> Plugin:
    library: Path = args.library
    kind = Lv2Plugin if library.parent.suffix == ".lv2" else DssiPlugin
    return kind(library, args.rate, BLOCK, args.controls)


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("library", type=Path)
    words.add_argument("midi", type=Path, nargs="?")
    words.add_argument("wav", type=Path, nargs="?")
    words.add_argument("--rate", type=int, default=22050, help="in Hz")
    words.add_argument("--patch", help="its name")
    words.add_argument("--settle", type=float, default=0.0, help="seconds to wait for the patch")
    # One word: a value such as -1e-08 would be taken for an option.
    words.add_argument("--controls", type=_numbers, default=[], help="of the input ports, in order, with commas")
    words.add_argument("--list", action="store_true", help="print the names of the patches")
    return words


def _numbers(word: str) -> list[float]:
    return [float(number) for number in word.split(",")]


if __name__ == "__main__":
    main()
