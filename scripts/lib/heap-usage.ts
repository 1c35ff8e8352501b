import type { LocalWorker } from './local-worker.ts';

/** The part of the memory ledger that V8 knows; the memories of WASM instances are not in it. */
export interface HeapUsage {
  /** Objects of JavaScript, MiB. */
  readonly usedMib: number;
  /** Objects that workerd keeps for them, MiB. */
  readonly embedderMib: number;
  /** ArrayBuffers, MiB. */
  readonly backingMib: number;
}

const BYTES_PER_MIB = 1024 * 1024;

/**
 * Asks V8, through workerd's inspector, what the Worker's isolate holds after a collection of garbage.
 *
 * @param worker As `startLocalWorker()` gives it.
 * @throws {Error} The inspector does not answer as expected.
 */
export async function heapUsage(
  worker: Pick<LocalWorker, 'url' | 'inspectorUrl'>,
): Promise<HeapUsage> {
  // Beside the Worker, miniflare runs Workers of its own; the user's is named `core:user:<name>`.
  const socket = new WebSocket(new URL('/core:user:', worker.inspectorUrl));
  try {
    await opened(socket);
    let waiting = true;
    const collected = call(socket, 1, 'HeapProfiler.collectGarbage').finally(() => {
      waiting = false;
    });
    // workerd collects garbage only while it handles a request, so requests are made meanwhile.
    const knock = async () => {
      while (waiting) await (await fetch(`${worker.url}/livez`)).arrayBuffer();
    };
    await Promise.all([collected, knock()]);
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = Object(
      await call(socket, 2, 'Runtime.getHeapUsage'),
    );
    return {
      usedMib: mib(usedSize),
      embedderMib: mib(embedderHeapUsedSize),
      backingMib: mib(backingStorageSize),
    };
  } finally {
    socket.close();
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(failure('no connection'))));
  });
}

function call(socket: WebSocket, id: number, method: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent) => {
      const message = JSON.parse(String(data));
      if (message.id !== id) return;
      socket.removeEventListener('message', listen);
      if (message.error === undefined) resolve(message.result);
      else reject(new Error(failure(`${method}: ${message.error.message}`)));
    };
    socket.addEventListener('message', listen);
    socket.addEventListener('close', () => reject(new Error(failure('connection closed'))));
    socket.send(JSON.stringify({ id, method }));
  });
}

function mib(bytes: unknown): number {
  if (typeof bytes !== 'number') throw new Error(failure(`${bytes} is not a number of bytes`));
  return bytes / BYTES_PER_MIB;
}

function failure(reason: string): string {
  return `cannot read the heap's size from the inspector: ${reason}`;
}
