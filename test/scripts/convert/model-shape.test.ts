import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { embedScale, judgeShape, visionShape } from '../../../scripts/convert/model-shape.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';

const { full, micro } = SYNTHETIC_SHAPES;

describe('visionShape()', () => {
  it('takes the vision stage out of the configuration', () => {
    const expected = { resnetBlocks: [2, 2, 2], imageSide: 96, width: 32, embedScale: 1 };
    assert.deepEqual(visionShape(micro), expected);
  });
});

describe('embedScale()', () => {
  it('is the root of the width when embeddings are scaled, else 1', () => {
    assert.equal(embedScale(full), 1);
    assert.equal(embedScale({ ...full, scaleEmbedding: true }), 16);
    assert.equal(visionShape({ ...full, scaleEmbedding: true }).embedScale, 16);
  });
});

describe('judgeShape()', () => {
  it('counts patch cells a side of the picture', () => {
    assert.equal(judgeShape(full, [1, 2, 3]).grid, 30);
    assert.equal(judgeShape(micro, [1, 2, 3]).grid, 6);
  });

  it('leaves room for <s> and </s> around the source, within the table of positions', () => {
    assert.equal(judgeShape(full, [1, 2, 3]).maxTokens, 82);
    const longest = { ...full, maxSourceLength: 1024 };
    assert.equal(judgeShape(longest, [1, 2, 3]).maxTokens, 1024);
    assert.equal(judgeShape({ ...longest, maxSourceLength: 1022 }, [1, 2, 3]).maxTokens, 1024);
    assert.equal(judgeShape({ ...longest, maxSourceLength: 1021 }, [1, 2, 3]).maxTokens, 1023);
  });

  it('keeps the answers in the order entailment, neutral, contradiction, and every dimension', () => {
    const shape = judgeShape(full, [4420, 2085, 117]);
    assert.deepEqual(shape.answerIds, [4420, 2085, 117]);
    assert.deepEqual({ ...shape, ...full }, shape);
  });
});
