"""The doctor on installations that are broken on purpose, each in a Python of its own."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from bgm_finder.workflows.check_sound import check_decoders
from bgm_finder.workflows.doctor import PACKAGES

ROOT = Path(__file__).resolve().parent.parent.parent


def examined(tmp_path):
    """Returns what the doctor says of each thing where tmp_path comes before the installed packages."""
    ran = subprocess.run(
        [sys.executable, "-m", "bgm_finder", "doctor", "--json", "--catalogue", str(tmp_path / "c.sqlite")],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr + ran.stdout
    return {finding["about"]: finding for finding in json.loads(ran.stdout)}


def test_what_is_broken_or_ends_its_process_is_named_and_the_rest_is_looked_at(tmp_path):
    (tmp_path / "numpy.py").write_text("raise ImportError('made for another Python')")
    (tmp_path / "av.py").write_text("raise TypeError('open() got an unexpected keyword argument')")
    (tmp_path / "soundfile.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    found = examined(tmp_path)
    assert "made for another Python" in found["numpy"]["says"]
    assert "unexpected keyword" in found["av"]["says"]
    assert "crashed" in found["soundfile"]["says"]
    assert not any(found[name]["is_well"] for name in ("numpy", "av", "soundfile", "catalogue"))
    assert found["mutagen"]["is_well"] and found["PySide6-Essentials"]["is_well"]


def test_versions_out_of_bounds_are_named_with_the_bounds(tmp_path):
    """As pip leaves them, beside the app's own bounds."""
    there = {"numpy": "1.26.4", "mutagen": "1.40", "PySide6_Essentials": "6.12"}
    for package, number, more in (*((name, version, "") for name, version in there.items()), _own()):
        folder = tmp_path / f"{package}-{number}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {number}\n{more}")
    findings = examined(tmp_path)
    for name, version in there.items():
        found = findings[name.replace("_", "-")]
        assert not found["is_well"] and re.fullmatch(rf"{version}, where \S+ is needed", found["says"])


def test_a_demo_track_that_cannot_be_read_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    demo = tmp_path / "bgm_finder" / "resources" / "demo"
    demo.mkdir(parents=True)
    (demo / "a.ogg").symlink_to("nowhere")
    says = {finding.about: finding.says for finding in check_decoders("")}
    assert says["decoder FFmpeg"] == "cannot read the demo library (no longer exists)"


def test_the_doctor_knows_every_dependency():
    named = {re.match(r"[\w-]+", line).group() for line in _dependencies()}
    assert set(PACKAGES) == named


def _dependencies():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


def _own():
    return "bgm_finder", "0.1.0", "".join(f"Requires-Dist: {line}\n" for line in _dependencies())
