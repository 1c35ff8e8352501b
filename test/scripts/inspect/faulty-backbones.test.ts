import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import { describeBackbone } from '../../../scripts/convert/graph/backbone.ts';
import { inspectRanges } from '../../../scripts/inspect/inspect-ranges.ts';
import { askReference } from '../../../scripts/inspect/reference.ts';
import { type BackboneFault, faultyBackbone } from '../../lib/statistics/faulty-backbone.ts';
import { microInspection } from './inspection-fixture.ts';

const inspection = await microInspection();
const { runtime } = inspection;
const pictures = [11, 12, 13, 14].map((variant) => selfTestPixels(96, variant));

/** Signal to noise of the image tokens by the way ranges were chosen, and what each site of the ranges saw. */
async function inspect(fault: BackboneFault) {
  const source = await faultyBackbone('micro', fault, { runtime, pictures });
  const own = { ...inspection, source, set: { ...inspection.set, calibration: pictures } };
  const { ranges, sites } = await inspectRanges(own, await askReference(own), 'batch-norm');
  const noise = new Map(ranges.map(({ choice, tokens_db: db }) => [choice, db]));
  return { of: (choice: string) => noise.get(choice) ?? Number.NaN, sites };
}

const fitted = await inspect({ heavyTails: false, most: 1 });
const off = await inspect({ heavyTails: false, most: 3 });

describe('ranges on a backbone', () => {
  it("are as good from statistics as from pictures where the statistics are the pictures'", () => {
    const difference = fitted.of('extremes') - fitted.of('batch-norm');
    assert.ok(Math.abs(difference) < 6, `${difference} dB`);
    // On the data that statistics are of, the middle sites stay within 6.5 deviations.
    const cut = fitted.sites.filter(({ clipped }) => clipped > 1e-3);
    assert.deepEqual(cut, []);
  });

  it('lose from statistics far from the data, and pictures bring that back', () => {
    assert.ok(off.of('batch-norm') < fitted.of('batch-norm') - 6, `${off.of('batch-norm')} dB`);
    assert.ok(off.of('extremes') > off.of('batch-norm') + 6, `${off.of('extremes')} dB`);
    const [{ resnetBlocks }] = [inspection.source.config];
    assert.equal(off.sites.length, 1 + describeBackbone(resnetBlocks).blocks.length * 3 + 3);
  });

  it('gives everything back to the runtime', () => {
    assert.deepEqual(runtime.held, { tensors: 0, sessions: 0, blocks: 0 });
  });
});
