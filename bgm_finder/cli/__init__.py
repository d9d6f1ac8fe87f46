"""The commands: what the recipes do, from a terminal."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module

from bgm_finder.cli.doctor_command import add_doctor, run_doctor
from bgm_finder.cli.terminal import complain

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; raise SystemExit on wrong use.

    Where a library is broken, only the doctor can still run.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return int(import_module("bgm_finder.cli.command_line").main(words))
    except ImportError as error:
        if words[:1] == ["doctor"]:
            return _doctor(words[1:])
        complain(f"Something that BGM Finder is built on cannot be loaded ({error}). To see what: bgm-finder doctor")
        return 1


def _doctor(words: list[str]) -> int:
    parser = ArgumentParser(prog="bgm-finder doctor")
    add_doctor(parser)
    return run_doctor(parser.parse_args(words))
