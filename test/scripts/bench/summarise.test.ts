import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StageTimes } from '../../../scripts/bench/stage-times.ts';
import { type Measurements, median, summarise } from '../../../scripts/bench/summarise.ts';
import { benchTables } from '../../../scripts/bench/tables.ts';

function answer(vision: number, judge: number): StageTimes {
  const ms = { header: 1, decode: 2, resize: 3, vision, judge, total: 6 + vision + judge };
  return { ms, tokens: 9, heapBytes: 60e6, codecBytes: 17e6, bufferBytes: 1e6 };
}

const load = { ms: 1000, steps: [{ name: 'read', from: 0, to: 900 }], heapBytes: 60e6 };
const ledger = { javascript: 2, buffers: 12, wasm: 57, total: 71 };
const variant = (name: string, answers: StageTimes[]) => ({
  name,
  answers,
  load,
  ledger: { loaded: ledger, after: ledger },
});

const MEASURED: Measurements = {
  // The second round was slow for all: ratios by round do not see it.
  variants: [
    variant('int8', [answer(100, 300), answer(1000, 3000), answer(100, 300)]),
    variant('int8, ORT', [answer(250, 300), answer(2500, 3000), answer(250, 300)]),
    variant('fp32', [answer(400, 400), answer(4000, 4000), answer(400, 400)]),
  ],
  cold: [{ load, first: answer(100, 300) }],
  native: [
    { vision: 150, judge: 100 },
    { vision: 1500, judge: 1000 },
    { vision: 150, judge: 100 },
  ],
  asked: { first: [400, 500], again: [200, 250], further: [210, 260] },
  batches: [{ hypotheses: 4, ms: 1500, totalMib: 71 }],
  pictures: [{ name: 'JPEG', megapixels: 0.2, answer: answer(100, 300), peakMib: 91 }],
  prompts: [{ name: 'short', answer: answer(100, 300) }],
  throughput: [{ concurrency: 1, perSecond: 1.2 }],
  requests: [],
};

describe('summarise()', () => {
  it('compares answers of the same round', () => {
    const { ratios } = summarise(MEASURED);
    assert.equal(ratios.vision_int8_fp32, 0.25);
    assert.equal(ratios.vision_kernel_ort_int8, 0.4);
    assert.equal(ratios.judge_int8_fp32, 0.75);
    assert.equal(ratios.answer_native_fp32, 1.6);
    assert.equal(ratios.repeat_image_first, 0.5);
    assert.equal(ratios.cold_warm, (1000 + 406) / 406);
  });

  it('gives the ledger at the first, smallest picture and after the answers', () => {
    assert.deepEqual(summarise(MEASURED).ledger_mib, { peak: 91, after: 71 });
  });

  it('leaves out the ratios of what was not measured', () => {
    const [ours] = MEASURED.variants;
    assert.ok(ours !== undefined);
    const { ratios } = summarise({ ...MEASURED, variants: [ours], native: null });
    assert.deepEqual(Object.keys(ratios).sort(), ['cold_warm', 'repeat_image_first']);
  });
});

describe('median()', () => {
  it('is the middle value, or the mean of the middle two', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.ok(Number.isNaN(median([])));
  });
});

describe('benchTables()', () => {
  it('has as many cells in each row as in its head, and no table without rows', () => {
    const tables = benchTables(summarise(MEASURED));
    assert.ok(tables.length >= 9);
    for (const { title, columns, rows } of tables) {
      assert.ok(rows.length > 0, title);
      for (const row of rows) assert.equal(row.length, columns.length + 1, title);
    }
    assert.ok(!tables.some(({ title }) => title === 'mixed requests'));
  });
});
