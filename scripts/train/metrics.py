"""What is written down while training: metrics.jsonl, and curves.svg drawn from it."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402  the backend must be chosen first


class Metrics:
    """Lines of metrics.jsonl; those after the resumed step are dropped, they will come again."""

    def __init__(self, folder: Path, step: int) -> None:
        self.path, self.picture = folder / "metrics.jsonl", folder / "curves.svg"
        lines = self.path.read_text("utf8").splitlines() if self.path.exists() else []
        self.records = [record for record in map(json.loads, lines) if record["step"] <= step]
        self.path.write_text("".join(json.dumps(record) + "\n" for record in self.records), "utf8")

    def add(self, record: dict[str, object]) -> None:
        """Appends a record; it has a step."""
        self.records.append(record)
        with self.path.open("a", encoding="utf8") as file:
            file.write(json.dumps(record) + "\n")

    def draw(self) -> None:
        """Draws losses on the left, accuracies on the right."""
        figure, (losses, shares) = pyplot.subplots(1, 2, figsize=(11, 4))
        self._plot(losses, {"cell_loss": "cells", "mention_loss": "mentions", "answer_loss": "answers"})
        self._plot(
            shares,
            {
                "cell_accuracy": "nouns of cells",
                "answer_accuracy": "answers, training",
                "held_out_accuracy": "answers, held out",
            },
        )
        losses.set(xlabel="step", ylabel="loss", ylim=(0, None))
        shares.set(xlabel="step", ylabel="share right", ylim=(0, 1))
        for axes in (losses, shares):
            axes.grid(alpha=0.3)
            if axes.lines:
                axes.legend()
        figure.tight_layout()
        figure.savefig(self.picture)
        pyplot.close(figure)

    def _plot(self, axes: pyplot.Axes, lines: dict[str, str]) -> None:
        for name, label in lines.items():
            points = [(r["step"], r[name]) for r in self.records if r.get(name) is not None]
            if points:
                axes.plot(*zip(*points), label=label)
