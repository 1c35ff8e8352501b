"""How fast to learn, and from which images, at each step: functions of the step, so that a resumed
training goes on as if it had not stopped."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy

# Steps in which the learning rate rises from nothing.
BACKBONE_RISE_STEPS = 50
RISE_STEPS = 200
# What is left of the learning rate at the end.
LAST_SHARE = 0.02


@dataclass(frozen=True)
class Schedule:
    """steps: of them the first warm_up_steps are for the backbone alone."""

    steps: int
    warm_up_steps: int
    learning_rate: float
    backbone_rate: float
    seed: int

    def rate(self, step: int) -> float:
        """The backbone's own rate is constant; then a rise and half a cosine down."""
        if step < self.warm_up_steps:
            return self.backbone_rate * min(1, (step + 1) / BACKBONE_RISE_STEPS)
        done = step - self.warm_up_steps
        share = min(1, done / max(1, self.steps - self.warm_up_steps))
        fall = LAST_SHARE + (1 - LAST_SHARE) * (1 + math.cos(math.pi * share)) / 2
        return self.learning_rate * min(1, (done + 1) / RISE_STEPS) * fall

    def images(self, step: int, count: int, size: int) -> numpy.ndarray:
        """Which of `count` images a step of `size` takes: each once in a round, in an order of its own."""
        a_round = max(1, count // size)
        random = numpy.random.default_rng([self.seed, 0, step // a_round])
        place = step % a_round * size
        return random.permutation(count)[place : place + size]

    def random(self, step: int, rank: int) -> numpy.random.Generator:
        """Chance within a step, in a process of the team."""
        return numpy.random.default_rng([self.seed, 1, step, rank])
