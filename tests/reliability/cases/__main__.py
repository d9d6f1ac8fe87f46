"""Run all cases, or those of the modules named, and print a table: case, right, found, ok; fails where one is wrong."""

import argparse
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.reliability.cases._case import make, missing_programs, modules, run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as chained_ogg; all by default")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the inputs in this new folder")
    options = parser.parse_args()
    chosen = [module for module in modules() if not options.modules or _name(module) in options.modules]
    with tempfile.TemporaryDirectory() as temporary:
        wrong = sum(_print_all(module, options.keep or Path(temporary)) for module in chosen)
    print(f"\n{wrong} wrong" if wrong else "\nall right")
    sys.exit(1 if wrong else 0)


def _print_all(module: ModuleType, folder: Path) -> int:
    """Print a module's table and return how many of its cases are wrong."""
    print(f"\n### {module.NAME} ({module.SOURCE})\n")
    if missing := missing_programs(module):
        print(f"skipped: {', '.join(missing)} missing", flush=True)
        return 0
    print("| case | right | found | ok |\n|---|---|---|---|", flush=True)
    wrong = 0
    for case in make(module, folder):
        outcome = run(case)
        wrong += not outcome.is_ok
        verdict = "yes" if outcome.is_ok else "NO"
        print(f"| {case.name} | {_words(case.right)} | {_words(outcome.found)} | {verdict} |", flush=True)
    return wrong


def _words(values: dict[str, Any]) -> str:
    return "; ".join(_pair(name, value) for name, value in values.items())


def _pair(name: str, value: object) -> str:
    return f"{name} {value}".replace("|", "\\|").replace("\n", " ")


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


if __name__ == "__main__":
    main()
