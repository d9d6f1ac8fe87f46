"""Commands that make and measure the networks; they need the training extra."""

from collections.abc import Sequence
from importlib import import_module

from bgm_finder.cli.terminal import complain

TRAINING_COMMANDS = {"train": "train a network", "evaluate": "measure a network"}


def run_training(name: str, words: Sequence[str]) -> int:
    """Hands the rest of the command line to the training room, which has its own options."""
    try:
        recipe = import_module(f"bgm_finder.training.{name}")
    except ModuleNotFoundError as error:
        complain(f"{name} needs the training extra ({error.name} is missing): pip install 'bgm-finder[training]'")
        return 1
    return int(recipe.main(list(words)) or 0)
