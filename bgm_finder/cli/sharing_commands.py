"""Commands that hand a finished catalogue to colleagues."""

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from bgm_finder.catalogue.folders import FolderCannotMove
from bgm_finder.cli import options
from bgm_finder.cli.places import Places
from bgm_finder.cli.terminal import complain, say
from bgm_finder.jobs.job import Job
from bgm_finder.reason_sentences import in_english
from bgm_finder.workflows.share_catalogue import copy_catalogue, move_library


def add_copy_catalogue(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_copy_catalogue)
    parser.add_argument("output", type=partial(options.written_file, places), metavar="FILE")
    options.add_catalogue(parser, places)


def run_copy_catalogue(args: Namespace) -> int:
    source = options.filled_catalogue_of(args)
    if args.output.resolve() == source.resolve():
        complain("A catalogue cannot be copied onto itself.")
        return 1
    count = copy_catalogue(Job(), source, args.output)
    say(f"The catalogue of {count} tracks is in {args.output}.")
    return 0


def add_move_library(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_move_library)
    parser.add_argument("folder", type=Path, metavar="OLD", help="as the catalogue has it")
    parser.add_argument("to", type=places.place, metavar="NEW", help="where the same folder lies on this computer")
    options.add_catalogue(parser, places)


def run_move_library(args: Namespace) -> int:
    if not args.to.is_dir():
        complain(f"{args.to} is not a folder.")
        return 1
    try:
        count = move_library(Job(), options.filled_catalogue_of(args), args.folder, args.to)
    except FolderCannotMove as error:
        complain(in_english(error))
        return 1
    say(f"{count} tracks are looked for in {args.to} from now on.")
    return 0
