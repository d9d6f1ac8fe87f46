"""A sound server for tests: PulseAudio with a sink that plays to nobody, which can be taken away and stopped.

Reached through ALSA's plugin, as PortAudio has no PulseAudio of its own on Debian.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PATIENCE_S = 20.0
_PLUGIN = "libasound_module_pcm_pulse.so"


class PulseServer:
    """A PulseAudio of its own, with one sink."""

    def __init__(self, home: Path) -> None:
        self._socket = home / "native"
        self._own = {**os.environ, "HOME": str(home)}
        for name in ("PULSE_RUNTIME_PATH", "PULSE_STATE_PATH", "PULSE_CONFIG_PATH"):
            self._own[name] = str(home)
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        quiet = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
        modules = [f"module-native-protocol-unix socket={self._socket} auth-anonymous=1", "module-null-sink rate=44100"]
        command = ["pulseaudio", *quiet, *(word for module in modules for word in ("-L", module))]
        self._process = subprocess.Popen(
            command, env=self._own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + _PATIENCE_S
        while self._ask("list", "short", "sinks") == "":
            assert time.monotonic() < deadline, "pulseaudio does not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """Ends it as a crash would."""
        self._process.kill()
        self._process.wait()

    def halt(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def unload_sink(self) -> None:
        """Take the only sound device away."""
        self._ask("unload-module", "module-null-sink")

    def load_sink(self, rate_hz: int) -> None:
        """Bring another one."""
        self._ask("load-module", "module-null-sink", f"rate={rate_hz}")

    def environment(self) -> dict[str, str]:
        """Return the environment in which a program finds this server."""
        return {**self._own, "PULSE_SERVER": f"unix:{self._socket}"}

    def _ask(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], env=self.environment(), capture_output=True, text=True)
        return done.stdout


@contextmanager
def pulse_server() -> Iterator[PulseServer]:
    """Run a server while the block runs; skips where that is impossible."""
    for program in ("pulseaudio", "pactl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: pulseaudio, pulseaudio-utils)")
    if not any(Path("/usr/lib").glob(f"*/alsa-lib/{_PLUGIN}")):
        pytest.skip("ALSA's plugin for PulseAudio is not installed (Debian: libasound2-plugins)")
    with tempfile.TemporaryDirectory(prefix="pulse-") as home:
        server = PulseServer(Path(home))
        try:
            yield server
        finally:
            server.kill()
