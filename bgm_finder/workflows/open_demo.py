"""The bundled demo library, made ready for use."""

from dataclasses import replace
from pathlib import Path

from bgm_finder import paths
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.content_hash import content_hash
from bgm_finder.jobs.each_file import MakeExecutor
from bgm_finder.jobs.job import Job
from bgm_finder.workflows.import_tags import ListSource, import_tags
from bgm_finder.workflows.index_folder import DEFAULTS, IndexOptions, IndexReport, index

_TAG_LIST = "tags.csv"
_IMPORTED = "demo tag list"
"""Key under which the catalogue keeps which tag list it has, and on how many of its tracks."""
_FOLDER = "demo folder"
"""Key under which it keeps where the demo library lay: another installation has another place for it."""


def open_demo(
    job: Job,
    catalogue: Path,
    make_executor: MakeExecutor,
    options: IndexOptions = DEFAULTS,
) -> IndexReport:
    """Index the demo library and import its tags; quick where that was done and nothing changed.

    Of the options after_scan is replaced. Raises FileNotFoundError where the installation lacks it.
    """
    folder = paths.resource("demo").resolve()
    _follow(catalogue, folder)

    def tag() -> None:
        changed = _import_once(job, catalogue, folder / _TAG_LIST)
        if changed:
            options.on_event(changed)

    return index(job, catalogue, [folder], make_executor, replace(options, after_scan=tag))


def _follow(catalogue: Path, folder: Path) -> None:
    """Move the tracks of another installation's demo library here, instead of keeping each of them twice."""
    place = folder.as_uri()  # a path may hold bytes that are no text
    with Catalogue(catalogue) as opened:
        before, known = opened.state(_FOLDER), opened.folders.all()
        if before == place:
            return
        if folder not in known:
            for other in (root for root in known if root.as_uri() == before):
                opened.folders.move(other, folder)
        opened.set_state(_FOLDER, place)


def _import_once(job: Job, catalogue: Path, tag_list: Path) -> list[int]:
    """Import the tag list unless it was: tags that the user took off would come back at every start."""
    with Catalogue(catalogue) as opened:
        count = sum(path.is_relative_to(tag_list.parent) for path in opened.files.paths().values())
        wanted = f"{content_hash(tag_list).hex()} on {count} tracks"
        if opened.state(_IMPORTED) == wanted:
            return []
        changed = import_tags(job, catalogue, ListSource(tag_list)).changed
        opened.set_state(_IMPORTED, wanted)
    return list(changed)
