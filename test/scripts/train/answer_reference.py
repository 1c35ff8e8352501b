"""Answers the reference cases with the formula's weights.

Standard input: JSON {"config": config.json, "side": S, "answers": [ids], "cases": [{"pixels": FILE,
"ids": [ids]}]}, each file raw uint8 [S, S, 3]. Standard output: JSON, a list a case of probabilities,
image tokens' shape, first and last eight numbers, and the encoder's output likewise.
"""

from __future__ import annotations

import json
import sys

import numpy
import torch

from ofa import Ofa
from ofa_config import OfaConfig
from synthetic_weights import fill_with_synthetic_weights


def main() -> None:
    """Reads the questions, prints the answers."""
    request = json.load(sys.stdin)
    model = Ofa(OfaConfig.parse(request["config"])).eval()
    fill_with_synthetic_weights(model)
    answers = torch.tensor(request["answers"])
    side = request["side"]
    results = []
    with torch.no_grad():
        for case in request["cases"]:
            pixels = numpy.fromfile(case["pixels"], numpy.uint8).reshape(1, side, side, 3)
            tokens = model.see(torch.from_numpy(pixels))
            ids = torch.tensor([case["ids"]])
            mask = torch.zeros(1, 1, 1, tokens.shape[1] + ids.shape[1])
            memory = model.encoder(tokens, ids, mask)[0]
            logits = model.judge(tokens, ids, answers)[0]
            results.append(
                {
                    "logits": logits.tolist(),
                    "probabilities": torch.softmax(logits, 0).tolist(),
                    "image_tokens_shape": list(tokens[0].shape),
                    "first_token_first_8": tokens[0, 0, :8].tolist(),
                    "last_token_last_8": tokens[0, -1, -8:].tolist(),
                    "encoder_first_8": memory[0, :8].tolist(),
                    "encoder_last_8": memory[-1, -8:].tolist(),
                }
            )
    json.dump(results, sys.stdout)


main()
