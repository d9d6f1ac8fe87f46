"""The commands: each with its line of help and the file that holds its options, which only that command loads."""

from argparse import ArgumentParser
from importlib import import_module

from bgm_finder.cli.places import own_places

COMMANDS = {
    "index": ("library_commands", "add folders and analyse their tracks"),
    "import-tags": ("library_commands", "bring a tag list in"),
    "export": ("export_command", "copy tracks to a folder, with timelines for editing programs"),
    "export-tags": ("library_commands", "write all tags as CSV"),
    "export-shortlist": ("library_commands", "write the kept tracks as CSV or M3U8"),
    "stats": ("library_commands", "how well the library is tagged"),
    "list": ("finding_commands", "list tracks by tags, words, length"),
    "similar": ("finding_commands", "rank the library by likeness"),
    "embed": ("file_commands", "write feature vectors of files"),
    "classify": ("file_commands", "tell the main instrument of files"),
    "spectrogram": ("file_commands", "draw files as PNG"),
    "copy-catalogue": ("sharing_commands", "write the catalogue into one file"),
    "move-library": ("sharing_commands", "tell where an added folder lies now"),
    "doctor": ("doctor_command", "check what the app leans on"),
}
"""By name: the file in this folder whose add_… adds the command's options, and what the command does."""


def command_parser(name: str) -> ArgumentParser:
    """Return the parser of a command.

    What it parses has func(args), the function to be called; error(text), which ends the program with the command's
    usage; and, where what was done by then is kept when the command is stopped, keeps.
    """
    file, does = COMMANDS[name]
    parser = ArgumentParser(prog=f"bgm-finder {name}", description=f"{does[0].upper()}{does[1:]}.")
    parser.set_defaults(error=parser.error)
    add_options = getattr(import_module(f"bgm_finder.cli.{file}"), f"add_{name.replace('-', '_')}")
    add_options(parser, own_places())
    return parser
