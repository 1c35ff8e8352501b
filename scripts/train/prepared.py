"""Reads the folder that `prepare.ts` writes, and makes batches of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from torch import Tensor
from torch.nn import functional as F

from ofa import PAD

# Columns of pairs.bin; from MENTIONS on, one for each phrase.
IMAGE, LABEL, KIND, FIRST, COUNT, MENTIONS = range(6)
# Phrases that a sentence speaks of, at most.
PHRASES = 2
# Kinds of sentence that are learnt late, because in most of them it settles the answer what is there.
LATE_KINDS = ("comparison", "relation", "setting", "size")
# How much the others of these kinds count, against 1.
COMPARED_WEIGHT = 3.0
NEUTRAL = 1
# Pairs judged at a time: they share padding, so few of them waste little; fewer make small products.
CHUNK_PAIRS = 64


@dataclass(frozen=True)
class Chunk:
    """Pairs of similar length.

    rows [n]: which image of the batch, ids [n, T]: padded prompts, labels [n]: 0 entailment, 1 neutral,
    2 contradiction, mentions bool [n, PHRASES, objects]: what each phrase may speak of, spoken bool
    [n, PHRASES]: whether there is such a phrase, weights [n]: how much each pair's answer counts,
    pairs [n]: rows of pairs.bin.
    """

    rows: Tensor
    ids: Tensor
    labels: Tensor
    mentions: Tensor
    spoken: Tensor
    weights: Tensor
    pairs: numpy.ndarray


@dataclass(frozen=True)
class Batch:
    """pixels uint8 [N, S, S, 3]; cells: plane's name -> int64 [N, cells]; scenes int64 [N, 3]; the pairs."""

    pixels: Tensor
    cells: dict[str, Tensor]
    scenes: Tensor
    chunks: list[Chunk]


class Prepared:
    """A prepared folder; pixels stay on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta = json.loads((folder / "meta.json").read_text("utf8"))
        side, images = self.meta["side"], self.meta["images"]
        cells, planes = (side // 16) ** 2, len(self.meta["cell_planes"])
        self.pixels = numpy.memmap(
            folder / "pixels.bin", numpy.uint8, "r", shape=(images, side, side, 3)
        )
        self.cells = numpy.memmap(
            folder / "cells.bin", numpy.uint8, "r", shape=(images, planes, cells)
        )
        self.scenes = numpy.fromfile(folder / "scenes.bin", numpy.uint8).reshape(images, -1)
        self.tokens = numpy.fromfile(folder / "tokens.bin", numpy.uint16)
        self.pairs = numpy.fromfile(folder / "pairs.bin", numpy.int32).reshape(
            -1, MENTIONS + PHRASES
        )
        self.first_pair = numpy.searchsorted(self.pairs[:, IMAGE], numpy.arange(images + 1))
        self.late = numpy.isin(self.meta["kinds"], LATE_KINDS)
        self.answers = torch.tensor(self.meta["answers"])

    def batch(
        self, images: numpy.ndarray, most_pairs: int | None, random: numpy.random.Generator | None
    ) -> Batch:
        """The images with their pairs.

        most_pairs: of each image, chosen at random; None: all. random: None for no choice and no jitter.
        """
        pixels = torch.from_numpy(self.pixels[images])
        if random is not None:
            pixels = jitter(pixels, random)
        chosen: list[numpy.ndarray] = []
        for image in images:
            pairs = numpy.arange(self.first_pair[image], self.first_pair[image + 1])
            if random is not None and most_pairs is not None and len(pairs) > most_pairs:
                pairs = random.choice(pairs, most_pairs, replace=False)
            chosen.append(pairs)
        rows = numpy.repeat(numpy.arange(len(images)), [len(pairs) for pairs in chosen])
        planes = torch.from_numpy(self.cells[images].astype(numpy.int64)).unbind(1)
        return Batch(
            pixels,
            dict(zip(self.meta["cell_planes"], planes)),
            torch.from_numpy(self.scenes[images].astype(numpy.int64)),
            self._chunks(numpy.concatenate(chosen), rows),
        )

    def _chunks(self, pairs: numpy.ndarray, rows: numpy.ndarray) -> list[Chunk]:
        order = numpy.argsort(self.pairs[pairs, COUNT], kind="stable")
        pieces = numpy.split(order, range(CHUNK_PAIRS, len(order), CHUNK_PAIRS))
        return [self._chunk(pairs[piece], rows[piece]) for piece in pieces if len(piece) > 0]

    def _chunk(self, pairs: numpy.ndarray, rows: numpy.ndarray) -> Chunk:
        found = self.pairs[pairs]
        ids = numpy.full((len(pairs), found[:, COUNT].max()), PAD, numpy.int64)
        for row, (first, count) in zip(ids, found[:, [FIRST, COUNT]]):
            row[:count] = self.tokens[first : first + count]
        masks = found[:, MENTIONS:]
        mentions = (masks[:, :, None] >> numpy.arange(self.meta["objects"])) & 1
        return Chunk(
            torch.from_numpy(rows),
            torch.from_numpy(ids),
            torch.from_numpy(found[:, LABEL].astype(numpy.int64)),
            torch.from_numpy(mentions.astype(bool)),
            torch.from_numpy(masks >= 0),
            torch.from_numpy(
                numpy.where(self.compared(pairs), COMPARED_WEIGHT, 1).astype(numpy.float32)
            ),
            pairs,
        )

    def compared(self, pairs: numpy.ndarray) -> numpy.ndarray:
        """Which rows of pairs.bin are true or false of things that are all there, so that only a
        comparison, or a look at the scene, tells which -> bool, as many as pairs
        """
        found = self.pairs[pairs]
        there = (found[:, MENTIONS:] != 0).all(1)
        return there & self.late[found[:, KIND]] & (found[:, LABEL] != NEUTRAL)


def jitter(pixels: Tensor, random: numpy.random.Generator) -> Tensor:
    """Other contrast, brightness and sharpness and a little noise, image by image; colours keep their
    names, sides too.

    uint8 [N, S, S, 3] -> the same
    """
    count = len(pixels)

    def draw(low: float, high: float) -> Tensor:
        values = random.uniform(low, high, (count, 1, 1, 1))
        return torch.from_numpy(values.astype(numpy.float32))

    sharp = pixels.float()
    padded = F.pad(sharp.permute(0, 3, 1, 2), (1, 1, 1, 1), mode="replicate")
    soft = F.avg_pool2d(padded, 3, stride=1).permute(0, 2, 3, 1)
    changed = sharp + (soft - sharp) * draw(-0.4, 0.8)
    noise = torch.from_numpy(random.standard_normal(pixels.shape, numpy.float32))
    changed = (changed - 127.5) * draw(0.8, 1.2) + 127.5 + draw(-16, 16) + noise * draw(0, 4)
    return changed.round().clamp(0, 255).byte()
