import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspectModel } from '../../../scripts/inspect/inspect-model.ts';
import { listLayers } from '../../../scripts/inspect/layer-list.ts';
import { microInspection } from './inspection-fixture.ts';

const inspection = await microInspection();
const report = await inspectModel(inspection, 'extremes');

describe('inspectModel()', () => {
  it('looks at every layer, in order, and shares the noise out among them', () => {
    const names = listLayers(inspection.source).map(({ name }) => name);
    assert.deepEqual(
      report.layers.map(({ name }) => name),
      names,
    );
    const shares = report.layers.reduce((sum, { share }) => sum + share, 0);
    assert.ok(Math.abs(shares - 1) < 1e-9, `${shares}`);
    for (const { name, share } of report.layers) assert.ok(share > 0, name);
  });

  it('knows noise of weights and outputs: nearly half of 8 bits a layer', () => {
    for (const { name, weights, weights_db: own, output_db: output } of report.layers) {
      if (name === 'gelu') {
        assert.deepEqual([weights, own, output], [0, null, null]);
        continue;
      }
      assert.ok(weights > 0, name);
      // Evenly spread over 255 steps: 20 log10(255) - 20 log10(2), 42 dB; the formula's weights are nearly so.
      assert.ok(own !== null && own > 35 && own < 55, `${name}: ${own}`);
      if (name === 'embeddings') continue;
      assert.ok(output !== null && output > 10 && output < 60, `${name}: ${output}`);
    }
  });

  it('spreads weights and what is read over bars that sum to 1', () => {
    for (const { name, weight_spread: weights, activation_spread: reads } of report.layers) {
      for (const spread of [weights, reads]) {
        if (spread === null) continue;
        const sum = spread.shares.reduce((total, share) => total + share, 0);
        assert.ok(Math.abs(sum - 1) < 1e-9, name);
        assert.ok(spread.low < spread.high && spread.crest >= 1, name);
      }
    }
    const without = report.layers.filter(({ activation_spread: reads }) => reads === null);
    assert.deepEqual(
      without.map(({ name }) => name),
      ['conv1', 'embeddings', 'gelu'],
    );
  });

  it('compares ranges: pictures beat statistics that know nothing of the data', () => {
    const noise = new Map(report.ranges.map(({ choice, tokens_db: db }) => [choice, db]));
    const [statistics = Number.NaN, pictures = Number.NaN] = [
      noise.get('batch-norm'),
      noise.get('extremes'),
    ];
    assert.ok(pictures > statistics + 1, `${pictures} and ${statistics} dB`);
    assert.equal(noise.size, 8);
  });

  it('cuts nothing off with extremes of the same pictures', () => {
    for (const { site, clipped, range, seen } of report.sites) {
      assert.ok(clipped < 1e-3, site);
      assert.equal(range.high, seen.high, site);
    }
    assert.ok(!report.sites.some(({ site }) => site.endsWith('conv3')));
  });

  it('keeps layers in fp32: more bytes, and the whole judge leaves the noise of vision', () => {
    const [nothing, one, four, decoder, judge] = report.kept;
    assert.deepEqual(nothing?.kept, []);
    assert.equal(one?.kept.length, 1);
    assert.equal(four?.kept.length, 4);
    assert.deepEqual(judge?.kept, ['encoder', 'decoder']);
    const bytes = [nothing, one, four, decoder, judge].map((it) => it?.bytes ?? 0);
    assert.deepEqual(
      bytes.toSorted((a, b) => a - b),
      bytes,
    );
    const vision = report.ranges.find(({ choice }) => choice === 'extremes');
    // Left are the embeddings and Gelu: next to nothing.
    const apart = Math.abs((judge?.answers_db ?? 0) - (vision?.answers_db ?? 0));
    assert.ok(apart < 3, `${apart} dB`);
  });

  it('refuses ranges that there are not', async () => {
    await assert.rejects(
      inspectModel(inspection, 'guessed'),
      /ranges guessed, known are batch-norm/,
    );
  });

  it('gives everything back to the runtime', () => {
    assert.deepEqual(inspection.runtime.held, { tensors: 0, sessions: 0, blocks: 0 });
  });
});
