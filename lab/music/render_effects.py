"""What happens to a sound between the instrument and the master: amplifiers, bodies, tone, rooms, compression."""

import numpy as np
from numpy.typing import NDArray
from scipy import signal

Floats = NDArray[np.float32]
"""Samples, float32, (channels, n), in all functions here."""


def level_db(sound: Floats) -> float:
    """Return the RMS level of what sounds (the louder half of the 50 ms blocks), in dB below full scale."""
    mono = sound.mean(axis=0)
    blocks = mono[: len(mono) // 1024 * 1024].reshape(-1, 1024)
    power = np.sort((blocks**2).mean(axis=1)) if len(blocks) else np.zeros(1)
    sounding = power[power > power[-1] * 1e-3] if power[-1] > 0 else power
    return float(10 * np.log10(sounding.mean() + 1e-12))


def set_level(sound: Floats, target_db: float) -> Floats:
    """Return the sound with its sounding parts at the target level."""
    return sound * np.float32(10 ** ((target_db - level_db(sound)) / 20))


def band_pass(sound: Floats, low_hz: float, high_hz: float, rate_hz: int, order: int = 2) -> Floats:
    """Return the sound without what lies below and above, as a loudspeaker or a codec would cut it."""
    high_hz = min(high_hz, rate_hz * 0.49)
    sections = signal.butter(order, (low_hz, high_hz), "bandpass", fs=rate_hz, output="sos")
    return np.asarray(signal.sosfilt(sections, sound, axis=-1), np.float32)


def peak(sound: Floats, centre_hz: float, gain_db: float, q: float, rate_hz: int) -> Floats:
    """Return the sound with a bell of the Audio EQ Cookbook."""
    if centre_hz > rate_hz * 0.45:
        return sound
    angle = 2 * np.pi * centre_hz / rate_hz
    alpha, gain = np.sin(angle) / (2 * q), 10 ** (gain_db / 40)
    numerator = np.array([1 + alpha * gain, -2 * np.cos(angle), 1 - alpha * gain])
    denominator = np.array([1 + alpha / gain, -2 * np.cos(angle), 1 - alpha / gain])
    filtered = signal.lfilter(numerator / denominator[0], denominator / denominator[0], sound, axis=-1)
    return np.asarray(filtered, np.float32)


def guitar_body(sound: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the string's sound through a wooden box: the air's and the top's resonances."""
    sound = peak(sound, rng.uniform(90, 120), rng.uniform(3, 8), 4, rate_hz)
    sound = peak(sound, rng.uniform(180, 240), rng.uniform(3, 8), 4, rate_hz)
    sound = peak(sound, rng.uniform(350, 600), rng.uniform(-4, 4), 2, rate_hz)
    return peak(sound, rng.uniform(2000, 4500), rng.uniform(-3, 5), 1, rate_hz)


def wooden_box(sound: Floats, wet: float, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the sound through a body or soundboard unlike any other: many short resonances of chance pitch."""
    count = int(0.15 * rate_hz)
    time_s = np.arange(count) / rate_hz
    hz = np.exp(rng.uniform(np.log(75), np.log(0.4 * rate_hz), 90))
    decay_s = rng.uniform(0.3, 1.5) * 8.0 / hz**0.8
    weight = rng.standard_normal(len(hz)) * (hz / 300) ** rng.uniform(-0.7, 0.1)
    response = np.sin(2 * np.pi * hz[:, None] * time_s) * np.exp(-time_s / decay_s[:, None])
    box = weight @ response
    box /= np.sqrt((box**2).sum()) + 1e-9
    through = signal.fftconvolve(sound, box[None].astype(np.float32), axes=-1)[:, : sound.shape[1]]
    through *= np.sqrt((sound**2).mean() / ((through**2).mean() + 1e-12))
    return np.asarray((1 - wet) * sound + wet * through, np.float32)


def tone_curve(sound: Floats, spread_db: float, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the sound with each octave louder or softer by chance, as another recording of it would have it."""
    octaves = np.log2(np.linspace(40, rate_hz / 2, 256) / 40)
    knots = np.arange(0, octaves[-1] + 1.0, 0.7)
    gain_db = np.interp(octaves, knots, rng.normal(0, spread_db, len(knots)))
    taps = signal.firwin2(255, np.linspace(0, 1, 256), 10 ** (np.clip(gain_db, -18, 12) / 20))
    return np.asarray(signal.fftconvolve(sound, taps[None].astype(np.float32), mode="same", axes=-1), np.float32)


def attack(sound: Floats, gain_db: float, rate_hz: int) -> Floats:
    """Return the sound with its onsets harder (above 0 dB) or softer."""
    power = (sound**2).max(axis=0)
    fast = signal.lfilter([0.02], [1, -0.98], power)
    slow = signal.lfilter([1 / (0.08 * rate_hz)], [1, -1 + 1 / (0.08 * rate_hz)], power)
    share = np.clip(10 * np.log10((fast + 1e-9) / (slow + 1e-9)) / 6, 0, 1)
    return np.asarray(sound * 10 ** (gain_db * share / 20), np.float32)


def coarse(sound: Floats, as_if_hz: float, bits: int, rate_hz: int) -> Floats:
    """Return the sound as an old sampler would hold it: few samples a second, few bits."""
    held = (np.arange(sound.shape[1]) * as_if_hz / rate_hz).astype(int)
    places = np.minimum((held * rate_hz / as_if_hz).astype(int), sound.shape[1] - 1)
    loudest = float(np.abs(sound).max()) + 1e-9
    steps = 2 ** (bits - 1)
    return np.asarray(np.round(sound[:, places] / loudest * steps) / steps * loudest, np.float32)


def amplifier(sound: Floats, drive_db: float, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the sound through a valve amplifier (soft, uneven clipping at twice the rate) and its loudspeaker."""
    drive = 10 ** (drive_db / 20)
    sound = band_pass(set_level(sound, -18), 90, rate_hz * 0.48, rate_hz, 1)
    fast = signal.resample_poly(sound, 2, 1, axis=-1)
    bias = 0.15
    clipped = np.tanh(drive * fast + bias) - np.tanh(bias)
    sound = signal.resample_poly(clipped, 1, 2, axis=-1)[:, : sound.shape[1]].astype(np.float32)
    sound = band_pass(sound, rng.uniform(70, 110), rng.uniform(3800, 5500), rate_hz, 2)
    return peak(sound, rng.uniform(1800, 3000), rng.uniform(1, 6), 1, rate_hz)


def room(sound: Floats, decay_s: float, wet: float, rate_hz: int, rng: np.random.Generator) -> Floats:
    """Return the sound in a room: an early gap, then noise that dies away, the high tones first; the tail is kept."""
    count = int(decay_s * 1.1 * rate_hz)
    time_s = np.arange(count) / rate_hz
    low = rng.standard_normal((len(sound), count)) * np.exp(-6.9 * time_s / decay_s)
    low = signal.lfilter([0.45], [1, -0.55], low, axis=-1)
    high = rng.standard_normal((len(sound), count)) * np.exp(-13 * time_s / decay_s) * 0.3
    gap = int(rng.uniform(0.008, 0.03) * rate_hz)
    response = np.pad(low + high, ((0, 0), (gap, 0)))
    response /= np.sqrt((response**2).sum(axis=-1, keepdims=True)) + 1e-9
    echo = signal.fftconvolve(sound, response.astype(np.float32), axes=-1)
    out = wet * echo
    out[:, : sound.shape[1]] += (1 - 0.4 * wet) * sound
    return np.asarray(out, np.float32)


def echo(sound: Floats, delay_s: float, feedback: float, wet: float, rate_hz: int) -> Floats:
    """Return the sound with four repeats, each weaker and darker."""
    step = int(delay_s * rate_hz)
    out = np.pad(sound, ((0, 0), (0, step * 4)))
    repeat = sound
    for number in range(1, 5):
        repeat = signal.lfilter([0.6], [1, -0.4], repeat, axis=-1)
        side = np.array([[1.2], [0.8]]) if number % 2 else np.array([[0.8], [1.2]])
        pan = side if len(sound) == 2 else 1.0
        out[:, step * number : step * number + sound.shape[1]] += wet * feedback ** (number - 1) * repeat * pan
    return np.asarray(out, np.float32)


def chorus(sound: Floats, depth_s: float, speed_hz: float, rate_hz: int) -> Floats:
    """Return the sound with a copy of itself that drifts in pitch, opposite in the two channels."""
    time = np.arange(sound.shape[1], dtype=np.float64)
    out = np.empty_like(sound)
    for channel, samples in enumerate(sound):
        sway = np.sin(2 * np.pi * speed_hz * time / rate_hz + np.pi * channel)
        out[channel] = 0.7 * samples + 0.6 * np.interp(time - (0.012 + depth_s * sway) * rate_hz, time, samples)
    return out


def retuned(sound: Floats, cents: float) -> Floats:
    """Return the sound played a little faster or slower, as from a tape."""
    count = sound.shape[1]
    places = np.arange(0, count - 1, 2 ** (cents / 1200))
    return np.stack([np.interp(places, np.arange(count), samples) for samples in sound]).astype(np.float32)


def compressed(sound: Floats, threshold_db: float, ratio: float, rate_hz: int) -> Floats:
    """Return the sound with its loud moments held back, both channels alike."""
    hop = max(1, rate_hz // 200)
    power = (sound**2).max(axis=0)
    blocks = power[: len(power) // hop * hop].reshape(-1, hop).max(axis=1)
    if not len(blocks):
        return sound
    smooth = signal.lfilter([0.12], [1, -0.88], blocks)
    over_db = np.maximum(0, 10 * np.log10(smooth + 1e-12) - threshold_db)
    gain_db = -over_db * (1 - 1 / ratio)
    gain = 10 ** (np.interp(np.arange(sound.shape[1]), np.arange(len(blocks)) * hop, gain_db) / 20)
    return np.asarray(sound * gain, np.float32)


def pumping(sound: Floats, beat_s: float, depth: float, rate_hz: int) -> Floats:
    """Return the sound ducked on every beat, as a compressor fed by the bass drum does."""
    place = (np.arange(sound.shape[1]) / rate_hz / beat_s) % 1
    return (sound * (1 - depth * np.exp(-place * 5))).astype(np.float32)


def limited(sound: Floats, ceiling: float = 0.89) -> Floats:
    """Return the sound with what exceeds the ceiling rounded off smoothly."""
    knee = ceiling * 0.7
    size = np.abs(sound)
    soft = knee + (ceiling - knee) * np.tanh((size - knee) / (ceiling - knee))
    return np.where(size > knee, np.sign(sound) * soft, sound).astype(np.float32)
