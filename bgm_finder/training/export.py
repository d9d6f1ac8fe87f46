"""Write a trained network as the weights file that the app reads."""

import json
from pathlib import Path

import torch
from safetensors.torch import save
from torch import nn

from bgm_finder.drafts import draft_of
from bgm_finder.similarity import weights_file


def write_weights(target: Path, network: nn.Module, facts: weights_file.WeightsFacts) -> None:
    """Write numbers in half precision, with the facts and a checksum in the header."""
    numbers = {name: _halved(tensor) for name, tensor in network.state_dict().items()}
    said = {
        "name": facts.name,
        "kind": facts.kind,
        "front": facts.input_spec.name,
        "dimensions": str(facts.dimensions),
        "classes": ",".join(facts.classes),
        "turned_from": facts.turned_from,
    }
    said["sha256"] = weights_file.checksum(weights_file.numbers_of(save(numbers, said)))
    with draft_of(target) as draft:
        draft.write_bytes(save(numbers, said))


def write_facts(target: Path, facts: dict[str, object]) -> None:
    """Write figures as JSON that a person can read."""
    target.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _halved(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.half().contiguous() if tensor.is_floating_point() else tensor.contiguous()
