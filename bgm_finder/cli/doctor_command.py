"""The doctor from a terminal; loads nothing that could be broken."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from bgm_finder import paths
from bgm_finder.cli.places import Places
from bgm_finder.cli.terminal import complain, say, say_json
from bgm_finder.jobs.job import Job
from bgm_finder.workflows.doctor import MEND, Finding, ask, doctor


def add_doctor(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_doctor)
    parser.add_argument(
        "--mend", action="store_true", help="mend what can be mended; a damaged catalogue is set aside, never deleted"
    )
    parser.add_argument("--catalogue", type=places.place, metavar="FILE", help="use another catalogue than your own")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run_doctor(args: Namespace) -> int:
    catalogue = args.catalogue or paths.default_catalogue()
    mended = _mend(catalogue) if args.mend else []
    findings = [*mended, *doctor(Job(), catalogue)]
    if args.json:
        say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{'ok ' if finding.is_well else 'BAD'} {finding.about}: {finding.says}")
    return 0 if all(finding.is_well for finding in findings) else 1


def _mend(catalogue: Path) -> list[Finding]:
    """Wait as long as it takes: a repair that is cut off helps nobody."""
    complain("Repairing the catalogue, which takes minutes where it is large…")
    return ask("mended", MEND, str(catalogue), longest_s=None)
