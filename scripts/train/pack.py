"""Writes a checkpoint as small as it can be kept: matrices and kernels in float16, and nothing that no
answer depends on. `model:convert` reads it as any other; the default model's is model-shards/checkpoint.

    /usr/bin/python3 scripts/train/pack.py --checkpoint DIR --out DIR
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from torch import Tensor

from evaluate import load_checkpoint, needed_tensors

# Git hosts begin to complain of larger ones.
MAX_PART_BYTES = 8_000_000
SETTINGS = ("config.json", "configuration.json", "ans2label.json", "vocab.json", "merges.txt")


def shorten(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Vectors stay as they are: there are few, and variances span more than float16 can."""
    return {
        name: tensor.half().contiguous() if tensor.dim() > 1 else tensor
        for name, tensor in tensors.items()
    }


def split(tensors: dict[str, Tensor]) -> list[dict[str, Tensor]]:
    """As few parts as the limit allows, in order."""
    parts: list[dict[str, Tensor]] = [{}]
    size = 0
    for name, tensor in tensors.items():
        length = tensor.numel() * tensor.element_size()
        if size + length > MAX_PART_BYTES:
            parts.append({})
            size = 0
        parts[-1][name] = tensor
        size += length
    return parts


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    parts = split(shorten(needed_tensors(load_checkpoint(options.checkpoint))))
    places: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        file = f"pytorch_model-{number:05}-of-{len(parts):05}.bin"
        torch.save(part, options.out / file)
        places.update((name, file) for name in part)
    index = {"metadata": {}, "weight_map": places}
    (options.out / "pytorch_model.bin.index.json").write_text(
        json.dumps(index, indent=1) + "\n", "utf8"
    )
    for name in SETTINGS:
        shutil.copyfile(options.checkpoint / name, options.out / name)


if __name__ == "__main__":
    main()
