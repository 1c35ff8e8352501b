"""The weights that training starts from."""

from __future__ import annotations

from torch import nn

from ofa import Ofa


def initialise(model: Ofa) -> None:
    """Xavier for linear maps, Kaiming for convolutions, no relative position bias."""
    for name, module in model.named_modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        elif isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            if "rel_pos_table" in name:
                nn.init.zeros_(module.weight)
            else:
                nn.init.normal_(module.weight, std=module.embedding_dim**-0.5)
