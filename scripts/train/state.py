"""What a stopped training needs to go on."""

from __future__ import annotations

import os
from pathlib import Path

import torch
from torch import nn


def save_state(
    path: Path, step: int, modules: dict[str, nn.Module], optimiser: torch.optim.Optimizer
) -> None:
    """Writes beside the old state, then takes its place: a crash leaves one of the two whole."""
    state: dict[str, object] = {name: module.state_dict() for name, module in modules.items()}
    state.update(step=step, optimiser=optimiser.state_dict(), random=torch.get_rng_state())
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def load_state(path: Path, modules: dict[str, nn.Module], optimiser: torch.optim.Optimizer) -> int:
    """Reads the state back in place; returns the steps done, 0 when there is none."""
    if not path.exists():
        return 0
    state = torch.load(path)
    for name, module in modules.items():
        module.load_state_dict(state[name])
    optimiser.load_state_dict(state["optimiser"])
    torch.set_rng_state(state["random"])
    return state["step"]
