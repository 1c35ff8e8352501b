"""One step: each image is seen once, and judged once a pair."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional as F

from losses import CellHeads
from ofa import Ofa
from prepared import Batch

# How much the cells count beside the answers.
CELL_WEIGHT = 0.5


@dataclass(frozen=True)
class StepResult:
    """Means over the batch; answers are None while only the backbone learns."""

    cell_loss: float
    cell_accuracy: float
    answer_loss: float | None
    answer_accuracy: float | None
    pairs: int


def backward_step(
    model: Ofa, heads: CellHeads, batch: Batch, answers: torch.Tensor, bf16: bool, judging: bool
) -> StepResult:
    """Adds the gradients of one batch.

    The judge's gradients are taken chunk by chunk and gathered at the image tokens, so that memory holds
    one chunk and the backbone runs backward once.

    answers [3]: token ids of yes, maybe, no. judging: False for the cell loss alone.
    """

    def mixed() -> torch.autocast:
        return torch.autocast("cpu", torch.bfloat16, enabled=bf16)

    with mixed():
        tokens = model.see(batch.pixels)
    seen = tokens.detach().float().requires_grad_()
    cell_loss, cell_accuracy = heads(seen, batch.cells)
    (cell_loss * (CELL_WEIGHT if judging else 1)).backward()
    total = sum(len(chunk.labels) for chunk in batch.chunks)
    answer_loss, right = 0.0, 0
    for chunk in batch.chunks if judging else []:
        with mixed():
            logits = model.judge(seen[chunk.rows], chunk.ids, answers).float()
        loss = F.cross_entropy(logits, chunk.labels, reduction="sum") / total
        loss.backward()
        answer_loss += loss.item()
        right += int((logits.argmax(1) == chunk.labels).sum())
    tokens.backward(seen.grad.to(tokens.dtype))
    if not judging:
        return StepResult(cell_loss.item(), cell_accuracy, None, None, 0)
    return StepResult(cell_loss.item(), cell_accuracy, answer_loss, right / total, total)
