"""The doctor from a terminal; loads nothing that could be broken."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from bgm_finder import paths
from bgm_finder.cli.places import place
from bgm_finder.cli.terminal import say, say_json
from bgm_finder.jobs.job import Job
from bgm_finder.workflows.doctor import ask, doctor


def add_doctor(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--mend", action="store_true", help="mend what can be mended; a damaged catalogue is set aside, never deleted"
    )
    parser.add_argument("--catalogue", type=place, metavar="FILE", help="use another catalogue than your own")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run_doctor(args: Namespace) -> int:
    catalogue = args.catalogue or paths.default_catalogue()
    mended = ask("mended", "mend:mend", str(catalogue)) if args.mend else []
    findings = [*mended, *doctor(Job(), catalogue)]
    if args.json:
        say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{'ok ' if finding.is_well else 'BAD'} {finding.about}: {finding.says}")
    return 0 if all(finding.is_well for finding in findings) else 1
