"""Which comments a user wrote, and which a program left: numbers of players, names of encoders."""

import re

_BY_PROGRAMS = re.compile(
    r"(?:\s*[0-9a-f]{8,16}){4,}\s*"  # iTunNORM, iTunSMPB
    r"|\d+\+[0-9a-f]{32,34}\+\d+"  # iTunes_CDDB_IDs
    r"|[0-9a-f]{8}(?:\+\d+){3,}"  # iTunes_CDDB_1
    r"|0+"
    r"|(?:replay|mp3) ?gain.*"
    r"|[-+]?\d+(?:[.,]\d+)? ?db"
    r"|(?:encoded|ripped|transcoded|converted|muxed) (?:by|with|using|in|at|from)\b.*"
    r"|(?:created|made|generated) (?:with|using) [\w.]+(?: [\w.]+)?"
    r"|processed by sox"
    r"|(?:lame|lav[fc]|libvorbis|libopus|xiph\.?org|ffmpeg|fdk-?aac|nero aac|itunes|cdex|eac|exact ?audio ?copy"
    r"|audiograbber|foobar2000|audacity|sound forge|adobe audition|easy cd-da extractor|dbpoweramp|gogo|musicmatch)"
    r"(?:[ /]*(?:v(?:ersion)? ?)?\d[\w.]*| +-{1,2}[\w-]+(?: \d[\w.]*)?| *\([^)]*\))*",  # version and options
    re.ASCII | re.IGNORECASE,
)
_BY_RECORDERS = re.compile(r"(?:[a-z][A-Z]+\d*=\S*\s*)+", re.ASCII)
"""What field recorders write into bext: sSPEED=024.00-NDF sTAKE=01."""


def is_own_comment(text: str) -> bool:
    """Return whether a comment says anything that a user may have written."""
    return bool(text) and not _BY_PROGRAMS.fullmatch(text) and not _BY_RECORDERS.fullmatch(text)
