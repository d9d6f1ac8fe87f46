"""Whether sound can be read and played."""

from bgm_finder import paths
from bgm_finder.audio.decode import READERS
from bgm_finder.audio.playing.devices import devices
from bgm_finder.audio.source import NotThisReader
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.reasons import Unreadable
from bgm_finder.workflows.doctor import Finding

_SOME_FRAMES = 100_000


def check_decoders(_: str) -> list[Finding]:
    """Let both readers read a track of the demo library."""
    track = next(path for path in sorted(paths.resource("demo").iterdir()) if path.suffix in (".ogg", ".opus"))
    findings = []
    for name, reader in READERS.items():
        try:
            source = reader(track, None)
            is_well = bool(source.read(_SOME_FRAMES).any())
            source.close()
            findings.append(Finding(f"decoder {name}", f"reads {source.facts.codec}", is_well))
        except (NotThisReader, Unreadable) as error:
            findings.append(Finding(f"decoder {name}", f"cannot read the demo library ({_text(error)})", is_well=False))
    return findings


def _text(error: NotThisReader | Unreadable) -> str:
    return sentence_of(error.refusal) if isinstance(error, Unreadable) else str(error)


def check_devices(_: str) -> list[Finding]:
    """Return the devices that can play."""
    found = devices()
    if not found:
        return [Finding("sound", "no sound card found; the window is silent")]
    return [Finding("sound", device.name + (" (default)" if device.is_default else "")) for device in found]
