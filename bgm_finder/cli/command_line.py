"""bgm-finder: one parser a command, and what an error looks like to the user."""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bgm_finder import __version__
from bgm_finder.catalogue.database import CatalogueError, DamagedCatalogue
from bgm_finder.catalogue.tag_csv import UnreadableTagList
from bgm_finder.cli import file_commands, finding_commands, library_commands, sharing_commands, window
from bgm_finder.cli.terminal import complain
from bgm_finder.cli.training_commands import TRAINING_COMMANDS, run_training
from bgm_finder.similarity.weights_file import WeightsUnusable
from bgm_finder.workflows.cluster import ClusterUnusable
from bgm_finder.workflows.each_file import WorkersFail
from bgm_finder.workflows.job import Cancelled
from bgm_finder.workflows.workers import end_process

_STOPPED = 130
"""What a shell expects of a command that Ctrl+C ended."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does in a line, its options, and the doing, which gives the exit code."""

    does: str
    add: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


COMMANDS = {
    "index": Command("add folders and analyse their tracks", library_commands.add_index, library_commands.run_index),
    "import-tags": Command("bring a tag list in", library_commands.add_import_tags, library_commands.run_import_tags),
    "export-tags": Command("write all tags as CSV", library_commands.add_export, library_commands.run_export_tags),
    "export-shortlist": Command(
        "write the kept tracks as CSV or M3U8", library_commands.add_export, library_commands.run_export_shortlist
    ),
    "stats": Command("how well the library is tagged", library_commands.add_stats, library_commands.run_stats),
    "list": Command("list tracks by tags, words, length", finding_commands.add_list, finding_commands.run_list),
    "similar": Command("rank the library by likeness", finding_commands.add_similar, finding_commands.run_similar),
    "embed": Command("write feature vectors of files", file_commands.add_embed, file_commands.run_embed),
    "classify": Command("tell the main instrument of files", file_commands.add_classify, file_commands.run_classify),
    "spectrogram": Command("draw files as PNG", file_commands.add_spectrogram, file_commands.run_spectrogram),
    "copy-catalogue": Command(
        "write the catalogue into one file", sharing_commands.add_copy_catalogue, sharing_commands.run_copy_catalogue
    ),
    "move-library": Command(
        "tell where an added folder lies now", sharing_commands.add_move_library, sharing_commands.run_move_library
    ),
    "doctor": Command("check what the app leans on", library_commands.add_doctor, library_commands.run_doctor),
}
_WINDOW = Command("Find background music by ear and by keyboard.", window.add_window, window.run_window)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code; raises SystemExit on wrong use."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # file names are not always valid text
    if words and words[0] in TRAINING_COMMANDS:
        return run_training(words[0], words[1:])
    is_command = bool(words) and words[0] in COMMANDS
    command = COMMANDS[words[0]] if is_command else _WINDOW
    parser = _parser(words[0], command) if is_command else _window_parser()
    code = _guarded(command, parser.parse_args(words[1:] if is_command else words))
    end_process(code)
    return code


def _parser(name: str, command: Command) -> ArgumentParser:
    parser = ArgumentParser(prog=f"bgm-finder {name}", description=f"{command.does[0].upper()}{command.does[1:]}.")
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


def _guarded(command: Command, wishes: Namespace) -> int:
    """Makes the errors that a user can mend one sentence; bugs keep their traceback."""
    try:
        return command.run(wishes)
    except DamagedCatalogue as error:
        complain(f"{error} bgm-finder doctor --mend sets it aside and opens its backup.")
    except (CatalogueError, ClusterUnusable, UnreadableTagList, WeightsUnusable, WorkersFail) as error:
        complain(str(error))
    except BrokenPipeError:  # the reader of our output had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")
    except (KeyboardInterrupt, Cancelled):
        complain("Stopped; what was done is kept.")
        return _STOPPED
    return 1
