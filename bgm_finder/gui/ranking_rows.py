"""A ranking as the list shows it: two parts under headings, one of them, or all in one."""

import numpy as np

from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.controllers.search import TOP
from bgm_finder.gui.track_model import Rows
from bgm_finder.gui.words import number, translate
from bgm_finder.track import ListScope, Match
from bgm_finder.workflows.find_similar import Ranking


def ranking_rows(ranking: Ranking, columns: Columns, scope: ListScope) -> Rows:
    """Return the rows for a scope."""
    if scope == ListScope.MERGED or not ranking.is_filtered:
        best_first = sorted((*ranking.inside, *ranking.outside), key=lambda match: -match.score)
        return _stacked([("", tuple(best_first))], columns)
    inside = (translate("RankingRows", "Inside your filter"), ranking.inside)
    outside = (translate("RankingRows", "Outside your filter"), ranking.outside)
    parts = {ListScope.INSIDE: [inside], ListScope.OUTSIDE: [outside]}.get(scope, [inside, outside])
    return _stacked(parts, columns)


def _count_text(count: int) -> str:
    if count < TOP:
        return number(count)
    return translate("RankingRows", "the best {count}").replace("{count}", number(count))


def _stacked(parts: list[tuple[str, tuple[Match, ...]]], columns: Columns) -> Rows:
    rows: list[int] = []
    headings: dict[int, str] = {}
    matches: dict[int, Match] = {}
    for heading, part in parts:
        if heading:
            headings[len(rows)] = f"{heading} – {_count_text(len(part))}"
            rows.append(-1)
        present = columns.rows_of([match.track_id for match in part])
        row_of = dict(zip(columns.ids[present].tolist(), present.tolist(), strict=True))
        for match in part:
            row = row_of.get(match.track_id)
            if row is not None:
                matches[len(rows)] = match
                rows.append(row)
    return Rows(np.array(rows, np.int32), headings, matches)
