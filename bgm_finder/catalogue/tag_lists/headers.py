"""What the columns of a tag list are, by the names that people and programs give them."""

import re
from collections.abc import Sequence

from bgm_finder.catalogue.text_folding import fold
from bgm_finder.track import FORMAT, TEXT_KEYS

IGNORED = ""
"""The role of a column that is passed over."""
FOLDER = "folder"
"""The role of a column with the folder of the file that another column names."""
_FILE_NAMES = """
    file filename filepath fullpath fullfilename soundfile audiofile audiofilename musicfile trackfile wavfile mp3file
    ファイル名 ファイル ファイルパス フルパス 音源ファイル 音源ファイル名 音声ファイル 音声ファイル名 曲ファイル名 音源
    location url uri path パス ファイルの場所
    id trackid songid 曲id 楽曲id trackcode songcode catalognumber cataloguenumber 曲コード 曲番号 管理番号 品番
"""
"""What the column that names the file may be called; the first of these that is there counts."""
_FOLDER_NAMES = "path folder folderpath foldername directory directoryname dir フォルダ フォルダー フォルダ名 パス"
_NAMES = {
    "title": """title tracktitle songtitle cuetitle song songname track trackname name tune タイトル 曲名 曲 トラック名
        楽曲名 曲タイトル 楽曲タイトル 題名 作品名""",
    "comment": """comment comments 1行コメント 一行コメント コメント remark remarks note notes memo description caption
        備考 メモ 説明 曲の説明 楽曲説明 解説 概要 紹介文 曲紹介 摘要 特記事項""",
    "bpm": "bpm beatsperminute tempobpm bpmtempo テンポbpm",
    "use": "use uses usage usages usecase usecases purpose 用途 利用シーン 使用シーン 使用用途 利用用途 用途例",
    "genre": "genre genres musicgenre musicalgenre 楽曲ジャンル ジャンル 音楽ジャンル 曲ジャンル",
    "mood": "mood moods emotion emotions feel feeling feelings atmosphere vibe イメージ ムード 雰囲気 曲調 印象 感情",
    "instrument": "instrument maininstrument maininstruments leadinstrument メイン楽器 主楽器 主要楽器 主な楽器",
    "instruments": "instruments instrumentation 楽器 使用楽器 楽器編成",
    "tempo": "tempo tempi speed テンポ テンポ感 速さ 速度",
    "format": "format fileformat filetype ファイル形式 形式 フォーマット 拡張子",
    IGNORED: """length lengths duration time runningtime playtime seconds 長さ 尺 時間 再生時間 演奏時間 秒数 曲の長さ
        size filesize サイズ ファイルサイズ 容量 date datemodified lastmodified modified dateadded created
        日付 更新日 更新日時 作成日 作成日時 追加日 登録日 year 年 no number nr num 番号 項番 tracknumber trackno
        tracknr trackcount totaltracks トラック番号 discnumber disccount disc bitrate ビットレート samplerate
        サンプルレート サンプリングレート サンプリング周波数 bitdepth ビット深度 channels チャンネル チャンネル数 codec
        コーデック kind volumeadjustment equalizer equaliser plays playcount playdate lastplayed skips skipcount
        lastskipped rating myrating albumrating 再生回数 work movementnumber movementcount movementname""",
}  # the last rows are those of the exports of Mp3tag and of Apple's Music
_BETWEEN = re.compile(r"[\W_]+")
_NO_NAME = re.compile(r"[\s_\-‐-―.:;'\"“”‘’*※#・?!]*")
"""A header that is nothing but such signs names no category."""
_PAIRS = "()[]{}【】「」『』<>〈〉《》〔〕"
_BRACKETS = re.compile(rf"[{re.escape(_PAIRS[::2])}].*?(?:[{re.escape(_PAIRS[1::2])}]|$)", re.DOTALL)
"""A remark, unless brackets stand around the whole name."""
_PARTS = re.compile(rf"[/|,、&+\n{re.escape(_PAIRS)}]")
_MARKS = "■□●○◎◆◇▲△▼▽★☆▶►▪•・※＊*# "
_IN_BRACKETS = re.compile(r"[(\[{【「『<〈《〔（［｛＜](\w[^()\[\]{}【】「」『』<>]*)[)\]}】」』>〉》〕）］｝＞]")
_DIGITS = "0123456789"


