"""Write release.lock: every package of a built release for Linux, with the hashes of its files.

Needs the release extra. The versions are those of constraints.txt. CUDA is left out, as the app computes on the
processor: of PyTorch only the CPU build of its own index is allowed.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "release.lock"
_CUDA = re.compile(r"^(nvidia|cuda)-|^triton$")
_CPU_BUILD = ("torch==2.13.0", "6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b")
"""torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl"""
_HEAD = """\
# Written by `make lock`; installed by pip install --no-deps --require-hashes -r packaging/release.lock
# with PyTorch's index of CPU builds beside the usual one
"""


def main() -> None:
    uv = Path(sys.executable).with_name("uv")
    wanted = "--generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11"
    done = subprocess.run(
        [uv, "pip", "compile", "pyproject.toml", "-c", "constraints.txt", *wanted.split(),
         "--python-platform", "x86_64-manylinux_2_34"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    LOCK.write_text(_HEAD + "".join(_shown(entry) for entry in _entries(done.stdout)), encoding="utf-8")


def _entries(text: str) -> list[str]:
    """Return the text of each package: the line with its version, and those of its hashes."""
    return [entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE) if not _CUDA.match(entry.split("==")[0])]


def _shown(entry: str) -> str:
    version, build = _CPU_BUILD
    return f"{version} \\\n    --hash=sha256:{build}\n" if entry.startswith(version) else entry


if __name__ == "__main__":
    main()
