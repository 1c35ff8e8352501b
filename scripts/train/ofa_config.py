"""The dimensions of an OFA model, under the names of ModelScope's config.json."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

# Bottleneck blocks of stages 1 to 3, as OFA builds them.
RESNET_BLOCKS = {
    "resnet18": (2, 2, 2),
    "resnet34": (3, 4, 6),
    "resnet50": (3, 4, 6),
    "resnet101": (3, 4, 23),
    "resnet152": (3, 8, 36),
}


@dataclass(frozen=True)
class OfaConfig:
    """What config.json says about the network; everything else about OFA is fixed (see `ofa.py`)."""

    vocab_size: int
    d_model: int = 128
    encoder_layers: int = 4
    decoder_layers: int = 2
    encoder_ffn_dim: int = 512
    decoder_ffn_dim: int = 512
    encoder_attention_heads: int = 4
    decoder_attention_heads: int = 4
    resnet_type: str = "resnet18"
    image_bucket_size: int = 16
    token_bucket_size: int = 64
    max_position_embeddings: int = 128
    attn_scale_factor: float = 2.0

    @property
    def image_positions(self) -> int:
        """Rows of the image position table: one per cell, and one in front."""
        return self.image_bucket_size**2 + 1

    @property
    def image_distances(self) -> int:
        """Rows of a relative image position table: all (dy, dx), and three for row 0."""
        return (2 * self.image_bucket_size - 1) ** 2 + 3

    def dump(self) -> dict[str, object]:
        """The content of config.json."""
        return {
            "architectures": ["OFAModel"],
            "model_type": "ofa",
            **asdict(self),
            "share_attn_bias": False,
            "scale_embedding": False,
            "activation_function": "gelu",
            "add_type_embedding": True,
            "normformer": True,
            "layernorm_embedding": True,
            "patch_layernorm_embedding": True,
            "code_layernorm_embedding": True,
            "encoder_normalize_before": True,
            "decoder_normalize_before": True,
            "share_decoder_input_output_embed": True,
            "entangle_position_embedding": False,
            "interpolate_position": False,
            "pad_token_id": 1,
            "bos_token_id": 0,
            "eos_token_id": 2,
            "decoder_start_token_id": 0,
        }

    @classmethod
    def parse(cls, settings: dict[str, object]) -> OfaConfig:
        """Reads config.json's content; settings of other names are passed over."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in settings.items() if name in known})

    @classmethod
    def load(cls, folder: Path) -> OfaConfig:
        """Reads the config.json of a checkpoint folder."""
        return cls.parse(json.loads((folder / "config.json").read_text("utf8")))
