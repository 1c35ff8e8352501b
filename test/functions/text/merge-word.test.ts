import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { indexMerges } from '../../../functions/text/index-merges.ts';
import { NO_MERGE } from '../../../functions/text/merge-table.ts';
import { mergeWord } from '../../../functions/text/merge-word.ts';

/** Merges of the given ranks over bytes that are their own tokens. */
function merge(word: string, ...merges: [left: number, right: number, made: number][]): number[] {
  const [left, right, merged] = [0, 1, 2].map((column) =>
    Uint16Array.from(merges, (row) => row[column] ?? 0),
  );
  assert.ok(left && right && merged);
  const byteIds = Uint16Array.from({ length: 256 }, (_, byte) => byte);
  const rankOf = indexMerges(left, right);
  assert.ok(rankOf);
  const bytes = new TextEncoder().encode(word);
  return Array.from(mergeWord(bytes, { size: 1000, byteIds, merged, rankOf }));
}

const [A, B, C] = [97, 98, 99];

describe('mergeWord()', () => {
  it('leaves bytes that do not merge', () => {
    assert.deepEqual(merge('abc'), [A, B, C]);
    assert.deepEqual(merge(''), []);
    assert.deepEqual(merge('a', [A, A, 300]), [A]);
  });

  it('takes the lowest rank first, wherever it stands', () => {
    assert.deepEqual(merge('abc', [B, C, 300], [A, B, 301]), [A, 300]);
    assert.deepEqual(merge('abc', [A, B, 301], [B, C, 300]), [301, C]);
  });

  it('takes overlapping pairs from the left', () => {
    assert.deepEqual(merge('aaa', [A, A, 300]), [300, A]);
    assert.deepEqual(merge('aaaa', [A, A, 300]), [300, 300]);
    assert.deepEqual(merge('aaaaa', [A, A, 300], [300, 300, 301]), [301, A]);
  });

  it('merges what merges made, on either side', () => {
    assert.deepEqual(merge('cab', [A, B, 300], [C, 300, 301]), [301]);
    assert.deepEqual(merge('abc', [A, B, 300], [300, C, 301]), [301]);
  });

  it('looks again after every merge', () => {
    // 300 can be made in two ways, so a merge of it ranks before the one that makes the second 300.
    // Published vocabularies make each token in one way: there, joining all pairs of a rank at once,
    // as GPT-2's own code does, comes to the same.
    const merges: [number, number, number][] = [
      [A, B, 299],
      [300, 299, 400],
      [299, C, 300],
    ];
    assert.deepEqual(merge('abcabc', ...merges), [400, C]);
  });

  it('drops a candidate whose tokens have merged elsewhere', () => {
    assert.deepEqual(merge('abc', [A, B, 300], [B, C, 301], [300, C, 302]), [302]);
    assert.deepEqual(merge('bcab', [C, A, 300], [A, B, 301], [B, C, 302]), [B, 300, B]);
  });

  it('has a rank for "none" that no merge has', () => {
    assert.equal(NO_MERGE, 65_535);
  });
});
