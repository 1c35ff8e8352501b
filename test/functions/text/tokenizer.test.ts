import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createTokenizer } from '../../../functions/text/tokenizer.ts';
import { createOracle } from './create-oracle.ts';
import { decodeIds } from './decode-ids.ts';
import { texts } from './texts.ts';
import { published, SKIP, small } from './vocabularies.ts';

// The oracle cuts by JavaScript's \s, which takes U+FEFF for white space and U+0085 for none.
const KNOWN_DIVERGENCE = /[\ufeff\u0085]/;
const CONTROL_IDS = 4;

for (const [name, load, skip] of [
  ['the small vocabulary', small, false],
  ['the published vocabulary', published, SKIP],
] as const) {
  describe(`createTokenizer() with ${name}`, { skip }, () => {
    const { ours, vocabJson, mergesText } = skip ? small() : load();
    const oracle = createOracle(vocabJson, mergesText);

    it('encodes as @huggingface/tokenizers does', () => {
      fc.assert(
        fc.property(texts(), (text) => {
          fc.pre(!KNOWN_DIVERGENCE.test(text));
          assert.deepEqual(ours.encode(text), oracle(text));
        }),
        { numRuns: 500 },
      );
    });

    it('loses no byte of a text', () => {
      fc.assert(
        fc.property(texts(), (text) => {
          assert.equal(decodeIds(ours.encode(text), ours), text);
        }),
      );
    });

    it('never makes a control token of a text', () => {
      const text = '<s></s><pad><unk> <mask><code_1><bin_2>';
      const ids = ours.encode(text);
      assert.ok(ids.every((id) => id >= CONTROL_IDS));
      assert.equal(decodeIds(ids, ours), text);
    });

    it('merges as the oracle does where letters repeat and overlap', () => {
      for (const text of [
        'a'.repeat(101),
        'ab'.repeat(77),
        ' the'.repeat(9),
        'mississippi'.repeat(5),
      ])
        assert.deepEqual(ours.encode(text), oracle(text));
    });

    it('merges 2,000 characters without a space as the oracle does', () => {
      const emoji = Array.from({ length: 2000 }, (_, i) => 0x1f300 + (i % 500));
      for (const text of ['a'.repeat(2000), String.fromCodePoint(...emoji)]) {
        assert.deepEqual(ours.encode(text), oracle(text));
      }
    });
  });
}

describe('createTokenizer()', () => {
  it('gives the number of rows', () => {
    const { ours } = small();
    assert.equal(createTokenizer(ours.table).size, ours.rows);
  });

  it('gives no ids for an empty text', () => {
    assert.deepEqual(small().ours.encode(''), []);
  });

  it('copies its table', () => {
    const { ours } = small();
    const table = ours.table.slice();
    const tokenizer = createTokenizer(table);
    table.fill(0);
    assert.deepEqual(tokenizer.encode(' the dog'), ours.encode(' the dog'));
  });

  it('reads a table at an odd offset of a larger buffer', () => {
    const { ours } = small();
    const buffer = new Uint8Array(ours.table.length + 1);
    buffer.set(ours.table, 1);
    assert.deepEqual(createTokenizer(buffer.subarray(1)).encode(' yes'), ours.encode(' yes'));
  });

  it('takes U+FEFF for a letter like any other, U+0085 for white space, as Python does', () => {
    // Python's regex 2026.5.9 with GPT-2's expression: ['a', '\ufeff', 'b'] and ['a', '\x85', ' b'].
    const { ours } = small();
    const [a] = ours.encode('a');
    const [b] = ours.encode('b');
    const spaced = ours.encode(' b');
    assert.deepEqual(ours.encode('a\ufeffb'), [a, ...ours.encode('\ufeff'), b]);
    assert.deepEqual(ours.encode('a\u0085 b'), [a, ...ours.encode('\u0085'), ...spaced]);
  });
});
