"""Unit tests of the training loop's parts; run by pieces.test.ts."""

from __future__ import annotations

import json
import tempfile
import unittest
from functools import partial
from pathlib import Path

import numpy
import torch

from metrics import Metrics
from schedule import LAST_SHARE, Schedule
from state import load_state, save_state
from team import Team, work_together


class Plan(unittest.TestCase):
    """Schedule"""

    PLAN = Schedule(steps=1000, warm_up_steps=100, learning_rate=1.0, backbone_rate=0.5, seed=1)

    def test_rate_rises_and_falls(self) -> None:
        """From little, over the whole rate, to the last share."""
        self.assertLess(self.PLAN.rate(0), 0.02)
        self.assertEqual(self.PLAN.rate(99), 0.5)
        self.assertLess(self.PLAN.rate(100), 0.01)
        self.assertGreater(self.PLAN.rate(300), 0.8)
        self.assertAlmostEqual(self.PLAN.rate(1000), LAST_SHARE)

    def test_a_round_takes_each_image_once(self) -> None:
        """And the next round in another order."""
        rounds = [
            [*numpy.concatenate([self.PLAN.images(10 * r + s, 40, 4) for s in range(10)])]
            for r in (0, 1)
        ]
        self.assertEqual(sorted(rounds[0]), list(range(40)))
        self.assertEqual(sorted(rounds[1]), list(range(40)))
        self.assertNotEqual(rounds[0], rounds[1])


def exchange(folder: Path, team: Team) -> None:
    """What each process of the test below does."""
    numbers = [torch.full((2, 2), float(team.rank)), torch.tensor([4.0 * team.rank])]
    team.average(numbers)
    found = {
        "means": [tensor.flatten().tolist() for tensor in numbers],
        "some": team.any(team.rank == 1),
        "none": team.any(False),
        "threads": torch.get_num_threads(),
    }
    (folder / f"{team.rank}.json").write_text(json.dumps(found))


class Together(unittest.TestCase):
    """Team"""

    def test_processes_agree(self) -> None:
        """On means, and on whether something is so in any of them."""
        with tempfile.TemporaryDirectory() as name:
            work_together(2, partial(exchange, Path(name)))
            found = [json.loads((Path(name) / f"{rank}.json").read_text()) for rank in (0, 1)]
        means = [[0.5, 0.5, 0.5, 0.5], [2.0]]
        expected = {"means": means, "some": True, "none": False, "threads": 1}
        self.assertEqual(found, [expected, expected])

    def test_one_process_is_alone(self) -> None:
        """Nothing is exchanged."""
        with tempfile.TemporaryDirectory() as name:
            work_together(1, partial(exchange, Path(name)))
            found = json.loads((Path(name) / "0.json").read_text())
        expected = {"means": [[0.0] * 4, [0.0]], "some": False, "none": False, "threads": 1}
        self.assertEqual(found, expected)


class Notes(unittest.TestCase):
    """State and metrics"""

    def test_state_comes_back(self) -> None:
        """Weights, optimiser and step; nothing but the state is left in the folder."""
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "state.pt"
            modules = [{"model": torch.nn.Linear(2, 2)} for _ in range(2)]
            optimisers = [torch.optim.AdamW(m["model"].parameters()) for m in modules]
            modules[0]["model"](torch.ones(1, 2)).sum().backward()
            optimisers[0].step()
            self.assertEqual(load_state(path, modules[1], optimisers[1]), 0)
            save_state(path, 7, modules[0], optimisers[0])
            self.assertEqual(load_state(path, modules[1], optimisers[1]), 7)
            self.assertEqual([file.name for file in Path(name).iterdir()], ["state.pt"])
        self.assertTrue(torch.equal(modules[0]["model"].weight, modules[1]["model"].weight))
        moments = [[s["exp_avg"] for s in o.state_dict()["state"].values()] for o in optimisers]
        self.assertTrue(all(map(torch.equal, *moments)))

    def test_metrics_forget_what_will_come_again(self) -> None:
        """Records behind the resumed step are dropped."""
        with tempfile.TemporaryDirectory() as name:
            metrics = Metrics(Path(name), 0)
            for step in (10, 20, 30):
                metrics.add({"step": step, "cell_loss": 1.0})
            self.assertEqual([r["step"] for r in Metrics(Path(name), 20).records], [10, 20])
            self.assertEqual(len((Path(name) / "metrics.jsonl").read_text().splitlines()), 2)


if __name__ == "__main__":
    unittest.main()
