import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { indexMerges } from '../../../functions/text/index-merges.ts';
import { NO_MERGE } from '../../../functions/text/merge-table.ts';

const id = fc.nat(0xffff);
const pairs = fc.uniqueArray(fc.tuple(id, id), {
  selector: (pair) => pair.join(' '),
  maxLength: 300,
});

function columns(list: readonly (readonly [number, number])[]): [Uint16Array, Uint16Array] {
  return [Uint16Array.from(list, ([a]) => a), Uint16Array.from(list, ([, b]) => b)];
}

describe('indexMerges()', () => {
  it('finds the rank of every pair and of no other', () => {
    fc.assert(
      fc.property(pairs, fc.tuple(id, id), (list, [a, b]) => {
        const rankOf = indexMerges(...columns(list));
        for (const [rank, [left, right]] of list.entries())
          assert.equal(rankOf?.(left, right), rank);
        const absent = !list.some(([left, right]) => left === a && right === b);
        if (absent) assert.equal(rankOf?.(a, b), NO_MERGE);
      }),
    );
  });

  it('holds as many merges as a table may have', () => {
    const left = Uint16Array.from({ length: 65_535 }, (_, i) => i);
    const right = left.toReversed();
    const rankOf = indexMerges(left, right);
    assert.ok(left.every((a, rank) => rankOf?.(a, 65_534 - a) === rank));
    assert.equal(rankOf?.(65_535, 65_535), NO_MERGE);
  });

  it('gives undefined when a pair is there twice', () => {
    assert.equal(
      indexMerges(
        ...columns([
          [4, 5],
          [5, 4],
          [4, 5],
        ]),
      ),
      undefined,
    );
  });
});
