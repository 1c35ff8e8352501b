import type { MemoryLedger } from './measure-variant.ts';
import { type LoadTimes, STAGES, type Stage, type StageTimes } from './stage-times.ts';

/** What was measured of one variant. */
export interface VariantResult {
  readonly name: string;
  readonly load: LoadTimes;
  /** The first answer of the isolate, before any code is warm. */
  readonly first: StageTimes;
  readonly answers: StageTimes[];
  readonly ledger: { readonly loaded: MemoryLedger; after?: MemoryLedger };
}

/** Medians, ratios, and the raw values behind them. */
export interface BenchSummary {
  readonly rounds: number;
  /** Milliseconds, median over the rounds, by variant and stage. */
  readonly median: Readonly<Record<string, Readonly<Record<Stage, number>>>>;
  /** int8 over fp32, median of the rounds' own ratios, when both were measured. */
  readonly ratios: Readonly<Partial<Record<`${Stage}_int8_fp32`, number>>>;
  readonly variants: readonly VariantResult[];
}

const TIMED: readonly Stage[] = [...STAGES, 'total'];

/** Boils measurements down; variants took turns, so the n-th answers of two belong together. */
export function summarise(variants: readonly VariantResult[]): BenchSummary {
  const medians = variants.map(({ name, answers }) => [name, stageMedians(answers)] as const);
  const int8 = variants.find(({ name }) => name === 'int8');
  const fp32 = variants.find(({ name }) => name === 'fp32');
  const ratios: Partial<Record<`${Stage}_int8_fp32`, number>> = {};
  if (int8 !== undefined && fp32 !== undefined) {
    for (const stage of TIMED) {
      const pairs = int8.answers.map(
        ({ ms }, round) => ms[stage] / (fp32.answers[round]?.ms[stage] ?? Number.NaN),
      );
      // A stage below the clock's resolution has no ratio.
      const ratio = median(pairs);
      if (Number.isFinite(ratio)) ratios[`${stage}_int8_fp32`] = ratio;
    }
  }
  return {
    rounds: variants[0]?.answers.length ?? 0,
    median: Object.fromEntries(medians),
    ratios,
    variants,
  };
}

function stageMedians(answers: readonly StageTimes[]): Record<Stage, number> {
  const of = (stage: Stage) => median(answers.map(({ ms }) => ms[stage]));
  return {
    header: of('header'),
    decode: of('decode'),
    resize: of('resize'),
    vision: of('vision'),
    judge: of('judge'),
    total: of('total'),
  };
}

/** The middle value; of an even count the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
