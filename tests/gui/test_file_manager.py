"""Files handed to other programs: pasted in every file manager, and shown selected in the one that is there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bgm_finder.gui.file_addresses import files_in, mime_of

FILE_MANAGER = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection

@ClassInfo({"D-Bus Interface": "org.freedesktop.FileManager1"})
class FileManager(QDBusAbstractAdaptor):
    @Slot("QStringList", str)
    def ShowItems(self, addresses, _startup_id):
        print("selected", *addresses, flush=True)

application = QCoreApplication([])
place = QObject()
adaptor = FileManager(place)
bus = QDBusConnection.sessionBus()
assert bus.registerObject("/org/freedesktop/FileManager1", place, QDBusConnection.RegisterOption.ExportAdaptors)
assert bus.registerService("org.freedesktop.FileManager1")
print("ready", flush=True)
application.exec()
"""
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from bgm_finder.gui.file_manager import reveal

class Opener(QObject):
    @Slot("QUrl")
    def open(self, url):
        print("opened", url.toLocalFile(), flush=True)
        application.quit()

application = QGuiApplication([])
opener = Opener()
QDesktopServices.setUrlHandler("file", opener, "open")
reveal(Path(sys.argv[1]), application, lambda: print("failed"))
QTimer.singleShot(int(sys.argv[2]), application.quit)
application.exec()
QDesktopServices.unsetUrlHandler("file")
"""
NAMES = ["a.wav", "雨の音 #1 100%.wav", os.fsdecode(b"no text \xff.wav"), "line\nfeed.wav"]


@pytest.fixture
def bus():
    """The environment of a session bus of its own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    words = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    daemon = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield {**os.environ, "DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip()}
    finally:
        daemon.kill()
        daemon.communicate()


def show(file, environment, wait_ms=500):
    words = [sys.executable, "-c", WINDOW, str(file), str(wait_ms)]
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=True).stdout


@pytest.mark.parametrize("name", NAMES)
def test_the_file_manager_selects_the_file(tmp_path, bus, name):
    file = tmp_path / name
    file.touch()
    manager = subprocess.Popen([sys.executable, "-c", FILE_MANAGER], env=bus, stdout=subprocess.PIPE, text=True)
    try:
        assert manager.stdout.readline() == "ready\n"
        assert show(file, bus) == ""
        selected = manager.stdout.readline().split()
    finally:
        manager.kill()
        manager.communicate()
    assert selected[0] == "selected" and selected[1].startswith("file:///")
    assert selected[1] == file.as_uri()


def test_without_one_the_folder_is_opened(tmp_path, bus):
    assert show(tmp_path / "a.wav", bus, 20_000) == f"opened {tmp_path}\n"


def test_without_a_bus_the_folder_is_opened(tmp_path, bus):
    nowhere = {**bus, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nothing"}
    assert show(tmp_path / "a.wav", nowhere, 20_000) == f"opened {tmp_path}\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Qt gives the system's own formats there")
def test_copied_files_can_be_pasted_in_every_file_manager(qapp, tmp_path):
    files = [tmp_path / name for name in NAMES]
    mime = mime_of(files)
    qapp.clipboard().setMimeData(mime)
    pasted = qapp.clipboard().mimeData()
    addresses = [file.as_uri().encode() for file in files]
    assert bytes(pasted.data("x-special/gnome-copied-files").data()).split(b"\n") == [b"copy", *addresses]
    assert bytes(pasted.data("application/x-kde-cutselection").data()) == b"0"
    assert bytes(pasted.data("text/uri-list").data()).split() == addresses
    assert pasted.text().split("\n")[0] == str(files[0])
    assert [Path(each) for each in files_in(pasted)] == files
    qapp.clipboard().clear()
