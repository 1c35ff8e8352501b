"""OFA for visual entailment: the state dict has the keys and shapes of ModelScope's checkpoints.

Paper: arXiv 2202.03052. Prompt type is `prev_output`: the decoder reads the prompt without its `</s>`,
and the answer stands behind the last token.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from decoder import Decoder
from encoder import Encoder
from ofa_config import OfaConfig

PAD, END = 1, 2


class Ofa(nn.Module):
    """Two stages, as in the product: `see` once an image, `judge` once a pair."""

    def __init__(self, config: OfaConfig) -> None:
        super().__init__()
        embed_tokens = nn.Embedding(config.vocab_size, config.d_model)
        self.encoder = Encoder(config, embed_tokens)
        self.decoder = Decoder(config, embed_tokens)

    def see(self, pixels: Tensor) -> Tensor:
        """uint8 [N, S, S, 3], RGB -> image tokens [N, (S / 16)^2, d]"""
        return self.encoder.see(normalise(pixels))

    def judge(self, image_tokens: Tensor, ids: Tensor, answers: Tensor) -> Tensor:
        """The logits of the answers.

        image_tokens [N, cells, d], ids [N, T]: `<s>` ... `</s>`, then `<pad>`, answers [A]: token ids -> [N, A]
        """
        _, _, last = self.read(image_tokens, ids)
        return self.answer(last, answers)

    def read(self, image_tokens: Tensor, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Encoder and decoder.

        image_tokens [N, cells, d], ids [N, T] -> the encoder's output [N, cells + T, d], and the decoder's
        where the answer stands, behind its first layer and at the end [N, d]
        """
        cells = image_tokens.shape[1]
        lengths = (ids != PAD).sum(1)
        shown = torch.arange(cells + ids.shape[1])[None, :] < (cells + lengths)[:, None]
        mask = torch.zeros(shown.shape).masked_fill(~shown, float("-inf"))[:, None, None, :]
        memory = self.encoder(image_tokens, ids, mask)
        places = self.encoder.positions(round(cells**0.5), ids.shape[1])
        # The end is cut off the longest prompt; in shorter ones it stands behind what is read.
        read = self.decoder(ids[:, :-1], memory, places, mask)
        first, last = (state[torch.arange(len(ids)), lengths - 2] for state in (read[0], read[-1]))
        return memory, first, self.decoder.layer_norm(last)

    def answer(self, last: Tensor, answers: Tensor) -> Tensor:
        """last [N, d]: see `read`, answers [A]: token ids -> logits [N, A]"""
        return last @ self.decoder.output_projection.weight[answers].T


def normalise(pixels: Tensor) -> Tensor:
    """uint8 [N, S, S, 3] -> [N, 3, S, S], (x / 255 - 0.5) / 0.5, channels last in memory"""
    return pixels.permute(0, 3, 1, 2).float().div(127.5).sub(1)
