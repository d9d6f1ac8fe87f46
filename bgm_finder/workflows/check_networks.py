"""Whether the networks can be loaded, and their numbers are those that were written."""

from bgm_finder.reason_sentences import in_english
from bgm_finder.similarity import weights_file
from bgm_finder.similarity.embedder import available_networks, load_embedder
from bgm_finder.similarity.weights_file import WeightsUnusable
from bgm_finder.workflows.doctor import Finding


def check_networks(_: str) -> list[Finding]:
    """Load every network."""
    findings = []
    for name, place in available_networks().items():
        try:
            embedder = load_embedder(name)
            weights_file.check(place)
            findings.append(Finding(f"network {name}", f"{embedder.name}, {embedder.dimensions} numbers a track"))
        except WeightsUnusable as error:
            findings.append(Finding(f"network {name}", in_english(error), is_well=False))
    return findings
