"""What the ear learns at once: the same track again, the labels of rendered music, and the teachers' view."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that every torch text uses

from bgm_finder.similarity.network import EAR_HIDDEN, Ear
from bgm_finder.training import rendered
from lab.teachers import teach

TEMPERATURE = 0.1
WEIGHTS = {"same": 0.5, "teacher": 6.0, "relations": 60.0, "main": 0.3, "labels": 0.15}


class Tasks(nn.Module):
    """The network with a head for each task; the heads are left behind when training is over."""

    def __init__(self) -> None:
        super().__init__()
        self.network = Ear(len(rendered.MAIN))
        self.same = nn.Linear(EAR_HIDDEN, 96)
        self.teacher = nn.Linear(self.network.project.in_features, teach.DIMENSIONS)
        self.main = nn.Linear(EAR_HIDDEN, len(rendered.MAIN))
        self.shares = nn.Linear(EAR_HIDDEN, len(rendered.INSTRUMENTS))
        self.genre = nn.Linear(EAR_HIDDEN, len(rendered.GENRES))
        self.mood = nn.Linear(EAR_HIDDEN, len(rendered.MOODS))
        self.measures = nn.Linear(EAR_HIDDEN, 3)

    def joined(self, mel: Tensor, notes: Tensor) -> Tensor:
        """Return what the tasks look at: the measures, then the hidden layer, (windows, measures + EAR_HIDDEN)."""
        return self.network.joined(mel, notes)

    def same_track(self, joined: Tensor, tracks: Tensor) -> Tensor:
        """Ask each window for the other of its track among all windows."""
        vectors = F.normalize(self.same(joined[:, -EAR_HIDDEN:]), dim=1)
        scores = vectors @ vectors.T / TEMPERATURE
        itself = torch.eye(len(tracks), dtype=torch.bool)
        chances = F.log_softmax(scores.masked_fill(itself, -1e9), dim=1)
        partners = (tracks[:, None] == tracks[None]) & ~itself
        return -(chances * partners).sum() / partners.sum().clamp(min=1)

    def as_teacher(self, joined: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Compare with the teachers' vectors, one by one, and in how they lie to each other.

        The measures help, so that the hidden layer learns what they do not tell.
        """
        vectors = F.normalize(self.teacher(joined), dim=1)
        apart = 1 - (vectors * targets).sum(dim=1).mean()
        return apart, ((vectors @ vectors.T - targets @ targets.T) ** 2).mean()

    def labelled(self, joined: Tensor, targets: rendered.Targets, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Return the loss of the main instrument, and that of all other labels."""
        hidden = joined[:, -EAR_HIDDEN:]
        main = F.cross_entropy(self.main(hidden), targets.main[rows], label_smoothing=0.05)
        shares = F.cross_entropy(self.shares(hidden), targets.shares[rows] / targets.shares[rows].sum(1, keepdim=True))
        genre = F.cross_entropy(self.genre(hidden), targets.genre[rows])
        mood = F.cross_entropy(self.mood(hidden), targets.mood[rows])
        measures = F.mse_loss(self.measures(hidden), targets.measures[rows])
        return main, shares + genre + 0.5 * mood + 2 * measures


def trained_tasks(checkpoint: Path) -> Tasks:
    """Return what a checkpoint of ear.train holds."""
    tasks = Tasks()
    tasks.load_state_dict(torch.load(checkpoint, weights_only=True)["tasks"])
    return tasks
