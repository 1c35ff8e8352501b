"""The reproducible weights of the reference outputs: see `scripts/synthetic/synthetic-tensor.ts`."""

from __future__ import annotations

import re

import numpy
import torch
from torch import nn

TABLE = "encoder.embed_tokens.weight"
TIED = {"decoder.embed_tokens.weight", "decoder.output_projection.weight"}
BUFFERS = re.compile(r"_rp_bucket$|image_position_idx$|num_batches_tracked$")


def fill_with_synthetic_weights(model: nn.Module) -> None:
    """Overwrites every float of the model's state dict with the formula's."""
    state = model.state_dict()
    for name, tensor in state.items():
        if not BUFFERS.search(name):
            state[name] = synthetic_tensor(name, tuple(tensor.shape))
    model.load_state_dict(state)


def synthetic_tensor(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    """float32 of the given shape: a middle plus a reach times a hash of name and index."""
    source = TABLE if name in TIED else name
    middle, reach = spread_of(source, shape)
    values = middle + reach * (uniform(source, int(numpy.prod(shape))) * 2 - 1)
    return torch.from_numpy(values.astype(numpy.float32).reshape(shape))


def uniform(name: str, count: int) -> numpy.ndarray:
    """float64 [count] in [0, 1): lowbias32 of FNV-1a(name) + i * golden ratio."""
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    x = numpy.uint32(seed) + numpy.arange(count, dtype=numpy.uint32) * numpy.uint32(0x9E3779B9)
    x ^= x >> 16
    x *= numpy.uint32(0x7FEB352D)
    x ^= x >> 15
    x *= numpy.uint32(0x846CA68B)
    x ^= x >> 16
    return (x >> 8) / 2**24


def spread_of(name: str, shape: tuple[int, ...]) -> tuple[float, float]:
    """Middle and reach: the first rule that fits the name."""
    inputs = int(numpy.prod(shape[1:]))
    rules: list[tuple[str, float, float]] = [
        (r"\.running_mean$", 0, 0.2),
        (r"\.running_var$", 1, 0.5),
        (r"rel_pos_table", 0, 0.7),
        (r"embed_tokens", 0, 0.12),
        (r"embed_positions|embed_image_positions|type_embedding", 0, 0.3),
        (r"\.c_attn$", 1, 0.3),
        (r"\.bias$", 0, 0.1),
        (r"(bn3|downsample\.1)\.weight$", 0.5, 0.1),
    ]
    for pattern, middle, reach in rules:
        if re.search(pattern, name):
            return middle, reach
    if len(shape) == 1:
        return 1, 0.2
    if len(shape) == 4:
        return 0, (6 / inputs) ** 0.5
    return 0, (3 / inputs) ** 0.5 * gain_of(name)


def gain_of(name: str) -> float:
    """Gains that keep the attention of an untrained model neither flat nor one-hot."""
    if re.search(r"\.[qk]_proj\.", name):
        return 2.6
    if re.search(r"pos_[qk]_linear", name):
        return 0.7
    return 1.6 if re.search(r"\.(v|out)_proj\.", name) else 1.3
