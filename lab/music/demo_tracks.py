"""The tracks of the demo library: what each is called, how it is composed and which tags it carries.

The tags are as sparse as on a real stock-music site: of 28 tracks 17 tell a use, 13 a genre and 9 a main instrument.
Tracks of one recipe are musical siblings: the same chords, tune and grooves in another key, tempo or dress.
"""

from dataclasses import dataclass

from lab.music.compose_harmony import KEY_NAMES
from lab.music.compose_piece import PieceSpec


@dataclass(frozen=True, slots=True)
class DemoTrack:
    """One track of the demo library."""

    title: str
    seed: int
    spec: PieceSpec
    comment: str
    use: str = ""
    genre: str = ""
    mood: str = ""
    instrument: str = ""
    tempo: str = ""


def _spec(
    main: str, genre: str, mood: str, bpm: float, key: str, recipe: int, company: str, playing: str, beats: int = 4
) -> PieceSpec:
    """Company holds instruments; playing holds groove, bass and the main instrument's pattern, - for what is free."""
    groove, bass, pattern = (word if word != "-" else None for word in playing.split())
    return PieceSpec(
        main,
        genre,
        mood,
        bpm,
        KEY_NAMES.index(key.removesuffix("m")),
        _LENGTH_S,
        tuple(company.split()),
        recipe,
        "both",
        key.endswith("m"),
        beats,
        groove,
        bass,
        pattern,
        whole_form=True,
    )


_LENGTH_S = 33.0
_ACOUSTIC, _ELECTRIC, _PIANO, _SYNTH = "acoustic_guitar", "electric_guitar", "piano", "synthesizer"

