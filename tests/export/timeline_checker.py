"""Reads timelines in whole frames, from the formats' public descriptions alone: nothing of ours or of OpenTimelineIO.

OTIO: the specification of its file format. FCP 7 XML: Apple's "Final Cut Pro XML Interchange Format". FCPXML: Apple's
reference with its DTD 1.9. EDL: the CMX 3600 layout with the comments that all programs share.
"""

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

STOCK_SCHEMAS = {
    *("Timeline.1", "Stack.1", "Track.1", "Clip.2", "Gap.1", "ExternalReference.1", "Marker.2"),
    *("RationalTime.1", "TimeRange.1"),
}
FCPXML_ATTRIBUTES = {
    "fcpxml": {"version"},
    "resources": set(),
    "format": {"id", "name", "frameDuration", "width", "height"},
    "asset": {
        *("id", "name", "start", "duration", "hasVideo", "format", "hasAudio", "videoSources", "audioSources"),
        *("audioChannels", "audioRate"),
    },
    "media-rep": {"kind", "src"},
    "library": {"location"},
    "event": {"name"},
    "project": {"name"},
    "sequence": {"format", "duration", "tcStart", "tcFormat", "audioLayout", "audioRate"},
    "spine": set(),
    "gap": {"name", "offset", "start", "duration"},
    "asset-clip": {"ref", "name", "offset", "start", "duration", "tcFormat", "audioRole"},
    "marker": {"start", "duration", "value", "note"},
}
"""What Final Cut Pro's DTD allows of what a timeline of sound needs; another attribute makes it refuse the file."""
FCPXML_PARENTS = {
    "resources": "fcpxml",
    "format": "resources",
    "asset": "resources",
    "media-rep": "asset",
    "library": "fcpxml",
    "event": "library",
    "project": "event",
    "sequence": "project",
    "spine": "sequence",
    "gap": "spine",
    "asset-clip": "spine",
    "marker": "asset-clip",
}


@dataclass(frozen=True)
class Seen:
    """A clip as a reader finds it, in frames."""

    file: str
    source_in: int
    """By the file's own clock, which begins at media_start."""
    length: int
    record_in: int
    media_start: int | None = None
    media_length: int | None = None


@dataclass(frozen=True)
class SeenTimeline:
    start: int
    rate: Fraction
    is_drop: bool | None
    clips: list[Seen]
    markers: list[tuple[str, int]]
    """Names, and frames by the timeline's clock."""


def check(path: Path) -> SeenTimeline:
    """Return what a timeline holds; an AssertionError says what breaks its format."""
    return {".otio": _otio, ".xml": _xmeml, ".fcpxml": _fcpxml, ".edl": _edl}[path.suffix](path)


def frame_of(label: str, timebase: int) -> int:
    """Return the frame of a time code, by counting: a drop-frame minute begins two or four numbers later."""
    hours, minutes, seconds, frames = map(int, re.split("[:;]", label))
    assert minutes < 60 and seconds < 60 and frames < timebase, label
    number = ((hours * 60 + minutes) * 60 + seconds) * timebase + frames
    if ";" not in label:
        return number
    dropped = {30: 2, 60: 4}[timebase]
    assert seconds or frames >= dropped or minutes % 10 == 0, f"{label} does not exist"
    return number - dropped * sum(1 for minute in range(1, hours * 60 + minutes + 1) if minute % 10)


def _path(address: str) -> str:
    if not address.startswith("file:"):
        assert address.startswith("/"), f"{address} is not absolute"
        return address
    parts = urlsplit(address)
    assert parts.netloc in ("", "localhost") and not parts.query and not parts.fragment, address
    return unquote(parts.path)


