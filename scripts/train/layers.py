"""Pre-norm transformer layers with NormFormer's extra norms and factors for each head."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class LayerNorm(nn.LayerNorm):
    """Layer norm in float32, whatever comes in: PyTorch 1.13 takes ten times as long in bfloat16."""

    def forward(self, x: Tensor) -> Tensor:
        """[..., width] -> [..., width], float32"""
        return super().forward(x.float())


class Attention(nn.Module):
    """Multi-head attention; scores get a bias, heads get factors (c_attn)."""

    def __init__(self, width: int, heads: int, attn_scale_factor: float) -> None:
        super().__init__()
        self.heads = heads
        self.scaling = (width / heads * attn_scale_factor) ** -0.5
        self.c_attn = nn.Parameter(torch.ones(heads))
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor) -> Tensor:
        """x [N, L, d], memory [N, M, d], bias broadcast to [N, heads, L, M] -> [N, L, d]"""
        # Factors go into the small weights, not over large activations: that is a third of the time.
        factor = self.c_attn.repeat_interleave(self.v_proj.out_features // self.heads)
        query = (self.q_proj.weight * self.scaling, self.q_proj.bias * self.scaling)
        key = (self.k_proj.weight, self.k_proj.bias)
        value = (self.v_proj.weight * factor[:, None], self.v_proj.bias * factor)
        if x is memory:
            q, k, v = self._project(x, query, key, value)
        else:
            (q,), (k, v) = self._project(x, query), self._project(memory, key, value)
        scores = q @ k.transpose(2, 3)
        mixed = torch.softmax(scores + bias.to(scores.dtype), dim=-1) @ v
        return self.out_proj(mixed.transpose(1, 2).flatten(2))

    def _project(self, x: Tensor, *maps: tuple[Tensor, Tensor]) -> tuple[Tensor, ...]:
        """[N, L, d] -> for each map [N, heads, L, d / heads], all in one product"""
        weight = torch.cat([weight for weight, _ in maps])
        bias = torch.cat([bias for _, bias in maps])
        y = F.linear(x, weight, bias).view(*x.shape[:2], len(maps), self.heads, -1)
        return y.permute(2, 0, 3, 1, 4).unbind()


class EncoderLayer(nn.Module):
    """Self attention, then the feed-forward part."""

    def __init__(self, width: int, heads: int, hidden: int, attn_scale_factor: float) -> None:
        super().__init__()
        self.self_attn = Attention(width, heads, attn_scale_factor)
        self.self_attn_layer_norm = LayerNorm(width)
        self.self_attn_mid_layer_norm = LayerNorm(width)
        _add_feed_forward(self, width, hidden)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x [N, L, d], bias [N, heads, L, L] -> [N, L, d]"""
        normed = self.self_attn_layer_norm(x)
        x = x + self.self_attn_mid_layer_norm(self.self_attn(normed, normed, bias))
        return _feed_forward(self, x)


class DecoderLayer(nn.Module):
    """Self attention, attention to the encoder's output, then the feed-forward part."""

    def __init__(self, width: int, heads: int, hidden: int, attn_scale_factor: float) -> None:
        super().__init__()
        self.self_attn = Attention(width, heads, attn_scale_factor)
        self.self_attn_layer_norm = LayerNorm(width)
        self.self_attn_mid_layer_norm = LayerNorm(width)
        self.cross_attn = Attention(width, heads, attn_scale_factor)
        self.cross_attn_layer_norm = LayerNorm(width)
        self.cross_attn_mid_layer_norm = LayerNorm(width)
        _add_feed_forward(self, width, hidden)

    def forward(self, x: Tensor, bias: Tensor, memory: Tensor, cross_bias: Tensor) -> Tensor:
        """x [N, L, d], memory [N, M, d], biases [N, heads, L, L] and [N, heads, L, M] -> [N, L, d]"""
        normed = self.self_attn_layer_norm(x)
        x = x + self.self_attn_mid_layer_norm(self.self_attn(normed, normed, bias))
        normed = self.cross_attn_layer_norm(x)
        x = x + self.cross_attn_mid_layer_norm(self.cross_attn(normed, memory, cross_bias))
        return _feed_forward(self, x)


def _add_feed_forward(layer: nn.Module, width: int, hidden: int) -> None:
    """Attributes of the layer itself, because checkpoints name them so."""
    layer.fc1 = nn.Linear(width, hidden)
    layer.fc2 = nn.Linear(hidden, width)
    layer.ffn_layer_norm = LayerNorm(hidden)
    layer.final_layer_norm = LayerNorm(width)


def _feed_forward(layer: nn.Module, x: Tensor) -> Tensor:
    hidden = F.gelu(layer.fc1(layer.final_layer_norm(x)))
    return x + layer.fc2(layer.ffn_layer_norm(hidden))
