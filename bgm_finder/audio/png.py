"""Write a mel picture as PNG, bare for machines or with its axes for people."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bgm_finder.audio.picture import COLOUR_MAP, RANGE_DB, MelPicture, colour
from bgm_finder.mel import hz_to_mel

_PLAIN_SIZE = (1000, 320)
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 14, 92, 44
"""Room around the picture for its axes, in pixels."""
_BAR = 14
_PAPER, _INK = (250, 250, 250), (40, 40, 40)
_TICKS_HZ = (50, 100, 200, 500, 1000, 2000, 4000, 8000, 16000)
_TICKS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
_MOST_TIME_TICKS = 9


def save_png(picture: MelPicture, path: Path, size: tuple[int, int] | None = None, axes: bool = False) -> None:
    """Write the picture; size is that of the coloured part (its own, or 1000x320 with axes); raises OSError."""
    image = Image.fromarray(np.ascontiguousarray(colour(picture)[::-1])) if picture.db.size else _black()
    if axes:
        size = size or _PLAIN_SIZE
    if size is not None:
        image = image.resize(size, Image.Resampling.BOX if size[0] < image.width else Image.Resampling.BILINEAR)
    if axes:
        image = _with_axes(picture, image)
    image.save(path, format="PNG")


def _black() -> Image.Image:
    return Image.new("RGB", (1, 1))


def _with_axes(picture: MelPicture, image: Image.Image) -> Image.Image:
    width, height = image.size
    sheet = Image.new("RGB", (width + _LEFT + _RIGHT, height + _TOP + _BOTTOM), _PAPER)
    sheet.paste(image, (_LEFT, _TOP))
    draw = ImageDraw.Draw(sheet)
    _draw_pitches(draw, picture, height)
    _draw_times(draw, picture, width, _TOP + height)
    _draw_bar(sheet, draw, picture, _LEFT + width + 16, height)
    return sheet


def _draw_pitches(draw: ImageDraw.ImageDraw, picture: MelPicture, height: int) -> None:
    low, high = float(hz_to_mel(picture.low_hz)), float(hz_to_mel(picture.high_hz))
    last = float("inf")
    for hz in _TICKS_HZ:
        y = _TOP + height - 1 - (float(hz_to_mel(hz)) - low) / (high - low) * (height - 1)
        if not picture.low_hz <= hz <= picture.high_hz or last - y < 14:
            continue
        last = y
        draw.line((_LEFT - 5, y, _LEFT - 1, y), fill=_INK)
        draw.text((_LEFT - 8, y), f"{hz} Hz" if hz < 1000 else f"{hz // 1000} kHz", _INK, _font(), anchor="rm")


def _draw_times(draw: ImageDraw.ImageDraw, picture: MelPicture, width: int, bottom: int) -> None:
    step = next((step for step in _TICKS_S if picture.duration_s / step <= _MOST_TIME_TICKS), _TICKS_S[-1])
    for number in range(int(picture.duration_s / step) + 1):
        x = _LEFT + number * step / max(picture.duration_s, 1e-9) * (width - 1)
        draw.line((x, bottom, x, bottom + 4), fill=_INK)
        draw.text((x, bottom + 7), f"{number * step:g}", _INK, _font(), anchor="mt")
    draw.text((_LEFT + width / 2, bottom + 25), "seconds", _INK, _font(), anchor="mt")


def _draw_bar(sheet: Image.Image, draw: ImageDraw.ImageDraw, picture: MelPicture, left: int, height: int) -> None:
    bar = Image.fromarray(np.repeat(COLOUR_MAP[::-1][:, None], _BAR, axis=1)).resize((_BAR, height))
    sheet.paste(bar, (left, _TOP))
    for part in range(5):
        y = _TOP + part / 4 * (height - 1)
        draw.line((left + _BAR, y, left + _BAR + 4, y), fill=_INK)
        label = f"{picture.reference_db - part / 4 * RANGE_DB:.0f} dB"
        draw.text((left + _BAR + 7, y), label, _INK, _font(), anchor="lm")


def _font() -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size=12)
