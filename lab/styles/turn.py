"""The turn behind the ear's vector, in closed form: small becomes what key, tempo, sounds, lead and mastering change.

    python -m lab.styles.turn FOLDER --network ear-8.safetensors --name ear-9 --output default.safetensors

It is learned from the exam's training half alone: its styles and families of sounds are none of those held out.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from bgm_finder.similarity import weights_file
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.network import Ear
from bgm_finder.training.export import write_weights
from bgm_finder.training.metrics import styles
from bgm_finder.training.metrics.retrieval import Floats

KINDS = ("mastering", "key", "font", "tempo", "lead")
"""What an editor minds less than another groove."""
STYLE_SHARE = 0.5
"""How much what varies within a style counts beside what changes within a score."""
SHRINKAGE = 0.2
"""How much of the covariance is replaced by the same in all directions."""
EXPONENT = 0.7
"""How far what varies is made small; 1 is wholly."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lab.styles.turn", description=__doc__)
    parser.add_argument("folder", type=Path, help="what lab.styles made")
    parser.add_argument("--network", type=Path, required=True, help="weights of an ear without a turn")
    parser.add_argument("--name", required=True, help="stored with every vector")
    parser.add_argument("--output", type=Path, required=True, help="the weights file with the turn")
    args = parser.parse_args()
    exam, files = styles.read_exam(args.folder)
    learned = np.flatnonzero(~exam.is_held_out)
    heard = styles.embedded(Embedder(args.network), [files[place] for place in learned])
    write_turned(args.network, fitted(styles.part_of(exam, learned), heard), args.name, args.output)


def write_turned(before: Path, turn: Floats, name: str, output: Path) -> None:
    """Write an ear's weights with a turn behind its vector, as a network that vectors stored before can be turned to.

    Raises ValueError where the ear has a turn, which those vectors would have had as well.
    """
    facts = weights_file.read_facts(before)
    if facts.turned_from:
        raise ValueError(f"{before} has a turn")
    network = Ear(len(facts.classes))
    network.load_state_dict({key: numbers.float() for key, numbers in load_file(before).items()})
    with torch.no_grad():
        network.turn.weight.copy_(torch.from_numpy(turn))
    write_weights(output, network, replace(facts, name=name, turned_from=facts.name))


def fitted(exam: styles.Exam, vectors: Floats) -> Floats:
    """Return the turn of vectors v, as turn @ v, float64, (dimensions, dimensions), learned from all pieces."""
    changed = [_even(_covariance(_differences(exam, vectors, kind))) for kind in KINDS]
    within = _even(_covariance(_within_styles(exam, vectors)))
    return whitening((1 - STYLE_SHARE) * np.mean(changed, axis=0) + STYLE_SHARE * within)


def whitening(covariance: Floats) -> Floats:
    """Return the symmetric turn that makes directions of much variance small, as far as EXPONENT says."""
    shrunk = (1 - SHRINKAGE) * _even(covariance) + SHRINKAGE * np.eye(len(covariance))
    variances, axes = np.linalg.eigh(shrunk)
    return np.asarray((axes * variances ** (-EXPONENT / 2)) @ axes.T)


def _differences(exam: styles.Exam, vectors: Floats, kind: str) -> Floats:
    base = {int(exam.scores[place]): place for place in np.flatnonzero(exam.changes == "base")}
    changed = [place for place in np.flatnonzero(exam.changes == kind) if int(exam.scores[place]) in base]
    return np.asarray(vectors[changed] - vectors[[base[int(exam.scores[place])] for place in changed]])


def _within_styles(exam: styles.Exam, vectors: Floats) -> Floats:
    """Return how the pieces lie to the middle of their style."""
    pieces = exam.scores < 0
    parts = [vectors[pieces & (exam.styles == name)] for name in np.unique(exam.styles[pieces])]
    return np.concatenate([part - part.mean(axis=0) for part in parts])


def _covariance(values: Floats) -> Floats:
    return np.asarray(values.T @ values / len(values))


def _even(covariance: Floats) -> Floats:
    """Return the covariance with a mean variance of one: every kind counts alike."""
    return np.asarray(covariance * (len(covariance) / np.trace(covariance)))
