import type { ShardStore, StoredBlob } from '../../../functions/model/shard-store.ts';
import type { Fault } from './fault.ts';
import type { FaultSchedule } from './fault-schedule.ts';

/** As R2 sends them. */
export const CHUNK_BYTES = 64 * 1024;

/** What the wrapper needs of a bucket. */
export interface ReadableBucket {
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
}

/** Stands between the Worker and its bucket, and lets a schedule's faults happen. */
export function createFaultyStore(
  bucket: ReadableBucket,
  schedule: FaultSchedule,
): ShardStore & { readonly reads: string[] } {
  const reads: string[] = [];
  async function bytesOf(key: string): Promise<Uint8Array | null> {
    const object = await bucket.get(key);
    return object === null ? null : new Uint8Array(await object.arrayBuffer());
  }
  return {
    reads,
    async get(key) {
      reads.push(key);
      const fault = schedule(key);
      if (fault?.kind === 'missing') return null;
      if (fault?.kind === 'silence') return new Promise(() => {});
      if (fault?.kind === 'error' && fault.at === undefined) throw new Error(fault.message);
      if (fault?.kind === 'delay') await sleep(fault.ms);
      const bytes = await bytesOf(fault?.kind === 'swap' ? fault.with : key);
      return bytes === null ? null : blobOf(bytes, fault);
    },
  };
}

function blobOf(bytes: Uint8Array, fault: Fault | null): StoredBlob {
  switch (fault?.kind) {
    case 'truncate':
      return whole(bytes.slice(0, Math.max(0, bytes.length - fault.bytes)));
    case 'extend': {
      const longer = new Uint8Array(bytes.length + fault.bytes);
      longer.set(bytes);
      return whole(longer);
    }
    case 'break': {
      const { body } = whole(bytes.slice(0, Math.max(0, bytes.length - fault.bytes)));
      return { size: bytes.length, body };
    }
    case 'flip': {
      const at = fault.bit < 0 ? bytes.length * 8 + fault.bit : fault.bit;
      const flipped = bytes.slice();
      flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
      return whole(flipped);
    }
    case 'delay':
      return { size: bytes.length, body: stream(bytes, () => sleep(fault.chunkMs ?? 0)) };
    case 'stall': {
      const end = bytes.length * fault.at;
      return {
        size: bytes.length,
        body: stream(bytes, (at) => (at >= end ? new Promise(() => {}) : null)),
      };
    }
    case 'error': {
      const end = bytes.length * (fault.at ?? 0);
      return {
        size: bytes.length,
        body: stream(bytes, (at) => {
          if (at >= end) throw new Error(fault.message);
        }),
      };
    }
    default:
      return whole(bytes);
  }
}

function whole(bytes: Uint8Array): StoredBlob {
  return { size: bytes.length, body: stream(bytes, () => {}) };
}

/** @param before Called with the place of each chunk; the chunk waits for it. */
function stream(
  bytes: Uint8Array,
  before: (at: number) => Promise<void> | null | undefined | void,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await before(at);
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + CHUNK_BYTES));
      at += CHUNK_BYTES;
    },
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
