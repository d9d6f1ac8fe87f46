"""Names in tag lists that are not quite those of the files, or those of another computer."""

import pytest

from bgm_finder.catalogue.matching import TrackNames

NAMES = TrackNames(
    enumerate(
        [
            "/lib/Piano/one.wav", "/lib/Guitar/one.wav", "/lib/Piano/only.wav", "/lib/Piano/two.mp3",
            "/lib/Guitar/two.wav", "/lib/春〜夏.wav", "/lib/x/A.wav", "/lib/y/Ａ.wav", "/lib/Piano/Éte.wav",
            "/lib/A−B¢.wav", "/lib/夜―朝.wav", "/lib/vol 2.0.wav",
        ]
    ),
    ["/lib"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("../Piano/one.wav", [0]), ("..\\..\\Guitar\\one.wav", [1]), ("./one.wav", [0, 1]),
        ("./../lib/Piano/ONE.wav", [0]), (".././only", [2]),
        ("../x/A.wav", [6]), ("../y/Ａ.wav", [7]),
        ("file:../Piano/one.wav", []), ("..", []),
        ("ONLY.WAV", [2]), ("only", [2]), ("ONE.WAV", [0, 1]), ("piano/One", [0]), ("Piano/only.mp3", [2]),
        ("D:\\BGM\\Piano\\one.wav", [0]), ("D:\\BGM\\Guitar\\one.wav", [1]), ("\\\\server\\bgm\\Piano\\one.wav", [0]),
        ("D:¥BGM¥Piano¥one.wav", [0]), ("/Volumes/BGM/Guitar/one.wav", [1]), ("D:\\new\\only.wav", [2]),
        ("D:\\BGM\\Piano\\two.wav", [3]), ("D:\\BGM\\Guitar\\two.aiff", [4]), ("D:\\other\\one.wav", [0, 1]),
        ("file:///Volumes/BGM/Piano/one.wav", [0]), ("file://localhost/C:/BGM/Guitar/one.wav", [1]),
        ("Macintosh HD:Users:me:Piano:one.wav", [0]), ("Piano/%C3%89te.wav", [8]), ("E\u0301TE", [8]),
        ("春～夏.wav", [5]), ("春~夏", [5]), ("A－B￠.wav", [9]), ("夜—朝.wav", [10]), ("VOL 2.0", [11]),
        ("A.wav", [6]), ("Ａ.wav", [7]), ("a.wav", [6, 7]),
        ("/lib/Drums/only.wav", []), ("Drums/only.wav", []), ("vol 2", []), ("nothing", []), ("", []), ("/", []),
    ],
)  # fmt: skip
def test_a_name_means_the_track_with_the_longest_ending_in_common(name, ids):
    assert NAMES.find(name) == ids
