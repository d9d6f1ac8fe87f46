"""Plays over JACK or PipeWire from a process of its own, which asks for sound and lives or dies with its server."""

import os
import sys
import threading
import time
from math import inf
from multiprocessing.connection import Connection
from queue import Empty

import numpy as np

from bgm_finder.audio.playing.jack_devices import names_in
from bgm_finder.audio.playing.jack_sight import JACK, may_be_there
from bgm_finder.audio.playing.sound_card import Fill, NoSoundCard, SoundCardOutput, sounddevice
from bgm_finder.audio.playing.sound_process import SoundProcess
from bgm_finder.audio.playing.supply import Supply
from bgm_finder.reasons import Reason

_AHEAD_S = 0.02
"""How long the way to the app and back may take, and how much later a key is heard for it, in whole helpings."""
_BURST_S = 0.03
"""The same over PipeWire, which takes up to three helpings at once where it works by 1,024 frames."""
_LOOK_S = 0.25
_EVERY_S = 30.0
"""Where there is no sound at all, JACK is tried so often at most: a key that plays would start a process each."""
_failed_s = [-inf]


class ProcessOutput:
    """The app's end: fills what the process asks for; keeps to Output."""

    is_silent = False

    def __init__(self, device: str | None = None, over_jack: bool = False) -> None:
        """Opens the named device, or the system's or JACK's default; raises NoSoundCard, within seconds."""
        self.underflows = 0
        self.is_lost = False
        self._is_closing = False
        self._thread: threading.Thread | None = None
        self._process = SoundProcess(_play, device, over_jack)
        try:
            word = self._process.answer()
        except (EOFError, OSError):
            name = device or (JACK if over_jack else "default")
            word = NoSoundCard(Reason.DEVICE_NO_ANSWER, device=name)
        if isinstance(word, NoSoundCard):
            self._process.end()
            raise word
        self.name, self.rate_hz = word

    def start(self, fill: Fill) -> None:
        self._thread = threading.Thread(target=self._run, args=(fill,), name="sound process", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._is_closing = True
        if self._thread is not None:
            self._thread.join()
        self._process.end()

    def abandon(self) -> None:
        self._is_closing = True
        self._process.kill()
        self.close()

    def _run(self, fill: Fill) -> None:
        line = self._process.line
        try:
            while not self._is_closing:
                if line.poll(_LOOK_S):
                    frames, self.underflows = line.recv()
                    block = np.empty((frames, 2), np.float32)
                    fill(block)
                    line.send_bytes(block.data)
        except (EOFError, ConnectionError):
            self.is_lost = not self._is_closing


def makeshift_output() -> ProcessOutput | None:
    """Opens JACK's default device for want of any other; None where there is none, or was none a moment ago."""
    if not may_be_there() or time.monotonic() - _failed_s[-1] < _EVERY_S:
        return None
    try:
        return ProcessOutput(over_jack=True)
    except NoSoundCard:
        _failed_s[:] = [time.monotonic()]
        return None


def _play(line: Connection, device: str | None, over_jack: bool) -> None:
    """The process' end: says the device's name and rate, or why not, and plays until the line or the device ends."""
    try:
        sd = sounddevice(with_jack=over_jack)
        _hush_libraries()
        card = SoundCardOutput(device or (next(iter(names_in(sd)), JACK) if over_jack else None))
        supply = Supply(round((_AHEAD_S if over_jack else _BURST_S) * card.rate_hz))
        card.start(supply.take)
    except NoSoundCard as refusal:
        line.send(refusal)
        return
    line.send((card.name, card.rate_hz))
    try:
        while not card.is_lost:
            _fetch(line, card, supply)
        os._exit(1)  # to close a stream whose server is gone stands still
    finally:
        card.close()


def _hush_libraries() -> None:
    """Keeps Python's errors only: where PipeWire dies, PortAudio complains 300,000 times a second until it is ended."""
    sys.stderr = os.fdopen(os.dup(2), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _fetch(line: Connection, card: SoundCardOutput, supply: Supply) -> None:
    """Asks for what the sound card wants next, and fetches it; raises EOFError or ConnectionError at the line's end."""
    try:
        frames = supply.wanted.get(timeout=_LOOK_S)
    except Empty:
        if not line.poll():  # else it has ended, as nothing comes unasked
            return
    else:
        line.send((frames, card.underflows + supply.missed))
    supply.put(np.frombuffer(line.recv_bytes(), np.float32).reshape(-1, 2))
