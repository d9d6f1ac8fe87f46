"""Tags -> tag CSV, in the form that import_tags reads."""

from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.catalogue.tag_csv import as_listed, tag_list
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.writing import write_file
from bgm_finder.jobs.job import Job
from bgm_finder.track import FORMAT


def export_tags(job: Job, catalogue: Path, target: Path) -> int:
    """Write the tags of all tracks that have a tag, a title, a comment or a known tempo; return how many.

    Raises OSError.
    """
    with Catalogue(catalogue) as opened:
        columns = opened.columns()
        folders = [str(folder) for folder in opened.folders.all()]
    categories = [category for category in columns.tags if category != FORMAT]
    names = _Names(columns, folders)
    rows = [[names.of(row), *_row(columns, row, categories)] for row in range(len(columns)) if _says(columns, row)]
    job.check()
    write_file(Drives(job.stops_waiting), target, tag_list(["file", "title", "comment", "bpm", *categories], rows))
    return len(rows)


def _says(columns: Columns, row: int) -> bool:
    texts = (_own_title(columns, row), columns.comments[row], _bpm(columns, row))
    return any(texts) or bool(columns.tags_at(row).keys() - {FORMAT})


def _row(columns: Columns, row: int, categories: list[str]) -> list[str]:
    tags = columns.tags_at(row)
    texts = [_own_title(columns, row), columns.comments[row], _bpm(columns, row)]
    return texts + [",".join(tags.get(category, ())) for category in categories]


class _Names:
    """The names by which the list calls the tracks: another computer has the same ones below its added folders."""

    def __init__(self, columns: Columns, folders: list[str]) -> None:
        self._paths, self._ids = columns.paths, columns.ids
        self._folders = folders
        self._names = TrackNames(zip(columns.ids.tolist(), columns.paths, strict=True), folders)

    def of(self, row: int) -> str:
        """Return the path below the added folder; with that folder, or whole, where it would mean several tracks."""
        path, track_id = self._paths[row], int(self._ids[row])
        folder = next((folder for folder in self._folders if path.startswith(folder.rstrip("/") + "/")), "/")
        below = path[len(folder.rstrip("/")) + 1 :]
        shorter = (below, f"{Path(folder).name}/{below}")
        return next((name for name in shorter if self._means(name, track_id)), path)

    def _means(self, name: str, track_id: int) -> bool:
        """Whether a list that calls a track so means this one; cells lose the blanks around them."""
        return name == name.strip() and self._names.find(as_listed(name)) == [track_id]


def _own_title(columns: Columns, row: int) -> str:
    """Return a title that is not just the file's name: a renamed file would keep its old one."""
    title = columns.titles[row]
    return "" if title == Path(columns.paths[row]).stem else title


def _bpm(columns: Columns, row: int) -> str:
    """Return the tempo that a file or a list states; an estimate would come back as if someone knew it."""
    bpm = float(columns.bpms[row])
    return "" if bpm != bpm or columns.bpms_estimated[row] else f"{bpm:g}"
