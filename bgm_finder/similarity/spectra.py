"""Power spectra by torch, where it is loaded anyway: what mel.power_spectra gives, in less than half the time."""

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from bgm_finder import mel
from bgm_finder.similarity.patches import Floats


def power_spectra(samples: Floats, n_fft: int, hop_length: int) -> Floats:
    """Return the power spectrum of each centred frame, float32, (frames, n_fft // 2 + 1), of mono float32 samples."""
    sound = torch.from_numpy(np.require(samples, requirements="W"))  # torch takes none that may not be written to
    with torch.inference_mode():
        spectra = torch.stft(sound, n_fft, hop_length, window=_window(n_fft), pad_mode="constant", return_complex=True)
        power: Floats = spectra.real.square().add_(spectra.imag.square()).numpy().T
    return power


@lru_cache(maxsize=4)
def _window(n_fft: int) -> Tensor:
    return torch.from_numpy(mel.hann(n_fft))
