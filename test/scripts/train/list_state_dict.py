"""Prints [key, shape, dtype] of a model's state dict as JSON. Standard input: config.json."""

from __future__ import annotations

import json
import sys

from ofa import Ofa
from ofa_config import OfaConfig

state = Ofa(OfaConfig.parse(json.load(sys.stdin))).state_dict()
json.dump(
    [[key, list(t.shape), str(t.dtype).removeprefix("torch.")] for key, t in state.items()],
    sys.stdout,
)
