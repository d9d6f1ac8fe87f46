"""The timeline as Final Cut Pro 7 XML (xmeml), which Premiere and DaVinci Resolve read.

OpenTimelineIO's adapter makes one of two equal clips and knows nothing of channels, so this is written here.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bgm_finder.export.copies import Media
from bgm_finder.export.ixml import xml_text
from bgm_finder.export.media_addresses import address_of
from bgm_finder.export.sequence import Clip, Sequence

_TRACK_TYPES = {1: "Mono", 2: "Stereo", 6: "5.1"}
"""Premiere's names by the channels of a track's clips."""
_SURROUND = 6
_BITS = "24"
_HOST = "localhost"


def fcp7_text(sequence: Sequence) -> str:
    """Return the content of an .xml file: a track for each channel, whose clips are linked."""
    root = Element("xmeml", version="4")
    found = SubElement(root, "sequence", id="sequence-1", explodedTracks="true")
    _add(found, name=sequence.name, duration=sequence.length)
    _rate(found, sequence)
    _timecode(found, sequence, sequence.start)
    media = SubElement(found, "media")
    _picture_format(SubElement(media, "video"), sequence)
    audio = SubElement(media, "audio")
    _add(audio, numOutputChannels=_SURROUND if sequence.channels == _SURROUND else 2)
    _sound_format(SubElement(audio, "format"), _rate_hz(sequence))
    audio.extend(_Tracks(sequence).elements())
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n' + tostring(root, "unicode") + "\n"


class _Tracks:
    """The tracks: clips of one number of channels share as many, one for each channel."""

    def __init__(self, sequence: Sequence) -> None:
        self._sequence = sequence
        self._files: dict[Media, str] = {}
        """The files that stand in the document already, by their ids."""
        self._track = 0
        self._clips = 0

    def elements(self) -> Iterator[Element]:
        widths = dict.fromkeys(_width(clip) for clip in self._sequence.clips)
        for width in widths:
            clips = [clip for clip in self._sequence.clips if _width(clip) == width]
            yield from self._group(clips, width)

    def _group(self, clips: list[Clip], width: int) -> Iterator[Element]:
        first_track, first_clip = self._track + 1, self._clips + 1
        for channel in range(width):
            track = Element(
                "track",
                currentExplodedTrackIndex=str(channel),
                totalExplodedTrackCount=str(width),
                premiereTrackType=_TRACK_TYPES[width],
            )
            for place, clip in enumerate(clips):
                ids = [first_clip + other * len(clips) + place for other in range(width)]
                item = self._item(clip, ids[channel], channel, width)
                if width > 1:
                    item.extend(_link(one, first_track + other, place + 1) for other, one in enumerate(ids))
                track.append(item)
            _add(track, enabled="TRUE", locked="FALSE")
            if width > 1:  # a lone channel belongs to the middle, not to the first loudspeaker
                _add(track, outputchannelindex=channel + 1)
            yield track
        self._track += width
        self._clips += width * len(clips)

    def _item(self, clip: Clip, number: int, channel: int, width: int) -> Element:
        item = Element("clipitem", id=f"clipitem-{number}", premiereChannelType=_TRACK_TYPES[width].lower())
        _add(item, name=clip.name, enabled="TRUE", duration=clip.media_length)
        _rate(item, self._sequence)
        _add(item, start=clip.record_in, end=clip.record_out)
        _add(item, **{"in": clip.source_in, "out": clip.source_out})
        item.append(self._file(clip))
        _add(SubElement(item, "sourcetrack"), mediatype="audio", trackindex=channel + 1)
        for marker in clip.markers:
            out = marker.frame + marker.length if marker.length > 1 else -1
            found = SubElement(item, "marker")
            _add(found, name=marker.name, comment=marker.comment)
            _add(found, **{"in": marker.frame, "out": out})
        return item

    def _file(self, clip: Clip) -> Element:
        """Return the file whole where it stands for the first time; after that its id is enough."""
        media = clip.media
        if media in self._files:
            return Element("file", id=self._files[media])
        self._files[media] = f"file-{len(self._files) + 1}"
        file = Element("file", id=self._files[media])
        _add(file, name=media.path.name, pathurl=address_of(media.path, _HOST))
        _rate(file, self._sequence)
        _add(file, duration=clip.media_length)
        _timecode(file, self._sequence, clip.media_start)
        audio = SubElement(SubElement(file, "media"), "audio")
        _sound_format(audio, media.rate_hz)
        _add(audio, channelcount=media.channels)
        return file


def _width(clip: Clip) -> int:
    """Return how many tracks a clip takes: of odd numbers of channels the first two are shown."""
    return clip.media.channels if clip.media.channels in _TRACK_TYPES else 2


def _rate_hz(sequence: Sequence) -> int:
    return max((clip.media.rate_hz for clip in sequence.clips), default=48_000)


def _link(number: int, track: int, place: int) -> Element:
    link = Element("link")
    _add(
        link,
        linkclipref=f"clipitem-{number}",
        mediatype="audio",
        trackindex=track,
        clipindex=place,
        groupindex=1,
    )
    return link


def _picture_format(video: Element, sequence: Sequence) -> None:
    """Describe a picture, though there is none: without a format Resolve shows no timeline (OpenTimelineIO #839)."""
    facts = SubElement(SubElement(video, "format"), "samplecharacteristics")
    _rate(facts, sequence)
    _add(facts, width=1920, height=1080, anamorphic="FALSE", pixelaspectratio="square", fielddominance="none")


def _sound_format(parent: Element, rate_hz: int) -> None:
    _add(SubElement(parent, "samplecharacteristics"), depth=_BITS, samplerate=rate_hz)


def _rate(parent: Element, sequence: Sequence) -> None:
    ntsc = "TRUE" if sequence.rate.is_ntsc else "FALSE"
    _add(SubElement(parent, "rate"), timebase=sequence.rate.timebase, ntsc=ntsc)


def _timecode(parent: Element, sequence: Sequence, frame: int) -> None:
    timecode = SubElement(parent, "timecode")
    _rate(timecode, sequence)
    _add(
        timecode,
        string=sequence.rate.timecode(frame),
        frame=frame,
        displayformat="DF" if sequence.rate.is_drop else "NDF",
    )


def _add(parent: Element, **texts: str | int) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = xml_text(str(text))
