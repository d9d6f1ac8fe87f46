"""The commands: what the recipes do, from a terminal."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from bgm_finder.cli.commands import command_parser
from bgm_finder.cli.terminal import complain, guarded, package_of

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; raise SystemExit on wrong use.

    The doctor runs without loading anything else: it is for installations where a library is broken.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["doctor"]:
        return guarded(lambda args: _doctor(words[1:], args), Namespace())
    try:
        return int(import_module("bgm_finder.cli.command_line").main(words))
    except ImportError as error:
        if package_of(error) == "bgm_finder":
            raise  # a mistake of ours, which no repair of the installation mends
        complain(f"Something that BGM Finder is built on cannot be loaded ({error}). To see what: bgm-finder doctor")
        return 1


def _doctor(words: list[str], args: Namespace) -> int:
    command_parser("doctor").parse_args(words, args)
    return int(args.func(args))
