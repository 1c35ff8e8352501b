import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openCheckpoint } from '../../../../scripts/convert/checkpoint/open-checkpoint.ts';
import { tokenBucket } from '../../../../scripts/convert/graph/token-bucket.ts';
import { sharedFolder } from '../../../lib/shared-folder.ts';

const SIZES = [2, 8, 64, 256];
/** The published table has 1,024 positions. */
const DISTANCES = Array.from({ length: 1024 }, (_, i) => i);
/** Two logarithms of one number may differ in the last place. */
const ROUNDING = 1 + 1e-12;

/**
 * The formula solved for its inverse: the far bucket is m + k for the smallest k whose reach
 * m * ((1023 / m) ** (k / (m - 1))) includes the distance.
 */
function bucketBySearch(distance: number, size: number): number {
  const m = size / 2;
  const r = Math.abs(distance);
  if (r < m) return distance + size - 1;
  let k = 0;
  while (m * (1023 / m) ** (k / (m - 1)) * ROUNDING < r) k++;
  return Math.sign(distance) * (m + k) + size - 1;
}

describe('tokenBucket()', () => {
  it('is exact near: distance plus bucket size minus one', () => {
    for (const size of SIZES) {
      for (let r = 1 - size / 2; r < size / 2; r++)
        assert.equal(tokenBucket(r, size), r + size - 1);
    }
  });

  it('follows the published formula at every distance', () => {
    for (const size of [8, 64, 256]) {
      for (const r of DISTANCES) {
        assert.equal(tokenBucket(r, size), bucketBySearch(r, size), `${r}, ${size}`);
        assert.equal(tokenBucket(-r, size), bucketBySearch(-r, size), `${-r}, ${size}`);
      }
    }
  });

  it('has values worked out by hand for 8 buckets', () => {
    // m = 4; ceil(ln(r / 4) / ln(1023 / 4) * 3) + 4 + 7: one more at 4 * 255.75^(1/3) = 25.4 and at 161.2.
    const found = [3, 4, 5, 25, 26, 161, 162, 1023].map((r) => tokenBucket(r, 8));
    assert.deepEqual(found, [10, 11, 12, 12, 13, 13, 14, 14]);
  });

  it('is symmetric about the middle of the table', () => {
    for (const size of SIZES) {
      for (const r of DISTANCES) {
        assert.equal(tokenBucket(r, size) + tokenBucket(-r, size), 2 * (size - 1));
      }
    }
  });

  it('never goes back with growing distance and stays inside the table', () => {
    for (const size of [8, 64, 256]) {
      let last = size - 1;
      for (const r of DISTANCES) {
        const bucket = tokenBucket(r, size);
        assert.ok(bucket >= last && bucket <= 2 * size - 2, `${r}: ${bucket}`);
        last = bucket;
      }
      assert.equal(last, 2 * size - 2);
    }
  });

  const shared = sharedFolder();
  const skip = shared === null && 'shared/ is not beside this checkout';
  it('equals the buckets of the published implementation', { skip }, async () => {
    const checkpoint = await openCheckpoint(join(shared ?? '', 'reference', 'micro'));
    const size = checkpoint.config.tokenBucketSize;
    const { data } = await checkpoint.tensor('encoder.token_rp_bucket', [1024, 1024]);
    await checkpoint.close();
    data.forEach((bucket, cell) => {
      const distance = Math.floor(cell / 1024) - (cell % 1024);
      if (bucket !== tokenBucket(distance, size)) {
        assert.fail(`${distance}: ${tokenBucket(distance, size)}, published ${bucket}`);
      }
    });
  });
});
