"""The iXML of a copy: what it is, where it comes from, and which part of its source it holds."""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from bgm_finder.audio.broadcast_wave import Depth

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORD = 1 << 32


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What the chunks of a copy tell."""

    title: str
    artist: str
    source: Path
    start_s: float
    """Where the wanted stretch begins in the source,"""
    end_s: float
    """and where it ends."""
    time_reference: int
    """The place of the copy's first sample on its source's clock, in samples of the copy."""
    rate_hz: int
    depth: Depth
    project: str = ""
    note: str = ""


def xml_text(text: str) -> str:
    """Return a text with a mark for each letter that XML does not allow."""
    return _NOT_XML.sub("\ufffd", text)


def ixml_of(facts: CopyFacts, channels: int, description: str, originator: str) -> bytes:
    """Return the document; the parts that iXML has no name for stand in an element of our own, as it allows."""
    root = ElementTree.Element("BWFXML")
    high, low = (str(part) for part in divmod(facts.time_reference, _WORD))
    _add(root, {"IXML_VERSION": "1.61", "PROJECT": facts.project, "NOTE": facts.note})
    _add(
        ElementTree.SubElement(root, "SPEED"),
        {
            "FILE_SAMPLE_RATE": str(facts.rate_hz),
            "AUDIO_BIT_DEPTH": str(facts.depth.bits),
            "TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI": high,
            "TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO": low,
            "TIMESTAMP_SAMPLE_RATE": str(facts.rate_hz),
        },
    )
    _add(
        ElementTree.SubElement(root, "BEXT"),
        {
            "BWF_DESCRIPTION": description,
            "BWF_ORIGINATOR": originator,
            "BWF_TIME_REFERENCE_LOW": low,
            "BWF_TIME_REFERENCE_HIGH": high,
        },
    )
    tracks = ElementTree.SubElement(root, "TRACK_LIST")
    _add(tracks, {"TRACK_COUNT": str(channels)})
    for number in range(1, channels + 1):
        index = {"CHANNEL_INDEX": str(number), "INTERLEAVE_INDEX": str(number)}
        _add(ElementTree.SubElement(tracks, "TRACK"), index | {"NAME": f"{facts.title} {number}"})
    _add(ElementTree.SubElement(root, "ASWG"), {"songTitle": facts.title, "artist": facts.artist})
    _add(
        ElementTree.SubElement(root, "BGM_FINDER"),
        {
            "TITLE": facts.title,
            "ARTIST": facts.artist,
            "SOURCE": str(facts.source),
            "IN": f"{facts.start_s:.6f}",
            "OUT": f"{facts.end_s:.6f}",
        },
    )
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: ElementTree.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if text:
            ElementTree.SubElement(parent, name).text = xml_text(text)
