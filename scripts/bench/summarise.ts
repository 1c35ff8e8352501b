import type { MemoryLedger } from './measure-variant.ts';
import type { NativeTimes } from './native.ts';
import type { LoadTimes, Stage, StageTimes } from './stage-times.ts';

/** What was measured of one variant. */
export interface VariantResult {
  readonly name: string;
  readonly answers: StageTimes[];
  readonly load: LoadTimes;
  readonly ledger: { readonly loaded: MemoryLedger; after?: MemoryLedger };
}

/** A new isolate: its load, and its first answer. */
export interface ColdStart {
  readonly load: LoadTimes;
  readonly first: StageTimes;
}

/** A picture of some size. */
export interface PictureResult {
  readonly name: string;
  readonly megapixels: number;
  readonly answer: StageTimes;
  /** The isolate's ledger while the picture is decoded. */
  readonly peakMib: number;
}

/** All that one run of the benchmark measures. */
export interface Measurements {
  readonly variants: readonly VariantResult[];
  readonly cold: readonly ColdStart[];
  /** null: onnxruntime-node could not be installed. */
  readonly native: readonly NativeTimes[] | null;
  /** Milliseconds of a picture's first answer, of the same question again, of another sentence about it. */
  readonly asked: {
    readonly first: readonly number[];
    readonly again: readonly number[];
    readonly further: readonly number[];
  };
  /** Requests with many sentences about one new picture, and the ledger after each. */
  readonly batches: readonly {
    readonly hypotheses: number;
    readonly ms: number;
    readonly totalMib: number;
  }[];
  readonly pictures: readonly PictureResult[];
  readonly prompts: readonly { readonly name: string; readonly answer: StageTimes }[];
  /** Answers a second over HTTP, each about a new picture. */
  readonly throughput: readonly { readonly concurrency: number; readonly perSecond: number }[];
  /** The ledger after some mixed requests, MiB; measured for the report only. */
  readonly requests: readonly { readonly count: number; readonly totalMib: number }[];
}

/** Medians, ratios, and the raw values behind them. */
export interface BenchSummary extends Measurements {
  readonly rounds: number;
  /** Milliseconds, median over the rounds, by variant and stage. */
  readonly median: Readonly<Record<string, Readonly<Record<Stage, number>>>>;
  /** Medians of the rounds' own ratios, as far as both were measured. */
  readonly ratios: Readonly<Partial<Record<RatioName, number>>>;
  /** The int8 variant's ledger: at the peak of its first picture, the smallest, and after its answers. */
  readonly ledger_mib: { readonly peak: number; readonly after: number };
}

/** What is compared: a stage, and the two variants. */
const RATIOS = [
  ['vision_int8_fp32', 'vision', 'int8', 'fp32'],
  ['vision_kernel_ort_int8', 'vision', 'int8', 'int8, ORT'],
  ['judge_int8_fp32', 'judge', 'int8', 'fp32'],
  ['answer_int8_fp32', 'total', 'int8', 'fp32'],
] as const;

/**
 * A ratio's name in the JSON. `cold_warm` is load and first answer over a later one, `repeat_image_first` a picture asked
 * about again over its first answer, `answer_native_fp32` vision and judge here over native.
 */
export type RatioName =
  | (typeof RATIOS)[number][0]
  | 'cold_warm'
  | 'repeat_image_first'
  | 'answer_native_fp32';

/** Boils measurements down; variants took turns, so the n-th answers of two belong together. */
export function summarise(measured: Measurements): BenchSummary {
  const { variants, cold, native, asked, pictures } = measured;
  const medians = variants.map(({ name, answers }) => [name, stageMedians(answers)] as const);
  const ratios: Partial<Record<RatioName, number>> = {};
  function note(name: RatioName, values: readonly number[]): void {
    // Without a variant, or below the clock's resolution, there is no ratio.
    const ratio = median(values);
    if (Number.isFinite(ratio)) ratios[name] = ratio;
  }
  for (const [name, stage, over, under] of RATIOS) {
    const [upper, lower] = [over, under].map((it) => variants.find((found) => found.name === it));
    const values = upper?.answers.map(
      ({ ms }, round) => ms[stage] / (lower?.answers[round]?.ms[stage] ?? Number.NaN),
    );
    note(name, values ?? []);
  }
  const [ours] = variants;
  const warm = median(ours?.answers.map(({ ms }) => ms.total) ?? []);
  note(
    'cold_warm',
    cold.map(({ load, first }) => (load.ms + first.ms.total) / warm),
  );
  note(
    'repeat_image_first',
    asked.again.map((ms, n) => ms / (asked.first[n] ?? Number.NaN)),
  );
  note(
    'answer_native_fp32',
    (native ?? []).map(({ vision, judge }, round) => {
      const { ms } = ours?.answers[round] ?? {};
      return ms === undefined ? Number.NaN : (ms.vision + ms.judge) / (vision + judge);
    }),
  );
  return {
    rounds: ours?.answers.length ?? 0,
    median: Object.fromEntries(medians),
    ratios,
    ledger_mib: {
      peak: pictures[0]?.peakMib ?? Number.NaN,
      after: ours?.ledger.after?.total ?? Number.NaN,
    },
    ...measured,
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

/** The new isolate whose load took the median time; undefined where none was measured. */
export function typicalColdStart(cold: readonly ColdStart[]): ColdStart | undefined {
  return cold.toSorted((a, b) => a.load.ms - b.load.ms)[Math.floor(cold.length / 2)];
}

/** The middle value; of an even count the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
