"""Open the window; where that cannot be, says why, and does the demo's main job in the terminal."""

import os
import socket
import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from bgm_finder import log, paths, tuning
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.cli import options
from bgm_finder.cli.finding_commands import add_list, add_similar, run_list, run_similar
from bgm_finder.cli.places import Places
from bgm_finder.cli.system_libraries import missing_libraries
from bgm_finder.cli.terminal import complain, package_of, say
from bgm_finder.jobs.workers import end_process
from bgm_finder.settings import load_settings
from bgm_finder.workflows.open_library import Opening

_QT = {"PySide6", "shiboken6"}


def add_window(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=partial(run_window, places), keeps=True)
    parser.add_argument(
        "folders", nargs="*", type=places.folder, metavar="FOLDER", help="a folder to add to the library"
    )
    parser.add_argument("--lang", choices=("en", "ja"), help="the window's language")
    parser.add_argument("--ready-file", type=Path, metavar="FILE", help="written when the window can be used")
    parser.add_argument(
        "--read-only",
        action="store_true",
        help="open a window that only shows, also beside one that is open;"
        " without this, that one is raised and takes the folders",
    )
    options.add_catalogue(parser, places, with_demo=True)


def run_window(places: Places, args: Namespace) -> int:
    reason = _no_display_because() or missing_libraries()
    if reason is None:
        tuning.put_off_collection()  # until the list is there
        settings = load_settings(paths.settings_file())
        log.start_log(paths.log_folder(), settings.log_names)
        opening = Opening(options.catalogue_of(args), settings, args.read_only)
        try:
            from bgm_finder import app
        except ImportError as error:
            opening.close()
            reason = _qt_problem(error)
        else:
            if not args.read_only:
                if app.hand_to_open_window(opening, args.folders, args.ready_file):
                    return 0
                if not opening.is_ours:
                    complain("The window that is open on this library does not answer; this one only shows.")
            code = app.run(opening, settings, args.folders, args.demo, args.lang, args.ready_file)
            end_process(code)  # a thread may load torch still, and to take that down takes a moment, too
    complain(f"The window cannot be opened: {reason}.")
    if not args.demo:
        complain("The commands work all the same: bgm-finder --help names them.")
        return 1
    code = _demo_in_terminal(places, args)
    print(end="", flush=True)
    complain(f"The window cannot be opened: {reason}.")  # again, as the list has pushed it out of sight
    return code


def _qt_problem(error: ImportError) -> str:
    """Return what keeps the window from being opened; raises the error again where it is not Qt that is missing."""
    if package_of(error) not in _QT:
        raise error
    return f"Qt cannot be loaded ({error})"


def _no_display_because() -> str | None:
    """Ask before Qt does, which would end the process with a misleading message."""
    asked = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in asked):
        return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in asked[1:]):
        return _dead_screen(os.environ["DISPLAY"])
    return None


def _dead_screen(display: str) -> str | None:
    """Try the socket of an X server on this machine; one elsewhere is left to Qt."""
    number = display.removeprefix(":").partition(".")[0]
    if not display.startswith(":") or not number.isdigit():
        return None
    for name in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"):
        with socket.socket(socket.AF_UNIX) as screen:
            if screen.connect_ex(name) == 0:
                return None
    return f"no screen answers at DISPLAY={display}"


def _demo_in_terminal(places: Places, args: Namespace) -> int:
    """List the demo library, and what is like its first track."""
    complain("This is the demo library in the terminal instead.")
    own = ["--demo"] if args.catalogue is None else ["--demo", "--catalogue", str(args.catalogue)]
    listing, search = ArgumentParser(), ArgumentParser()
    add_list(listing, places)
    add_similar(search, places)
    code = run_list(listing.parse_args(own))
    with Catalogue(options.catalogue_of(args)) as catalogue:
        columns = catalogue.columns()
    say(f"\nMost like {columns.titles[0]}:")
    return code or run_similar(search.parse_args([columns.paths[0], "--top", "10", *own]))
