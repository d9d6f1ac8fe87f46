"""The sounds of a film in words, as its menu lists them."""

from PySide6.QtCore import QLocale

from bgm_finder.audio.decode import SoundStream
from bgm_finder.gui.text_helpers import showable, translatable, translate

_LANGUAGES = (
    translatable("SoundTrack", "Japanese"),
    translatable("SoundTrack", "English"),
    translatable("SoundTrack", "Chinese"),
    translatable("SoundTrack", "Korean"),
    translatable("SoundTrack", "French"),
    translatable("SoundTrack", "German"),
    translatable("SoundTrack", "Spanish"),
    translatable("SoundTrack", "Italian"),
    translatable("SoundTrack", "Portuguese"),
    translatable("SoundTrack", "Russian"),
)
"""As Qt names them; other languages keep Qt's English name."""
_CHANNELS = {
    1: translatable("SoundTrack", "mono"),
    2: translatable("SoundTrack", "stereo"),
    6: "5.1",
    8: "7.1",
}
_CODECS = {
    "ac3": "AC-3", "eac3": "E-AC-3", "dca": "DTS", "truehd": "TrueHD", "opus": "Opus", "vorbis": "Vorbis",
    "mp3float": "MP3", "mp2float": "MP2",
}  # fmt: skip


def sound_track_text(stream: SoundStream) -> str:
    """Return one sound in words, such as "2: English, stereo AAC – Commentary"."""
    numbers = "+".join(str(part + 1) for part in stream.parts)
    kind = f"{_channels_text(stream.channels)} {_codec_text(stream.codec)}"
    if stream.language:
        known = translate("SoundTrack", "{language}, {kind}").replace("{language}", _language_text(stream.language))
        kind = known.replace("{kind}", kind)
    text = f"{numbers}: {kind}"
    return showable(text + (f" – {stream.title}" if stream.title else ""))


def _language_text(code: str) -> str:
    language = QLocale.codeToLanguage(code)
    if language in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    name = QLocale.languageToString(language)
    return translate("SoundTrack", name) if name in _LANGUAGES else name


def _channels_text(channels: int) -> str:
    if channels in _CHANNELS:
        return translate("SoundTrack", _CHANNELS[channels])
    return translate("SoundTrack", "{count} channels").replace("{count}", str(channels))


def _codec_text(codec: str) -> str:
    return "PCM" if codec.startswith("pcm_") else _CODECS.get(codec, codec.upper())
