"""Run every benchmark beside this file and prints one table a script, with the machine and the versions.

A benchmark is a script with a `main()` that gives rows: a list of dicts with the same keys, figures with units in the
key. Names after the command choose some: `python -m tests.benchmarks start_up ranking`.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBRARIES = ("PySide6-Essentials", "numpy", "torch", "soundfile", "av", "librosa", "pyqtgraph")

Rows = list[dict[str, object]]


def main() -> None:
    chosen = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    print(f"# Benchmarks\n\n{machine()}\n", flush=True)
    for name in chosen:
        print(f"## {name}\n\n{table(in_fresh_process(name))}\n", flush=True)


def machine() -> str:
    """Return the date, the machine and the versions that the figures hold for."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {_processor()}, {os.cpu_count()} cores, "
        f"{_memory_gib():.0f} GiB; Python {platform.python_version()}, {versions}"
    )


def in_fresh_process(name: str) -> Rows:
    """Return the rows of one script, run in a process of its own so that no earlier import or cache helps it."""
    program = f"import json; from tests.benchmarks import {name}; print(json.dumps({name}.main()))"
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    rows: Rows = json.loads(done.stdout.splitlines()[-1])
    return rows


def table(rows: Rows) -> str:
    """Return the rows as a Markdown table."""
    if not rows:
        return "(no rows)"
    lines = [list(rows[0]), ["---"] * len(rows[0]), *([_shown(value) for value in row.values()] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if not facts.exists():
        return platform.processor() or platform.machine()
    lines = facts.read_text(encoding="utf-8").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


if __name__ == "__main__":
    main()
