"""Whole frames and time codes, compared with what OpenTimelineIO makes of them."""

from fractions import Fraction

import opentimelineio as otio
import pytest

from bgm_finder.export.frame_rates import FRAME_RATES


@pytest.mark.parametrize("name", FRAME_RATES)
def test_time_codes_are_those_of_opentimelineio_and_lead_back(name):
    rate = FRAME_RATES[name]
    minute = 60 * rate.timebase
    frames = {0, 1, minute - 1, minute, minute + 3, 10 * minute - 1, 10 * minute, 107_891, 107_892, 2_000_000}
    frames |= {17_981, 17_982, 17_983, 35_963, 35_964, *range(1_795, 1_803), *range(3_595, 3_605)}
    for frame in sorted(frames):
        time = otio.opentime.RationalTime(frame, float(rate.per_second))
        label = rate.timecode(frame)
        assert label == otio.opentime.to_timecode(time, float(rate.per_second), rate.is_drop), frame
        assert rate.frame_of(label) == frame % (24 * 60 * minute)


@pytest.mark.parametrize("label", ["00:01:00;00", "00:01:00:01", "24:00:00:00", "0:0", "aa:00:00:00", "00:00:00:30"])
def test_time_codes_that_do_not_exist_are_refused(label):
    with pytest.raises(ValueError):
        FRAME_RATES["29.97df"].frame_of(label)


def test_an_hour_by_the_clock_is_an_hour_of_drop_frame_time_code():
    rate = FRAME_RATES["29.97df"]
    assert rate.timecode(rate.frame_at(3600)) == "01:00:00;00"
    assert FRAME_RATES["29.97"].timecode(FRAME_RATES["29.97"].frame_at(3600)) == "00:59:56:12"


def test_frames_never_reach_beyond_the_sound():
    for rate in FRAME_RATES.values():
        for samples in (44_099, 44_100, 44_101, 1_764_001):
            frames = rate.frames_within(samples, 44_100)
            assert frames * 44_100 <= samples * rate.per_second < (frames + 1) * 44_100
        assert rate.frame_before(rate.seconds(977)) == rate.frame_after(rate.seconds(977)) == 977
        assert rate.frame_after(rate.seconds(977) + Fraction(1, 1_000_000)) == 978
