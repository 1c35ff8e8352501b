"""Trains a small OFA on a prepared folder; started by `npm run train` (scripts/train.ts).

The same command goes on where the last one stopped. State, metrics.jsonl and curves.svg stand in --state.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

# Before PyTorch is loaded: threads that spin while they wait make a shared machine ten times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from ofa_config import RESNET_BLOCKS, OfaConfig
from prepared import Prepared
from schedule import Schedule
from team import Team, work_together
from training import Settings, Training


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--prepared", type=Path, required=True, help="folder that prepare.ts wrote")
    add("--state", type=Path, required=True, help="folder for what a stopped training needs")
    add("--out", type=Path, required=True, help="checkpoint folder")
    add("--minutes", type=float, help="ends this run after so long; the same command goes on")
    add("--save-minutes", type=float, default=5.0, help="between states")
    add("--steps", type=int, default=8400, help="of the whole training, the warm-up included")
    add("--warm-up-steps", type=int, default=2400, help="of the backbone alone")
    add("--images", type=int, default=32, help="a step")
    add("--most-pairs", type=int, default=12, help="of an image in a step")
    add("--learning-rate", type=float, default=1e-3)
    add("--backbone-rate", type=float, default=1e-3, help="learning rate of the warm-up")
    add("--width", type=int, default=128, help="numbers a token")
    add("--heads", type=int, default=4)
    add("--encoder-layers", type=int, default=4)
    add("--decoder-layers", type=int, default=2)
    add("--resnet", choices=RESNET_BLOCKS, default="resnet18")
    add("--precision", choices=("bf16", "fp32"), default="bf16", help="of the products")
    add(
        "--processes",
        type=int,
        default=len(os.sched_getaffinity(0)),
        help="of one thread each; they share each step's images",
    )
    add("--evaluate-steps", type=int, default=250, help="between trials on held-out pairs")
    add("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """The command."""
    options = parse_options()
    if options.images < options.processes:
        raise SystemExit(f"cannot share {options.images} images among {options.processes} processes")
    work_together(options.processes, partial(train, options))


def train(options: argparse.Namespace, team: Team) -> None:
    """What each process does."""
    data = Prepared(options.prepared)
    config = OfaConfig(
        vocab_size=data.meta["vocabulary"],
        d_model=options.width,
        encoder_layers=options.encoder_layers,
        decoder_layers=options.decoder_layers,
        encoder_ffn_dim=4 * options.width,
        decoder_ffn_dim=4 * options.width,
        encoder_attention_heads=options.heads,
        decoder_attention_heads=options.heads,
        resnet_type=options.resnet,
    )
    schedule = Schedule(
        steps=options.steps,
        warm_up_steps=options.warm_up_steps,
        learning_rate=options.learning_rate,
        backbone_rate=options.backbone_rate,
        seed=options.seed,
    )
    settings = Settings(
        state=options.state,
        out=options.out,
        images=options.images,
        most_pairs=options.most_pairs,
        bf16=options.precision == "bf16",
        minutes=options.minutes,
        save_minutes=options.save_minutes,
        evaluate_steps=options.evaluate_steps,
    )
    training = Training(data, config, schedule, settings, team)
    count = sum(p.numel() for p in training.model.parameters() if p.requires_grad)
    if team.leads:
        print(f"{count:,} parameters, at step {training.step} of {options.steps}", file=sys.stderr)
    done = training.run()
    if team.leads:
        print(
            "trained" if done else f"stopped at step {training.step}; the same command goes on",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
