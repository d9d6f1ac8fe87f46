"""The brief that a command works on: one of the catalogue by its name, or one of a file, which is only read."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from bgm_finder.briefs.brief import BriefContent
from bgm_finder.briefs.brief_file import SUFFIX
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.brief_columns import with_brief
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.cli.places import Places
from bgm_finder.cli.terminal import complain
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import FileError, Reason
from bgm_finder.workflows.briefs import list_briefs, load_brief, read_brief

_UNNAMED = "Untitled"
"""What a brief without a name is called."""


class UnknownBrief(FileError):  # noqa: N818 - named after what the user has
    """A name that is not that of one brief."""

    kind = "brief"


@dataclass(frozen=True, slots=True)
class ChosenBrief:
    """What a command takes of a brief, and all tracks with the marks and notes in it."""

    content: BriefContent
    columns: Columns


def add_brief(parser: ArgumentParser, places: Places) -> None:
    parser.add_argument("--brief", type=places.name, metavar="NAME|FILE", help="with its filter and its marks")


def chosen_brief(args: Namespace, catalogue: Path, network: str = "") -> ChosenBrief:
    """Return the brief that the options ask for; without one, nothing but the marks of the one shown last.

    network: whose vectors make a track analysed. Raises UnknownBrief, BriefFileError, CatalogueError.
    """
    if args.brief is None:
        return ChosenBrief(BriefContent(), _columns(catalogue, network))
    file = Path(args.brief)
    named = [] if file.suffix == SUFFIX and file.is_file() else _named(catalogue, args.brief)
    if len(named) == 1:
        brief = load_brief(Job(), catalogue, named[0])
        return ChosenBrief(brief.content if brief else BriefContent(), _columns(catalogue, network, named[0]))
    if named:
        raise UnknownBrief(file, Reason.SEVERAL_BRIEFS, count=len(named))
    if not file.is_file():
        names = ", ".join(sorted(brief.name or _UNNAMED for brief in list_briefs(Job(), catalogue)))
        raise UnknownBrief(file, Reason.NO_SUCH_BRIEF, names=names)
    found = read_brief(Job(), catalogue, file)
    for path in found.missing:
        complain(f"{path} is not in this library.")
    return ChosenBrief(found.content, with_brief(_columns(catalogue, network), 0, found.tracks))


def _named(catalogue: Path, name: str) -> list[int]:
    wanted = name.casefold()
    return [brief.id for brief in list_briefs(Job(), catalogue) if (brief.name or _UNNAMED).casefold() == wanted]


def _columns(catalogue: Path, network: str, brief_id: int | None = None) -> Columns:
    with Catalogue(catalogue) as opened:
        return opened.columns(network, brief_id=brief_id)
