"""The state of a training that can be stopped at any time and goes on from where it was kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def keep(state: Path, model: Any, optimiser: Any, step: int, spent: float) -> None:
    """Write it whole or not at all: `step` batches were seen in `spent` seconds."""
    import torch

    part = state.with_suffix(".part")
    whole = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "spent": spent}
    torch.save(whole, part)
    part.replace(state)


def take_up(state: Path, model: Any, optimiser: Any) -> tuple[int, float]:
    """Put model and optimiser where they were kept; the steps and seconds till then, none where nothing was kept."""
    import torch

    if not state.is_file():
        return 0, 0.0
    found = torch.load(state)
    model.load_state_dict(found["model"])
    optimiser.load_state_dict(found["optimiser"])
    return found["step"], found["spent"]
