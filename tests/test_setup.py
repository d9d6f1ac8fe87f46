"""What set-up, packaging and the README promise agrees with what is there."""

import re
import tomllib
from pathlib import Path

import pytest

import bgm_finder
from bgm_finder.cli.command_line import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROOMS = sorted(path.parent.name for path in (ROOT / "bgm_finder").glob("*/__init__.py"))


def _plain(name):
    """Gives a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_wheel_carries_every_package_and_the_resources():
    there = {".".join(path.relative_to(ROOT).parent.parts) for path in (ROOT / "bgm_finder").rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == there | {"bgm_finder.resources"}


def test_the_version_is_the_same_everywhere():
    assert PROJECT["project"]["version"] == bgm_finder.__version__


def test_every_dependency_is_pinned():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {_plain(line.split("==")[0]) for line in lines if "==" in line}
    extras = PROJECT["project"]["optional-dependencies"].values()
    named = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    wanted = {_plain(re.match(r"[\w.-]+", line).group()) for line in named}
    assert wanted <= pinned


@pytest.mark.parametrize("room", ROOMS)
def test_the_readme_tells_what_a_room_is_for(room):
    assert re.search(rf"^\s+{room}/\s+\S+", README, re.MULTILINE), f"{room} has no line in the README's tree"


def test_the_readme_names_only_targets_that_make_has():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    there = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z][\w-]*)`", README)) | set(
        re.findall(r"^ *make ([\w-]+)", README, re.MULTILINE)
    )
    assert named
    assert named <= there


def test_the_readmes_tree_names_only_folders_that_are_there():
    tree = re.findall(r"^    (  )?(\w+)/ ", README, re.MULTILINE)
    assert len(tree) > len(ROOMS)
    gone = [name for inside, name in tree if not (ROOT / "bgm_finder" / name if inside else ROOT / name).is_dir()]
    assert not gone


def test_the_readme_names_every_command():
    assert set(COMMANDS) <= set(re.findall(r"`bgm-finder ([a-z-]+)", README))


def test_the_release_is_locked_to_the_versions_that_are_tested():
    def pins(name):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {_plain(line.split("==")[0]): line.split("==")[1].split()[0] for line in lines if "==" in line}

    tested, locked = pins("constraints.txt"), pins("packaging/release.lock")
    named = {_plain(re.match(r"[\w.-]+", line).group()) for line in PROJECT["project"]["dependencies"]}
    assert named <= set(locked)
    assert {name: tested.get(name, version) for name, version in locked.items()} == locked
