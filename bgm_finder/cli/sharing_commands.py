"""Commands that hand a finished catalogue to colleagues."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from bgm_finder.catalogue.folders import FolderCannotMove
from bgm_finder.cli import options
from bgm_finder.cli.terminal import complain, say
from bgm_finder.workflows.hand_over import copy_catalogue, move_library
from bgm_finder.workflows.job import Job


def add_copy_catalogue(parser: ArgumentParser) -> None:
    parser.add_argument("output", type=options.written_file, metavar="FILE")
    options.add_catalogue(parser)


def run_copy_catalogue(wishes: Namespace) -> int:
    source = options.filled_catalogue_of(wishes)
    if wishes.output.resolve() == source.resolve():
        complain("A catalogue cannot be copied onto itself.")
        return 1
    count = copy_catalogue(Job(), source, wishes.output)
    say(f"The catalogue of {count} tracks is in {wishes.output}.")
    return 0


def add_move_library(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="OLD", help="as the catalogue has it")
    parser.add_argument("to", type=options.place, metavar="NEW", help="where the same folder lies on this computer")
    options.add_catalogue(parser)


def run_move_library(wishes: Namespace) -> int:
    if not wishes.to.is_dir():
        complain(f"{wishes.to} is not a folder.")
        return 1
    try:
        count = move_library(Job(), options.filled_catalogue_of(wishes), wishes.folder, wishes.to)
    except FolderCannotMove as error:
        complain(str(error))
        return 1
    say(f"{count} tracks are looked for in {wishes.to} from now on.")
    return 0
