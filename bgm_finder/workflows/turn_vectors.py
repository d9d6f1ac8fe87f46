"""Vectors of a network that another one only turns: what a catalogue holds is turned, no file is decoded again."""

import logging
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.jobs.job import Job
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.weights_file import WeightsUnusable

_log = logging.getLogger(__name__)


def turn_vectors(job: Job, catalogue: Path, embedder: Embedder, with_sections: bool = True) -> None:
    """Turn stored vectors and sections of the network before into this one's; goes on where it was stopped.

    A catalogue that cannot be changed stays as it is: its tracks then count as not analysed. Raises Cancelled.
    """
    old, new = embedder.turned_from, embedder.name
    if not old:
        return
    try:
        with Catalogue(catalogue) as opened:
            if not opened.vectors.count(old) and not opened.sections.count(old):
                return
            turn = embedder.turn()
            while opened.vectors.turn(old, new, turn) or (with_sections and opened.sections.turn(old, new, turn)):
                job.check()
    except (CatalogueError, WeightsUnusable) as error:
        _log.warning("the vectors of %s stay as they are: %s", old, error)