def _otio(path: Path) -> SeenTimeline:
    document = json.loads(path.read_text(encoding="utf-8"))
    _check_schemas(document)
    rate = Fraction(document["global_start_time"]["rate"]).limit_denominator(1001)

    def frames(time: dict) -> int:
        assert Fraction(time["rate"]).limit_denominator(1001) == rate, "the clip's rate is not the timeline's"
        assert time["value"] == int(time["value"]), "no whole frame"
        return int(time["value"])

    clips, markers = [], []
    start = frames(document["global_start_time"])
    (track,) = document["tracks"]["children"]
    at = 0
    for item in track["children"]:
        first, length = (frames(item["source_range"][key]) for key in ("start_time", "duration"))
        if item["OTIO_SCHEMA"] == "Clip.2":
            media = item["media_references"][item["active_media_reference_key"]]
            has = [frames(media["available_range"][key]) for key in ("start_time", "duration")]
            clips.append(Seen(_path(media["target_url"]), first, length, at, *has))
            for marker in item["markers"]:
                place = frames(marker["marked_range"]["start_time"])
                assert first <= place < first + length, "a marker outside its clip is dropped"
                markers.append((marker["name"], start + at + place - first))
        at += length
    return SeenTimeline(start, rate, None, clips, markers)


def _check_schemas(value: object) -> None:
    if isinstance(value, dict):
        assert value.get("OTIO_SCHEMA", "Timeline.1") in STOCK_SCHEMAS, value["OTIO_SCHEMA"]
        for key, part in value.items():
            if key != "metadata":
                _check_schemas(part)
    elif isinstance(value, list):
        for part in value:
            _check_schemas(part)


def _xmeml(path: Path) -> SeenTimeline:
    root = ElementTree.fromstring(path.read_bytes())
    assert root.tag == "xmeml"
    sequence = root.find("sequence")
    rate = _xmeml_rate(sequence)
    assert sequence.find("media/video/format") is not None, "Resolve shows no timeline without it"
    timecode = sequence.find("timecode")
    start = int(timecode.findtext("frame"))
    assert start == frame_of(timecode.findtext("string"), int(timecode.findtext("rate/timebase")))
    is_drop = timecode.findtext("displayformat") == "DF"
    assert is_drop == (";" in timecode.findtext("string"))
    files, ids, seen, markers = {}, set(), [], []
    for track in sequence.findall("media/audio/track"):
        ends = 0
        for item in track.findall("clipitem"):
            assert item.get("id") not in ids, "two clips of one id"
            ids.add(item.get("id"))
            file = item.find("file")
            if file.find("pathurl") is not None:
                files[file.get("id")] = file
            file = files[file.get("id")]
            assert _xmeml_rate(item) == _xmeml_rate(file) == rate, "the clip's rate is not the file's"
            begin, end, first, last = (int(item.findtext(name)) for name in ("start", "end", "in", "out"))
            assert end - begin == last - first > 0 and begin >= ends
            assert last <= int(item.findtext("duration")) == int(file.findtext("duration"))
            channels = int(file.findtext("media/audio/channelcount"))
            assert 1 <= int(item.findtext("sourcetrack/trackindex")) <= channels
            ends = end
            if track.get("currentExplodedTrackIndex") == "0":
                own = int(file.findtext("timecode/frame"))
                name = _path(file.findtext("pathurl"))
                length = int(file.findtext("duration"))
                seen.append(Seen(name, own + first, last - first, begin, own, length))
                found = [(marker.findtext("name"), int(marker.findtext("in"))) for marker in item.findall("marker")]
                markers += [(name, start + begin + place - first) for name, place in found]
    links = {link.findtext("linkclipref") for link in root.iter("link")}
    assert links <= ids, "a link to no clip"
    seen.sort(key=lambda clip: clip.record_in)
    return SeenTimeline(start, rate, is_drop, seen, sorted(markers, key=lambda marker: marker[1]))


def _xmeml_rate(element: ElementTree.Element) -> Fraction:
    (rate,) = element.findall("rate")
    is_ntsc = {"TRUE": True, "FALSE": False}[rate.findtext("ntsc")]
    return int(rate.findtext("timebase")) * (Fraction(1000, 1001) if is_ntsc else 1)


