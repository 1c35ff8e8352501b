"""The encoder: image cells and words in one sequence, the image first."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backbone import BACKBONE_CHANNELS, Backbone
from layers import EncoderLayer, LayerNorm
from ofa_config import RESNET_BLOCKS, OfaConfig
from positions import absolute_bias, cell_positions, image_buckets, token_buckets


class Encoder(nn.Module):
    """Registration order is the order of keys in published checkpoints."""

    def __init__(self, config: OfaConfig, embed_tokens: nn.Embedding) -> None:
        super().__init__()
        width, heads = config.d_model, config.encoder_attention_heads
        self.heads, self.attn_scale_factor = heads, config.attn_scale_factor
        self.image_bucket_size = config.image_bucket_size
        self.register_buffer("image_rp_bucket", image_buckets(config.image_bucket_size))
        self.register_buffer("token_rp_bucket", token_buckets(config.token_bucket_size))
        self.layernorm_embedding = LayerNorm(width)
        self.embed_tokens = embed_tokens
        self.type_embedding = nn.Embedding(2, width)
        self.embed_images = Backbone(RESNET_BLOCKS[config.resnet_type])
        self.image_proj = nn.Linear(BACKBONE_CHANNELS, width)
        self.patch_layernorm_embedding = LayerNorm(width)
        self.embed_positions = nn.Embedding(config.max_position_embeddings + 2, width)
        self.embed_image_positions = nn.Embedding(config.image_positions, width)
        self.pos_ln = LayerNorm(width)
        self.image_pos_ln = LayerNorm(width)
        self.pos_q_linear = nn.Linear(width, width)
        self.pos_k_linear = nn.Linear(width, width)
        self.layers = nn.ModuleList(
            EncoderLayer(width, heads, config.encoder_ffn_dim, config.attn_scale_factor)
            for _ in range(config.encoder_layers)
        )
        self.layer_norm = LayerNorm(width)
        self.token_rel_pos_table_list = nn.ModuleList(
            nn.Embedding(2 * config.token_bucket_size - 1, heads) for _ in self.layers
        )
        self.image_rel_pos_table_list = nn.ModuleList(
            nn.Embedding(config.image_distances, heads) for _ in self.layers
        )

    def see(self, pixels: Tensor) -> Tensor:
        """Image tokens: pixels [N, 3, S, S], -1 to 1 -> [N, cells, d], row major, not yet normed"""
        return self.image_proj(self.embed_images(pixels).flatten(2).transpose(1, 2))

    def positions(self, grid: int, length: int) -> Tensor:
        """Position embeddings of a grid x grid image and a text -> [cells + length, d]"""
        cells = self.embed_image_positions(cell_positions(grid, self.image_bucket_size))
        words = self.embed_positions.weight[:length]
        return torch.cat([self.image_pos_ln(cells), self.pos_ln(words)])

    def forward(self, image_tokens: Tensor, ids: Tensor, mask: Tensor) -> Tensor:
        """image_tokens [N, cells, d], ids [N, T], mask [N, 1, 1, cells + T]: 0 or -inf
        -> [N, cells + T, d]
        """
        kinds = self.type_embedding.weight
        cells = self.patch_layernorm_embedding(image_tokens + kinds[1])
        words = self.layernorm_embedding(self.embed_tokens(ids) + kinds[0])
        x = torch.cat([cells, words.to(cells.dtype)], dim=1)
        grid, length = round(image_tokens.shape[1] ** 0.5), ids.shape[1]
        places = self.positions(grid, length)
        shared = absolute_bias(
            self.pos_q_linear(places), self.pos_k_linear(places), self.heads, self.attn_scale_factor
        )
        for index, layer in enumerate(self.layers):
            x = layer(x, shared + self._relative_bias(index, grid, length) + mask)
        return self.layer_norm(x)

    def _relative_bias(self, index: int, grid: int, length: int) -> Tensor:
        """The layer's own bias, between cells and between words -> [heads, cells + T, cells + T]"""
        rows = cell_positions(grid, self.image_bucket_size)
        cells = self.image_rel_pos_table_list[index](self.image_rp_bucket[rows][:, rows])
        words = self.token_rel_pos_table_list[index](self.token_rp_bucket[:length, :length])
        return F.pad(cells.permute(2, 0, 1), (0, length, 0, length)) + F.pad(
            words.permute(2, 0, 1), (len(rows), 0, len(rows), 0)
        )
