"""Where there is no sound system, nothing breaks: the reason is told."""

import subprocess
import sys
from pathlib import Path

PACKAGE_FOLDER = Path(__file__).resolve().parents[2]


def test_a_missing_sound_library_is_named_and_the_player_falls_silent(tmp_path):
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    program = (
        "import sys, time\n"
        f"sys.path[:0] = [{str(tmp_path)!r}, {str(PACKAGE_FOLDER)!r}]\n"
        "from bgm_finder.audio.playing.devices import devices\n"
        "from bgm_finder.audio.playing.player import Player\n"
        "assert devices() == []\n"
        "player = Player()\n"
        "deadline = time.monotonic() + 10\n"
        "while player.device_error is None and time.monotonic() < deadline: time.sleep(0.01)\n"
        "print(player.is_silent, player.device_error.reason)\n"
        "player.close()\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "True no_sound_library\n"
    assert ran.stderr == ""
