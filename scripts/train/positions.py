"""Where tokens stand: relative buckets of text and image, and the bias that absolute positions give."""

from __future__ import annotations

import math

import torch
from torch import Tensor

# Rows and columns of the text bucket tables, and the distance beyond which all share a bucket.
MAX_DISTANCE = 1024
# Cells a side of the image codes (code_image_size 128 / 8), which entailment never reads.
CODE_SIDE = 16


def token_buckets(size: int) -> Tensor:
    """int64 [1024, 1024]: the bucket of i - j; exact near, logarithmic far.

    size: token_bucket_size; buckets are 0 to 2 size - 2.
    """
    position = torch.arange(MAX_DISTANCE)
    distance = position[:, None] - position[None, :]
    middle = size // 2
    magnitude = distance.abs().clamp(min=middle).double()
    scale = math.log((MAX_DISTANCE - 1) / middle)
    far = torch.ceil(torch.log(magnitude / middle) / scale * (middle - 1)).long() + middle
    return torch.where(distance.abs() < middle, distance, distance.sign() * far) + size - 1


def image_buckets(size: int) -> Tensor:
    """int64 [B * B + 1, B * B + 1]: the bucket of each (dy, dx); row and column 0 stand for no cell.

    size: image_bucket_size B.
    """
    row, column = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    row, column = row.flatten(), column.flatten()
    span = 2 * size - 1
    dy = row[:, None] - row[None, :] + size - 1
    dx = column[:, None] - column[None, :] + size - 1
    table = torch.empty(size * size + 1, size * size + 1, dtype=torch.int64)
    table[1:, 1:] = dy * span + dx
    table[0, :] = span * span
    table[:, 0] = span * span + 1
    table[0, 0] = span * span + 2
    return table


def cell_positions(grid: int, size: int) -> Tensor:
    """int64 [grid * grid]: rows of the image position table, row major."""
    row, column = torch.meshgrid(torch.arange(grid), torch.arange(grid), indexing="ij")
    return (1 + column + row * size).flatten()


def code_positions(size: int) -> Tensor:
    """int64 [1025]: the decoder's buffer for image codes; only its presence in a state dict matters."""
    start, padding = torch.zeros(1, dtype=torch.int64), torch.full((768,), 1024)
    return torch.cat([start, cell_positions(CODE_SIDE, size), padding])


def absolute_bias(query: Tensor, key: Tensor, heads: int, attn_scale_factor: float) -> Tensor:
    """The part of attention scores that positions alone decide, the same for all layers.

    query [L, d], key [M, d]: position embeddings behind their linear maps -> [heads, L, M]
    """
    width = query.shape[1] // heads
    by_head = query.view(-1, heads, width).transpose(0, 1) * (width * attn_scale_factor) ** -0.5
    return by_head @ key.view(-1, heads, width).permute(1, 2, 0)
