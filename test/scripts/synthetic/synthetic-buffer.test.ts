import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syntheticBuffer } from '../../../scripts/synthetic/synthetic-buffer.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';

const { full, micro } = SYNTHETIC_SHAPES;

/** A sum that tells positions apart; small enough to stay exact. */
function checksum(values: Int32Array): number {
  return values.reduce((sum, value, i) => (sum + value * ((i % 1009) + 1)) % 2 ** 40, 0);
}

test('syntheticBuffer() computes text buckets: exact near, logarithmic far', () => {
  const table = syntheticBuffer('encoder.token_rp_bucket', full);
  assert.equal(table.length, 1024 * 1024);
  const bucket = (i: number, j: number) => table[i * 1024 + j];
  assert.equal(bucket(0, 0), 255);
  assert.equal(bucket(5, 2), 258);
  assert.equal(bucket(2, 5), 252);
  assert.equal(bucket(127, 0), 382);
  assert.equal(bucket(1023, 0), 510);
  assert.equal(bucket(0, 1023), 0);
});

test('syntheticBuffer() computes image buckets: row 0 and column 0 stand for no cell', () => {
  const side = 12;
  const rows = side * side + 1;
  const table = syntheticBuffer('decoder.image_rp_bucket', micro);
  assert.equal(table.length, rows * rows);
  const span = 2 * side - 1;
  assert.equal(table[0], span * span + 2);
  assert.equal(table[1], span * span);
  assert.equal(table[rows], span * span + 1);
  // A cell seen from itself: no step down, no step right.
  assert.equal(table[rows + 1], (side - 1) * span + side - 1);
  // From the last cell to the first, and back.
  assert.equal(table[(rows - 1) * rows + 1], span * span - 1);
  assert.equal(table[rows + rows - 1], 0);
});

test('syntheticBuffer() computes the code positions of the decoder', () => {
  const positions = syntheticBuffer('decoder.image_position_idx', full);
  assert.equal(positions.length, 1025);
  assert.deepEqual([...positions.subarray(0, 3)], [0, 1, 2]);
  assert.equal(positions[17], 43);
  assert.equal(positions[256], 15 * 42 + 16);
  assert.ok(positions.subarray(257).every((value) => value === 1024));
});

test('syntheticBuffer() counts no batches', () => {
  const key = 'encoder.embed_images.bn1.num_batches_tracked';
  assert.deepEqual(syntheticBuffer(key, micro), Int32Array.of(0));
});

test('syntheticBuffer() refuses keys without a rule', () => {
  assert.throws(() => syntheticBuffer('encoder.layer_norm.weight', micro), /no rule/);
});

test('syntheticBuffer() agrees with the published implementation number by number', () => {
  // Of the buffers of the reference checkpoint (micro), as PyTorch 1.13.0 reads them.
  assert.equal(checksum(syntheticBuffer('encoder.token_rp_bucket', micro)), 33_336_951_692);
  assert.equal(checksum(syntheticBuffer('encoder.image_rp_bucket', micro)), 2_818_092_053);
  assert.equal(checksum(syntheticBuffer('decoder.image_position_idx', micro)), 492_280_064);
});
