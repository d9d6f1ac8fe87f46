"""A sound card for tests: JACK's dummy driver, and a recorder of what is really written to it.

    with jack_server() as server, server.recorder() as recorder:
        subprocess.Popen([...], env=server.environment())   # sounddevice looks at these when it is imported
        ...
        sound = recorder.sound()

Named jack_dummy because a module called jack would hide the JACK-Client library.
"""

import os
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

RATE_HZ = 44_100
BLOCK = 1024
"""At 256 frames underflow flags come even when idle."""
_PATIENCE_S = 20.0


def require_jack() -> None:
    """Skips the test where there is no jackd or no JACK-Client."""
    if shutil.which("jackd") is None:
        pytest.skip("jackd is not installed (Debian: jackd2)")
    pytest.importorskip("jack", reason="JACK-Client is not installed", exc_type=(ImportError, OSError))


class JackServer:
    """A running jackd with the dummy driver."""

    def __init__(self, block: int = BLOCK, client_timeout_ms: int | None = None, is_synchronous: bool = True) -> None:
        """block: the frames that it takes at a time.

        client_timeout_ms: how long it waits for a client; by its own default nobody gets in for 5 to 10 s after a
        client was killed.
        is_synchronous: whether it waits for each client in each block; by its own default it does not, and a client
        that stands still holds up no other.
        """
        self.name = f"bgm-{uuid.uuid4().hex[:8]}"
        driver = ["-d", "dummy", "-r", str(RATE_HZ), "-p", str(block), "-C", "2", "-P", "2"]
        patience = [] if client_timeout_ms is None else ["-t", str(client_timeout_ms)]
        wait = ["-S"] if is_synchronous else []
        self._process = subprocess.Popen(
            ["jackd", "-n", self.name, "-r", "--no-mlock", *wait, *patience, *driver],
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        """Take the sound card away."""
        self._process.terminate()
        self._process.wait(timeout=_PATIENCE_S)

    def halt(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def environment(self) -> dict[str, str]:
        """Return the environment in which a program finds this server."""
        return {**os.environ, **self.names()}

    def names(self) -> dict[str, str]:
        """Return only what is added to the environment."""
        return {
            "JACK_DEFAULT_SERVER": self.name,
            "JACK_NO_START_SERVER": "1",
            "JACK_NO_AUDIO_RESERVATION": "1",
        }

    @contextmanager
    def recorder(self) -> Iterator["Recorder"]:
        """Records while the block runs."""
        recorder = Recorder(self.name)
        try:
            yield recorder
        finally:
            recorder.close()


class Recorder:
    """Keep all that programs write to the dummy sound card, from their first connection on."""

    def __init__(self, server: str) -> None:
        import jack

        self._client = jack.Client("recorder", no_start_server=True, servername=server)
        self._ports = [self._client.inports.register(f"in_{side}") for side in (1, 2)]
        self.blocks: list[np.ndarray] = []
        self.times_s: list[float] = []
        """When each of them came, on the clock of time.monotonic."""
        self._frames = 0
        self.gaps = 0
        """Times that JACK itself missed its beat; comparisons may then be off through no fault of the player."""
        self._client.set_process_callback(self._on_block)
        self._client.set_xrun_callback(self._on_gap)
        self._client.activate()

    def connect(self) -> None:
        """Wait until a program has opened its stream and listens to it."""
        _until(lambda: len(self._players()) >= 2, "no program has opened a stream")
        for player, port in zip(self._players(), self._ports, strict=False):
            if not self._client.get_all_connections(port):
                self._client.connect(player, port)

    def sound(self) -> np.ndarray:
        """Return what was recorded so far, float32, (frames, 2)."""
        blocks = list(self.blocks)
        return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)

    def wait(self, seconds: float) -> None:
        """Wait until so much more is recorded."""
        goal = self._frames + seconds * RATE_HZ
        _until(lambda: self._frames >= goal, "the recording stands still", seconds + _PATIENCE_S)

    def close(self) -> None:
        self._client.deactivate()
        self._client.close()

    def _players(self) -> list:
        ports = self._client.get_ports(is_audio=True, is_output=True)
        return [port for port in ports if port.name.split(":")[0] not in ("system", "recorder")]

    def _on_block(self, frames: int) -> None:
        self.times_s.append(time.monotonic())
        self.blocks.append(np.stack([port.get_array() for port in self._ports], axis=1))
        self._frames += frames

    def _on_gap(self, delayed_us: float) -> None:
        self.gaps += 1


def place_of(part: np.ndarray, samples: np.ndarray) -> tuple[int, float]:
    """Return where in the samples a part lies, and how alike the two are there (correlation, 1 = the same)."""
    n_fft = 1 << (len(samples) + len(part)).bit_length()
    spectra = np.conj(np.fft.rfft(part[:, 0], n_fft)) * np.fft.rfft(samples[:, 0], n_fft)
    place = int(np.argmax(np.fft.irfft(spectra)[: len(samples) - len(part)]))
    there = samples[place : place + len(part)]
    return place, float(np.corrcoef(part.ravel(), there.ravel())[0, 1])


@contextmanager
def jack_server(
    block: int = BLOCK, client_timeout_ms: int | None = None, is_synchronous: bool = True
) -> Iterator[JackServer]:
    """Run a server of its own while the block runs; skips where that is impossible."""
    require_jack()
    server = JackServer(block, client_timeout_ms, is_synchronous)
    try:
        _until(lambda: _answers(server.name), "jackd does not start")
        yield server
    finally:
        server.go_on()
        server.stop()


def _answers(server: str) -> bool:
    import jack

    jack.set_error_function(lambda message: None)
    try:
        jack.Client("probe", no_start_server=True, servername=server).close()
    except jack.JackError:
        return False
    return True


def _until(claim, complaint: str, patience_s: float = _PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not claim():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.005)
