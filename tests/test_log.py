"""The log: bugs reach it whole, names of files do not."""

import logging
import subprocess
import sys
import threading

import pytest

from bgm_finder import log


@pytest.fixture
def folder(tmp_path):
    root, hook, thread_hook = logging.getLogger(), sys.excepthook, threading.excepthook
    handlers, level = root.handlers[:], root.level
    log.start_log(tmp_path / "log")
    yield tmp_path / "log"
    for handler in root.handlers:
        handler.close()
    root.handlers[:], sys.excepthook, threading.excepthook = handlers, hook, thread_hook
    root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cannot open /home/jane/Client X/secret song.wav", "cannot open …"),
        ("[Errno 2] gone: 'C:\\Users\\jane\\a b.wav'", "[Errno 2] gone: '…'"),
        ("gone: '/srv/a.wav' and \"/srv/b.wav\"", "gone: '…' and \"…\""),
        ('  File "/opt/venv/bgm_finder/gui/chips.py", line 3', '  File "bgm_finder/gui/chips.py", line 3'),
        ("no name in here", "no name in here"),
    ],
)
def test_names_of_files_are_left_out(text, kept):
    assert log.without_names(text) == kept


def test_a_bug_reaches_the_log_with_its_steps_but_without_the_file(folder, capsys):
    try:
        raise ValueError("cannot read '/home/jane/secret.wav'")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    written = "\n".join(log.last_lines(folder))
    assert "a bug" in written and "ValueError" in written and "without_the_file" in written
    assert "secret" not in written
    assert "secret" in capsys.readouterr().err  # whoever started it in a terminal sees it all


def test_a_bug_in_a_thread_reaches_the_log(folder, capsys):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in "\n".join(log.last_lines(folder))


def test_a_crash_in_c_code_is_told_at_the_next_start(tmp_path):
    program = (
        "import ctypes, sys, pathlib; from bgm_finder import log; "
        "print(log.watch_for_crashes(pathlib.Path(sys.argv[1]))); "
        "sys.argv[2] == 'crash' and ctypes.string_at(0)"
    )

    def start(ending):
        return subprocess.run([sys.executable, "-c", program, tmp_path, ending], capture_output=True, text=True)

    assert start("crash").returncode < 0
    told = start("well").stdout.strip()
    assert "Segmentation fault" in (tmp_path / told).read_text()
    assert start("well").stdout.strip() == "None"


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path):
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", f"from bgm_finder import log; import pathlib, logging; "
         f"log.start_log(pathlib.Path({str(tmp_path / 'file')!r})); logging.info('heard')"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "heard" in done.stderr
