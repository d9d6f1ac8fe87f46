"""A few sudden deaths; `make sudden-death` dies five hundred."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="the lives are forks")
def test_nothing_is_lost_at_ten_random_moments():
    command = [sys.executable, "-m", "tests.reliability.sudden_death", "--kills", "10", "--seed", "7"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "kills: 10" in run.stdout
