"""What training minimises."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

# Most cells are empty: without this the backbone learns "none" and little else for a long time.
NONE_WEIGHT = 0.1


class CellHeads(nn.Module):
    """Asks each image token what stands on its cell; thrown away after training."""

    def __init__(self, width: int, nouns: int, colours: int) -> None:
        super().__init__()
        self.heads = nn.ModuleList(nn.Linear(width, 1 + n) for n in (nouns, 1, colours))

    def forward(self, image_tokens: Tensor, cells: Tensor) -> tuple[Tensor, float]:
        """image_tokens [N, P, d], cells int64 [N, 3, P] -> loss; share of object cells whose noun is right"""
        tokens = image_tokens.float()
        logits = [head(tokens).flatten(0, 1) for head in self.heads]
        losses = [
            F.cross_entropy(logit, target.flatten(), _class_weights(logit.shape[1]))
            for logit, target in zip(logits, cells.unbind(1))
        ]
        nouns = cells[:, 0].flatten()
        right = (logits[0].argmax(1) == nouns)[nouns > 0].float().mean()
        return torch.stack(losses).sum(), float(right)


def _class_weights(classes: int) -> Tensor:
    weights = torch.ones(classes)
    weights[0] = NONE_WEIGHT
    return weights
