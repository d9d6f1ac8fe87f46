"""The timeline as OpenTimelineIO: stock schemas only, as an unknown one makes Resolve refuse the whole file."""

from typing import Any

from bgm_finder.export.media_addresses import path_or_address
from bgm_finder.export.sequence import Clip, ClipMarker, Sequence


def otio_text(sequence: Sequence) -> str:
    """Return the content of an .otio file."""
    return str(otio_timeline(sequence).to_json_string(indent=4))


def otio_timeline(sequence: Sequence) -> Any:
    """Return the timeline: one audio track, a gap before the first clip where that begins later."""
    import opentimelineio as otio

    timeline = otio.schema.Timeline(name=sequence.name, global_start_time=_time(sequence, sequence.start))
    timeline.metadata["bgm_finder"] = {"drop_frame": sequence.rate.is_drop, "frame_rate": sequence.rate.name}
    track = otio.schema.Track(name="A1", kind=otio.schema.TrackKind.Audio)
    if sequence.clips and sequence.clips[0].record_in:
        track.append(otio.schema.Gap(source_range=_range(sequence, 0, sequence.clips[0].record_in)))
    track.extend([_clip(sequence, clip) for clip in sequence.clips])
    timeline.tracks.append(track)
    return timeline


def _clip(sequence: Sequence, clip: Clip) -> Any:
    import opentimelineio as otio

    media = otio.schema.ExternalReference(
        target_url=path_or_address(clip.media.path),
        available_range=_range(sequence, clip.media_start, clip.media_length),
    )
    media.name = clip.media.path.name.encode("utf-8", "replace").decode()
    return otio.schema.Clip(
        name=clip.name,
        media_reference=media,
        source_range=_range(sequence, clip.media_start + clip.source_in, clip.length),
        markers=[_marker(sequence, clip, marker) for marker in clip.markers],
    )


def _marker(sequence: Sequence, clip: Clip, marker: ClipMarker) -> Any:
    import opentimelineio as otio

    return otio.schema.Marker(
        name=marker.name,
        marked_range=_range(sequence, clip.media_start + marker.frame, marker.length),
        color=otio.schema.MarkerColor.YELLOW,
        comment=marker.comment,
    )


def _range(sequence: Sequence, start: int, length: int) -> Any:
    import opentimelineio as otio

    return otio.opentime.TimeRange(_time(sequence, start), _time(sequence, length))


def _time(sequence: Sequence, frames: int) -> Any:
    import opentimelineio as otio

    return otio.opentime.RationalTime(frames, float(sequence.rate.per_second))
