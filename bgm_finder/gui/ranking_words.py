"""What is said of a ranking in a line: how close it comes, and what could not take part."""

from bgm_finder.gui.text_helpers import number, translate
from bgm_finder.similarity.closeness import nearest
from bgm_finder.track import Closeness, Match
from bgm_finder.workflows.find_similar import Ranking


def remarks(shown: Ranking, newest: Ranking) -> list[str]:
    """Return what is to be said of a ranking that is shown beside how many tracks it has.

    newest: the ranking that was found last, which may be held back: what could not take part is told of that one.
    """
    return [*_closeness(shown), *_sections(newest), *_left_out(newest)]


def closeness_text(word: Closeness) -> str:
    """Return a word for closeness in the window's language."""
    return {
        Closeness.VERY_CLOSE: translate("Closeness", "very close"),
        Closeness.CLOSE: translate("Closeness", "close"),
        Closeness.RELATED: translate("Closeness", "related"),
        Closeness.DISTANT: translate("Closeness", "distant"),
    }[word]


def _closeness(ranking: Ranking) -> list[str]:
    inside, outside = _nearest(ranking.inside), _nearest(ranking.outside)
    if nearest([inside, outside]) is Closeness.DISTANT:
        return [translate("ReferencePanel", "nothing really close")]
    if inside is Closeness.DISTANT:
        return [translate("ReferencePanel", "nothing really close inside the filter")]
    return []


def _nearest(matches: tuple[Match, ...]) -> Closeness | None:
    return nearest([match.closeness for match in matches])


def _sections(ranking: Ranking) -> list[str]:
    known = ranking.sections_known
    if known is None or known >= ranking.compared:
        return []
    text = translate("ReferencePanel", "sections known for {known} of {all}")
    return [text.replace("{known}", number(known)).replace("{all}", number(ranking.compared))]


def _left_out(ranking: Ranking) -> list[str]:
    """Return what was left out, by its reason."""
    waiting = ranking.left_out - ranking.left_out_unreadable - ranking.left_out_missing
    reasons = (
        (ranking.left_out_unreadable, translate("ReferencePanel", "{count} unreadable")),
        (ranking.left_out_missing, translate("ReferencePanel", "{count} missing")),
        (waiting, translate("ReferencePanel", "{count} not analysed yet")),
    )
    return [text.replace("{count}", number(count)) for count, text in reasons if count]
