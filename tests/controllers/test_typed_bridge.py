"""What mypy says of recipes and callbacks that do not fit each other."""

import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_CALLS = """
from pathlib import Path

from bgm_finder.controllers.lane import Lane
from bgm_finder.controllers.task_queue import TaskQueue
from bgm_finder.jobs.job import Job
from bgm_finder.workflows.import_tags import ListSource, import_tags


def count(job: Job, folder: Path, most: int = 5) -> int:
    return most


def take_text(text: str) -> None:
    print(text)


def use(lane: Lane[int], tasks: TaskQueue) -> None:
    lane.start(count, Path(), most=2)
    lane.start(count, "folder")  # wrong: arg-type
    lane.start(count)  # wrong: call-arg
    lane.start(count, Path(), least=2)  # wrong: call-arg
    lane.start(import_tags, Path(), ListSource(Path()))  # wrong: arg-type
    lane.finished.connect(print)
    lane.finished.connect(take_text)  # wrong: arg-type
    lane.failed.connect(take_text)  # wrong: arg-type
    lane.progressed.connect(take_text)  # wrong: arg-type
    tasks.run(count, Path()).then(lambda number: number + 1)
    tasks.run(count, Path(), 5, 5)  # wrong: call-arg
    tasks.run(count, Path()).then(take_text)  # wrong: arg-type
    tasks.run(import_tags, Path(), ListSource(Path())).then(lambda report: report.matched)
    tasks.run(import_tags, Path(), ListSource(Path())).then(lambda report: report.matches)  # wrong: attr-defined
"""


def test_mypy_finds_wrong_arguments_of_recipes_and_wrong_callbacks(tmp_path):
    calls = tmp_path / "calls.py"
    calls.write_text(_CALLS, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(calls)]
    told = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False).stdout
    found = re.findall(r"calls\.py:(\d+): error: .*\[([a-z-]+)\]", told)
    lines = enumerate(_CALLS.splitlines(), 1)
    wrong = [(str(number), line.split("wrong: ")[1]) for number, line in lines if "wrong: " in line]
    assert list(dict.fromkeys(found)) == wrong, told
