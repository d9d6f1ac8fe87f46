"""Make a catalogue of any size, as sparse in its tags as a stock-music site; kept for the next run.

`python -m tests.benchmarks._synthetic 600000` makes it ahead. BGM_BENCH_CACHE is where it is kept. Rows come in
through the catalogue's own writer; facts, tags and vectors through one transaction of plain SQL, because the writers
commit each track to the disk for good, which takes half an hour for 600,000.
"""

import itertools
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.database import open_database
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.similarity.embedder import load_embedder

CACHE = Path(os.environ.get("BGM_BENCH_CACHE", Path(tempfile.gettempdir()) / "bgm-finder-benchmarks"))
MUSIC = Path("/music/library")
"""Nothing lies there: a catalogue lists what is not at hand as well."""
DIMENSIONS = 128
_AT_ONCE = 20_000
_STYLES = 300
"""Groups that the vectors lie in; tracks of a library are not spread evenly."""

TAGS = {
    "use": (0.62, 1.6, """ジングル CM イベント ゲーム 映画 VP 企業VP ドラマ アニメ ニュース 店舗 結婚式 YouTube ラジオ
        番組 教育 医療 スポーツ 料理 旅行 展示会"""),
    "genre": (0.48, 1.2, """ロック バラード テクノ ポップス ワールド クラシック ジャズ ボサノバ ヒップホップ ハウス
        アンビエント フォーク カントリー メタル ファンク ソウル レゲエ 和風 EDM オーケストラ エレクトロニカ"""),
    "mood": (0.55, 1.8, """軽快 楽しい 明るい 優しい わくわく 疾走感 おしゃれ 切ない 悲しい 壮大 緊張 不思議 かわいい
        爽やか 幻想的 力強い 穏やか コミカル 怖い 懐かしい 都会的"""),
    "instrument": (0.32, 1.1, """シンセサイザー ピアノ エレキギター ストリングス パーカッション アコースティックギター
        ブラスセクション シンセリード 民族 オルガン フルート サックス
        ベース ハープ マリンバ 木琴 箏 三味線 尺八 チェロ"""),
    "tempo": (0.41, 1.0, "遅い やや遅い 普通 やや速い 速い"),
}  # fmt: skip
"""By category: the share of tracks with any tag, how many those have on average, and the names, most used first."""

_TEXT = {
    "adjectives": """Morning Blue Silent Golden River Night Summer Dream Glass City Rain Winter Light Slow Bright Happy
        Corporate Little Electric Paper Moon Sky Walk Drive Ocean Garden Street Coffee Memory Highway Sunset Spring""",
    "kinds": "Theme Loop Song Waltz Beat Groove Jingle Ballad Suite March Logo Bed Opening Ending Break",
    "like": "青い 静かな 明るい 夜の 雨の 春の 朝の 遠い やさしい 小さな 光る 走る 冬の 真夏の 懐かしい 街角の 秘密の",
    "what": "空 街 カフェ 散歩 物語 メロディ 風 花 海 約束 記憶 旅 リズム 時計 教室 電車 灯り 森 ワルツ テーマ",
    "sounds": "ピアノ ギター ストリングス シンセ オーケストラ 三味線 アコーディオン サックス ウクレレ 鉄琴",
    "scenes": "企業紹介 商品説明 旅行番組 料理動画 オープニング エンディング ゲーム 結婚式 ニュース ドキュメンタリー",
}
_WORDS = {kind: text.split() for kind, text in _TEXT.items()}
_FORMATS = (".wav", ".mp3", ".ogg", ".flac", ".m4a")


def catalogue(count: int) -> Path:
    """Return a catalogue of so many tracks, made now where no earlier run has."""
    target = CACHE / f"tracks{count}-{network()}-version{len(MIGRATIONS)}.sqlite"
    if not target.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".unfinished")
        for left in CACHE.glob(f"{unfinished.name}*"):
            left.unlink()
        _make(unfinished, count)
        unfinished.replace(target)
    return target


def network() -> str:
    """Return the name that the app's own network stores its vectors under."""
    return load_embedder("default").name


