"""What a network hears in rendered pieces: the main instrument, how sure it is, and what it finds near."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.audio.decode import decode_windows, probe
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.patches import Floats, window_starts
from bgm_finder.training import rendered
from bgm_finder.training.metrics import recognition, retrieval


def measured(embedder: Embedder, corpus: Path, font_family: int | None, most: int) -> dict[str, object]:
    """Return the figures of so many pieces of a corpus at most; of those that only one family of sounds leads."""
    pieces = rendered.read_corpus(corpus)
    if font_family is not None:
        pieces = [piece for piece in pieces if piece.fonts <= rendered.FONT_FAMILIES[font_family]]
    if not pieces:
        raise OSError(f"{corpus} holds no piece to measure on")
    strange = {piece.main for piece in pieces} - set(embedder.classes)
    if strange:
        raise OSError(f"the network {embedder.name} does not tell {', '.join(sorted(strange))}: it learned other tags")
    pieces = [pieces[n] for n in np.random.default_rng(0).permutation(len(pieces))[:most]]
    truth = np.array([embedder.classes.index(piece.main) for piece in pieces])
    heard = [_heard(embedder, piece.path) for piece in pieces]
    shares = np.stack([share for share, _ in heard])
    vectors = np.stack([vector for _, vector in heard]).astype(np.float64)
    genres = np.array([rendered.GENRES.index(piece.labels["genre"]) for piece in pieces])
    return {
        **recognition.recognised(shares, truth, embedder.classes),
        "nearest four share it": retrieval.alike_nearby(vectors, truth),
        "by chance": round(float(np.sum((np.bincount(truth) / len(truth)) ** 2)), 3),
        **four_queries(vectors, truth, genres),
    }


def four_queries(
    vectors: retrieval.Floats, main: NDArray[np.integer], genres: NDArray[np.integer]
) -> dict[str, object]:
    """Return the article's own test: of the four nearest to the first piece of each instrument, how many share it.

    The article counted 11 of 16 by ear; a piece is its own nearest and is not counted.
    """
    queries = np.array([np.flatnonzero(main == number)[0] for number in np.unique(main)])
    cosines = vectors[queries] @ vectors.T
    cosines[np.arange(len(queries)), queries] = -np.inf
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, : retrieval.NEIGHBOURS]
    same = main[nearest] == main[queries][:, None]
    both = same & (genres[nearest] == genres[queries][:, None])
    return {
        "four queries: same instrument": f"{same.sum()} of {same.size}",
        "four queries: same genre too": f"{both.sum()} of {both.size}",
    }


def _heard(embedder: Embedder, path: Path) -> tuple[Floats, Floats]:
    """Return the share of every instrument, and the vector."""
    input_spec = embedder.input_spec
    starts = window_starts(probe(path).duration_s, input_spec)
    windows = decode_windows(path, starts, input_spec.window_s, input_spec.rate_hz)
    shares = embedder.instruments(windows)
    return np.array([shares[name] for name in embedder.classes], np.float32), embedder.embed(windows)
