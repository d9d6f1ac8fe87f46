"""The window as a real screen reader meets it: over AT-SPI, on a screen and a session bus of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from desktop import screen
from test_media_keys import LENGTH_S, write_library

READER = Path(__file__).with_name("at_spi_reader.py")
SESSION = """
{python} -m bgm_finder --catalogue {catalogue} --read-only --ready-file {ready} --lang en &
app=$!
for _ in $(seq 300); do [ -s {ready} ] && break; sleep 0.2; done
xdotool search --sync --onlyvisible --name "BGM Finder" windowfocus key Down sleep 1 key space
/usr/bin/python3 {reader}
code=$?
kill $app
wait $app
exit $code
"""


@pytest.fixture
def read(tmp_path):
    """What the reader printed."""
    bridge = Path("/usr/libexec/at-spi-bus-launcher")
    if shutil.which("dbus-run-session") is None or not bridge.exists():
        pytest.skip("needs dbus-run-session and at-spi2-core")
    if subprocess.run(["/usr/bin/python3", "-c", "import pyatspi"], capture_output=True).returncode:
        pytest.skip("needs python3-pyatspi")
    catalogue = write_library(tmp_path)
    session = SESSION.format(python=sys.executable, catalogue=catalogue, ready=tmp_path / "ready", reader=READER)
    with screen() as environment:
        environment = {**environment, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1"}
        environment.pop("AT_SPI_BUS_ADDRESS", None)
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", session],
            env={**environment, "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
            capture_output=True,
            text=True,
            timeout=150,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_a_screen_reader_reads_and_sets_the_position_and_the_rows(read):
    assert any(line.startswith("slider 12") and line.endswith(f"of 0:{LENGTH_S}") for line in read)
    assert f"spectrogram {float(LENGTH_S)}" in read
    assert any(line.startswith("Position and length: 0:1") for line in read)
    rows_read = {f"row a <b> & c{heard}, playing" for heard in ("", ", partly heard", ", heard")}
    assert rows_read & set(read) and "row b" in read
    texts = [line for line in read if line.startswith("text")]
    assert len(texts) > 20
    assert not [line for line in texts if "<span" in line or "&amp;" in line or "&lt;" in line]
