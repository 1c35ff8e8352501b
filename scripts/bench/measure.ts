import { join } from 'node:path';
import { MAX_HYPOTHESES } from '../../functions/http/limits.ts';
import type { VisionBackend } from '../../functions/model/vision-stage.ts';
import { type LocalWorker, startLocalWorker } from '../lib/local-worker.ts';
import { drawnPicture } from './drawn-picture.ts';
import {
  measureAnswer,
  measureAsk,
  measureLedger,
  measureLoad,
  peakMib,
} from './measure-variant.ts';
import { createNative } from './native.ts';
import { freshPicture, PROMPT_CASES, pictureCases } from './scenarios.ts';
import type { StageTimes } from './stage-times.ts';
import type { ColdStart, Measurements, VariantResult } from './summarise.ts';
import { measureRequests, measureThroughput } from './under-load.ts';

/** Enough for a median; the machine's noise is shared because variants take turns. */
const ROUNDS = 7;
/** Sentences about one picture, up to the most that a request may have. */
const BATCH_SIZES = [1, 2, 4, 8, 16, MAX_HYPOTHESES];
/** New isolates. */
const COLD_STARTS = 5;

/** A model, and what runs its vision; the first is the one that all else is measured with. */
export interface Variant {
  readonly name: string;
  readonly modelFolder: string;
  readonly vision: VisionBackend;
}

/** What the benchmark runs with. */
export interface BenchSetting {
  readonly variants: readonly [Variant, ...Variant[]];
  /** Of the benchmark's own Worker. */
  readonly bundleFolder: string;
  /** For what has to be laid out; removed by the caller. */
  readonly scratchFolder: string;
  /** Whether the long measurements are wanted that the report shows. */
  readonly long: boolean;
  readonly onProgress: (step: string, done: number, total: number) => void;
}

/** Measures everything, one thing at a time. */
export async function measure(setting: BenchSetting): Promise<Measurements> {
  const { variants, bundleFolder, scratchFolder, long, onProgress } = setting;
  const [ours] = variants;
  const fp32 = variants.find(({ name }) => name === 'fp32');
  onProgress('installing native', 0, 1);
  const native =
    fp32 === undefined ? null : await createNative(join(scratchFolder, 'native'), fp32.modelFolder);
  onProgress('installing native', 1, 1);
  const cold: ColdStart[] = [];
  for (let n = 0; n < COLD_STARTS; n++) {
    cold.push(await withWorker(ours, bundleFolder, (worker, load) => firstAnswer(worker, load)));
    onProgress('new isolates', n + 1, COLD_STARTS);
  }
  const inTurns = await measureInTurns(setting, native);
  // Apart from what asks stage by stage: that holds the tokens of one picture more than the product ever does.
  const cases = await withWorker(ours, bundleFolder, (worker) => measureCases(worker, onProgress));
  const single = await withWorker(ours, bundleFolder, async (worker) => ({
    ...cases,
    asked: await measureAsked(worker),
    batches: await measureBatches(worker, onProgress),
    requests: long ? await measureRequests(worker, onProgress) : [],
  }));
  const product = await startLocalWorker({ modelFolder: ours.modelFolder });
  try {
    const throughput = await measureThroughput(product, onProgress);
    return { ...inTurns, cold, ...single, throughput };
  } finally {
    await product.dispose();
  }
}

type Loaded = Awaited<ReturnType<typeof measureLoad>>;

async function withWorker<T>(
  { modelFolder, vision }: Variant,
  bundleFolder: string,
  work: (worker: LocalWorker, load: Loaded) => Promise<T>,
): Promise<T> {
  const worker = await startLocalWorker({ modelFolder, bundleFolder });
  try {
    return await work(worker, await measureLoad(worker, vision));
  } finally {
    await worker.dispose();
  }
}

async function firstAnswer(worker: LocalWorker, load: Loaded): Promise<ColdStart> {
  return { load, first: await measureAnswer(worker, drawnPicture(640, 480)) };
}

