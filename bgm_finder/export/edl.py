"""The timeline as CMX 3600 EDL, for what reads nothing else.

OpenTimelineIO's adapter refuses a timeline without a picture, leaves FCM out, and writes comments that make Premiere
lose the names of the files (OpenTimelineIO #1178), so this is written here.
"""

from bgm_finder.export.frame_rates import FrameRate
from bgm_finder.export.sequence import Clip, ClipMarker, Sequence

_REEL = "AX"
"""What stands for a tape where there is none."""
_LONGEST_TITLE = 70


def edl_text(sequence: Sequence) -> str:
    """Return the content of an .edl file; its lines end as CMX has them."""
    drop = "DROP FRAME" if sequence.rate.is_drop else "NON-DROP FRAME"
    lines = [f"TITLE: {_line(sequence.name)[:_LONGEST_TITLE]}", f"FCM: {drop}", ""]
    for number, clip in enumerate(sequence.clips, start=1):
        lines += _event(number, clip, sequence)
    return "\r\n".join(lines) + "\r\n"


def _event(number: int, clip: Clip, sequence: Sequence) -> list[str]:
    rate, record = sequence.rate, sequence.start + clip.record_in
    source = clip.media_start + clip.source_in
    channels = "A" if clip.media.channels == 1 else "AA"
    times = f"{_times(rate, source, clip.length)} {_times(rate, record, clip.length)}"
    name = _line(clip.media.path.name.encode("utf-8", "replace").decode())
    return [
        f"{number:03}  {_REEL:8} {channels:5} C        {times}",
        f"* FROM CLIP NAME: {name}",
        *(
            f"* LOC: {rate.timecode(record + marker.frame - clip.source_in)} YELLOW  {_line(_text(marker))}"
            for marker in clip.markers
        ),
        "",
    ]


def _times(rate: FrameRate, start: int, length: int) -> str:
    return f"{rate.timecode(start)} {rate.timecode(start + length)}"


def _text(marker: ClipMarker) -> str:
    return f"{marker.name}: {marker.comment}" if marker.comment else marker.name


def _line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().split())
