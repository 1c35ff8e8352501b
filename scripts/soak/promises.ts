import { CAPACITY, MANNERS } from './ladder.ts';
import type { Ladder, LadderStep } from './measure-ladder.ts';
import type { MixedRun } from './measure-mixed.ts';

/** Goodput of the fullest step, as a share of the best; by CPU time of workerd where it is known. */
const LEAST_GOODPUT = 0.9;
/** The wait that Retry-After asks for: whoever is turned away learns it before. */
const MAX_REFUSAL_MS = 2000;
/** The slot, its waiting room, and those whose refusal or admission is on its way. */
const MAX_QUEUE = 1.5 * CAPACITY;
/** What the project allows itself of the platform's 128 MB. */
const MAX_PEAK_MIB = 120;
/** Code that V8 compiles late; half a kilobyte left behind by each of 2,500 requests would be more. */
const MAX_GROWTH_MIB = 1;

/** Something promised, and whether it was kept. */
export interface PromiseKept {
  readonly promise: string;
  readonly trials: number;
  readonly found: string;
  readonly kept: boolean;
}

/** Judges a soak by what is promised. */
export function judgePromises({ steps, ledgers }: Ladder, mixed: MixedRun): PromiseKept[] {
  const unclean = steps.flatMap((step) => step.unclean).length;
  const trials = steps.reduce((sum, { right, refused }) => sum + right + refused, unclean);
  const peak = mixed.ledgers.at(-1)?.peak ?? Number.NaN;
  const later = growthOf(mixed.ledgers.slice(mixed.ledgers.length >> 1));
  const grown = (ledgers.at(-1)?.rest ?? Number.NaN) - (ledgers[1]?.rest ?? Number.NaN);
  return [
    {
      promise: 'under load every answer is right, or 429 or 503 with Retry-After',
      trials,
      found: `${unclean} others`,
      kept: unclean === 0,
    },
    ...MANNERS.flatMap((manners) => judgeFullest(steps.filter((step) => step.manners === manners))),
    {
      promise: 'memory is flat under load',
      trials,
      found: `${grown.toFixed(2)} MiB more after the last round than after the first`,
      kept: grown <= MAX_GROWTH_MIB,
    },
    {
      promise: "in a long mixed run every answer is its kind's first again, or its code",
      trials: mixed.requests,
      found: `${mixed.unclean.length} others`,
      kept: mixed.unclean.length === 0,
    },
    {
      promise: `the ledger stays below ${MAX_PEAK_MIB} MiB`,
      trials: mixed.requests,
      found: `${peak.toFixed(1)} MiB at the peak`,
      kept: peak <= MAX_PEAK_MIB,
    },
    {
      promise: 'memory is flat over a long mixed run',
      trials: mixed.requests,
      found: `${later.toFixed(2)} MiB more over the second half`,
      kept: later <= MAX_GROWTH_MIB,
    },
  ];
}

/** What the step with most clients must reach, among the steps of the same manners. */
function judgeFullest(steps: readonly LadderStep[]): PromiseKept[] {
  const fullest = steps.at(-1);
  if (fullest === undefined) return [];
  const { manners, clients, right, refused, refusedMs, queue } = fullest;
  const goodput = (step: LadderStep) => step.perCpuSecond ?? step.perSecond;
  const share = goodput(fullest) / Math.max(...steps.map(goodput));
  const who = `${clients} ${manners} clients`;
  const trials = right + refused;
  return [
    {
      promise: `goodput with ${who} at least ${LEAST_GOODPUT * 100} % of the best`,
      trials,
      found: `${(share * 100).toFixed(0)} %`,
      kept: share >= LEAST_GOODPUT,
    },
    {
      promise: `with ${who}, 95 % of refusals come within ${MAX_REFUSAL_MS} ms`,
      trials: refused,
      found: `${refusedMs.p95.toFixed(0)} ms`,
      kept: refusedMs.p95 <= MAX_REFUSAL_MS,
    },
    {
      promise: `with ${who}, at most ${MAX_QUEUE} are on their way to an answer`,
      trials: right,
      found: queue.toFixed(1),
      kept: queue <= MAX_QUEUE,
    },
  ];
}

/** MiB from the first to the last: by the line with the least squares, as single readings vary. */
function growthOf(ledgers: MixedRun['ledgers']): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(ledgers.map(({ requests }) => requests));
  const y = mean(ledgers.map(({ rest }) => rest));
  const products = ledgers.map(({ requests, rest }) => (requests - x) * (rest - y));
  const squares = ledgers.map(({ requests }) => (requests - x) ** 2);
  const [first, last] = [ledgers[0]?.requests ?? 0, ledgers.at(-1)?.requests ?? 0];
  return (mean(products) / mean(squares)) * (last - first);
}
