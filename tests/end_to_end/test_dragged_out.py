"""A row dragged out of the window arrives as a file in another program's."""

import subprocess
import sys

import pytest
from desktop import screen, started_app
from music import write_tracks

RECEIVER = """
import sys
from PySide6.QtWidgets import QApplication, QLabel

class Receiver(QLabel):
    def dragEnterEvent(self, event):
        event.acceptProposedAction()

    def dropEvent(self, event):
        event.acceptProposedAction()
        print(*[url.toLocalFile() for url in event.mimeData().urls()], sep="\\n", flush=True)

application = QApplication(sys.argv)
receiver = Receiver("timeline")
receiver.setWindowTitle("Receiver")
receiver.setAcceptDrops(True)
receiver.setGeometry(1400, 100, 300, 300)
receiver.show()
print("ready", flush=True)
application.exec()
"""
FIRST_ROW = (400, 78)
TIMELINE = (1550, 250)


@pytest.fixture
def receiver():
    """Start the other program on a screen; return what it prints."""
    started = []

    def start(environment):
        program = subprocess.Popen([sys.executable, "-c", RECEIVER], env=environment, stdout=subprocess.PIPE, text=True)
        started.append(program)
        assert program.stdout.readline() == "ready\n"
        return program.stdout

    yield start
    for program in started:
        program.kill()
        program.communicate()


def test_a_dragged_row_arrives_as_its_file(tmp_path, receiver):
    folder = tmp_path / "音楽 music"
    write_tracks(folder, 2, seconds=3.0)
    with screen() as environment, started_app(tmp_path, folder, environment, language="en") as desk:
        received = receiver(environment)
        desk.drag(FIRST_ROW, TIMELINE)
        assert received.readline() == f"{folder / 'track00.wav'}\n"
