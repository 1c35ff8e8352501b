import type { VisionBackend } from '../../functions/model/vision-stage.ts';
import { heapUsage } from '../lib/heap-usage.ts';
import type { LocalWorker } from '../lib/local-worker.ts';
import {
  type LoadTimes,
  loadTimesSchema,
  type StageTimes,
  stageTimesSchema,
} from './stage-times.ts';

const BYTES_PER_MIB = 1024 * 1024;
const HYPOTHESIS = 'there are two birds.';

/** The memory that counts against an isolate's limit, MiB. */
export interface MemoryLedger {
  /** Objects of JavaScript, and what workerd keeps for them. */
  readonly javascript: number;
  /** ArrayBuffers. */
  readonly buffers: number;
  /** The runtime's WASM memory. Codecs are dropped before inference and not in it. */
  readonly wasm: number;
  readonly total: number;
}

/** Asks the benchmark's Worker to load its model, and what is to run int8 vision. */
export async function measureLoad(worker: LocalWorker, vision: VisionBackend): Promise<LoadTimes> {
  const response = await fetch(`${worker.url}/load?vision=${vision}`, { method: 'POST' });
  return loadTimesSchema.parse(await answerOf(response));
}

/** Asks one question about a picture. */
export async function measureAnswer(
  worker: LocalWorker,
  picture: Uint8Array<ArrayBuffer>,
): Promise<StageTimes> {
  const url = `${worker.url}/answer?hypothesis=${encodeURIComponent(HYPOTHESIS)}`;
  const response = await fetch(url, { method: 'POST', body: picture });
  return stageTimesSchema.parse(await answerOf(response));
}

/** Adds up the ledger of an isolate between requests. */
export async function measureLedger(worker: LocalWorker, heapBytes: number): Promise<MemoryLedger> {
  const { usedMib, embedderMib, backingMib } = await heapUsage(worker);
  const wasm = heapBytes / BYTES_PER_MIB;
  const javascript = usedMib + embedderMib;
  return { javascript, buffers: backingMib, wasm, total: javascript + backingMib + wasm };
}

async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`cannot measure: the Worker says ${await response.text()}`);
  return response.json();
}
