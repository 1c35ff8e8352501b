"""The decoder: reads the prompt once more, beside the encoder's output."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from layers import DecoderLayer, LayerNorm
from ofa_config import OfaConfig
from positions import absolute_bias, code_positions, image_buckets, token_buckets


class Decoder(nn.Module):
    """Registration order is the order of keys in published checkpoints."""

    def __init__(self, config: OfaConfig, embed_tokens: nn.Embedding) -> None:
        super().__init__()
        width, heads = config.d_model, config.decoder_attention_heads
        self.heads, self.attn_scale_factor = heads, config.attn_scale_factor
        self.register_buffer("image_position_idx", code_positions(config.image_bucket_size))
        self.register_buffer("image_rp_bucket", image_buckets(config.image_bucket_size))
        self.register_buffer("token_rp_bucket", token_buckets(config.token_bucket_size))
        self.embed_tokens = embed_tokens
        self.layers = nn.ModuleList(
            DecoderLayer(width, heads, config.decoder_ffn_dim, config.attn_scale_factor)
            for _ in range(config.decoder_layers)
        )
        self.layernorm_embedding = LayerNorm(width)
        self.embed_positions = nn.Embedding(config.max_position_embeddings + 2, width)
        self.embed_image_positions = nn.Embedding(config.image_positions, width)
        self.pos_ln = LayerNorm(width)
        self.image_pos_ln = LayerNorm(width)
        self.self_pos_q_linear = nn.Linear(width, width)
        self.self_pos_k_linear = nn.Linear(width, width)
        self.cross_pos_q_linear = nn.Linear(width, width)
        self.cross_pos_k_linear = nn.Linear(width, width)
        self.code_layernorm_embedding = LayerNorm(width)
        self.layer_norm = LayerNorm(width)
        self.output_projection = nn.Linear(width, config.vocab_size, bias=False)
        self.output_projection.weight = embed_tokens.weight
        self.token_rel_pos_table_list = nn.ModuleList(
            nn.Embedding(2 * config.token_bucket_size - 1, heads) for _ in self.layers
        )
        self.image_rel_pos_table_list = nn.ModuleList(
            nn.Embedding(config.image_distances, heads) for _ in self.layers
        )
        for unread in (
            self.embed_image_positions,
            self.image_pos_ln,
            self.code_layernorm_embedding,
            self.image_rel_pos_table_list,
        ):
            unread.requires_grad_(False)

    def forward(self, ids: Tensor, memory: Tensor, places: Tensor, mask: Tensor) -> list[Tensor]:
        """ids [N, T], memory [N, M, d], places [M, d]: the encoder's positions,
        mask [N, 1, 1, M]: 0 or -inf -> [N, T, d] behind each layer, not yet normed
        """
        length = ids.shape[1]
        x = self.layernorm_embedding(self.embed_tokens(ids))
        own = self.pos_ln(self.embed_positions.weight[:length])
        shared = absolute_bias(
            self.self_pos_q_linear(own),
            self.self_pos_k_linear(own),
            self.heads,
            self.attn_scale_factor,
        )
        future = torch.full((length, length), float("-inf")).triu(1)
        cross = absolute_bias(
            self.cross_pos_q_linear(own),
            self.cross_pos_k_linear(places),
            self.heads,
            self.attn_scale_factor,
        )
        buckets = self.token_rp_bucket[:length, :length]
        states = []
        for layer, table in zip(self.layers, self.token_rel_pos_table_list):
            bias = shared + table(buckets).permute(2, 0, 1) + future
            x = layer(x, bias, memory, cross + mask)
            states.append(x)
        return states