TRACKS = (
    DemoTrack(
        "朝の散歩道",
        1,
        _spec(_ACOUSTIC, "pops", "light", 108, "G", 101, "bass percussion", "- root5 travis"),
        "アコギが軽やかに歩く朝 / A light walk in the morning on acoustic guitar",
        use="VP, 企業VP",
        genre="ポップス",
        mood="軽快、明るい",
        instrument="アコースティックギター",
        tempo="ミディアムテンポ",
    ),
    DemoTrack(
        "Walk Home at Dusk",
        2,
        _spec(_ACOUSTIC, "pops", "light", 92, "D", 101, "bass percussion", "- root5 travis"),
        "夕暮れの帰り道、朝の曲の兄弟 / The morning walk, slower, on the way home",
        mood="優しい",
    ),
    DemoTrack(
        "木漏れ日",
        3,
        _spec(_ACOUSTIC, "ballad", "gentle", 72, "C", 245, "strings", "- - pima"),
        "指弾きのギターと弦 / Fingerpicked guitar over warm strings",
        use="映画",
        genre="バラード",
        mood="優しい",
    ),
    DemoTrack(
        "Campfire Letters",
        4,
        _spec(_ACOUSTIC, "ballad", "calm", 66, "A", 180, "", "- - ballad_pick"),
        "ギター一本、静かな夜 / One guitar, a quiet night",
        instrument="アコースティックギター",
        tempo="スローテンポ",
    ),
    DemoTrack(
        "Harbour Reel",
        5,
        _spec(_ACOUSTIC, "world", "happy", 124, "D", 105, "woodwind percussion", "reel - D.DUD.DU"),
        "港町の踊り / A dance from a harbour town",
        use="イベント、ゲーム",
        genre="ワールド",
        mood="楽しい",
    ),
    DemoTrack(
        "カフェの午後",
        6,
        _spec(_ACOUSTIC, "jazz", "stylish", 118, "F", 106, "bass drums", "bossa - D..U..D."),
        "ボサノバ風のおしゃれなギター / A stylish guitar for the afternoon",
        use="CM",
        mood="おしゃれ",
    ),
    DemoTrack(
        "Redline Runner",
        7,
        _spec(_ELECTRIC, "rock", "driving", 164, "Em", 111, "bass drums", "rock8 drive riff"),
        "歪んだギターで全力疾走 / Distorted guitars at full speed",
        use="ゲーム",
        genre="ロック",
        mood="疾走感",
        instrument="エレキギター",
        tempo="アップテンポ",
    ),
    DemoTrack(
        "赤い轍",
        8,
        _spec(_ELECTRIC, "rock", "driving", 148, "Am", 111, "bass drums organ", "rock8 drive riff"),
        "Redline Runner の兄弟、オルガン入り / Brother of Redline Runner, with organ",
        mood="疾走感",
    ),
    DemoTrack(
        "Kick the Gate",
        9,
        _spec(_ELECTRIC, "rock", "exciting", 138, "Dm", 113, "bass drums", "rock eighths riff"),
        "試合の前のロック / Rock for the minutes before the match",
        use="イベント",
        mood="わくわく",
    ),
    DemoTrack(
        "夜更けのブルーノート",
        10,
        _spec(_ELECTRIC, "jazz", "stylish", 104, "Bbm", 114, "bass drums electric_piano", "swing walking ..D...D."),
        "クリーンなジャズギター / Clean jazz guitar after midnight",
        use="CM、VP",
        mood="おしゃれ",
        instrument="エレキギター",
    ),
    DemoTrack(
        "Glass Horizon",
        11,
        _spec(_ELECTRIC, "ambient", "calm", 74, "E", 107, "synthesizer", "- - arpeggio8"),
        "残響の深いギター / A guitar in a wide, deep space",
        use="映画",
    ),
    DemoTrack(
        "放課後グルーヴ",
        12,
        _spec(_ELECTRIC, "pops", "happy", 118, "A", 116, "bass drums electric_piano", "pop funk DU.UDU.U"),
        "カッティングギターのポップス / Pop with a rhythm guitar that skips",
        genre="ポップス",
        mood="楽しい",
        tempo="ミディアムテンポ",
    ),
    DemoTrack(
        "雨の窓辺",
        13,
        _spec(_PIANO, "ballad", "sad", 66, "Am", 121, "strings", "- - arpeggio8"),
        "雨の日のピアノと弦 / Piano and strings on a rainy day",
        use="映画、ゲーム",
        genre="バラード",
        mood="切ない",
        instrument="ピアノ",
        tempo="スローテンポ",
    ),
    DemoTrack(
        "Letters Never Sent",
        14,
        _spec(_PIANO, "ballad", "sad", 74, "Em", 121, "strings", "- - arpeggio8"),
        "雨の窓辺の兄弟 / The rainy window, in another key and a little faster",
        mood="切ない",
    ),
    DemoTrack(
        "小さなワルツ",
        15,
        _spec(_PIANO, "classical", "light", 116, "G", 127, "", "- - broken", beats=3),
        "ピアノ独奏の小品 / A small piece for piano alone",
        use="ジングル",
        genre="クラシック",
    ),
    DemoTrack(
        "Sunday Standard",
        16,
        _spec(_PIANO, "jazz", "stylish", 132, "F", 124, "bass drums", "swing walking comp"),
        "スウィングするピアノトリオ / A swinging piano trio",
        mood="おしゃれ",
        instrument="ピアノ",
    ),
    DemoTrack(
        "明日への一歩",
        17,
        _spec(_PIANO, "pops", "bright", 112, "C", 164, "strings bass drums", "pop root5 arpeggio8"),
        "企業紹介向けの前向きなピアノ / Hopeful piano for a company film",
        use="企業VP、VP、CM",
        genre="ポップス",
        mood="明るい",
    ),
    DemoTrack(
        "Snow on the Platform",
        18,
        _spec(_PIANO, "ambient", "calm", 68, "D", 126, "synthesizer", "- - drift"),
        "静かなピアノとパッド / Quiet piano over a soft pad",
        tempo="スローテンポ",
    ),
    DemoTrack(
        "Neon Crossing",
        19,
        _spec(_SYNTH, "techno", "driving", 132, "Am", 131, "bass drums", "four offbeat sequence"),
        "交差点を抜けるシンセ / Synthesizers through a night crossing",
        use="CM、ゲーム",
        genre="テクノ",
        mood="疾走感",
        instrument="シンセサイザー",
        tempo="アップテンポ",
    ),
    DemoTrack(
        "夜のハイウェイ",
        20,
        _spec(_SYNTH, "techno", "driving", 124, "Dm", 131, "bass drums", "four offbeat sequence"),
        "Neon Crossing の兄弟 / Sibling of Neon Crossing, down the highway",
    ),
    DemoTrack(
        "Product Launch",
        21,
        _spec(_SYNTH, "pops", "bright", 122, "G", 194, "bass drums piano", "four octaves stab"),
        "新製品発表のシンセポップ / Synth pop for a product launch",
        use="企業VP、イベント",
        mood="軽快、わくわく",
        tempo="アップテンポ",
    ),
    DemoTrack(
        "星の軌道",
        22,
        _spec(_SYNTH, "ambient", "calm", 70, "E", 134, "choir", "- - arpeggio8"),
        "宇宙を漂うパッド / Pads that drift through space",
        use="映画、VP",
        mood="穏やか",
        instrument="シンセサイザー",
    ),
    DemoTrack(
        "Pixel Garden",
        23,
        _spec(_SYNTH, "pops", "happy", 128, "C", 135, "bass drums", "pop octaves arpeggio16"),
        "ゲーム風の明るいシンセ / A bright tune from a small screen",
        use="ゲーム",
        mood="楽しい",
    ),
    DemoTrack(
        "Grid Lines",
        24,
        _spec(_SYNTH, "techno", "dark", 126, "C#m", 136, "bass drums", "electro sixteenths sequence"),
        "冷たいシーケンス / A cold sequence under strip lights",
        tempo="アップテンポ",
    ),
    DemoTrack(
        "夢の水路",
        25,
        _spec(_SYNTH, "ballad", "gentle", 78, "F", 109, "electric_piano strings", "- - broken"),
        "やわらかなシンセのバラード / A soft ballad on synthesizer",
        genre="バラード",
        mood="優しい",
    ),
    DemoTrack(
        "開幕のファンファーレ",
        26,
        _spec("brass", "classical", "grand", 104, "Bb", 100, "strings drums", "march - half"),
        "金管と弦の壮大な幕開け / Brass and strings raise the curtain",
        use="イベント、ジングル",
        genre="クラシック",
        mood="壮大",
        instrument="ブラスセクション、ストリングス",
    ),
    DemoTrack(
        "紅葉の庭",
        27,
        _spec("plucked", "world", "gentle", 84, "D", 114, "woodwind percussion", "- - broken"),
        "琴と笛の和風曲 / Koto and flute in an autumn garden",
        use="VP",
        genre="ワールド",
        mood="穏やか",
    ),
    DemoTrack(
        "Winter Quartet",
        28,
        _spec("strings", "classical", "sad", 76, "Am", 143, "piano", "- - hold"),
        "弦の静かな哀しみ / Strings with a quiet sorrow",
        genre="クラシック",
        mood="切ない",
    ),
)
