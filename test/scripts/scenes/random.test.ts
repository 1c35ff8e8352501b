import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../scripts/scenes/random.ts';

test('createRandom() gives the same numbers for the same key, others for another', () => {
  const numbers = (key: string) => {
    const random = createRandom(key);
    return Array.from({ length: 5 }, () => random.next());
  };
  assert.deepEqual(numbers('train/1'), numbers('train/1'));
  assert.notDeepEqual(numbers('train/1'), numbers('test/1'));
  assert.notDeepEqual(numbers('train/1'), numbers('train/2'));
});

test('next() is even over [0, 1)', () => {
  const random = createRandom('even');
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; i++) {
    const bin = Math.floor(random.next() * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  // A bin's deviation is 42; five of them.
  for (const count of bins) assert.ok(Math.abs(count - 2000) < 210, bins.join(' '));
});

test('shuffle() keeps all items and leaves the list alone', () => {
  const items = [1, 2, 3, 4, 5, 6];
  const mixed = createRandom('mix').shuffle(items);
  assert.deepEqual([...mixed].sort(), items);
  assert.deepEqual(items, [1, 2, 3, 4, 5, 6]);
  assert.notDeepEqual(mixed, items);
});

test('pick() refuses an empty list', () => {
  assert.throws(() => createRandom('none').pick([]), /nothing to pick from/);
});
