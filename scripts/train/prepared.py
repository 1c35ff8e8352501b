"""Reads the folder that `prepare.ts` writes, and makes batches of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from torch import Tensor

from ofa import PAD

# Columns of pairs.bin.
IMAGE, LABEL, KIND, FIRST, COUNT = range(5)
# Pairs judged at a time: they share padding, so few of them waste little; fewer make small products.
CHUNK_PAIRS = 64


@dataclass(frozen=True)
class Chunk:
    """Pairs of similar length.

    rows [n]: which image of the batch, ids [n, T]: padded prompts, labels [n]: 0 entailment, 1 neutral,
    2 contradiction, pairs [n]: rows of pairs.bin.
    """

    rows: Tensor
    ids: Tensor
    labels: Tensor
    pairs: numpy.ndarray


@dataclass(frozen=True)
class Batch:
    """pixels uint8 [N, S, S, 3], cells int64 [N, 3, cells]: nouns, middles, colours; and the pairs."""

    pixels: Tensor
    cells: Tensor
    chunks: list[Chunk]


class Prepared:
    """A prepared folder; pixels stay on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta = json.loads((folder / "meta.json").read_text("utf8"))
        side, images = self.meta["side"], self.meta["images"]
        cells = (side // 16) ** 2
        self.pixels = numpy.memmap(
            folder / "pixels.bin", numpy.uint8, "r", shape=(images, side, side, 3)
        )
        self.cells = numpy.memmap(folder / "cells.bin", numpy.uint8, "r", shape=(images, 3, cells))
        self.tokens = numpy.fromfile(folder / "tokens.bin", numpy.uint16)
        self.pairs = numpy.fromfile(folder / "pairs.bin", numpy.int32).reshape(-1, 5)
        self.first_pair = numpy.searchsorted(self.pairs[:, IMAGE], numpy.arange(images + 1))
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
        cells = torch.from_numpy(self.cells[images].astype(numpy.int64))
        return Batch(pixels, cells, self._chunks(numpy.concatenate(chosen), rows))

    def _chunks(self, pairs: numpy.ndarray, rows: numpy.ndarray) -> list[Chunk]:
        order = numpy.argsort(self.pairs[pairs, COUNT], kind="stable")
        pieces = numpy.split(order, range(CHUNK_PAIRS, len(order), CHUNK_PAIRS))
        return [self._chunk(pairs[piece], rows[piece]) for piece in pieces if len(piece) > 0]

    def _chunk(self, pairs: numpy.ndarray, rows: numpy.ndarray) -> Chunk:
        found = self.pairs[pairs]
        ids = numpy.full((len(pairs), found[:, COUNT].max()), PAD, numpy.int64)
        for row, (first, count) in zip(ids, found[:, [FIRST, COUNT]]):
            row[:count] = self.tokens[first : first + count]
        labels = torch.from_numpy(found[:, LABEL].astype(numpy.int64))
        return Chunk(torch.from_numpy(rows), torch.from_numpy(ids), labels, pairs)


def jitter(pixels: Tensor, random: numpy.random.Generator) -> Tensor:
    """Other contrast, brightness and a little noise, image by image; colours keep their names, sides too.

    uint8 [N, S, S, 3] -> the same
    """
    count = len(pixels)
    gain = torch.from_numpy(random.uniform(0.85, 1.15, (count, 1, 1, 1)).astype(numpy.float32))
    shift = torch.from_numpy(random.uniform(-12, 12, (count, 1, 1, 1)).astype(numpy.float32))
    noise = torch.from_numpy(random.standard_normal(pixels.shape, numpy.float32))
    strength = torch.from_numpy(random.uniform(0, 4, (count, 1, 1, 1)).astype(numpy.float32))
    changed = (pixels.float() - 127.5) * gain + 127.5 + shift + noise * strength
    return changed.round().clamp(0, 255).byte()
