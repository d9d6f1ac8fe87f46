"""Nothing of the app opens an internet connection, whatever a file asks for."""

import json
import signal
import socket
import subprocess
import sys
import time

import pytest
from music import write_tracks

from bgm_finder.audio.decode import decode, probe
from bgm_finder.reasons import Unreadable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the seccomp filter is Linux's")


def run(*words, timeout_s=120):
    return subprocess.run(
        [sys.executable, "-m", "tests.reliability._no_internet", *words],
        capture_output=True, text=True, timeout=timeout_s,
    )  # fmt: skip


def test_the_filter_ends_whoever_opens_an_internet_socket(tmp_path):
    (tmp_path / "sinner.py").write_text("import socket\nsocket.socket(socket.AF_INET6)\n")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, runpy; sys.path.insert(0, {str(tmp_path)!r}); "
         "from tests.reliability._no_internet import forbid_internet; forbid_internet(); import sinner"],
    )  # fmt: skip
    assert done.returncode == -signal.SIGSYS


def test_indexing_and_searching_need_no_network(tmp_path):
    write_tracks(tmp_path / "music", 3)
    catalogue = str(tmp_path / "catalogue.sqlite")
    words = ["--full", "--jobs", "1", "--json", "--catalogue", catalogue]
    indexed = run("bgm_finder", "index", str(tmp_path / "music"), *words)
    assert json.loads(indexed.stdout)["unreadable"] == [], indexed.stderr  # as a worker that was ended would leave it
    reference = next((tmp_path / "music").glob("*.flac"))
    found = run("bgm_finder", "similar", str(reference), "--catalogue", catalogue)
    assert found.returncode == 0 and "track" in found.stdout, found.stderr


def test_the_window_needs_no_network(tmp_path):
    ready = tmp_path / "ready"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.reliability._no_internet", "bgm_finder", "--demo", "--ready-file", str(ready),
         "--catalogue", str(tmp_path / "demo.sqlite")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as app:  # fmt: skip
        try:
            deadline = time.monotonic() + 60
            while not ready.exists() and app.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)  # another process: nothing here can be waited for but its file
            assert ready.exists(), "the window did not open"
            app.send_signal(signal.SIGTERM)  # not SIGINT, which a shell has its background commands ignore
            assert app.wait(60) == 0
        finally:
            app.kill()  # else a failure would wait for it for ever


@pytest.mark.parametrize(
    "contents",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile http://127.0.0.1:{port}/a.mp3\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n",
        '<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1:{port}/</BaseURL></MPD>',
    ],
    ids=["hls", "concat", "sdp", "dash"],
)
@pytest.mark.parametrize("name", ["song.mp3", "song.m3u8", "song.m4a", "song.sdp", "song.mpd"])
def test_a_playlist_dressed_as_music_calls_nobody(tmp_path, name, contents):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        path = tmp_path / name
        path.write_text(contents.replace("{port}", str(server.getsockname()[1])))
        for act in (probe, decode):
            with pytest.raises(Unreadable):
                act(path)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("kind", ["ffconcat version 1.0\nfile '{other}'\n", "#EXTM3U\n#EXTINF:1,\n{other}\n"])
def test_a_playlist_dressed_as_music_reads_no_other_file(tmp_path, kind):
    write_tracks(tmp_path / "private", 1)
    other = next(path for path in (tmp_path / "private").iterdir())
    path = tmp_path / "song.mp3"
    path.write_text(kind.replace("{other}", str(other)))
    with pytest.raises(Unreadable):
        decode(path)
