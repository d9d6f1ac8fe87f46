"""Which title, comment and tempo of a track counts: the user's own, a tag list's, the file's, the estimate."""

TITLE = "coalesce(nullif(hand_title, ''), nullif(csv_title, ''), title)"
COMMENT = "coalesce(nullif(hand_comment, ''), nullif(csv_comment, ''), comment)"
BPM = "coalesce(hand_bpm, csv_bpm, file_bpm, estimated_bpm)"
IS_BPM_ESTIMATED = "(coalesce(hand_bpm, csv_bpm, file_bpm) IS NULL AND estimated_bpm IS NOT NULL)"

REFOLD = """UPDATE tracks SET
    folded = search_words(name, hand_title, csv_title, title, artist, hand_comment, csv_comment, comment),
    title_key = title_key(name, iif(hand_title = '', csv_title, hand_title), title) WHERE id = ?"""
"""Bring what the search and the order by title go by up to date; to be run after each change of a text or a name."""
