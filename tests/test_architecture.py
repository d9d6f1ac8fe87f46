"""The floor plan: who may import whom, and which library belongs to which room."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "bgm_finder"

FILES = {"clock", "conditions", "drafts", "json_object", "log", "mel", "reasons", "track", "paths", "settings"}
FILES |= {"tuning", "typed_json"}
GROUND = FILES | {"drives"}
MAY_IMPORT = {
    **{name: FILES - {name} for name in GROUND},
    "reason_sentences": {"reasons"},
    "audio": GROUND,
    "similarity": GROUND,
    "catalogue": GROUND,
    "briefs": GROUND,
    "jobs": GROUND,
    "workflows": GROUND | {"jobs", "audio", "similarity", "catalogue", "briefs"},
    "export": GROUND | {"jobs", "audio", "catalogue"},
    "training": GROUND | {"audio", "similarity", "catalogue"},
    "cli": GROUND | {"jobs", "workflows", "export", "training", "audio", "similarity", "catalogue", "briefs", "app"},
    "controllers": GROUND | {"jobs", "workflows", "audio", "similarity", "catalogue", "briefs"},
    "gui": GROUND | {"jobs", "controllers", "workflows", "export", "audio", "similarity", "catalogue", "briefs"},
    "app": GROUND | {"jobs", "gui", "controllers", "workflows", "export", "audio", "similarity", "catalogue", "briefs"},
    "lab": GROUND | {"training", "audio", "similarity"},
    "__main__": {"cli"},
    "__init__": set(),
}
SPEAKERS = {
    "cli",
    "gui",
    "training",  # what its commands print
    "workflows/mend.py",  # what the doctor prints, and the window copies for those who can read English
    "workflows/check_catalogue.py",
    "workflows/check_networks.py",
    "workflows/check_sound.py",
}
"""Rooms and files that make sentences of reasons; all others raise a Reason and know no words for it."""
ABOVE = {
    "audio.playing": {"audio"},
    "gui.dialogs": {"gui"},
    "gui.flows": {"gui", "gui.dialogs"},
}
"""Rooms within a room, with those that they may know; what lies beside them does not know them."""
TOP = {"bgm_finder", "lab", "resources", "tests", "packaging", "docs"}
HOME = {
    "sounddevice": {"audio"},
    "av": {"audio"},
    "soundfile": {"audio", "lab"},
    "torch": {"similarity", "training", "lab"},
    "sqlite3": {"catalogue"},
    "pyqtgraph": {"gui"},
    "PySide6": {"gui", "controllers", "app"},
    "librosa": {"audio", "lab"},
    "scipy": {"lab"},
    "mido": {"lab"},
    "matplotlib": {"training"},
    "distributed": {"workflows"},
    "opentimelineio": {"export"},
}
LATE = {
    ("cli", "cli"),  # the window starts sooner without what all other commands need
    ("cli", "app"),  # the commands run where Qt is not installed
    ("cli", "training"),  # needs the training extra
    ("audio", "audio"),  # FFmpeg's libraries, 40 ms: most files need none
    ("similarity", "similarity"),  # network.py is torch through and through: the embedder loads it when first asked
}
LATE_LIBRARIES = {
    "av",  # FFmpeg's libraries, 40 ms; read by analysis workers
    "charset_normalizer",  # 25 ms of a start; for tags in a foreign encoding only
    "mutagen",  # 10 ms of a start; read by analysis workers
    "importlib",  # its metadata takes 10 ms of a start; the doctor asks for it
    "opentimelineio",  # 60 ms of a start; needed by who exports a timeline
    "torch",  # 2.5 s: loads in the embedder's thread after the first paint
    "librosa",  # 3 s, holds the GIL: analysis workers only
    "distributed",  # the extra "cluster"; 1 s
    "sounddevice",  # an OSError where PortAudio is missing: the app must still start
}
READS_PRIVATE: set[str] = set()
"""Tests that still read private attributes; no other may, and none of these once it does no longer."""
PUBLIC_ALL_THE_SAME = {"_current_frames", "_exit", "_replace"}
"""Documented names of the standard library."""
NOT_YET_IMPERATIVE = {"audio.playing"}
"""Sub-rooms whose docstrings still tell what a function does, instead of what it is to do."""
_MAY_READ_PRIVATE = re.compile(r"(?<!self)(?<!cls)\._[a-z]|getattr|import\b.*\b_|^    _\w+,", re.MULTILINE)


def _files():
    return sorted([*PACKAGE.rglob("*.py"), *(ROOT / "lab").rglob("*.py")])


def _room(path):
    parts = path.relative_to(ROOT).parts
    return "lab" if parts[0] == "lab" else parts[1].removesuffix(".py")


def _sub_room(path):
    """The room within a room that a file stands in, such as gui.flows, or its room."""
    parts = path.relative_to(ROOT).with_suffix("").parts[1:-1]
    return ".".join(parts)


def _speaks(path):
    return not SPEAKERS.isdisjoint({_room(path), path.relative_to(ROOT).as_posix().removeprefix("bgm_finder/")})


def _imports(path):
    """Yield (name, inside a function?) for everything that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = {*tree.body, *(node for choice in tree.body if isinstance(choice, ast.If) for node in choice.body)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of {node.module}"
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from ((name, node not in top) for name in names)


def _is_private(name):
    return re.match("_[a-z]", name) is not None and name not in PUBLIC_ALL_THE_SAME


def _private_reads(path):
    """Return where a test looks into the parts of another's class or module, as "line: expression"."""
    text, found = path.read_text(encoding="utf-8"), []
    if not _MAY_READ_PRIVATE.search(text):  # parsing them all takes a second
        return []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            is_read = _is_private(node.attr) and not is_own
        elif isinstance(node, ast.ImportFrom):
            is_read = node.module.split(".")[0] in ("bgm_finder", "lab") and any(a.name[0] == "_" for a in node.names)
        else:
            is_getattr = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr"
            names = node.args[1:2] if is_getattr else []
            is_read = any(isinstance(name, ast.Constant) and _is_private(str(name.value)) for name in names)
        if is_read:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down_and_libraries_stay_home(path):
    room = _room(path)
    for name, late in _imports(path):
        parts = name.split(".")
        assert parts[0] != "lab" or room == "lab", f"{room} may not know lab, which never travels with the app"
        if parts[0] == "bgm_finder" and len(parts) > 1 and parts[1] != "__version__":
            known = MAY_IMPORT[room] | {room} | ({"reason_sentences"} if _speaks(path) else set())
            assert parts[1] in known, f"{room} may not know {parts[1]}"
            assert not late or (room, parts[1]) in LATE, f"{name} is imported inside a function"
        if parts[0] in HOME:
            assert room in HOME[parts[0]], f"{parts[0]} does not belong in {room}"
        if late and parts[0] != "bgm_finder":
            assert parts[0] in LATE_LIBRARIES, f"{name} is imported inside a function"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_within_a_room_stand_above_it(path):
    own = _sub_room(path)
    for name, _ in _imports(path):
        wanted = ".".join(name.split(".")[1:3])
        if name.startswith("bgm_finder.") and wanted in ABOVE and own.split(".")[0] == wanted.split(".")[0]:
            assert wanted == own or wanted in ABOVE.get(own, set()), f"{own or path.stem} may not know {wanted}"


@pytest.fixture(scope="module")
def refusals():
    """The names of what a refusal is made with: RefusalError, what is derived from it, and what they consist of."""
    bases = {}
    for path in _files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {getattr(base, "attr", getattr(base, "id", "")) for base in node.bases}
    found, before = {"RefusalError"}, set()
    while found != before:
        before, found = found, found | {name for name, above in bases.items() if above & found}
    assert {"Unreadable", "UnreadableTagList", "DamagedCatalogue", "NoSoundCard"} < found
    return found | {"Refusal", "Complaint"}


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_refused_has_a_reason_and_no_sentence(path, refusals):
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in refusals:
            texts = [part for part in call.args if isinstance(part, ast.JoinedStr)]
            texts += [part for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            assert texts == [], f"line {call.lineno} refuses by a sentence; a Reason says what is the matter"


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_docstrings_of_functions_are_imperative(path):
    """ruff's D401 knows some hundred verbs only, and passes properties over."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        words = (ast.get_docstring(node) or "").split() if isinstance(node, ast.FunctionDef) else []
        if words and re.fullmatch(r"[A-Z][a-z]*[a-rt-z]s[,;]?", words[0]):
            found.append(f"{node.lineno}: {words[0]} …")
    assert found == [] or _sub_room(path) in NOT_YET_IMPERATIVE


def test_the_tree_of_the_readme_is_the_tree():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = text.partition("## Where things are")[2].partition("\n\nImports go down")[0]
    packages = [file.parent.name for file in PACKAGE.rglob("__init__.py")]
    assert set(re.findall(r"(\w+)/", tree)) - {"benchmarks"} == {*packages, *TOP}


def test_the_wheel_holds_every_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = [".".join(file.parent.relative_to(ROOT).parts) for file in PACKAGE.rglob("__init__.py")]
    assert set(project["tool"]["setuptools"]["packages"]) == {*packages, "bgm_finder.resources"}


def test_recipes_need_no_qt_and_load_no_torch():
    program = (
        "import sys; sys.modules['PySide6'] = None\n"
        "import pkgutil, importlib, bgm_finder.workflows as w\n"
        "[importlib.import_module('bgm_finder.workflows.' + m.name) for m in pkgutil.iter_modules(w.__path__)]\n"
        "assert not {'torch', 'librosa', 'scipy', 'numba'} & set(sys.modules), 'a recipe loads a slow library'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_window_loads_nothing_that_only_other_commands_need():
    program = (
        "import sys; from bgm_finder import app; from bgm_finder.cli import command_line, window\n"
        "late = {'PIL', 'av', 'distributed', 'mutagen', 'opentimelineio', 'torch', 'librosa', 'scipy', 'numba'}\n"
        "assert not late & set(sys.modules)\n"
        "assert 'bgm_finder.workflows.cluster' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_tests_look_at_what_users_of_a_class_see():
    tests = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "tests").rglob("*.py")}
    found = {name: reads for name, path in tests.items() if (reads := _private_reads(path))}
    assert {name: reads for name, reads in found.items() if name not in READS_PRIVATE} == {}
    assert READS_PRIVATE & set(tests) <= set(found), "take out of the list what reads nothing private any more"
