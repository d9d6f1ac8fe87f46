"""What a case is, how it is run, and where the modules with cases are found."""

import importlib
import pkgutil
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Case:
    """One input: what is right, and a function that asks the app; `right` may hold pytest.approx values."""

    name: str
    right: dict[str, Any]
    ask: Callable[[], dict[str, Any]]
    is_quick: bool = True
    """Whether it belongs to `make test`."""


@dataclass(frozen=True)
class Outcome:
    """What the app found in one case."""

    case: Case
    found: dict[str, Any]

    @property
    def is_ok(self) -> bool:
        return self.case.right == self.found


def run(case: Case) -> Outcome:
    """Ask the app; an error becomes what was found."""
    try:
        return Outcome(case, case.ask())
    except Exception as error:  # noqa: BLE001 - a run names each failed case and goes on
        return Outcome(case, {"error": f"{type(error).__name__}: {error}"})


def modules() -> list[ModuleType]:
    """Return the modules that make cases, by name."""
    package = importlib.import_module(__package__)
    names = sorted(name for _, name, _ in pkgutil.iter_modules(package.__path__) if not name.startswith("_"))
    return [importlib.import_module(f"{__package__}.{name}") for name in names]


def missing_programs(module: ModuleType) -> list[str]:
    """Return the programs that a module needs and this machine lacks."""
    return [name for name in module.NEEDS if shutil.which(name) is None]


def make(module: ModuleType, folder: Path) -> list[Case]:
    """Write a module's inputs into a folder of its own below this one."""
    own = folder / module.__name__.rpartition(".")[2]
    own.mkdir(parents=True)
    return list(module.make(own))
