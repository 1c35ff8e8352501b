"""Unit tests of the model, its data and a step; run by pieces.test.ts."""

from __future__ import annotations

import json
import math
import tempfile
import unittest
from pathlib import Path

import numpy
import torch

from initialise import initialise
from losses import CellHeads, MentionHeads
from ofa import PAD, Ofa
from ofa_config import OfaConfig
from prepared import CHUNK_PAIRS, COMPARED_WEIGHT, PHRASES, Batch, Chunk, Prepared, jitter
from train_step import backward_step

CONFIG = OfaConfig(
    vocab_size=50,
    d_model=32,
    encoder_layers=2,
    decoder_layers=1,
    encoder_ffn_dim=64,
    decoder_ffn_dim=64,
    encoder_attention_heads=2,
    decoder_attention_heads=2,
    image_bucket_size=4,
    token_bucket_size=8,
)
ANSWERS = torch.tensor([5, 6, 7])
OBJECTS = 3
PLANES = ["owner", "noun", "middle", "colour", "x", "y", "size"]
# float32 sums in another order.
TOLERANCE = 1e-5


def small_model() -> Ofa:
    """A model with random weights, tables of relative positions included."""
    torch.manual_seed(3)
    model = Ofa(CONFIG)
    initialise(model)
    for name, parameter in model.named_parameters():
        if "rel_pos_table" in name:
            torch.nn.init.normal_(parameter)
    return model


