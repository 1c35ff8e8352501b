import type { VisionBackend } from '../../functions/model/vision-stage.ts';
import { heapUsage } from '../lib/heap-usage.ts';
import type { LocalWorker } from '../lib/local-worker.ts';
import {
  type AskTimes,
  askTimesSchema,
  type LoadTimes,
  loadTimesSchema,
  type StageTimes,
  stageTimesSchema,
} from './stage-times.ts';

const BYTES_PER_MIB = 1024 * 1024;
/** What is asked when it does not matter. */
export const HYPOTHESIS = 'there are two birds.';

/** The memory that counts against an isolate's limit, MiB, between requests. */
export interface MemoryLedger {
  /** Objects of JavaScript, and what workerd keeps for them. */
  readonly javascript: number;
  /** ArrayBuffers. */
  readonly buffers: number;
  /** The runtime's WASM memory and the codecs'. */
  readonly wasm: number;
  readonly total: number;
}

/** A question to the benchmark's Worker. */
export interface Asked {
  readonly hypothesis?: string;
  readonly premise?: string;
}

/** Asks the benchmark's Worker to load its model, and what is to run int8 vision. */
export async function measureLoad(worker: LocalWorker, vision: VisionBackend): Promise<LoadTimes> {
  const response = await fetch(`${worker.url}/load?vision=${vision}`, { method: 'POST' });
  return loadTimesSchema.parse(await answerOf(response));
}

/** Asks one question about a picture, stage by stage. */
export async function measureAnswer(
  worker: LocalWorker,
  picture: Uint8Array<ArrayBuffer>,
  { hypothesis = HYPOTHESIS, premise }: Asked = {},
): Promise<StageTimes> {
  const query = new URLSearchParams({ hypothesis, ...(premise === undefined ? {} : { premise }) });
  const response = await fetch(`${worker.url}/answer?${query}`, { method: 'POST', body: picture });
  return stageTimesSchema.parse(await answerOf(response));
}

/** Asks as the product does, all sentences in one request. */
export async function measureAsk(
  worker: LocalWorker,
  picture: Uint8Array<ArrayBuffer>,
  ...hypotheses: readonly string[]
): Promise<AskTimes> {
  const query = new URLSearchParams(hypotheses.map((hypothesis) => ['hypothesis', hypothesis]));
  const response = await fetch(`${worker.url}/ask?${query}`, { method: 'POST', body: picture });
  return askTimesSchema.parse(await answerOf(response));
}

/** Adds up the ledger of an isolate between requests. */
export async function measureLedger(worker: LocalWorker, wasmBytes: number): Promise<MemoryLedger> {
  const { usedMib, embedderMib, backingMib } = await heapUsage(worker);
  const wasm = wasmBytes / BYTES_PER_MIB;
  const javascript = usedMib + embedderMib;
  return { javascript, buffers: backingMib, wasm, total: javascript + backingMib + wasm };
}

/** What an answer held at its peak, MiB: while the picture was decoded, on top of what is always there. */
export function peakMib(
  rest: MemoryLedger,
  { heapBytes, codecBytes, bufferBytes }: StageTimes,
): number {
  const during = (heapBytes + codecBytes + bufferBytes) / BYTES_PER_MIB;
  return rest.javascript + rest.buffers + during;
}

async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`cannot measure: the Worker says ${await response.text()}`);
  return response.json();
}
