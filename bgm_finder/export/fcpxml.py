"""The timeline as FCPXML 1.9, which Final Cut Pro from 10.4.9 on and DaVinci Resolve read.

OpenTimelineIO's adapter puts clips outside the spine, needs a picture and rounds 23.976 to 23, so this is written here.
"""

from fractions import Fraction
from xml.etree import ElementTree

from bgm_finder.export.copies import Media
from bgm_finder.export.ixml import xml_text
from bgm_finder.export.media_addresses import address_of
from bgm_finder.export.sequence import Clip, Sequence

_VERSION = "1.9"
_SEQUENCE_RATES = {44_100: "44.1k", 48_000: "48k", 88_200: "88.2k", 96_000: "96k", 176_400: "176.4k", 192_000: "192k"}
_FORMAT = "r1"
_SURROUND = 6


def fcpxml_text(sequence: Sequence) -> str:
    """Return the content of an .fcpxml file.

    No modDate, which Final Cut Pro reads by the clock of the user's country, and fails.
    """
    root = ElementTree.Element("fcpxml", version=_VERSION)
    resources = ElementTree.SubElement(root, "resources")
    # the picture's size is anybody's guess: the timeline has none, and the formats need one
    ElementTree.SubElement(
        resources, "format", id=_FORMAT, frameDuration=_time(sequence, 1), width="1920", height="1080"
    )
    ids: dict[Media, str] = {}
    for clip in sequence.clips:
        if clip.media not in ids:
            ids[clip.media] = f"r{len(ids) + 2}"
            resources.append(_asset(sequence, clip, ids[clip.media]))
    event = ElementTree.SubElement(ElementTree.SubElement(root, "library"), "event", name=xml_text(sequence.name))
    project = ElementTree.SubElement(event, "project", name=xml_text(sequence.name))
    project.append(_sequence(sequence, ids))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _asset(sequence: Sequence, clip: Clip, asset_id: str) -> ElementTree.Element:
    media = clip.media
    asset = ElementTree.Element(
        "asset",
        id=asset_id,
        name=xml_text(media.path.stem),
        start=_time(sequence, clip.media_start),
        duration=_seconds(Fraction(media.frames, media.rate_hz)),
        hasAudio="1",
        audioSources="1",
        audioChannels=str(media.channels),
        audioRate=str(media.rate_hz),
    )
    ElementTree.SubElement(asset, "media-rep", kind="original-media", src=address_of(media.path))
    return asset


def _sequence(sequence: Sequence, ids: dict[Media, str]) -> ElementTree.Element:
    rates_hz = {clip.media.rate_hz for clip in sequence.clips}
    is_one = len(rates_hz) == 1
    found = ElementTree.Element(
        "sequence",
        format=_FORMAT,
        duration=_time(sequence, sequence.length),
        tcStart=_time(sequence, sequence.start),
        tcFormat="DF" if sequence.rate.is_drop else "NDF",
        audioLayout="surround" if sequence.channels >= _SURROUND else "stereo",  # mono makes Final Cut Pro refuse all
        audioRate=_SEQUENCE_RATES.get(rates_hz.pop(), "48k") if is_one else "48k",
    )
    spine = ElementTree.SubElement(found, "spine")
    at = 0
    for clip in sequence.clips:
        if clip.record_in > at:
            _gap(sequence, spine, at, clip.record_in - at)
        spine.append(_clip(sequence, clip, ids[clip.media]))
        at = clip.record_out
    return found


def _gap(sequence: Sequence, spine: ElementTree.Element, at: int, length: int) -> None:
    offset, duration = _time(sequence, sequence.start + at), _time(sequence, length)
    ElementTree.SubElement(spine, "gap", name="Gap", offset=offset, start="0s", duration=duration)


def _clip(sequence: Sequence, clip: Clip, asset_id: str) -> ElementTree.Element:
    """Return the clip: its offset is the timeline's, its start the media's."""
    found = ElementTree.Element(
        "asset-clip",
        ref=asset_id,
        name=xml_text(clip.name),
        offset=_time(sequence, sequence.start + clip.record_in),
        start=_time(sequence, clip.media_start + clip.source_in),
        duration=_time(sequence, clip.length),
        tcFormat="DF" if sequence.rate.is_drop else "NDF",
        audioRole="music",
    )
    for marker in clip.markers:
        value = f"{marker.name}: {marker.comment}" if marker.comment else marker.name
        start = _time(sequence, clip.media_start + marker.frame)
        ElementTree.SubElement(found, "marker", start=start, duration=_time(sequence, 1), value=xml_text(value))
    return found


def _time(sequence: Sequence, frames: int) -> str:
    """Return whole frames as a fraction whose denominator is the rate's, which is how editors keep to the grid."""
    rate = sequence.rate.per_second
    return f"{frames * rate.denominator}/{rate.numerator}s" if frames else "0s"


def _seconds(seconds: Fraction) -> str:
    return f"{seconds.numerator}/{seconds.denominator}s"
