"""A sound server for tests: PipeWire with a sink that plays to nobody, which can be taken away and stopped.

Reached through ALSA's plugin, as PortAudio has no PipeWire of its own. It may lie anywhere, where the environment says
(PATH, LD_LIBRARY_PATH, PIPEWIRE_MODULE_DIR, PIPEWIRE_CONFIG_DIR, SPA_PLUGIN_DIR, WIREPLUMBER_MODULE_DIR,
WIREPLUMBER_CONFIG_DIR, WIREPLUMBER_DATA_DIR, ALSA_PLUGIN_DIR).
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

import numpy as np
import pytest

RATE_HZ = 48_000
"""PipeWire's own."""
_PATIENCE_S = 20.0
_PROGRAMS = ("pipewire", "wireplumber", "pw-cli", "pw-link", "pw-record", "pw-metadata", "dbus-daemon")
_PLUGIN = "libasound_module_pcm_pipewire.so"
_SINK = "bgm-test"
_RECORDER = "bgm-recorder"
_MAKE_SINK = (
    f"{{ factory.name=support.null-audio-sink node.name={_SINK} media.class=Audio/Sink object.linger=true "
    "audio.position=[ FL FR ] }"
)
_ALSA = "</usr/share/alsa/alsa.conf>\npcm.!default { type pipewire }\nctl.!default { type pipewire }\n"
_NO_HARDWARE = {
    "main.lua.d/51-none.lua": "".join(f"{name}_monitor.enabled = false\n" for name in ("alsa", "v4l2", "libcamera")),
    "bluetooth.lua.d/51-none.lua": "bluez_monitor.enabled = false\n",
    "wireplumber.conf.d/none.conf": (
        "wireplumber.profiles = { main = { "
        "hardware.audio = disabled, hardware.bluetooth = disabled, hardware.video-capture = disabled } }\n"
    ),
}
"""For WirePlumber before and from 0.5: a test is heard through nobody's loudspeakers."""


class PipewireServer:
    """A PipeWire of its own, with WirePlumber and one sink."""

    def __init__(self, home: Path) -> None:
        self._own = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        self._own |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        self._own["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={home}/bus"
        self._own["WIREPLUMBER_CONFIG_DIR"] = str(home / "wireplumber")
        shutil.copytree(os.environ.get("WIREPLUMBER_CONFIG_DIR", "/usr/share/wireplumber"), home / "wireplumber")
        for name, text in _NO_HARDWARE.items():
            file = home / "wireplumber" / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        (home / "asound.conf").write_text(_ALSA)
        self._home = home
        self._processes: list[subprocess.Popen[bytes]] = []

    def start_bus(self) -> None:
        """Start what WirePlumber wants before anything else."""
        bus = self._home / "bus"
        self._run(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}"])
        _until(bus.exists, "dbus-daemon does not start")

    def start(self) -> None:
        """Start it, for the first time or again."""
        self._server = self._run(["pipewire"])
        _until(lambda: "id" in self._ask("pw-cli", "ls", "Core"), "pipewire does not start")
        self._manager = self._run(["wireplumber"])
        self.bring_sink()

    def kill(self) -> None:
        """Ends it as a crash would."""
        for process in (self._server, self._manager):
            process.kill()
            process.wait()

    def halt(self) -> None:
        self._server.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._server.send_signal(signal.SIGCONT)

    def take_sink(self) -> None:
        """Take the only sound device away."""
        self._ask("pw-cli", "destroy", _SINK)

    def bring_sink(self) -> None:
        """Bring it, and waits until programs can play to it."""
        self._ask("pw-cli", "create-node", "adapter", _MAKE_SINK)
        _until(lambda: f"{_SINK}:playback_FL" in self._ask("pw-link", "-i"), "the sink does not come")

    def set(self, key: str, value: int) -> None:
        """Changes how the server works while it does: clock.force-rate or clock.force-quantum, 0 for its own way."""
        self._ask("pw-metadata", "-n", "settings", "0", key, str(value))

    def links(self) -> str:
        """Return who plays to whom, as pw-link tells it."""
        return self._ask("pw-link", "-l")

    def environment(self) -> dict[str, str]:
        """Return the environment in which a program finds this server."""
        return {**self._own, "ALSA_CONFIG_PATH": str(self._home / "asound.conf")}

    @contextmanager
    def recorder(self) -> Iterator["Recorder"]:
        """Records what is played to the sink while the block runs."""
        file = self._home / "recorded.wav"
        words = ["pw-record", "--rate", str(RATE_HZ), "--channels", "2", "--format", "f32", "--target", _SINK]
        process = self._run([*words, "-P", f"{{ stream.capture.sink=true node.name={_RECORDER} }}", str(file)])
        try:
            _until(lambda: f"{_RECORDER}:input_FL" in self.links(), "pw-record does not start")
            yield Recorder(file)
        finally:
            process.terminate()
            process.wait()

    def end(self) -> None:
        """Ends all that was started."""
        for process in self._processes:
            process.kill()
            process.wait()

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            command, env=self._own, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        self._processes.append(process)
        return process

    def _ask(self, *words: str) -> str:
        done = subprocess.run(words, env=self._own, capture_output=True, text=True, timeout=_PATIENCE_S)
        return done.stdout


class Recorder:
    """What the sink was given."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def sound(self) -> np.ndarray:
        """Return what was recorded so far, float32, (frames, 2)."""
        raw = self._file.read_bytes()
        start = raw.find(b"data") + 8  # the header's lengths are written at the end
        whole = start + (len(raw) - start) // 8 * 8
        return np.frombuffer(raw[start:whole], np.float32).reshape(-1, 2)

    def wait(self, seconds: float) -> None:
        """Wait until so much more is recorded."""
        goal = len(self.sound()) + seconds * RATE_HZ
        _until(lambda: len(self.sound()) >= goal, "the recording stands still", seconds + _PATIENCE_S)


@contextmanager
def pipewire_server() -> Iterator[PipewireServer]:
    """Run a server while the block runs; skips where that is impossible."""
    for program in _PROGRAMS:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: pipewire-audio, dbus)")
    folders = (
        [Path(os.environ["ALSA_PLUGIN_DIR"])]
        if "ALSA_PLUGIN_DIR" in os.environ
        else Path("/usr/lib").glob("*/alsa-lib")
    )
    if not any((folder / _PLUGIN).exists() for folder in folders):
        pytest.skip("ALSA's plugin for PipeWire is not installed (Debian: pipewire-alsa)")
    with tempfile.TemporaryDirectory(prefix="pipewire-") as home:
        server = PipewireServer(Path(home))
        try:
            server.start_bus()
            server.start()
            yield server
        finally:
            server.end()


def _until(claim, complaint: str, patience_s: float = _PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not claim():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.02)
