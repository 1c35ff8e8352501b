import * as z from 'zod/mini';
import { heapUsage } from '../lib/heap-usage.ts';
import type { LocalWorker } from '../lib/local-worker.ts';
import { readWorkerProcess } from './worker-process.ts';

const BYTES_PER_MIB = 1024 * 1024;

const wasmSchema = z.object({ held: z.number(), peak: z.number() });

/** Memory of the isolate, MiB. */
export interface Ledger {
  /** JavaScript, buffers and WASM after a collection of garbage. */
  readonly rest: number;
  /** The same with the most WASM memory that was there at the end of a request so far, garbage included. */
  readonly peak: number;
  /** Of the whole process of workerd, resident now and at most; null where the system does not tell. */
  readonly resident: { readonly now: number; readonly peak: number } | null;
}

/** Reads the ledger of a Worker that was built from `worker/index.ts`. */
export async function readLedger(worker: LocalWorker): Promise<Ledger> {
  const { usedMib, embedderMib, backingMib } = await heapUsage(worker);
  const response = await fetch(`${worker.directUrl}/soak/wasm`);
  const wasm = wasmSchema.parse(await response.json());
  const others = usedMib + embedderMib + backingMib;
  return {
    rest: others + wasm.held / BYTES_PER_MIB,
    peak: others + wasm.peak / BYTES_PER_MIB,
    resident: (await readWorkerProcess())?.resident ?? null,
  };
}
