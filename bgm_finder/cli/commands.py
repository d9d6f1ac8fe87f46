"""One parser a command; each names the function that does it, and what the command line offers of it."""

from argparse import ArgumentParser
from collections.abc import Mapping

from bgm_finder.cli.doctor_command import add_doctor
from bgm_finder.cli.export_command import add_export
from bgm_finder.cli.file_commands import add_classify, add_embed, add_spectrogram
from bgm_finder.cli.finding_commands import add_list, add_similar
from bgm_finder.cli.library_commands import (
    add_export_shortlist,
    add_export_tags,
    add_import_tags,
    add_index,
    add_stats,
)
from bgm_finder.cli.sharing_commands import add_copy_catalogue, add_move_library

_OPTIONS = {
    "index": add_index,
    "import-tags": add_import_tags,
    "export": add_export,
    "export-tags": add_export_tags,
    "export-shortlist": add_export_shortlist,
    "stats": add_stats,
    "list": add_list,
    "similar": add_similar,
    "embed": add_embed,
    "classify": add_classify,
    "spectrogram": add_spectrogram,
    "copy-catalogue": add_copy_catalogue,
    "move-library": add_move_library,
    "doctor": add_doctor,
}


def command_parser(does: Mapping[str, str]) -> ArgumentParser:
    """Return the parser of all commands, by name, with what each does in a line.

    What it parses has func(args), the function to be called; error(text), which ends the program with the command's
    usage; and, where what was done by then is kept when the command is stopped, keeps.
    """
    parser = ArgumentParser(prog="bgm-finder")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, add_options in _OPTIONS.items():
        command = commands.add_parser(name, description=f"{does[name][0].upper()}{does[name][1:]}.")
        command.set_defaults(error=command.error)
        add_options(command)
    return parser
