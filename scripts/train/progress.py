"""The progress line on standard error."""

from __future__ import annotations

import sys
import time

# Seconds between lines where standard error is no terminal.
LINE_SECONDS = 15


class Progress:
    """Rates are moving means of the steps of this run."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.shown = 0.0
        self.step_seconds: float | None = None
        self.images = self.pairs = 0.0

    def update(self, seconds: float, images: int, pairs: int) -> None:
        """Takes in a step's time and what it did."""
        if self.step_seconds is None:
            self.step_seconds, self.images, self.pairs = seconds, images, pairs
        self.step_seconds += 0.05 * (seconds - self.step_seconds)
        self.images += 0.05 * (images - self.images)
        self.pairs += 0.05 * (pairs - self.pairs)

    def rates(self) -> dict[str, float]:
        """Images and pairs a second."""
        seconds = self.step_seconds or 1
        return {
            "images_per_second": round(self.images / seconds, 1),
            "pairs_per_second": round(self.pairs / seconds, 1),
        }

    def show(self, step: int, values: dict[str, float | None], last_second: float | None) -> None:
        """Prints the line.

        last_second: when this run ends by the clock (time.monotonic()), None if it does not.
        """
        terminal = sys.stderr.isatty()
        if not terminal and time.monotonic() - self.shown < LINE_SECONDS:
            return
        self.shown = time.monotonic()
        left = (self.steps - step) * (self.step_seconds or 0)
        rates = self.rates()
        parts = [f"step {step}/{self.steps}"]
        parts += [f"{name} {value:.3f}" for name, value in values.items() if value is not None]
        parts += [
            f"{rates['images_per_second']:.0f} images/s",
            f"{rates['pairs_per_second']:.0f} pairs/s",
        ]
        parts.append(f"{left / 60:.0f} min left")
        if last_second is not None and last_second - self.shown < left:
            parts.append(f"of them {max(0, last_second - self.shown) / 60:.0f} in this run")
        line = "  ".join(parts)
        sys.stderr.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
        sys.stderr.flush()