def _fcpxml(path: Path) -> SeenTimeline:
    text = path.read_text(encoding="utf-8")
    assert "<!DOCTYPE fcpxml>" in text
    root = ElementTree.fromstring(text.encode())
    for parent in root.iter():
        assert set(parent.attrib) <= FCPXML_ATTRIBUTES[parent.tag], (parent.tag, parent.attrib)
        for child in parent:
            assert FCPXML_PARENTS[child.tag] == parent.tag, f"{child.tag} within {parent.tag}"
    sequence = root.find("library/event/project/sequence")
    form = root.find(f"resources/format[@id='{sequence.get('format')}']")
    frame = _seconds(form.get("frameDuration"))
    assert sequence.get("audioLayout") in ("stereo", "surround")
    assets = {asset.get("id"): asset for asset in root.iter("asset")}
    start, clips, markers, at = _frames(sequence.get("tcStart"), frame), [], [], 0
    for item in sequence.find("spine"):
        first, length = _frames(item.get("start", "0s"), frame), _frames(item.get("duration"), frame)
        assert _frames(item.get("offset"), frame) == start + at, "clips of a spine follow each other"
        if item.tag == "asset-clip":
            asset = assets[item.get("ref")]
            own, lasts_s = _frames(asset.get("start"), frame), _seconds(asset.get("duration"))
            assert own <= first and (first - own + length) * frame <= lasts_s, "outside the file"
            clips.append(Seen(_path(asset.find("media-rep").get("src")), first, length, at, own, int(lasts_s / frame)))
            for marker in item.findall("marker"):
                place = _frames(marker.get("start"), frame)
                assert first <= place < first + length
                markers.append((marker.get("value"), start + at + place - first))
        at += length
    assert _frames(sequence.get("duration"), frame) == at
    return SeenTimeline(start, 1 / frame, sequence.get("tcFormat") == "DF", clips, markers)


def _seconds(text: str) -> Fraction:
    return Fraction(re.fullmatch(r"(\d+(?:/\d+)?)s", text)[1])


def _frames(text: str, frame: Fraction) -> int:
    frames = _seconds(text) / frame
    assert frames.denominator == 1, f"{text} lies between two frames"
    return int(frames)


_EVENT = re.compile(
    r"(\d{3,})  (\S+) +(A|AA|V) +C +(\d\d:\d\d:\d\d[:;]\d\d) (\d\d:\d\d:\d\d[:;]\d\d)"
    r" (\d\d:\d\d:\d\d[:;]\d\d) (\d\d:\d\d:\d\d[:;]\d\d)"
)


def _edl(path: Path, timebase: int = 0) -> SeenTimeline:
    """Return frames by the rate that the caller names: a list does not say it."""
    lines = path.read_bytes().decode("utf-8").split("\r\n")
    assert lines[0].startswith("TITLE: ") and lines[1] in ("FCM: DROP FRAME", "FCM: NON-DROP FRAME")
    is_drop = lines[1] == "FCM: DROP FRAME"
    clips, markers, number = [], [], 0
    for line in lines[2:]:
        if event := _EVENT.fullmatch(line):
            number += 1
            assert int(event[1]) == number and len(event[2]) <= 8
            assert all((";" in label) == is_drop for label in event.groups()[3:])
            first, last, begin, end = (frame_of(label, timebase) for label in event.groups()[3:])
            assert last - first == end - begin > 0
            clips.append(Seen("", first, last - first, begin))
        elif name := re.fullmatch(r"\* FROM CLIP NAME: (.+)", line):
            clips[-1] = Seen(name[1], clips[-1].source_in, clips[-1].length, clips[-1].record_in)
        elif marker := re.fullmatch(r"\* LOC: (\S+) (\S+) +(.*)", line):
            markers.append((marker[3], frame_of(marker[1], timebase)))
        else:
            assert not line, line
    return SeenTimeline(0, Fraction(timebase), is_drop, clips, markers)


def check_edl(path: Path, timebase: int) -> SeenTimeline:
    """Return what a list holds; its record times count from midnight."""
    return _edl(path, timebase)
