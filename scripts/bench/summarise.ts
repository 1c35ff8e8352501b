import type { MemoryLedger } from './measure-variant.ts';
import type { LoadTimes, Stage, StageTimes } from './stage-times.ts';

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
  /** Medians of the rounds' own ratios, as far as both were measured. */
  readonly ratios: Readonly<Partial<Record<RatioName, number>>>;
  readonly variants: readonly VariantResult[];
}

/** What is compared: a stage, and the two variants. `cold_warm` is load and first answer over a later one. */
const RATIOS = [
  ['vision_int8_fp32', 'vision', 'int8', 'fp32'],
  ['vision_kernel_ort_int8', 'vision', 'int8', 'int8, ORT'],
  ['judge_int8_fp32', 'judge', 'int8', 'fp32'],
  ['answer_int8_fp32', 'total', 'int8', 'fp32'],
] as const;

/** A ratio's name in the JSON. */
export type RatioName = (typeof RATIOS)[number][0] | 'cold_warm';

/** Boils measurements down; variants took turns, so the n-th answers of two belong together. */
export function summarise(variants: readonly VariantResult[]): BenchSummary {
  const medians = variants.map(({ name, answers }) => [name, stageMedians(answers)] as const);
  const ratios: Partial<Record<RatioName, number>> = {};
  for (const [name, stage, over, under] of RATIOS) {
    const [upper, lower] = [over, under].map((it) => variants.find((found) => found.name === it));
    // Without the variant, or below the clock's resolution, there is no ratio.
    const values = upper?.answers.map(
      ({ ms }, round) => ms[stage] / (lower?.answers[round]?.ms[stage] ?? Number.NaN),
    );
    const ratio = median(values ?? []);
    if (Number.isFinite(ratio)) ratios[name] = ratio;
  }
  const [ours] = variants;
  if (ours !== undefined) {
    const { load, first, answers } = ours;
    const cold = load.ms.runtime + load.ms.model + first.ms.total;
    ratios.cold_warm = cold / median(answers.map(({ ms }) => ms.total));
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
