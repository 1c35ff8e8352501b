"""The training loop."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from torch import nn

from evaluate import accuracies, score_pairs
from export import export_checkpoint
from initialise import initialise
from losses import CellHeads, MentionHeads
from metrics import Metrics
from ofa import Ofa
from ofa_config import OfaConfig
from prepared import Prepared
from progress import Progress
from schedule import Schedule
from state import load_state, save_state
from team import Team
from train_step import backward_step

# Gradients longer than this are shortened.
MAX_GRADIENT = 1.0
WEIGHT_DECAY = 0.02
# Images at the end of the folder that training never sees.
HELD_OUT_IMAGES = 200
LOG_STEPS = 10


@dataclass(frozen=True)
class Settings:
    """images, most_pairs: of a step; minutes: of this run; save_minutes: between states."""

    state: Path
    out: Path
    images: int
    most_pairs: int
    bf16: bool
    minutes: float | None
    save_minutes: float
    evaluate_steps: int


class Training:
    """A model, how far it has come, and where it writes that down.

    Each process of a team has one; the first alone writes.
    """

    def __init__(
        self,
        data: Prepared,
        config: OfaConfig,
        schedule: Schedule,
        settings: Settings,
        team: Team,
    ) -> None:
        torch.manual_seed(schedule.seed)
        self.data, self.config, self.schedule = data, config, schedule
        self.settings, self.team = settings, team
        self.model = Ofa(config)
        initialise(self.model)
        self.model.to(memory_format=torch.channels_last)
        nouns, colours, backgrounds = (
            len(data.meta[name]) for name in ("nouns", "colours", "backgrounds")
        )
        self.heads = (
            CellHeads(config.d_model, nouns, colours, backgrounds),
            MentionHeads(config.d_model, data.meta["objects"], backgrounds),
        )
        self.modules: dict[str, nn.Module] = {
            "model": self.model,
            "cell_heads": self.heads[0],
            "mention_heads": self.heads[1],
        }
        self.optimiser = torch.optim.AdamW(
            self._parameter_groups(), lr=schedule.learning_rate, betas=(0.9, 0.98), foreach=True
        )
        self.state_path = settings.state / "state.pt"
        self.step = load_state(self.state_path, self.modules, self.optimiser)
        held_out = min(HELD_OUT_IMAGES, max(1, data.meta["images"] // 10))
        self.train_images = data.meta["images"] - held_out
        self.held_out = numpy.arange(self.train_images, data.meta["images"])
        self.stopped = False
        if team.leads:
            settings.state.mkdir(parents=True, exist_ok=True)
            self.metrics = Metrics(settings.state, self.step)
            self.progress = Progress(schedule.steps)

    def run(self) -> bool:
        """Trains until the last step, the end of the minutes or an interrupt; then saves and exports.

        Returns whether all steps are done.
        """
        self._listen()
        limit = self.settings.minutes
        end = None if limit is None else time.monotonic() + limit * 60
        saved = time.monotonic()
        held_out: float | None = None
        while self.step < self.schedule.steps and not self.team.any(self.stopped):
            started = time.monotonic()
            record = self._take_step()
            self._show(record, started, held_out, end)
            judging = self.step > self.schedule.warm_up_steps
            if judging and self.step % self.settings.evaluate_steps == 0:
                held_out = self._evaluate()
            if self.team.any(time.monotonic() - saved > self.settings.save_minutes * 60):
                self._save()
                saved = time.monotonic()
            self.stopped |= end is not None and time.monotonic() > end
        done = self.step >= self.schedule.steps
        self._save()
        if done:
            self._evaluate()
        if self.team.leads:
            export_checkpoint(self.model, self.config, self.data, self.settings.out)
            self.metrics.draw()
        return done

    def _take_step(self) -> dict[str, float | None]:
        step, settings, team = self.step, self.settings, self.team
        for group in self.optimiser.param_groups:
            group["lr"] = self.schedule.rate(step)
        images = self.schedule.images(
            step, self.train_images, min(settings.images, self.train_images)
        )[team.rank :: team.size]
        batch = self.data.batch(
            images, settings.most_pairs, self.schedule.random(step, team.rank)
        )
        result = backward_step(
            self.model,
            self.heads,
            batch,
            self.data.answers,
            bf16=settings.bf16,
            judging=step >= self.schedule.warm_up_steps,
        )
        parameters = [p for module in self.modules.values() for p in module.parameters()]
        team.average([p.grad for p in parameters if p.grad is not None])
        for module in self.modules.values():
            nn.utils.clip_grad_norm_(module.parameters(), MAX_GRADIENT)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        return vars(result).copy()

    def _show(
        self,
        record: dict[str, float | None],
        started: float,
        held_out: float | None,
        end: float | None,
    ) -> None:
        if not self.team.leads:
            return
        pairs = (record.pop("pairs") or 0) * self.team.size
        self.progress.update(time.monotonic() - started, self.settings.images, pairs)
        self.progress.show(self.step, {**record, "held out": held_out}, end)
        if self.step % LOG_STEPS == 0:
            self.metrics.add({"step": self.step, **record, **self.progress.rates()})

    def _evaluate(self) -> float | None:
        """The share of held-out pairs answered rightly; None in all processes but the first."""
        self._share_statistics()
        if not self.team.leads:
            return None
        scored = score_pairs(self.model, self.data, self.held_out, bf16=self.settings.bf16)
        found = accuracies(self.data, *scored)
        self.metrics.add(
            {"step": self.step, **{f"held_out_{name}": value for name, value in found.items()}}
        )
        return float(found["accuracy"])

    def _save(self) -> None:
        self._share_statistics()
        if self.team.leads:
            save_state(self.state_path, self.step, self.modules, self.optimiser)
            self.metrics.draw()

    def _share_statistics(self) -> None:
        """BatchNorm's running statistics, of which each process has its own."""
        statistics = [b for name, b in self.model.named_buffers() if ".running_" in name]
        self.team.average(statistics)

    def _parameter_groups(self) -> list[dict[str, object]]:
        """Weight decay for matrices and kernels alone."""
        named = [
            (name, parameter)
            for module in self.modules.values()
            for name, parameter in module.named_parameters()
            if parameter.requires_grad
        ]
        decayed = [p for name, p in named if p.dim() > 1 and "embed" not in name.rsplit(".", 2)[-2]]
        ids = {id(p) for p in decayed}
        others = [p for _, p in named if id(p) not in ids]
        return [
            {"params": decayed, "weight_decay": WEIGHT_DECAY},
            {"params": others, "weight_decay": 0.0},
        ]

    def _listen(self) -> None:
        """An interrupt ends the run after the step it comes in; the first process tells the others."""

        def stop(*_: object) -> None:
            self.stopped |= self.team.leads

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