def _plain(header: str) -> str:
    """Return a header without what makes no difference: case, width, and all that is no letter and no digit."""
    return _BETWEEN.sub("", fold(header))


_ROLES = {_plain(name): role for role, names in _NAMES.items() for name in names.split()}
_FILES = [_plain(name) for name in _FILE_NAMES.split()]
_FOLDERS = frozenset(map(_plain, _FOLDER_NAMES.split()))
_KNOWN = {**dict.fromkeys(_FOLDERS, FOLDER), **_ROLES, **dict.fromkeys(_FILES, "file")}


def roles_of(header: Sequence[str]) -> list[str]:
    """Return for each column "file", FOLDER, a TextKey, FORMAT, a category, or IGNORED.

    Several columns may belong to one category; every other role is given once.
    """
    names = [_known_name(cell) for cell in header]
    file = min((name for name in names if name in _FILES), key=_FILES.index, default=None)
    roles: list[str] = []
    for cell, name in zip(header, names, strict=True):
        role = _role(cell, name, file)
        roles.append(IGNORED if role in _ONCE and role in roles else role)
    if "file" not in roles and "title" in roles:  # most name the file after the piece
        roles[roles.index("title")] = "file"
    own = "instrument" in roles
    return [
        _instruments(cell, own) if role == "instruments" else role for cell, role in zip(header, roles, strict=True)
    ]


def doubled_columns(header: Sequence[str], roles: Sequence[str]) -> list[str]:
    """Return the columns that are passed over as another one says the same."""
    roles_by_name = (
        (cell, _KNOWN.get(_known_name(cell))) for cell, role in zip(header, roles, strict=True) if not role
    )
    return [cell.strip() for cell, role in roles_by_name if role in roles and role and _known_name(cell) != "track"]


def known_headers(cells: Sequence[str]) -> int:
    """Return how many cells are names of columns that are known."""
    return sum(_known_name(cell) in _KNOWN for cell in cells)


def has_file_column(cells: Sequence[str]) -> bool:
    """Whether one of the cells is the name of a column that names files."""
    names = {_known_name(cell) for cell in cells}
    return not names.isdisjoint(_FILES) or (_titled(names) and len(names & _KNOWN.keys()) > 1)


_ONCE = frozenset({"file", FOLDER, *TEXT_KEYS, FORMAT})


def _titled(names: set[str]) -> bool:
    return any(_ROLES.get(name) == "title" for name in names)


def _role(cell: str, name: str, file: str | None) -> str:
    if name == file:
        return "file"
    if name in _FOLDERS and file is not None:
        return FOLDER
    if name in _FILES:
        return IGNORED
    return _KNOWN.get(name, IGNORED if _NO_NAME.fullmatch(fold(cell)) else _own_name(cell))


def _instruments(cell: str, has_main: bool) -> str:
    return _own_name(cell) if has_main else "instrument"


def _own_name(cell: str) -> str:
    """Return the name of a category as the list writes it, without signs and brackets around it."""
    text = " ".join(cell.split())
    name = text.strip(_MARKS) or text
    bracketed = _IN_BRACKETS.fullmatch(name)
    return bracketed[1].strip() if bracketed else name


def _known_name(cell: str) -> str:
    """Return the known name that a header has, else its own plain form.

    "Moods* (calm, happy)", "【ムード】" and "3. Mood" are all "mood": signs and a number before a name are decoration,
    and so are brackets around it; brackets behind a name hold a remark.
    """
    whole = _plain(_PARTS.sub(" ", fold(cell)))
    folded = fold(cell)
    shorter = _plain(_BRACKETS.sub(" ", folded))
    for name in (whole, shorter, shorter.rstrip(_DIGITS), shorter.lstrip(_DIGITS), shorter.strip(_DIGITS)):
        if name in _KNOWN:
            return name
    parts = [part for part in map(_plain, _PARTS.split(cell if "\n" in cell else folded)) if part in _KNOWN]
    return parts[0] if len({_KNOWN[part] for part in parts}) == 1 else shorter or whole
