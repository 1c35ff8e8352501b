"""What training minimises beside the answers: heads that are thrown away afterwards.

They ask for what an answer is made of, one cell at a time: labels alone teach the same, but take many
times as long to.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from layers import LayerNorm
from prepared import PHRASES, Batch, Chunk

# Most cells are empty: without this the heads learn "none" and little else for a long time.
NONE_WEIGHT = 0.1
# Beside the loss of nouns, middles and colours: each cell is asked for the scene, too.
BOX_WEIGHT = 10.0
SCENE_WEIGHT = 0.3
COUNT_WEIGHT = 0.3
EXTENT_WEIGHT = 10.0
# Planes of cells that say where an object is and how large, each times what makes it vary as much as the
# others do: places vary by a fifth of the picture's side, sizes by a twentieth.
BOX = {"x": 1.0, "y": 1.0, "size": 4.0}


class CellHeads(nn.Module):
    """Asks each image token what stands on its cell, and what the scene is like."""

    def __init__(self, width: int, nouns: int, colours: int, backgrounds: int) -> None:
        super().__init__()
        self.noun = nn.Linear(width, 1 + nouns)
        self.middle = nn.Linear(width, 2)
        self.colour = nn.Linear(width, 1 + colours)
        self.box = nn.Linear(width, len(BOX))
        self.scene = _scene_heads(width, backgrounds)

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
        boxes = _boxes(cells)[owned]
        loss = loss + BOX_WEIGHT * F.smooth_l1_loss(self.box(tokens)[owned], boxes, beta=0.1)
        for head, answers in zip(self.scene, scenes.unbind(1)):
            everywhere = answers[:, None].expand(tokens.shape[:2])
            loss = loss + SCENE_WEIGHT * F.cross_entropy(
                head(tokens).flatten(0, 1), everywhere.flatten()
            )
        right = (nouns.argmax(2) == cells["noun"])[owned].float().mean()
        return loss, float(right)


class MentionHeads(nn.Module):
    """Asks the judge what its sentence speaks of, and what a comparison needs to know of that.

    The encoder is asked which cells each phrase means; the decoder's first layer, where the answer will
    stand, how many things that are, where they are and how large, and what the scene is like. The layers
    behind it are left to compare.

    objects: in a scene, at most.
    """

    def __init__(self, width: int, objects: int, backgrounds: int) -> None:
        super().__init__()
        self.cells = nn.Linear(width, PHRASES * 2)
        self.norm = LayerNorm(width)
        self.count = nn.Linear(width, PHRASES * (objects + 1))
        self.extent = nn.Linear(width, PHRASES * len(BOX) * 2)
        self.scene = _scene_heads(width, backgrounds)

    def forward(self, memory: Tensor, first: Tensor, batch: Batch, chunk: Chunk) -> Tensor:
        """memory [n, P, d]: the encoder's output at the cells, first [n, d]: the decoder's behind its first
        layer -> the sum over pairs of each pair's loss
        """
        cells = {name: plane[chunk.rows] for name, plane in batch.cells.items()}
        owner = cells["owner"]
        # [n, PHRASES, P]: whether the cell's object is meant; there is no object 0.
        objects = F.pad(chunk.mentions, (1, 0))
        meant = objects.gather(2, owner[:, None].expand(-1, PHRASES, -1))
        middles = meant & (cells["middle"][:, None] > 0)
        weight = torch.where(owner > 0, 1.0, NONE_WEIGHT)[:, None, None]
        cell_loss = F.binary_cross_entropy_with_logits(
            self.cells(memory.float()).view(*memory.shape[:2], PHRASES, 2).permute(0, 2, 3, 1),
            torch.stack([meant, middles], dim=2).float(),
            weight,
            reduction="none",
        )
        known = self.norm(first)
        counts = self.count(known).view(len(known), PHRASES, -1).permute(0, 2, 1)
        loss = cell_loss.sum((2, 3)) / weight.sum(3).squeeze(2)
        loss = loss + COUNT_WEIGHT * F.cross_entropy(
            counts, chunk.mentions.sum(2), reduction="none"
        )
        boxes = _boxes(cells).transpose(1, 2)
        loss = loss + EXTENT_WEIGHT * self._extent_loss(known, boxes, middles)
        return (loss * chunk.spoken).sum() + sum(
            F.cross_entropy(head(known), answers, reduction="sum")
            for head, answers in zip(self.scene, batch.scenes[chunk.rows].unbind(1))
        )

    def _extent_loss(self, known: Tensor, boxes: Tensor, middles: Tensor) -> Tensor:
        """How far off the least and largest x, y and size of what each phrase means are -> [n, PHRASES]"""
        # [n, PHRASES, BOX, P], out of range where nothing is meant.
        values, mask = boxes[:, None], middles[:, :, None]
        least = torch.where(mask, values, torch.inf).amin(3)
        largest = torch.where(mask, values, -torch.inf).amax(3)
        found = self.extent(known).view(len(known), PHRASES, 2, len(BOX))
        wanted = torch.stack([least, largest], dim=2)
        there = middles.any(2)
        wanted = wanted.where(there[:, :, None, None], found.detach())
        return F.smooth_l1_loss(found, wanted, beta=0.1, reduction="none").mean((2, 3))


def _boxes(cells: dict[str, Tensor]) -> Tensor:
    """Planes [n, P] of the whole picture's side as 255 -> [n, P, BOX]"""
    return torch.stack([cells[name] * (scale / 255) for name, scale in BOX.items()], dim=2)


def _scene_heads(width: int, backgrounds: int) -> nn.ModuleList:
    """Background, time, and whether there are colours, as scenes.bin has them."""
    return nn.ModuleList(nn.Linear(width, classes) for classes in (backgrounds, 2, 2))


def _class_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """logits [N, P, classes], targets [N, P]: class 0 is none"""
    weights = torch.ones(logits.shape[2])
    weights[0] = NONE_WEIGHT
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), weights)
