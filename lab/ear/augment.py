"""What happens to music on its way to an editor, done to its pictures: speech over it, codecs, filters, noise, speed.

Works on batches of dB pictures, where a filter is a sum and a mixture is one line, so that it costs less than reading.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from bgm_finder import mel
from bgm_finder.similarity import patches

_KIND, _NOTES = patches.EAR_MEL, patches.EAR_NOTES
MEL_HZ = torch.tensor(
    mel.band_centres_hz(_KIND.bands, _KIND.low_hz, patches.EAR.rate_hz / 2)[1:-1].copy(), dtype=torch.float32
)
NOTES_HZ = patches.LOWEST_NOTE_HZ * 2.0 ** (torch.arange(_NOTES.bands) / patches.NOTES_PER_OCTAVE)
_SILENCE_DB = -120.0


@dataclass(frozen=True, slots=True)
class Windows:
    """Pictures of a batch of windows in dB, (windows, bands, frames)."""

    mel: Tensor
    notes: Tensor

    def units(self) -> tuple[Tensor, Tensor]:
        """Return them as the network sees them, (windows, 1, bands, frames), 0 to 1."""
        return _units(self.mel)[:, None], _units(self.notes)[:, None]


class Augmenter:
    """Augmentation of each window of a batch in its own way; the same seed gives the same ways."""

    def __init__(self, seed: int, speech: Windows | None) -> None:
        self._random = torch.Generator().manual_seed(seed)
        self._speech = speech

    def __call__(self, windows: Windows) -> Windows:
        windows = self._speed(windows)
        windows = self._equalise(windows)
        windows = self._reverberate(windows)
        windows = self._talk_over(windows)
        windows = self.band_limit(windows)
        return self._coarsen(windows)

    def _chosen(self, count: int, share: float) -> Tensor:
        return torch.rand(count, generator=self._random) < share

    def _between(self, count: int, low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, generator=self._random)

    def _speed(self, windows: Windows) -> Windows:
        """Play faster or slower; half of the time the pitch follows, otherwise it goes its own way."""
        count = len(windows.mel)
        chosen = self._chosen(count, 0.4)
        factor = torch.where(chosen, self._between(count, 0.94, 1.06), torch.ones(count))
        own_way = self._between(count, -0.6, 0.6) * self._chosen(count, 0.3)
        semitones = torch.where(self._chosen(count, 0.5), 12 * torch.log2(factor), own_way) * chosen
        return Windows(moved(windows.mel, MEL_HZ, semitones, factor), moved(windows.notes, NOTES_HZ, semitones, factor))

    def _equalise(self, windows: Windows) -> Windows:
        """Add a smooth curve: a tilt and three waves over the octaves."""
        count = len(windows.mel)
        chosen = self._chosen(count, 0.5)[:, None]
        tilt = self._between(count, -2.0, 2.0)[:, None]
        heights = self._between(count * 3, -3.0, 3.0).reshape(count, 3, 1)
        turns = self._between(count * 3, 0.0, 2 * math.pi).reshape(count, 3, 1)

        def curve(hz: Tensor) -> Tensor:
            octaves = torch.log2(hz / 1000.0)
            waves = heights * torch.sin(octaves * torch.tensor([[0.5], [1.0], [2.0]]) + turns)
            return (chosen * (tilt * octaves + waves.sum(dim=1)))[:, :, None]

        return Windows(windows.mel + curve(MEL_HZ), windows.notes + curve(NOTES_HZ))

    def _reverberate(self, windows: Windows) -> Windows:
        """Let every band die away slowly: nothing falls faster than the room lets it."""
        count = len(windows.mel)
        chosen = self._chosen(count, 0.12)
        fall_db_s = self._between(count, 40.0, 150.0)
        return Windows(
            _smeared(windows.mel, chosen, fall_db_s * _seconds_a_frame(_KIND)),
            _smeared(windows.notes, chosen, fall_db_s * _seconds_a_frame(_NOTES)),
        )

    def _talk_over(self, windows: Windows) -> Windows:
        """Mix speech over a third of the windows, and steady noise over a sixth."""
        count = len(windows.mel)
        noise_db = torch.where(self._chosen(count, 0.17), self._between(count, -45.0, -12.0), torch.tensor(_SILENCE_DB))
        mixed = Windows(_with_noise(windows.mel, noise_db), _with_noise(windows.notes, noise_db))
        if self._speech is None:
            return mixed
        speech_db = torch.where(self._chosen(count, 0.33), self._between(count, -15.0, 4.0), torch.tensor(_SILENCE_DB))
        picked = torch.randint(len(self._speech.mel), (count,), generator=self._random)
        return Windows(
            _mixed(mixed.mel, self._speech.mel[picked], speech_db),
            _mixed(mixed.notes, self._speech.notes[picked], speech_db),
        )

    def band_limit(self, windows: Windows) -> Windows:
        """Cut the top off, as low rates and codecs do, and sometimes the bottom, as small speakers do."""
        count = len(windows.mel)
        top_hz = 2500.0 * 2 ** self._between(count, 0.0, 2.1)
        top_hz = torch.where(self._chosen(count, 0.33), top_hz, torch.tensor(1e6))[:, None]
        bottom_hz = 50.0 * 2 ** self._between(count, 0.0, 2.5)
        bottom_hz = torch.where(self._chosen(count, 0.12), bottom_hz, torch.tensor(1.0))[:, None]
        steep = self._between(count, 60.0, 600.0)[:, None]

        def loss(hz: Tensor) -> Tensor:
            above = torch.relu(torch.log2(hz / top_hz)) * steep
            below = torch.relu(torch.log2(bottom_hz / hz)) * 12.0
            return (above + below)[:, :, None]

        return Windows(windows.mel - loss(MEL_HZ), windows.notes - loss(NOTES_HZ))

    def _coarsen(self, windows: Windows) -> Windows:
        """Lose what is much softer than its moment, as codecs do, and what lies under a noise floor."""
        count = len(windows.mel)
        below_db = self._between(count, 45.0, 75.0)
        gaps = self._chosen(count, 0.2)
        floor_db = torch.where(self._chosen(count, 0.25), self._between(count, 45.0, 80.0), torch.tensor(200.0))
        return Windows(
            _floored(_gapped(windows.mel, below_db, gaps), floor_db),
            _floored(_gapped(windows.notes, below_db, gaps), floor_db),
        )


def _units(decibels: Tensor) -> Tensor:
    return torch.relu(1.0 + (decibels - decibels.amax(dim=(1, 2), keepdim=True)) / patches.RANGE_DB)


def _seconds_a_frame(kind: patches.PictureKind) -> float:
    return kind.hop_length / patches.EAR.rate_hz


def moved(pictures: Tensor, hz: Tensor, semitones: Tensor, factor: Tensor) -> Tensor:
    """Move bands by semitones and columns by a factor of speed, both between neighbours."""
    bands, frames = pictures.shape[1:]
    wanted_hz = hz[None] * 2 ** (-semitones[:, None] / 12)
    after = torch.searchsorted(hz.contiguous(), wanted_hz).clamp(1, bands - 1)
    share = ((wanted_hz - hz[after - 1]) / (hz[after] - hz[after - 1])).clamp(0, 1)[:, :, None]
    lower = pictures.gather(1, (after - 1)[:, :, None].expand(-1, -1, frames))
    upper = pictures.gather(1, after[:, :, None].expand(-1, -1, frames))
    shifted = lower + share * (upper - lower)
    columns = (torch.arange(frames)[None] * factor[:, None]).round().long()
    columns = torch.where(columns < frames, columns, 2 * frames - 2 - columns).clamp(0, frames - 1)
    return shifted.gather(2, columns[:, None, :].expand(-1, bands, -1))


def _smeared(pictures: Tensor, chosen: Tensor, fall_db: Tensor) -> Tensor:
    ramp = fall_db[:, None, None] * torch.arange(pictures.shape[2])
    smeared = torch.cummax(pictures + ramp, dim=2).values - ramp
    return torch.where(chosen[:, None, None], smeared, pictures)


def _level_db(pictures: Tensor) -> Tensor:
    """Return the mean power of each picture in dB."""
    return 10 * torch.log10((10 ** (pictures / 10)).mean(dim=(1, 2)) + 1e-12)


def _with_noise(pictures: Tensor, noise_db: Tensor) -> Tensor:
    return torch.logaddexp(pictures * 0.230259, ((_level_db(pictures) + noise_db) * 0.230259)[:, None, None]) / 0.230259


def with_company(windows: Windows, company: Windows, company_db: Tensor) -> Windows:
    """Mix another window under each, so many dB louder than it, (windows,)."""
    return Windows(
        _mixed(windows.mel, company.mel, company_db),
        _mixed(windows.notes, company.notes, company_db),
    )


def _mixed(music: Tensor, speech: Tensor, speech_db: Tensor) -> Tensor:
    """Add the powers, the speech so many dB above the music."""
    gain_db = (_level_db(music) - _level_db(speech) + speech_db)[:, None, None]
    return torch.logaddexp(music * 0.230259, (speech + gain_db) * 0.230259) / 0.230259


def _gapped(pictures: Tensor, below_db: Tensor, chosen: Tensor) -> Tensor:
    lost = pictures < pictures.amax(dim=1, keepdim=True) - below_db[:, None, None]
    return torch.where(lost & chosen[:, None, None], pictures.new_tensor(_SILENCE_DB), pictures)


def _floored(pictures: Tensor, floor_db: Tensor) -> Tensor:
    return torch.maximum(pictures, pictures.amax(dim=(1, 2), keepdim=True) - floor_db[:, None, None])
