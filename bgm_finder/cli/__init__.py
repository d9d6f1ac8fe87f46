"""The commands: what the recipes do, from a terminal."""

from bgm_finder.cli.command_line import main

__all__ = ["main"]
