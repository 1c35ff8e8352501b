import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitOf } from '../../../scripts/eval/split-of.ts';

describe('splitOf()', () => {
  for (const [path, split] of [
    ['/data/snli_ve_test.jsonl', 'test'],
    ['snli_ve_dev.tsv', 'validation'],
    ['SNLI-VE.val.jsonl', 'validation'],
    ['snli_ve_train.jsonl', 'train'],
    ['/test/pairs.jsonl', null],
    ['latest.jsonl', null],
    ['train_test.jsonl', null],
  ] as const) {
    it(`says ${split} of ${path}`, () => assert.equal(splitOf(path), split));
  }
});
