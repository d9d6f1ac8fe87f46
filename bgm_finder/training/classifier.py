"""Trains the article's network on labelled pictures: epochs that can be stopped and gone on with, and its figures."""

import hashlib
import math
import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name that every torch text uses

from bgm_finder.drafts import draft_of
from bgm_finder.reasons import FileError, Reason
from bgm_finder.similarity.network import Article
from bgm_finder.training.labelled import Bytes

_BATCH = 32
_LEARNING_RATE = 1e-3
_MOST_ROWS = 5
"""How far a picture is moved up or down: a few bands, so that a pitch does not stand for a piece."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pictures, uint8, (tracks, rows, columns), and the number of each one's class."""

    pictures: Bytes
    classes: NDArray[np.int64]


@dataclass(slots=True)
class Epoch:
    """How the training stood after one pass."""

    number: int
    train_loss: float
    train_accuracy: float
    held_out_loss: float
    held_out_accuracy: float


@dataclass(slots=True)
class Course:
    """All epochs so far, and what they cost."""

    epochs: list[Epoch] = field(default_factory=list)
    cpu_s: float = 0.0


class CannotGoOn(FileError):  # noqa: N818 - named for what happened
    """A checkpoint that does not lead to the training that was asked for, and why."""


class Classifier:
    """The article's network in training; the checkpoint file is written after each epoch."""

    def __init__(self, classes: int, checkpoint: Path, epochs: int, seed: int, subject: str = "") -> None:
        """Go on from the checkpoint where there is one; raises CannotGoOn where that is of another subject."""
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        self.network = Article(classes)
        self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._optimizer = torch.optim.AdamW(self.network.parameters(), lr=_LEARNING_RATE, weight_decay=0.05)
        self._checkpoint, self._epochs, self._seed, self._classes = checkpoint, epochs, seed, classes
        self._subject = subject
        self.course = Course()
        if checkpoint.exists():
            self._resume()

    def train(self, learned: Examples, held_out: Examples, tell: Callable[[Epoch, int], None]) -> None:
        """Train up to the number of epochs; KeyboardInterrupt may end it early.

        The last epoch counts, not the best: so nothing is chosen by what is held out, and its figures stay honest.
        """
        for number in range(len(self.course.epochs), self._epochs):
            began_s = time.process_time()
            rng = np.random.default_rng((self._seed, number))
            torch.manual_seed(self._seed * 1000 + number)
            loss, accuracy = self._one_pass(learned, rng, number)
            scores = self.scores(held_out.pictures)
            truth = torch.from_numpy(held_out.classes)
            right = float((scores.argmax(1) == truth).float().mean())
            epoch = Epoch(number + 1, loss, accuracy, float(F.cross_entropy(scores, truth)), right)
            self.course.epochs.append(epoch)
            self.course.cpu_s += time.process_time() - began_s
            self._save()
            tell(epoch, self._epochs)

    def scores(self, pictures: Bytes) -> Tensor:
        """Return class scores, (tracks, classes)."""
        self.network.eval()
        with torch.inference_mode():
            parts = [self.network(_shown(pictures[at : at + _BATCH]))[1] for at in range(0, len(pictures), _BATCH)]
        return torch.cat(parts)

    def _one_pass(self, learned: Examples, rng: np.random.Generator, number: int) -> tuple[float, float]:
        self.network.train()
        for group in self._optimizer.param_groups:
            group["lr"] = _LEARNING_RATE * 0.5 * (1.02 + math.cos(math.pi * number / self._epochs))
        losses, right = 0.0, 0
        order = rng.permutation(len(learned.classes))
        for at in range(0, len(order) - 1, _BATCH):
            rows = order[at : at + _BATCH]
            truth = torch.from_numpy(learned.classes[rows])
            varied = _varied(_shown(learned.pictures[rows]), rng)
            shown, wanted = _blended(varied, truth, self._classes, rng)
            _, scores = self.network(shown)
            loss = F.cross_entropy(scores, wanted)
            self._optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            self._optimizer.step()
            losses += loss.item() * len(rows)
            right += int((scores.argmax(1) == truth).sum())
        return losses / len(order), right / len(order)

    def _save(self) -> None:
        epochs = [
            (epoch.number, epoch.train_loss, epoch.train_accuracy, epoch.held_out_loss, epoch.held_out_accuracy)
            for epoch in self.course.epochs
        ]
        state = {"network": self.network.state_dict(), "optimizer": self._optimizer.state_dict()}
        with draft_of(self._checkpoint) as draft:
            torch.save({**state, "epochs": epochs, "cpu_s": self.course.cpu_s, "subject": self._subject}, draft)

    def _resume(self) -> None:
        try:
            held = torch.load(self._checkpoint, weights_only=True)
        except (RuntimeError, ValueError, EOFError, pickle.UnpicklingError) as error:
            raise CannotGoOn(self._checkpoint, Reason.DAMAGED_FILE) from error
        if held.get("subject", "") != self._subject:
            raise CannotGoOn(self._checkpoint, Reason.OTHER_TRAINING)
        self.network.load_state_dict(held["network"])
        self._optimizer.load_state_dict(held["optimizer"])
        self.course = Course([Epoch(*values) for values in held["epochs"]], held["cpu_s"])


def subject_of(names: Sequence[str], seed: int, learned: Examples, held_out: Examples) -> str:
    """Return a text that differs where anything that a training learns or is measured on differs."""
    whole = hashlib.sha256(repr((tuple(names), seed)).encode("utf-8", "surrogatepass"))
    for examples in (learned, held_out):
        whole.update(np.ascontiguousarray(examples.pictures).data)
        whole.update(np.ascontiguousarray(examples.classes).data)
    return whole.hexdigest()


def _shown(pictures: Bytes) -> Tensor:
    shown = torch.from_numpy(pictures).float()[:, None] / 255
    return shown.contiguous(memory_format=torch.channels_last)


def _varied(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Change tone, pitch and time, and blank a stretch of bands, as other recordings of the same would differ."""
    rows, columns = pictures.shape[2:]
    height = torch.linspace(0, math.pi, rows)
    for picture in pictures[:, 0]:
        moved = torch.roll(
            picture, (int(rng.integers(-_MOST_ROWS, _MOST_ROWS + 1)), int(rng.integers(columns))), (0, 1)
        )
        waves = sum(
            float(rng.uniform(-0.06, 0.06)) * torch.cos(turns * height + rng.uniform(0, 6)) for turns in (1, 2, 4)
        )
        picture.copy_(moved * float(rng.uniform(0.8, 1.1)) + torch.as_tensor(waves)[:, None])
        first = int(rng.integers(rows))
        picture[first : first + int(rng.integers(rows // 8))] = 0.0
    return pictures.clamp_(0, 1)


def _blended(pictures: Tensor, truth: Tensor, classes: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Lay pairs of pictures over each other, with their classes in the same shares: few tracks then last longer."""
    share = float(rng.beta(0.4, 0.4))
    other = torch.from_numpy(rng.permutation(len(truth)))
    wanted = F.one_hot(truth, classes).float()
    return share * pictures + (1 - share) * pictures[other], share * wanted + (1 - share) * wanted[other]
