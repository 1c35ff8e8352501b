"""How often a model is right: by label, by kind of sentence, and on blank images.

    /usr/bin/python3 scripts/train/evaluate.py --checkpoint DIR --prepared DIR [--blank] [--scores]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy
import torch

from ofa import Ofa
from ofa_config import OfaConfig
from prepared import KIND, LABEL, Prepared

LABELS = ("entailment", "neutral", "contradiction")
BATCH_IMAGES = 32


def score_pairs(
    model: Ofa, data: Prepared, images: numpy.ndarray, *, bf16: bool = False, blank: bool = False
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """All pairs of the images: rows of pairs.bin [n], and scores [n, 3] of the labels' order.

    blank: grey instead of each image, to see what the words alone give away.
    """
    was_training = model.training
    model.eval()
    pairs: list[numpy.ndarray] = []
    scores: list[numpy.ndarray] = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        for start in range(0, len(images), BATCH_IMAGES):
            batch = data.batch(images[start : start + BATCH_IMAGES], None, None)
            tokens = model.see(
                torch.full_like(batch.pixels, 128) if blank else batch.pixels
            ).float()
            for chunk in batch.chunks:
                logits = model.judge(tokens[chunk.rows], chunk.ids, data.answers)
                pairs.append(chunk.pairs)
                scores.append(torch.softmax(logits.float(), 1).numpy())
    model.train(was_training)
    rows = numpy.concatenate(pairs)
    order = numpy.argsort(rows)
    return rows[order], numpy.concatenate(scores)[order]


def accuracies(data: Prepared, rows: numpy.ndarray, scores: numpy.ndarray) -> dict[str, object]:
    """Shares of right labels: overall, by label, by kind, and of pairs that ask for a comparison."""
    found = data.pairs[rows]
    right = scores.argmax(1) == found[:, LABEL]
    names = {LABEL: LABELS, KIND: data.meta["kinds"]}
    compared = data.compared(rows)

    def by(column: int, among: numpy.ndarray) -> dict[str, float]:
        values = found[among, column]
        return {
            names[column][value]: round(float(right[among][values == value].mean()), 4)
            for value in numpy.unique(values)
        }

    everything = numpy.full(len(rows), True)

    return {
        "accuracy": round(float(right.mean()), 4),
        "pairs": len(rows),
        "by_label": by(LABEL, everything),
        "by_kind": by(KIND, everything),
        "compared_by_label": by(LABEL, compared),
        "compared_by_kind": by(KIND, compared),
    }


def load_checkpoint(folder: Path) -> Ofa:
    """A model of a checkpoint folder that `train.py` or `pack.py` wrote."""
    model = Ofa(OfaConfig.load(folder))
    index = folder / "pytorch_model.bin.index.json"
    if not index.exists():
        model.load_state_dict(torch.load(folder / "pytorch_model.bin"))
        return model.eval()
    found: dict[str, torch.Tensor] = {}
    for file in sorted(set(json.loads(index.read_text("utf8"))["weight_map"].values())):
        found.update(torch.load(folder / file))
    if found.keys() != needed_tensors(model).keys():
        raise SystemExit(f"cannot read {folder}: it has other tensors than config.json describes")
    model.load_state_dict(found, strict=False)
    return model.eval()


def needed_tensors(model: Ofa) -> dict[str, torch.Tensor]:
    """What answers depend on: no buffers that are computed, nothing unread, tied tensors once."""
    trained = {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}
    statistics = {name: b for name, b in model.named_buffers() if ".running_" in name}
    return {**trained, **statistics}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--blank", action="store_true", help="grey instead of each image")
    parser.add_argument("--scores", action="store_true", help="also each pair's scores")
    options = parser.parse_args()
    data = Prepared(options.prepared)
    images = numpy.arange(data.meta["images"])
    rows, scores = score_pairs(
        load_checkpoint(options.checkpoint), data, images, blank=options.blank
    )
    result = accuracies(data, rows, scores)
    if options.scores:
        result["scores"] = scores.tolist()
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
