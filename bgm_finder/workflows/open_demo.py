"""The bundled demo library, made ready for use."""

from pathlib import Path

from bgm_finder import paths
from bgm_finder.workflows.each_file import MakeExecutor
from bgm_finder.workflows.import_tags import import_tags
from bgm_finder.workflows.index_folder import IndexReport, OnEvent, index
from bgm_finder.workflows.job import Job


def open_demo(
    job: Job,
    catalogue: Path,
    make_executor: MakeExecutor,
    network: str = "default",
    full: bool = False,
    on_event: OnEvent | None = None,
) -> IndexReport:
    """Indexes the demo library and imports its tags; quick where that was done and nothing changed.

    Raises FileNotFoundError where the installation lacks it.
    """
    folder = paths.resource("demo")

    def tag() -> None:
        changed = import_tags(job, catalogue, folder / "tags.csv").changed
        if on_event is not None and changed:
            on_event(list(changed))

    return index(job, catalogue, [folder], make_executor, network, full, on_event, after_scan=tag)
