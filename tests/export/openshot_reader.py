"""Runs OpenShot's own importers on a timeline, with the system's Python, and prints the clips that they make as JSON.

    python3 openshot_reader.py TIMELINE FRAMES_OF_A_SECOND

The importers ask the app for its project and for a file; both are stood in for here, as they need a window otherwise.
OpenShot takes addresses for paths and looks for the name where it found files before, so that is the timeline's folder.
"""

import json
import sys
import types
from fractions import Fraction
from pathlib import Path

import PyQt5.QtWidgets

OPENSHOT = Path("/usr/lib/python3/dist-packages/openshot_qt")


class Project:
    """What the importers read and write of a project."""

    current_filepath = ""

    def __init__(self, rate: Fraction) -> None:
        fps = {"num": rate.numerator, "den": rate.denominator}
        self.data = {"fps": fps, "layers": [{"number": 1_000_000, "id": "first"}], "files": [], "clips": []}
        self._ids = 0

    def get(self, key: "str | list[str]") -> object:
        return self.data[key if isinstance(key, str) else key[0]]

    def generate_id(self) -> str:
        self._ids += 1
        return str(self._ids)

    def insert(self, key: "list[str]", data: dict) -> None:
        self.data[key[0]].append(data)


class Silent:
    """Stands in for parts of the window that are only told."""

    def __getattr__(self, name: str) -> "Silent":
        return self

    def __call__(self, *args: object) -> "Silent":
        return self


def main(timeline: Path, rate: Fraction) -> None:
    sys.path.insert(0, str(OPENSHOT))
    project = Project(rate)
    app = types.SimpleNamespace(
        project=project, updates=types.SimpleNamespace(insert=project.insert), window=Silent(), _tr=str
    )
    sys.modules["classes.app"] = types.SimpleNamespace(get_app=lambda: app)
    PyQt5.QtWidgets.QFileDialog.getOpenFileName = staticmethod(lambda *_: (str(timeline), ""))
    from windows.views import find_file

    find_file.known_paths[:] = [str(timeline.parent)]
    if timeline.suffix == ".edl":
        from classes.importers.edl import import_edl as read
    else:
        from classes.importers.final_cut_pro import import_xml as read
    read()
    clips = [{key: clip[key] for key in ("title", "position", "start", "end")} for clip in project.data["clips"]]
    print("CLIPS", json.dumps(clips))


main(Path(sys.argv[1]), Fraction(sys.argv[2]))
