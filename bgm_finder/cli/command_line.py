"""bgm-finder: one parser a command, and what an error looks like to the user."""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from shlex import quote
from typing import Any

from bgm_finder import __version__
from bgm_finder.catalogue.database import DamagedCatalogue
from bgm_finder.cli.terminal import complain
from bgm_finder.cli.training_commands import TRAINING_COMMANDS, run_training
from bgm_finder.jobs.job import Cancelled
from bgm_finder.jobs.workers import end_process
from bgm_finder.reasons import RefusalError
from bgm_finder.sentences import in_english, system_text

_STOPPED = 130
"""What a shell expects of a command that Ctrl+C ended."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it does in a line, and the file beside this one with its add_… and run_… functions.

    The file is loaded when they are asked for: the window starts sooner without the libraries of all other commands.
    """

    name: str
    does: str
    file: str
    keeps: bool = False
    """Whether what it has done by then is kept where it is stopped."""

    def add(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        self._function("add")(parser)

    def run(self, args: Namespace) -> int:
        """Do it, and return the exit code."""
        return int(self._function("run")(args))

    def _function(self, action: str) -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(
            import_module(f"bgm_finder.cli.{self.file}"), f"{action}_{self.name.replace('-', '_')}"
        )
        return found


_COMMANDS = (
    Command("index", "add folders and analyse their tracks", "library_commands", keeps=True),
    Command("import-tags", "bring a tag list in", "library_commands"),
    Command("export-tags", "write all tags as CSV", "library_commands"),
    Command("export-shortlist", "write the kept tracks as CSV or M3U8", "library_commands"),
    Command("stats", "how well the library is tagged", "library_commands"),
    Command("list", "list tracks by tags, words, length", "finding_commands"),
    Command("similar", "rank the library by likeness", "finding_commands"),
    Command("embed", "write feature vectors of files", "file_commands"),
    Command("classify", "tell the main instrument of files", "file_commands"),
    Command("spectrogram", "draw files as PNG", "file_commands", keeps=True),
    Command("copy-catalogue", "write the catalogue into one file", "sharing_commands"),
    Command("move-library", "tell where an added folder lies now", "sharing_commands"),
    Command("doctor", "check what the app leans on", "doctor_command"),
)
COMMANDS = {command.name: command for command in _COMMANDS}
_WINDOW = Command("window", "Find background music by ear and by keyboard.", "window", keeps=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; raises SystemExit on wrong use."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # file names are not always valid text
    if words and words[0] in TRAINING_COMMANDS:
        return _guarded(lambda: run_training(words[0], words[1:]), Namespace(), keeps=True)
    is_command = bool(words) and words[0] in COMMANDS
    command = COMMANDS[words[0]] if is_command else _WINDOW
    parser = _parser(command) if is_command else _window_parser()
    args = Namespace()
    asked = words[1:] if is_command else words
    code = _guarded(lambda: command.run(parser.parse_args(asked, args)), args, command.keeps)
    end_process(code)
    return code


def _parser(command: Command) -> ArgumentParser:
    does = f"{command.does[0].upper()}{command.does[1:]}."
    parser = ArgumentParser(prog=f"bgm-finder {command.name}", description=does)
    command.add(parser)
    return parser


def _window_parser() -> ArgumentParser:
    does = {name: command.does for name, command in COMMANDS.items()} | TRAINING_COMMANDS
    lines = [f"  {name:<17} {what}" for name, what in does.items()]
    parser = ArgumentParser(
        prog="bgm-finder",
        description=f"{_WINDOW.does} Opens the window.",
        epilog="\n".join(["commands (each has --help):", *lines]),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"BGM Finder {__version__}")
    _WINDOW.add(parser)
    return parser


def _guarded(run: Callable[[], int], args: Namespace, keeps: bool) -> int:
    """Make the errors that a user can mend one sentence; bugs keep their traceback."""
    try:
        return run()
    except DamagedCatalogue as error:
        own = f" --catalogue {quote(str(error.path))}" if getattr(args, "catalogue", None) else ""
        complain(f"{in_english(error)} To open its newest backup: bgm-finder doctor --mend{own}")
    except RefusalError as error:
        complain(in_english(error))
    except BrokenPipeError:  # the reader of our output had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(f"{error.filename or 'A file'} cannot be used: {system_text(error)}.")
    except (KeyboardInterrupt, Cancelled):
        complain("Stopped; what was done is kept." if keeps else "Stopped.")
        return _STOPPED
    return 1
