"""A library of the system that Qt needs and is not there is named, with its package."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Debian's packages are named on Linux alone")

START = """
import sys
from pathlib import Path
from bgm_finder import paths
from bgm_finder.cli import main

bundled = paths.resource
paths.resource = lambda name: Path(sys.argv[1]) if name == "system_libraries.txt" else bundled(name)
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def broken(tmp_path):
    """Return a folder with a PySide6 whose xcb plugin wants a library that no system has."""
    real = Path(find_spec("PySide6").origin).parent
    platforms = tmp_path / "PySide6" / "Qt" / "plugins" / "platforms"
    platforms.mkdir(parents=True)
    for place in (platforms.parent.parent.parent, platforms.parent.parent, platforms.parent, platforms):
        for entry in (real / place.relative_to(tmp_path / "PySide6")).iterdir():
            if not (place / entry.name).exists():
                (place / entry.name).symlink_to(entry)
    plugin = platforms / "libqxcb.so"
    plugin.unlink()
    plugin.write_bytes(
        (real / "Qt/plugins/platforms/libqxcb.so").read_bytes().replace(b"libxcb-shape", b"libxcb-shaqe")
    )
    return tmp_path


def started(folder, table, *words, platform="xcb"):
    return subprocess.run(
        [sys.executable, "-c", START, str(table), *map(str, words)],
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "QT_QPA_PLATFORM": platform},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )


def test_the_package_of_a_missing_library_is_named_last(broken, tmp_path):
    table = tmp_path / "table.txt"
    table.write_text("# library, package\nlibxcb-shaqe.so.0 libxcb-shaqe0\nlibc.so.6 libc6\n")
    said = started(broken, table, "--demo", "--catalogue", tmp_path / "c.sqlite")
    last = said.stdout.strip().splitlines()[-1]
    assert "libxcb-shaqe.so.0: cannot open shared object file" in last
    assert last.endswith("(on Debian or Ubuntu: sudo apt-get install libxcb-shaqe0).")
    assert "Most like" in said.stdout  # the demo runs in the terminal instead


def test_a_library_that_no_table_knows_is_named_all_the_same(broken, tmp_path):
    said = started(broken, ROOT / "resources" / "system_libraries.txt", "--catalogue", tmp_path / "c.sqlite")
    assert said.returncode == 1 and "libxcb-shaqe.so.0" in said.stdout


@pytest.mark.skipif(not shutil.which("objdump") or not shutil.which("dpkg-query"), reason="needs Debian's binutils")
def test_the_table_has_all_that_the_wheels_link():
    ran = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "linked_libraries.py"), "--check"], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
