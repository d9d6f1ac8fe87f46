"""What the text search looks into for one track, beside its tags."""

import os
from pathlib import PurePosixPath

from bgm_finder.catalogue.in_memory.folding import fold


def search_words(name: bytes, *texts: str) -> str:
    """Gives the folded texts and file name of one track; the separator keeps a word from spanning two of them."""
    file_name = PurePosixPath(os.fsdecode(name)).name.encode("utf-8", "replace").decode()
    return " | ".join(fold(text) for text in (*texts, file_name) if text)