def write_prepared(folder: Path, images: int, pairs_each: int) -> Prepared:
    """A prepared folder of noise, 32 pixels a side; prompts of 4 to 9 tokens."""
    random = numpy.random.default_rng(1)
    random.integers(0, 256, (images, 32, 32, 3), numpy.uint8).tofile(folder / "pixels.bin")
    random.integers(0, 2, (images, len(PLANES), 4), numpy.uint8).tofile(folder / "cells.bin")
    random.integers(0, 2, (images, 3), numpy.uint8).tofile(folder / "scenes.bin")
    prompts, rows = [], []
    for pair in range(images * pairs_each):
        count = 4 + pair % 6
        mentions = [[0b1, -1], [0b10, 0], [-1, -1]][pair % 3]
        rows.append([pair // pairs_each, pair % 3, pair % 2, sum(map(len, prompts)), count, *mentions])
        prompts.append([0, *random.integers(8, 50, count - 2), 2])
    numpy.concatenate(prompts).astype(numpy.uint16).tofile(folder / "tokens.bin")
    numpy.array(rows, numpy.int32).tofile(folder / "pairs.bin")
    meta = {
        "side": 32,
        "images": images,
        "answers": [5, 6, 7],
        "kinds": ["count", "relation"],
        "cell_planes": PLANES,
        "objects": OBJECTS,
    }
    (folder / "meta.json").write_text(json.dumps(meta))
    return Prepared(folder)


class Judge(unittest.TestCase):
    """Ofa.judge()"""

    def test_padding_changes_nothing(self) -> None:
        """A prompt scores the same alone and beside a longer one."""
        model = small_model().eval()
        tokens = torch.randn(2, 4, 32)
        long, short = [0, 9, 10, 11, 12, 13, 2], [0, 14, 15, 2]
        ids = torch.tensor([long, short + [PAD] * (len(long) - len(short))])
        with torch.no_grad():
            together = model.judge(tokens, ids, ANSWERS)
            alone = model.judge(tokens[1:], torch.tensor([short]), ANSWERS)
        self.assertLess(float((together[1] - alone[0]).abs().max()), TOLERANCE)
        self.assertGreater(float((together[0] - alone[0]).abs().max()), TOLERANCE)

    def test_reads_image_and_words(self) -> None:
        """Another image, or another word, is another answer."""
        model = small_model().eval()
        tokens, ids = torch.randn(2, 4, 32), torch.tensor([[0, 9, 10, 2], [0, 9, 11, 2]])
        with torch.no_grad():
            base = model.judge(tokens[:1], ids[:1], ANSWERS)
            self.assertFalse(torch.allclose(base, model.judge(tokens[1:], ids[:1], ANSWERS)))
            self.assertFalse(torch.allclose(base, model.judge(tokens[:1], ids[1:], ANSWERS)))


class Step(unittest.TestCase):
    """backward_step()"""

    def test_chunks_add_up_to_the_whole(self) -> None:
        """Gradients of the chunks are those of one product over all pairs."""
        with tempfile.TemporaryDirectory() as name:
            data = write_prepared(Path(name), 3, CHUNK_PAIRS)
            batch = data.batch(numpy.arange(3), None, None)
        self.assertEqual(len(batch.chunks), 3)
        model, heads = small_model(), (CellHeads(32, 1, 1, 2), MentionHeads(32, OBJECTS, 2))
        backward_step(model, heads, batch, ANSWERS, bf16=False, judging=True)
        found = {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
        model.zero_grad()
        tokens = model.see(batch.pixels)
        read = [model.read(tokens[c.rows], c.ids) for c in batch.chunks]
        logits = [model.answer(last, ANSWERS) for _, _, last in read]
        labels = torch.cat([c.labels for c in batch.chunks])
        losses = torch.nn.functional.cross_entropy(torch.cat(logits), labels, reduction="none")
        weights = torch.cat([c.weights for c in batch.chunks])
        self.assertEqual(sorted(set(weights.tolist())), [1, COMPARED_WEIGHT])
        loss = (losses * weights).sum() / weights.sum()
        mentions = [
            heads[1](memory[:, :4], first, batch, chunk)
            for (memory, first, _), chunk in zip(read, batch.chunks)
        ]
        cells = heads[0](tokens, batch.cells, batch.scenes)[0]
        (loss + sum(mentions) / len(labels) + 0.5 * cells).backward()
        for name, parameter in model.named_parameters():
            if parameter.grad is not None:
                scale = float(parameter.grad.abs().max()) + 1e-3
                self.assertLess(
                    float((found[name] - parameter.grad).abs().max()) / scale, 1e-3, name
                )


class Mentions(unittest.TestCase):
    """MentionHeads"""

    CELLS = {
        "owner": torch.tensor([[1, 0, 2, 2]]),
        "middle": torch.tensor([[1, 0, 0, 1]]),
        "x": torch.tensor([[51, 0, 204, 204]]),
        "y": torch.tensor([[51, 0, 153, 153]]),
        "size": torch.tensor([[51, 0, 102, 102]]),
    }
    # x, y and four times the size of the second object, least and largest: of one object they are the same.
    SECOND = [0.8, 0.6, 4 * 0.4] * 2

    def loss(
        self, memory: torch.Tensor, phrase: list[int] | None, extent: list[float] | None = None
    ) -> float:
        """Of one pair that speaks of these objects, by heads that read cells off the first numbers, and
        say what they are told of the first phrase's extent.
        """
        mentions = torch.zeros(1, PHRASES, OBJECTS, dtype=torch.bool)
        mentions[0, 0, phrase or []] = True
        spoken = torch.tensor([[phrase is not None, False]])
        nothing = torch.zeros(1, dtype=torch.int64)
        chunk = Chunk(nothing, nothing, nothing, mentions, spoken, torch.ones(1), numpy.zeros(1))
        batch = Batch(nothing, self.CELLS, torch.zeros(1, 3, dtype=torch.int64), [chunk])
        heads = MentionHeads(4, OBJECTS, 2)
        with torch.no_grad():
            for parameter in heads.parameters():
                parameter.zero_()
            heads.cells.weight.copy_(torch.eye(4))
            heads.extent.bias[:6] = torch.tensor(extent or [0.0] * 6)
        return float(heads(memory, torch.zeros(1, 4), batch, chunk))

    def test_right_cells_cost_least(self) -> None:
        """Covered cells and the middle, of the object that is meant and of no other."""
        right = torch.full((1, 4, 4), -9.0)
        right[0, 2:, 0] = right[0, 3, 1] = 9.0
        best = self.loss(right, [1], self.SECOND)
        self.assertLess(best, self.loss(right, [0], self.SECOND) - 1)
        self.assertLess(best, self.loss(right, [0, 1], self.SECOND) - 1)
        self.assertLess(best, self.loss(right, [], self.SECOND) - 1)
        self.assertLess(best, self.loss(-right, [1], self.SECOND) - 1)

    def test_right_extent_costs_least(self) -> None:
        """Least and largest x, y and size of all that is meant; nothing of what is not there."""
        memory = torch.zeros(1, 4, 4)
        for place in range(6):
            wrong = [*self.SECOND]
            wrong[place] += 0.2
            right = self.loss(memory, [1], self.SECOND)
            self.assertLess(right, self.loss(memory, [1], wrong) - 0.1)
        both = [0.2, 0.2, 4 * 0.2, 0.8, 0.6, 4 * 0.4]
        self.assertLess(
            self.loss(memory, [0, 1], both), self.loss(memory, [0, 1], self.SECOND) - 0.1
        )
        self.assertEqual(self.loss(memory, [], both), self.loss(memory, [], self.SECOND))

    def test_no_phrase_costs_what_the_scene_costs(self) -> None:
        """A sentence about the scene as a whole: three heads that know nothing of two classes each."""
        expected = 3 * math.log(2)
        self.assertAlmostEqual(self.loss(torch.randn(1, 4, 4), None), expected, places=5)


class Data(unittest.TestCase):
    """Prepared and jitter()"""

    def test_batch_has_every_pair_once(self) -> None:
        """Each with its own prompt, padded, beside its own image."""
        with tempfile.TemporaryDirectory() as name:
            data = write_prepared(Path(name), 5, 20)
            batch = data.batch(numpy.array([4, 1]), None, None)
        chosen = numpy.concatenate([chunk.pairs for chunk in batch.chunks])
        self.assertEqual(sorted(chosen), [*range(20, 40), *range(80, 100)])
        for chunk in batch.chunks:
            for row, ids, label, pair in zip(chunk.rows, chunk.ids, chunk.labels, chunk.pairs):
                image, expected, _, first, count = data.pairs[pair][:5]
                self.assertEqual([4, 1][row], image)
                self.assertEqual(int(label), expected)
                self.assertEqual(ids[:count].tolist(), data.tokens[first : first + count].tolist())
                self.assertTrue(bool((ids[count:] == PAD).all()))

    def test_batch_chooses_pairs(self) -> None:
        """Of each image at most so many, others at another time."""
        with tempfile.TemporaryDirectory() as name:
            data = write_prepared(Path(name), 2, 20)
            first, second = (
                data.batch(numpy.arange(2), 6, numpy.random.default_rng(seed)) for seed in (1, 2)
            )
        pairs = [numpy.concatenate([c.pairs for c in batch.chunks]) for batch in (first, second)]
        self.assertEqual([len(set(p)) for p in pairs], [12, 12])
        self.assertNotEqual(set(pairs[0]), set(pairs[1]))

    def test_jitter_is_gentle(self) -> None:
        """Pixels change, but little: red stays red."""
        pixels = torch.tensor([220, 30, 30], dtype=torch.uint8).expand(8, 4, 4, 3)
        changed = jitter(pixels, numpy.random.default_rng(1)).float()
        self.assertFalse(torch.equal(changed, pixels.float()))
        self.assertGreater(float((changed[..., 0] - changed[..., 1]).min()), 120)

    def test_batch_says_what_phrases_speak_of(self) -> None:
        """Bits of the masks as objects; no phrase where the mask is -1."""
        with tempfile.TemporaryDirectory() as name:
            data = write_prepared(Path(name), 1, 3)
            batch = data.batch(numpy.arange(1), None, None)
        (chunk,) = batch.chunks
        found = {int(label): place for place, label in enumerate(chunk.labels)}
        spoken = [chunk.spoken[found[label]].tolist() for label in range(3)]
        self.assertEqual(spoken, [[True, False], [True, True], [False, False]])
        self.assertEqual(chunk.mentions[found[0], 0].nonzero().flatten().tolist(), [0])
        self.assertEqual(chunk.mentions[found[1], 0].nonzero().flatten().tolist(), [1])
        self.assertFalse(bool(chunk.mentions[found[1], 1].any()))

    def test_compared_pairs_count_more(self) -> None:
        """Relations that are true or false of things that are there, and no others."""
        with tempfile.TemporaryDirectory() as name:
            data = write_prepared(Path(name), 1, 12)
            batch = data.batch(numpy.arange(1), None, None)
        (chunk,) = batch.chunks
        # Labels go round in threes, kinds in twos; label 1 is neutral, and of its phrases one means nothing.
        weights = dict(zip(chunk.pairs.tolist(), chunk.weights.tolist()))
        heavy = [pair for pair, weight in sorted(weights.items()) if weight > 1]
        self.assertEqual(heavy, [3, 5, 9, 11])


if __name__ == "__main__":
    unittest.main()
