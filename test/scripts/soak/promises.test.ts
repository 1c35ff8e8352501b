import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MANNERS, STEPS } from '../../../scripts/soak/ladder.ts';
import type { LadderStep } from '../../../scripts/soak/measure-ladder.ts';
import type { MixedRun } from '../../../scripts/soak/measure-mixed.ts';
import { judgePromises } from '../../../scripts/soak/promises.ts';

const FULLEST = STEPS.at(-1);

/** A ladder on which all is well, but for what is changed at the step with most clients. */
function ladder(change: Partial<LadderStep> = {}, lastRest = 60) {
  const steps = MANNERS.flatMap((manners) =>
    STEPS.map((clients): LadderStep => {
      const ms = { p50: 10, p95: 20 };
      const good = {
        manners,
        clients,
        right: 100,
        perSecond: 20,
        perSecondByRound: [20],
        perCpuSecond: null,
      };
      const others = { answerMs: ms, refused: 50, refusedMs: ms, queue: 17, unclean: [] };
      return { ...good, ...others, ...(clients === FULLEST ? change : {}) };
    }),
  );
  const ledgers = [60, 60, lastRest].map((rest) => ({ ...LEDGER, rest }));
  return { steps, ledgers };
}

const LEDGER = { rest: 60, peak: 90, resident: null };

function mixed(change: Partial<MixedRun> = {}, growth = 0, peak = 90): MixedRun {
  const ledgers = Array.from({ length: 11 }, (_, i) => {
    return { ...LEDGER, peak, requests: i * 500, rest: 60 + i * growth };
  });
  return { requests: 5000, answered: 3000, refused: 2000, unclean: [], ledgers, ...change };
}

function broken(...of: Parameters<typeof judgePromises>): string[] {
  return judgePromises(...of)
    .filter(({ kept }) => !kept)
    .map(({ promise }) => promise);
}

describe('judgePromises()', () => {
  it('finds nothing broken where all is well', () => {
    assert.deepEqual(broken(ladder(), mixed()), []);
  });

  it('finds each promise broken alone, once for each kind of clients', () => {
    for (const [change, pattern] of [
      [{ perSecond: 17.9 }, /^goodput with 136/],
      [{ perCpuSecond: 17.9 }, /^goodput with 136/],
      [{ refusedMs: { p50: 10, p95: 2001 } }, /refusals come within/],
      [{ queue: 26 }, /on their way/],
    ] as const) {
      const found = broken(ladder(change), mixed());
      assert.equal(found.length, 2);
      for (const promise of found) assert.match(promise, pattern);
    }
    for (const [run, pattern] of [
      [broken(ladder({ unclean: ['500'] }), mixed()), /^under load every answer/],
      [broken(ladder({}, 63), mixed()), /^memory is flat under load/],
      [broken(ladder(), mixed({ unclean: ['500'] })), /^in a long mixed run every answer/],
      [broken(ladder(), mixed({}, 0, 121)), /^the ledger stays below/],
      // 0.3 MiB each 500 requests.
      [broken(ladder(), mixed({}, 0.3)), /^memory is flat over a long/],
    ] as const) {
      assert.equal(run.length, 1);
      assert.match(run[0] ?? '', pattern);
    }
  });
});
