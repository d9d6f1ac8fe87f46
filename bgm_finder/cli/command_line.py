"""bgm-finder: the window or a command, and what an error looks like to the user."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module
from shlex import quote

from bgm_finder import __version__
from bgm_finder.catalogue.database import DamagedCatalogue
from bgm_finder.cli.commands import COMMANDS, command_parser
from bgm_finder.cli.places import own_places
from bgm_finder.cli.terminal import complain, guarded, package_of
from bgm_finder.cli.window import add_window
from bgm_finder.jobs.workers import end_if_stuck
from bgm_finder.reason_sentences import in_english
from bgm_finder.reasons import RefusalError

_TRAINING = {"train": "train a network", "evaluate": "measure a network"}
_TRAINING_LIBRARIES = {"matplotlib"}
"""What the training extra brings."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; raise SystemExit on wrong use."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in _TRAINING:
        return guarded(lambda args: _explained(lambda: _train(words[0], words[1:]), args), Namespace(keeps=True))
    code = guarded(lambda args: _explained(lambda: _run(words, args), args), Namespace())
    end_if_stuck(code)
    return code


def _run(words: list[str], args: Namespace) -> int:
    """Parse the words into args, and do what they ask for."""
    if words and words[0] in COMMANDS:
        command_parser(words[0]).parse_args(words[1:], args)
    else:
        _window_parser().parse_args(words, args)
    return int(args.func(args))


def _train(name: str, words: list[str]) -> int:
    """Hand the rest of the command line to the training room, which has its own options."""
    try:
        recipe = import_module(f"bgm_finder.training.{name}")
    except ModuleNotFoundError as error:
        if package_of(error) not in _TRAINING_LIBRARIES:
            raise
        complain(f"{name} needs the training extra ({error.name} is missing): pip install 'bgm-finder[training]'")
        return 1
    return int(recipe.main(words) or 0)


def _window_parser() -> ArgumentParser:
    does = {name: what for name, (_, what) in COMMANDS.items()} | _TRAINING
    lines = [f"  {name:<17} {what}" for name, what in does.items()]
    parser = ArgumentParser(
        prog="bgm-finder",
        description="Find background music by ear and by keyboard. Opens the window.",
        epilog="\n".join(["commands (each has --help):", *lines]),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"BGM Finder {__version__}")
    add_window(parser, own_places())
    return parser


def _explained(run: Callable[[], int], args: Namespace) -> int:
    """Make errors of the catalogue, of lists and of networks one sentence."""
    try:
        return run()
    except DamagedCatalogue as error:
        own = f" --catalogue {quote(str(error.path))}" if getattr(args, "catalogue", None) else ""
        complain(f"{in_english(error)} To open its newest backup: bgm-finder doctor --mend{own}")
    except RefusalError as error:
        complain(in_english(error))
    return 1
