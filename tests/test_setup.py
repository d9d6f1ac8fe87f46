"""What set-up, packaging and the README promise agrees with what is there."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

import bgm_finder
from bgm_finder.cli.commands import COMMANDS
from bgm_finder.gui import actions

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "lab" / "README.md"])
ROOMS = sorted(path.parent.name for path in (ROOT / "bgm_finder").glob("*/__init__.py"))


def _plain(name):
    """Return a package's name as registries compare it."""
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_only_targets_that_make_has(page):
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    there = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`make\s([a-z][\w-]*)", text)) | set(re.findall(r"^ +make ([\w-]+)", text, re.MULTILINE))
    assert named <= there


def test_the_readmes_tree_names_only_folders_that_are_there():
    tree = re.findall(r"^    (  )?(\w+)/ ", README, re.MULTILINE)
    assert len(tree) > len(ROOMS)
    gone = [name for inside, name in tree if not (ROOT / "bgm_finder" / name if inside else ROOT / name).is_dir()]
    assert not gone


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_only_files_that_are_there(page):
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|txt|lock|ts|safetensors))`", text))
    linked = {link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link}
    gone = {name for name in named if not any((folder / name).exists() for folder in (ROOT, ROOT / "bgm_finder"))}
    assert gone | {link for link in linked if not (page.parent / link).exists()} == set()


def test_the_files_to_change_are_there():
    text = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    table = text.partition("## Which file to change")[2].partition("\n## ")[0]
    rows = [re.findall(r"`([\w/]+\.(?:py|ts))`", row) for row in table.splitlines() if row.startswith("| a")]
    assert len(rows) == 12
    gone = [
        name for row in rows for name in row if not any((at / name).is_file() for at in (ROOT, ROOT / "bgm_finder"))
    ]
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_link_only_headings_that_are_there(page):
    for file, heading in re.findall(r"\]\(([^):#]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        text = (page.parent / file if file else page).read_text(encoding="utf-8")
        there = {re.sub(r"[^\w-]", "", line.replace(" ", "-")).lower() for line in re.findall(r"^#+ (.+)", text, re.M)}
        assert heading in there


def test_the_guide_names_every_command():
    assert set(COMMANDS) <= set(re.findall(r"`bgm-finder ([a-z-]+)", GUIDE))


def test_the_guide_names_every_key():
    """The digits stand there as 1 … 9."""
    written = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "Enter"}
    table = GUIDE.partition("## Keys")[2].partition("\n## ")[0]
    keys = {key for command in actions.COMMANDS for key in command.keys if not key.isdecimal()}
    shown = {"+".join(written.get(part, part) for part in re.split(r"(?<=.)\+", key)) for key in keys}
    assert {key for key in shown if not re.search(rf"(?<![\w+]){re.escape(key)}(?!\w)", table)} == set()


def test_the_release_is_locked_to_the_versions_that_are_tested():
    def pins(name):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {_plain(line.split("==")[0]): line.split("==")[1].split()[0] for line in lines if "==" in line}

    tested, locked = pins("constraints.txt"), pins("packaging/release.lock")
    named = {_plain(re.match(r"[\w.-]+", line).group()) for line in PROJECT["project"]["dependencies"]}
    assert named <= set(locked)
    assert {name: tested.get(name, version) for name, version in locked.items()} == locked


@pytest.fixture
def checkout(tmp_path):
    """Return a copy of what set-up reads, with an environment that is ready, but for the packages in it."""
    place = tmp_path / "checkout"
    (place / "packaging").mkdir(parents=True)
    for name in ("pyproject.toml", "constraints.txt", "packaging/set_up.py"):
        shutil.copy(ROOT / name, place / name)
    program = "import set_up; set_up.install = lambda python, *what: print('installs'); set_up.main()"
    set_up = [sys.executable, "-c", program]
    there = {**os.environ, "PYTHONPATH": "packaging"}

    def run(folder):
        ran = subprocess.run(set_up, cwd=folder, env=there, capture_output=True, text=True, check=True)
        return ran.stdout.split()

    assert run(place) == ["installs"]
    return place, run


def test_a_whole_environment_is_left_alone(checkout):
    place, run = checkout
    (place / ".venv" / "mine").touch()
    assert run(place) == []
    assert (place / ".venv" / "mine").exists()


def test_a_changed_recipe_is_installed_again(checkout):
    place, run = checkout
    with (place / "constraints.txt").open("a") as file:
        file.write("# newer\n")
    assert run(place) == ["installs"]
    assert run(place) == []


def test_a_moved_environment_is_made_anew(checkout):
    place, run = checkout
    moved = place.rename(place.parent / "moved")
    assert run(moved) == ["installs"]
    assert str(moved) in (moved / ".venv" / "bin" / "pip").read_text()
    assert run(moved) == []


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    place, run = checkout
    python = place / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(place / "gone")
    assert run(place) == ["installs"]
    assert subprocess.run([python, "-c", ""]).returncode == 0


def test_an_environment_of_another_python_is_made_anew(checkout):
    """As after an upgrade of the system: the same link, but its packages lie in another version's folder."""
    place, run = checkout
    library = next((place / ".venv" / "lib").glob("python3.*"))
    library.rename(library.with_name("python3.2"))
    assert run(place) == ["installs"]


def test_an_environment_that_never_finished_is_made_anew(checkout):
    place, run = checkout
    shutil.rmtree(place / ".venv")
    venv.create(place / ".venv", with_pip=False)
    assert run(place) == ["installs"]
    assert (place / ".venv" / "bin" / "pip").exists()


@pytest.mark.parametrize(
    ("version", "is_refused"), [((3, 10), True), ((3, 11), False), ((3, 14), False), ((3, 15), True), ((4, 0), True)]
)
def test_a_python_that_is_too_old_or_too_new_is_refused(version, is_refused):
    program = f"import set_up; print(set_up.refuse({version}))"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT / "packaging", capture_output=True, text=True)
    assert ("needs Python 3.11 to 3.14" in ran.stdout) == is_refused
    assert ran.returncode == 0


def test_make_package_brings_what_it_needs():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^package:.*\n\t@\$\(PYTHON\) packaging/system_packages.py --package$", makefile, re.MULTILINE)
