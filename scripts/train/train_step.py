"""One step: each image is seen once, and judged once a pair."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional as F

from losses import CellHeads, MentionHeads
from ofa import Ofa
from prepared import Batch

# How much the cells count beside the answers and the mentions.
CELL_WEIGHT = 0.5


@dataclass(frozen=True)
class StepResult:
    """Means over the batch; those of the judge are None while only the backbone learns."""

    cell_loss: float
    cell_accuracy: float
    mention_loss: float | None
    answer_loss: float | None
    answer_accuracy: float | None
    pairs: int


def backward_step(
    model: Ofa,
    heads: tuple[CellHeads, MentionHeads],
    batch: Batch,
    answers: torch.Tensor,
    *,
    bf16: bool,
    judging: bool,
) -> StepResult:
    """Adds the gradients of one batch.

    The judge's gradients are taken chunk by chunk and gathered at the image tokens, so that memory holds
    one chunk and the backbone runs backward once.

    answers [3]: token ids of yes, maybe, no. judging: False for the cell loss alone.
    """
    cell_heads, mention_heads = heads

    def mixed() -> torch.autocast:
        return torch.autocast("cpu", torch.bfloat16, enabled=bf16)

    with mixed():
        tokens = model.see(batch.pixels)
    seen = tokens.detach().float().requires_grad_()
    cell_loss, cell_accuracy = cell_heads(seen, batch.cells, batch.scenes)
    (cell_loss * (CELL_WEIGHT if judging else 1)).backward()
    total = sum(len(chunk.labels) for chunk in batch.chunks)
    total_weight = sum(float(chunk.weights.sum()) for chunk in batch.chunks)
    answer_loss, mention_loss, right = 0.0, 0.0, 0
    for chunk in batch.chunks if judging else []:
        with mixed():
            memory, first, last = model.read(seen[chunk.rows], chunk.ids)
        logits = model.answer(last, answers)
        losses = F.cross_entropy(logits, chunk.labels, reduction="none")
        loss = (losses * chunk.weights).sum() / total_weight
        mentions = mention_heads(memory[:, : seen.shape[1]], first, batch, chunk) / total
        (loss + mentions).backward()
        answer_loss += loss.item()
        mention_loss += mentions.item()
        right += int((logits.argmax(1) == chunk.labels).sum())
    tokens.backward(seen.grad.to(tokens.dtype))
    if not judging:
        return StepResult(cell_loss.item(), cell_accuracy, None, None, None, 0)
    return StepResult(
        cell_loss.item(), cell_accuracy, mention_loss, answer_loss, right / total, total
    )
