"""Turn windows of sound into one unit vector and into instrument probabilities, by weights that are loaded once."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bgm_finder import paths
from bgm_finder.reasons import Reason
from bgm_finder.similarity import patches, weights_file
from bgm_finder.similarity.closeness import Borders, Compared, read_borders
from bgm_finder.similarity.patches import Floats, InputSpec, is_silent

if TYPE_CHECKING:
    from torch import nn

ARTICLE_CLASSES = ("acoustic_guitar", "electric_guitar", "piano", "synthesizer")


class Embedder:
    """One network with its weights; reads the header at once, the numbers when first asked. One thread at a time."""

    def __init__(self, weights: Path) -> None:
        """Raise WeightsUnusable where the file is missing or made for another version."""
        self._weights = weights
        self._facts = weights_file.read_facts(weights)
        self.borders: dict[Compared, Borders] = read_borders(weights, self._facts.name)
        """Between the words for how close a score is; none where they were not measured."""
        self._network: nn.Module | None = None

    @property
    def weights(self) -> Path:
        """The file that it was made from."""
        return self._weights

    @property
    def name(self) -> str:
        """Stored with every vector: vectors made under different names are not comparable."""
        return self._facts.name

    @property
    def input_spec(self) -> InputSpec:
        return self._facts.input_spec

    @property
    def dimensions(self) -> int:
        return self._facts.dimensions

    @property
    def classes(self) -> tuple[str, ...]:
        """What instruments() distinguishes."""
        return self._facts.classes

    def load(self) -> "nn.Module":
        """Load torch and the numbers ahead of need (seconds); raises WeightsUnusable where they are damaged."""
        if self._network is None:
            self._network = self._loaded()
        return self._network

    def embed(self, windows: list[Floats]) -> Floats:
        """Return a track's unit vector, float32, (dimensions,), from its windows: mono, float32, at input_spec.rate_hz.

        Silent windows do not count; where all are silent, the vector is zero: silence is like nothing.
        """
        features = self._features(windows)
        mean = features.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32)

    def embed_each(self, windows: list[Floats]) -> Floats:
        """Return a unit vector per window, float32, (windows, dimensions); zero where the window is silent."""
        features = self._features(windows)
        return np.asarray(features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12), np.float32)

    def instruments(self, windows: list[Floats]) -> dict[str, float]:
        """Return how probable each instrument is as the main one; the probabilities sum to 1."""
        from bgm_finder.similarity import network

        _, scores = network.run(self.load(), self._pictures(windows))
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = (odds / odds.sum(axis=1, keepdims=True)).mean(axis=0)
        return {name: float(share) for name, share in zip(self.classes, shares, strict=True)}

    def _features(self, windows: list[Floats]) -> Floats:
        from bgm_finder.similarity import network

        features = np.array(network.run_vectors(self.load(), self._pictures(windows)), np.float32)
        features[[is_silent(window) for window in windows]] = 0.0
        return features

    def _pictures(self, windows: list[Floats]) -> list[Floats]:
        if not windows:
            raise ValueError("a track has at least one window")
        from bgm_finder.similarity.spectra import power_spectra

        shown = [patches.pictures(window, self.input_spec, power_spectra) for window in windows]
        return [np.stack(pictures) for pictures in zip(*shown, strict=True)]

    def _loaded(self) -> "nn.Module":
        from bgm_finder.similarity import network

        weights_file.check(self._weights)
        try:
            return network.load(self._weights, self._facts.kind, len(self.classes))
        except (RuntimeError, KeyError) as error:
            raise weights_file.WeightsUnusable(self._weights, Reason.OTHER_NETWORK) from error


def available_networks() -> dict[str, Path]:
    """Return the networks that can be chosen, by name: the bundled ones, and those that the user has trained."""
    bundled = sorted(paths.resource("weights").glob("*.safetensors"))
    own = sorted(paths.networks_folder().glob("*/*.safetensors"))
    return {path.stem: path for path in [*own, *bundled]}


def load_embedder(name: str = "default") -> Embedder:
    """Return the embedder of a network's name, or of a weights file's path; raises WeightsUnusable."""
    known = available_networks()
    if name in known:
        return Embedder(known[name])
    if name.endswith(".safetensors"):
        return Embedder(Path(name))
    raise weights_file.WeightsUnusable(Path(name), Reason.UNKNOWN_NETWORK, networks=", ".join(known))
