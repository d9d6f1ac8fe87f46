"""Print how large the code is, as one table, so that two revisions can be compared: packaging/sizes.py REVISION."""

import argparse
import ast
import io
import re
import statistics
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("bgm_finder", "lab", "tests")
OLD_WORDS = [
    "wish", "wishes", "wished", "Chores", "Care", "Incoming", "Pace", "Mishaps", "Gathering", "Choosing", "Lists",
    "OwnDialogs", "Sieve", "Front", "every_one_counts", "patiently", "bite", "makeshift", "trouble", "Disturber",
    "Lesson", "figures", "deed", "hand_over"
]  # fmt: skip
"""Identifiers that were given the field's word; a capital letter: only where it is the whole name."""
NOT_SEARCHED = "bgm_finder/audio/playing/"
"""Keeps its words until the player is a process of its own."""
_ENUMS = {"Enum", "StrEnum", "IntEnum", "Flag", "IntFlag"}
_PUBLIC_ALL_THE_SAME = {"_current_frames", "_exit", "_replace"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True)
class Source:
    """One Python file of a revision."""

    path: PurePosixPath
    text: str
    tree: ast.Module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", nargs="?", default="HEAD", help="a commit, tag or branch (HEAD)")
    parser.add_argument("--words", nargs="+", default=OLD_WORDS, metavar="WORD", help="identifiers to be counted")
    args = parser.parse_args()
    files = read(args.revision)
    columns = [sizes([file for file in files if file.path.parts[0] == part], args.words) for part in PARTS]
    print(f"| {args.revision} | {' | '.join(PARTS)} |\n|{'---|' * (len(PARTS) + 1)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")


def read(revision: str) -> list[Source]:
    """Return the Python files of a revision; end with git's own words where it does not know it."""
    command = ["git", "-C", str(ROOT), "archive", revision, "--", ":(glob)**/*.py"]
    ran = subprocess.run(command, stdout=subprocess.PIPE)
    if ran.returncode:
        sys.exit(ran.returncode)
    with tarfile.open(fileobj=io.BytesIO(ran.stdout)) as archive:
        opened = [(PurePosixPath(entry.name), archive.extractfile(entry)) for entry in archive if entry.isfile()]
        texts = [(path, file.read().decode("utf-8")) for path, file in opened if file]
    return [Source(path, text, ast.parse(text)) for path, text in texts]


def sizes(files: list[Source], words: list[str]) -> dict[str, str]:
    """Return the rows of one part's column, by their names."""
    nodes = [node for file in files for node in ast.walk(file.tree)]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    functions = [node for node in nodes if isinstance(node, _FUNCTIONS)]
    lengths = [len(file.text.splitlines()) for file in files]
    found = old_words(files, words)
    return {
        "files": str(len(files)),
        "lines": f"{sum(lengths):,}",
        "file, lines: median / p90 / max": spread(lengths),
        "classes": str(len(classes)),
        "class, lines": spread([length(node) for node in classes]),
        "functions": str(len(functions)),
        "function, lines": spread([length(node) for node in functions]),
        "imports in functions": str(len(late_imports(functions))),
        "Enum / Literal types": f"{sum(map(is_enum, classes))} / {sum(map(is_literal, nodes))}",
        "private reads": str(sum(map(is_private_read, nodes))),
        "old words as identifiers": str(sum(found.values())),
        "… which": ", ".join(f"{word} {count}" for word, count in found.items() if count),
    }


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a definition, without its decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def spread(numbers: list[int]) -> str:
    """Return median, 90th percentile and maximum as one text."""
    if not numbers:
        return "–"
    ordered = sorted(numbers)
    return f"{statistics.median(ordered):g} / {ordered[(len(ordered) - 1) * 9 // 10]} / {ordered[-1]}"


def late_imports(functions: list[ast.FunctionDef | ast.AsyncFunctionDef]) -> set[ast.AST]:
    """Return the import statements inside functions, each once."""
    return {n for outer in functions for n in ast.walk(outer) if isinstance(n, ast.Import | ast.ImportFrom)}


def is_enum(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).rpartition(".")[2] in _ENUMS for base in node.bases)


def is_literal(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal"


def is_private_read(node: ast.AST) -> bool:
    """Return whether an expression looks into a private attribute of anything but self and cls."""
    if not isinstance(node, ast.Attribute) or node.attr in _PUBLIC_ALL_THE_SAME or not re.match("_[a-z]", node.attr):
        return False
    return not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))


def old_words(files: list[Source], words: list[str]) -> dict[str, int]:
    """Return for each word how many identifiers have it, each counted once a file."""
    searched = [file for file in files if not str(file.path).startswith(NOT_SEARCHED)]
    names = [name for file in searched for name in {*file.path.with_suffix("").parts[-2:], *identifiers(file.tree)}]
    return {word: sum(has_word(name, word) for name in names) for word in words}


def identifiers(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a file gives: of classes, functions, parameters, variables and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def has_word(name: str, word: str) -> bool:
    """Return whether an identifier is the word, or holds it between underscores or humps."""
    if word[0].isupper():
        return name == word
    return f"_{word}_" in f"_{'_'.join(_WORD.findall(name)).lower()}_"


if __name__ == "__main__":
    main()