/** All variants, and the native yardstick, round by round. */
async function measureInTurns(
  { variants, bundleFolder, onProgress }: BenchSetting,
  native: Awaited<ReturnType<typeof createNative>>,
): Promise<Pick<Measurements, 'variants' | 'native'>> {
  const picture = drawnPicture(640, 480);
  const workers: { worker: LocalWorker; result: VariantResult }[] = [];
  const nativeTimes = [];
  try {
    for (const { name, modelFolder, vision } of variants) {
      const worker = await startLocalWorker({ modelFolder, bundleFolder });
      const load = await measureLoad(worker, vision);
      const ledger = { loaded: await measureLedger(worker, load.heapBytes) };
      workers.push({ worker, result: { name, load, answers: [], ledger } });
      await measureAnswer(worker, picture);
    }
    await native?.();
    for (let round = 0; round < ROUNDS; round++) {
      for (const { worker, result } of workers) {
        result.answers.push(await measureAnswer(worker, picture));
      }
      if (native !== null) nativeTimes.push(await native());
      onProgress('variants in turns', round + 1, ROUNDS);
    }
    for (const { worker, result } of workers) {
      result.ledger.after = await measureLedger(worker, wasmBytesOf(result.answers.at(-1)));
    }
    const results = workers.map(({ result }) => result);
    return { variants: results, native: native === null ? null : nativeTimes };
  } finally {
    for (const { worker } of workers) await worker.dispose();
  }
}

/** Pictures that are new, the same again, and another sentence about them. */
async function measureAsked(worker: LocalWorker): Promise<Measurements['asked']> {
  const asked: Record<keyof Measurements['asked'], number[]> = {
    first: [],
    again: [],
    further: [],
  };
  for (let n = 0; n < ROUNDS; n++) {
    const picture = freshPicture(n);
    asked.first.push((await measureAsk(worker, picture, 'a dog.')).ms);
    asked.again.push((await measureAsk(worker, picture, 'a dog.')).ms);
    asked.further.push((await measureAsk(worker, picture, 'there are two birds.')).ms);
  }
  return asked;
}

/** One request with many sentences about a new picture. */
async function measureBatches(
  worker: LocalWorker,
  onProgress: BenchSetting['onProgress'],
): Promise<Measurements['batches']> {
  const batches = [];
  for (const hypotheses of BATCH_SIZES) {
    const sentences = Array.from({ length: hypotheses }, (_, n) => `there are ${n} birds.`);
    const { ms, wasmBytes } = await measureAsk(
      worker,
      freshPicture(100 + hypotheses),
      ...sentences,
    );
    const { total } = await measureLedger(worker, wasmBytes);
    batches.push({ hypotheses, ms, totalMib: total });
    onProgress('batches', batches.length, BATCH_SIZES.length);
  }
  return batches;
}

async function measureCases(
  worker: LocalWorker,
  onProgress: BenchSetting['onProgress'],
): Promise<Pick<Measurements, 'pictures' | 'prompts'>> {
  const cases = await pictureCases();
  const pictures = [];
  for (const { name, megapixels, file } of cases) {
    const answer = await measureAnswer(worker, file);
    const rest = await measureLedger(worker, wasmBytesOf(answer));
    pictures.push({ name, megapixels, answer, peakMib: peakMib(rest, answer) });
    onProgress('pictures', pictures.length, cases.length);
  }
  const prompts = [];
  for (const { name, ...asked } of PROMPT_CASES) {
    prompts.push({ name, answer: await measureAnswer(worker, drawnPicture(640, 480), asked) });
    onProgress('prompts', prompts.length, PROMPT_CASES.length);
  }
  return { pictures, prompts };
}

function wasmBytesOf(answer: StageTimes | undefined): number {
  return answer === undefined ? 0 : answer.heapBytes + answer.codecBytes;
}
