import { EntailError } from '../../functions/lib/entail-error.ts';
import { createInbox } from './inbox.ts';
import type { Order, Reply } from './messages.ts';

/** Where `scripts/lib/build-page.ts` puts `worker.ts`. */
const WORKER_URL = '/engine/worker.js';

/** `Omit` for each member of a union. */
type WithoutPort<T> = T extends unknown ? Omit<T, 'port'> : never;

/** What goes along with an order. */
export interface Sending {
  /** Buffers that are given away. */
  readonly transfer?: readonly ArrayBuffer[];
  readonly signal?: AbortSignal | undefined;
}

/** The engine's Web Worker, as the page sees it. */
export interface EngineWorker {
  /**
   * Sends an order; who stops reading early ends the work.
   *
   * @returns What comes back, up to `done`.
   * @throws {EntailError} the work has failed, or the Web Worker.
   * @throws The signal's reason.
   */
  send(order: WithoutPort<Order>, sending?: Sending): AsyncGenerator<Reply, void, undefined>;
  /** Ends it, whatever it does. */
  close(): void;
}

/** Starts the Web Worker. */
export function startEngineWorker(): EngineWorker {
  const worker = new Worker(WORKER_URL, { type: 'module', name: 'edge-entail' });
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  ended.catch(() => {});
  worker.onerror = ({ message }: Partial<ErrorEvent>) => {
    worker.terminate();
    const why = message ?? `${WORKER_URL} cannot be loaded`;
    end(new EntailError('runtime_dead', `cannot run the engine in this browser: ${why}`));
  };
  return {
    async *send(order, { transfer = [], signal } = {}) {
      const { port1, port2 } = new MessageChannel();
      const inbox = createInbox(port1);
      worker.postMessage({ ...order, port: port2 }, [port2, ...transfer]);
      const interrupted = Promise.race([ended, abortionOf(signal)]);
      try {
        for (;;) {
          const reply = await inbox.next(interrupted);
          if (reply.kind === 'done') return;
          yield reply;
        }
      } finally {
        port1.postMessage('stop');
        port1.close();
      }
    },
    close() {
      worker.terminate();
      end(new EntailError('runtime_dead', 'cannot answer: the engine in this browser was closed'));
    },
  };
}

/** Rejects with the signal's reason. */
function abortionOf(signal: AbortSignal | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const abort = () => reject(signal?.reason);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return promise;
}
