"""Writes a checkpoint folder in ModelScope layout."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch

from ofa import Ofa
from ofa_config import OfaConfig
from prepared import Prepared


def export_checkpoint(model: Ofa, config: OfaConfig, data: Prepared, out: Path) -> None:
    """The model's weights and settings, and the vocabulary it was trained with."""
    out.mkdir(parents=True, exist_ok=True)
    configuration = {
        "framework": "pytorch",
        "task": "visual-entailment",
        "model": {
            "type": "ofa",
            "language": "en",
            "gen_type": "traverse",
            "answer2label": "ans2label.json",
            "max_src_length": data.meta["max_src_length"],
            "patch_image_size": data.meta["side"],
            "imagenet_default_mean_and_std": False,
            "prompt_type": "prev_output",
        },
        "pipeline": {"type": "ofa-visual-entailment"},
    }
    settings = {
        "config.json": config.dump(),
        "configuration.json": configuration,
        "ans2label.json": {"no": 0, "yes": 1, "maybe": 2},
    }
    for name, content in settings.items():
        (out / name).write_text(json.dumps(content, indent=1) + "\n", "utf8")
    for name in ("vocab.json", "merges.txt"):
        shutil.copyfile(data.folder / name, out / name)
    torch.save(model.state_dict(), out / "pytorch_model.bin")
