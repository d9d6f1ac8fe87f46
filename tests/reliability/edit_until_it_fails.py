"""Edits tags in a catalogue until that fails, as the window would; report which edits were done and how it failed.

`python -m tests.reliability.edit_until_it_fails CATALOGUE [MOST_BYTES_A_FILE]` prints "done NUMBER" for each edit and
then "failed KIND: SENTENCE".
"""

import resource
import signal
import sys
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.jobs.job import Job
from bgm_finder.reason_sentences import in_english
from bgm_finder.track import Tag
from bgm_finder.workflows.edit_tracks import change_tags

_MOST_EDITS = 20_000


def main() -> None:
    catalogue = Path(sys.argv[1])
    if len(sys.argv) > 2:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails then, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    try:
        with Catalogue(catalogue) as opened:
            (track_id, *_) = opened.files.paths()
        for number in range(_MOST_EDITS):
            name = f"mood {number} with a rather long name, so that the disk is full soon"
            change_tags(Job(), catalogue, [track_id], [Tag("mood", name)], [])
            print(f"done {number}", flush=True)
    except CatalogueError as error:
        print(f"failed CatalogueError: {in_english(error)}", flush=True)
    except OSError as error:
        print(f"failed OSError: {error.filename} {error.strerror}", flush=True)


if __name__ == "__main__":
    main()