def vectors(count: int, seed: int = 0) -> np.ndarray:
    """Return unit vectors, float32, (count, DIMENSIONS), in groups as those of real tracks."""
    rng = np.random.default_rng(seed)
    styles = rng.normal(size=(_STYLES, DIMENSIONS)).astype(np.float32)
    found = styles[rng.integers(0, _STYLES, count)]
    found += 0.8 * rng.standard_normal((count, DIMENSIONS), np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def _make(path: Path, count: int) -> None:
    rng, chance = np.random.default_rng(count), random.Random(count)
    titles = [_title(chance, number) for number in range(count)]
    names = (_file_name(number, title) for number, title in enumerate(titles))
    with Catalogue(path) as opened:
        # a folder that is not there cannot be added by hand; the catalogue only keeps its name
        opened.folders.add(MUSIC)
        found = (FoundFile(f"{MUSIC}/{name}", 4_000_000 + number, 10**18 + number) for number, name in enumerate(names))
        ids: list[int] = []
        while some := opened.files.add(itertools.islice(found, _AT_ONCE)):
            ids += some
    with closing(open_database(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        with connection:
            _fill(connection, rng, ids, titles)
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")


def _fill(connection: sqlite3.Connection, rng: np.random.Generator, ids: list[int], titles: list[str]) -> None:
    connection.executemany(
        """UPDATE tracks SET title = ?2, artist = ?3, comment = ?4, duration_s = ?5, rate_hz = 44100, channels = 2,
            estimated_bpm = ?6, content_hash = ?7, loudness_lufs = -14.0, is_whole_read = 1,
            folded = search_words(name, '', ?2, ?3, '', ?4) WHERE id = ?1""",
        _facts(rng, ids, titles),
    )
    for category, (share, mean, names) in TAGS.items():
        connection.executemany(
            "INSERT INTO tag_names (category, name) VALUES (?, ?)", [(category, name) for name in names.split()]
        )
        known = connection.execute("SELECT id FROM tag_names WHERE category = ? ORDER BY id", (category,)).fetchall()
        pairs = _taggings(rng, ids, np.array(known).ravel(), share, mean)
        connection.executemany("INSERT INTO track_tags (name_id, track_id, source) VALUES (?, ?, 'csv')", pairs)
    name, matrix = network(), vectors(len(ids)).astype(np.float16)
    connection.executemany(
        "INSERT INTO vectors (network, track_id, vector) VALUES (?, ?, ?)",
        ((name, track_id, vector.tobytes()) for track_id, vector in zip(ids, matrix, strict=True)),
    )


def _facts(rng: np.random.Generator, ids: list[int], titles: list[str]) -> Iterator[tuple[object, ...]]:
    durations = np.clip(rng.lognormal(4.9, 0.6, len(ids)), 3.0, 900.0).round(2).tolist()
    bpms = rng.integers(60, 180, len(ids)).tolist()
    for track_id, title, duration_s, bpm in zip(ids, titles, durations, bpms, strict=True):
        sound, scene = _WORDS["sounds"][track_id % 10], _WORDS["scenes"][track_id // 7 % 10]
        comment = f"{sound}を使った{scene}向けの曲です" if track_id % 3 else f"{sound} for {title.lower()}"
        artist = "" if track_id % 5 < 3 else f"Composer {track_id % 700}"  # 60% of real files have none
        hashed = track_id.to_bytes(16, "little")
        yield track_id, title, artist, comment, duration_s, bpm if track_id % 4 else None, hashed


def _title(chance: random.Random, number: int) -> str:
    if number % 2:
        return f"{chance.choice(_WORDS['like'])}{chance.choice(_WORDS['what'])} {chance.randrange(400)}"
    one, two = chance.choice(_WORDS["adjectives"]), chance.choice(_WORDS["adjectives"])
    return f"{one} {two} {chance.choice(_WORDS['kinds'])} {number % 97}"


def _file_name(number: int, title: str) -> str:
    """Return a place of fifty tracks a folder, a hundred folders a package."""
    stem = title.lower().replace(" ", "_")
    return f"package {number // 5000:03}/disc {number // 50:05}/{number:06}_{stem}{_FORMATS[number % len(_FORMATS)]}"


def _taggings(
    rng: np.random.Generator, ids: list[int], name_ids: np.ndarray, share: float, mean: float
) -> list[list[int]]:
    """Return (name, track) pairs: few tracks with many tags, the first names far more often than the last."""
    tagged = np.array(ids)[rng.random(len(ids)) < share]
    counts = 1 + rng.poisson(mean - 1, len(tagged))
    weights = 1 / (1 + np.arange(len(name_ids)))
    chosen = rng.choice(name_ids, counts.sum(), p=weights / weights.sum())
    return np.unique(np.stack([chosen, np.repeat(tagged, counts)], axis=1), axis=0).tolist()


if __name__ == "__main__":
    began_s = time.perf_counter()
    made = catalogue(int(sys.argv[1]) if len(sys.argv) > 1 else 600_000)
    print(made, f"{made.stat().st_size / 1e6:.0f} MB", f"{time.perf_counter() - began_s:.0f} s")
