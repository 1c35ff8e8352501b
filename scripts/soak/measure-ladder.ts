import type { LocalWorker } from '../lib/local-worker.ts';
import { climb, MANNERS, type Manners, STEPS, type Step } from './ladder.ts';
import { type Ledger, readLedger } from './ledger.ts';
import { quantile } from './quantile.ts';
import type { Question } from './questions.ts';
import type { Sender } from './send.ts';

/** Steps take turns, so that the machine's noise is shared. */
const ROUNDS = 5;
const MAX_THINK_MS = 20;

/** What came of a number of clients with the same manners, over all rounds. */
export interface LadderStep {
  readonly manners: Manners;
  readonly clients: number;
  readonly right: number;
  /** Right answers a second: all of them, and by round. */
  readonly perSecond: number;
  readonly perSecondByRound: readonly number[];
  /** Right answers for each second that workerd computed: what others on the machine do is not in it. */
  readonly perCpuSecond: number | null;
  readonly answerMs: { readonly p50: number; readonly p95: number };
  readonly refused: number;
  readonly refusedMs: { readonly p50: number; readonly p95: number };
  /** Requests in the Worker or before its door that were answered in the end, on average (Little's law). */
  readonly queue: number;
  readonly unclean: readonly string[];
}

/** The ladder, and the ledger after each round. */
export interface Ladder {
  readonly steps: readonly LadderStep[];
  readonly ledgers: readonly Ledger[];
}

/** Climbs the ladder round by round, once with patient clients and once with hostile ones. */
export async function measureLadder(
  worker: LocalWorker,
  sender: Sender,
  {
    questions,
    secondsPerStep,
    onProgress,
  }: {
    readonly questions: readonly Question[];
    readonly secondsPerStep: number;
    readonly onProgress: (step: string, done: number, total: number) => void;
  },
): Promise<Ladder> {
  const expected = new Map<string, string>();
  for (const [n, { kind, make }] of questions.entries()) {
    expected.set(kind, (await sender.send(make(n))).text);
  }
  const climbed = MANNERS.flatMap((manners) =>
    STEPS.map((clients): Climbed => ({ manners, clients, rounds: [] })),
  );
  const ledgers = [await readLedger(worker)];
  let done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { manners, clients, rounds } of climbed) {
      const plan = { manners, clients, questions, expected, maxThinkMs: MAX_THINK_MS };
      rounds.push(await climb(sender, { ...plan, seconds: secondsPerStep }));
      onProgress('load ladder', ++done, climbed.length * ROUNDS);
    }
    ledgers.push(await readLedger(worker));
  }
  return { steps: climbed.map(summarise), ledgers };
}

interface Climbed {
  readonly manners: Manners;
  readonly clients: number;
  readonly rounds: Step[];
}

function summarise({ manners, clients, rounds }: Climbed): LadderStep {
  const right = rounds.flatMap((step) => step.right);
  const refused = rounds.flatMap((step) => step.refused);
  const seconds = rounds.reduce((sum, step) => sum + step.seconds, 0);
  const waited = right.reduce((sum, ms) => sum + ms, 0) / 1000;
  return {
    manners,
    clients,
    right: right.length,
    perSecond: right.length / seconds,
    perSecondByRound: rounds.map((step) => step.right.length / step.seconds),
    perCpuSecond: perCpuSecond(rounds),
    answerMs: { p50: quantile(right, 0.5), p95: quantile(right, 0.95) },
    refused: refused.length,
    refusedMs: { p50: quantile(refused, 0.5), p95: quantile(refused, 0.95) },
    queue: waited / seconds,
    unclean: rounds.flatMap((step) => step.unclean),
  };
}

function perCpuSecond(rounds: readonly Step[]): number | null {
  let [answers, cpuSeconds] = [0, 0];
  for (const step of rounds) {
    if (step.cpuSeconds === null) return null;
    answers += step.right.length + step.late;
    cpuSeconds += step.cpuSeconds;
  }
  return answers / cpuSeconds;
}
