"""What training minimises beside the answers: heads that are thrown away afterwards.

They ask for what an answer is made of, one cell at a time: labels alone teach the same, but take many
times as long to.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from prepared import PHRASES, Chunk

# Most cells are empty: without this the heads learn "none" and little else for a long time.
NONE_WEIGHT = 0.1
# Beside the loss of nouns, middles and colours.
BOX_WEIGHT = 10.0
SCENE_WEIGHT = 0.3
COUNT_WEIGHT = 0.3


class CellHeads(nn.Module):
    """Asks each image token what stands on its cell, and what the scene is like."""

    def __init__(self, width: int, nouns: int, colours: int, backgrounds: int) -> None:
        super().__init__()
        self.noun = nn.Linear(width, 1 + nouns)
        self.middle = nn.Linear(width, 2)
        self.colour = nn.Linear(width, 1 + colours)
        self.box = nn.Linear(width, 3)
        self.scene = nn.ModuleList(nn.Linear(width, n) for n in (backgrounds, 2, 2))

    def forward(
        self, image_tokens: Tensor, cells: dict[str, Tensor], scenes: Tensor
    ) -> tuple[Tensor, float]:
        """image_tokens [N, P, d], cells and scenes as in a Batch -> loss; share of object cells whose noun
        is right
        """
        tokens = image_tokens.float()
        nouns = self.noun(tokens)
        loss = _class_loss(nouns, cells["noun"])
        loss = loss + _class_loss(self.middle(tokens), cells["middle"])
        loss = loss + _class_loss(self.colour(tokens), cells["colour"])
        owned = cells["owner"] > 0
        boxes = torch.stack([cells["x"], cells["y"], cells["size"]], dim=2)[owned] / 255
        loss = loss + BOX_WEIGHT * F.smooth_l1_loss(self.box(tokens)[owned], boxes, beta=0.1)
        for head, answers in zip(self.scene, scenes.unbind(1)):
            everywhere = answers[:, None].expand(tokens.shape[:2])
            loss = loss + SCENE_WEIGHT * F.cross_entropy(
                head(tokens).flatten(0, 1), everywhere.flatten()
            )
        right = (nouns.argmax(2) == cells["noun"])[owned].float().mean()
        return loss, float(right)


class MentionHeads(nn.Module):
    """Asks the judge which cells each phrase of the sentence speaks of, and how many things that are.

    objects: in a scene, at most.
    """

    def __init__(self, width: int, objects: int) -> None:
        super().__init__()
        self.cells = nn.Linear(width, PHRASES * 2)
        self.count = nn.Linear(width, PHRASES * (objects + 1))

    def forward(
        self, memory: Tensor, last: Tensor, cells: dict[str, Tensor], chunk: Chunk
    ) -> Tensor:
        """memory [n, P, d]: the encoder's output at the cells, last [n, d]: the decoder's at the end,
        cells: of the batch -> the sum over pairs of each pair's loss
        """
        owner, middle = cells["owner"][chunk.rows], cells["middle"][chunk.rows]
        # [n, PHRASES, P]: whether the cell's object is meant; there is no object 0.
        objects = F.pad(chunk.mentions, (1, 0))
        meant = objects.gather(2, owner[:, None].expand(-1, PHRASES, -1))
        wanted = torch.stack([meant, meant & (middle[:, None] > 0)], dim=2).float()
        logits = self.cells(memory.float()).view(*memory.shape[:2], PHRASES, 2)
        weight = torch.where(owner > 0, 1.0, NONE_WEIGHT)[:, None, None]
        loss = F.binary_cross_entropy_with_logits(
            logits.permute(0, 2, 3, 1), wanted, weight, reduction="none"
        )
        loss = loss.sum((2, 3)) / weight.sum(3).squeeze(2)
        counts = self.count(last.float()).view(len(last), PHRASES, -1).flatten(0, 1)
        amounts = chunk.mentions.sum(2).flatten()
        count_loss = F.cross_entropy(counts, amounts, reduction="none").view_as(loss)
        return ((loss + COUNT_WEIGHT * count_loss) * chunk.spoken).sum()


def _class_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """logits [N, P, classes], targets [N, P]: class 0 is none"""
    weights = torch.ones(logits.shape[2])
    weights[0] = NONE_WEIGHT
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), weights)
