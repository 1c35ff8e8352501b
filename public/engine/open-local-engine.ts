import { EntailError } from '../../functions/lib/entail-error.ts';
import { createInbox } from './inbox.ts';
import type { LocalEngine, LocalEngineOptions, LocalQuestion } from './local-engine.ts';
import type { Order, PostedQuestion } from './messages.ts';

export type { LocalEngine, Progress } from './local-engine.ts';

/** Where `scripts/lib/build-page.ts` puts `worker.ts`. */
const WORKER_URL = '/engine/worker.js';

/** `Omit` for each member of a union. */
type WithoutPort<T> = T extends unknown ? Omit<T, 'port'> : never;

/**
 * Opens the engine in a Web Worker of its own: fetches runtime and weights, checks them, runs the self-test.
 *
 * @throws {EntailError} why there is none, with the API's codes: `unauthorized`, `storage_unavailable`,
 *   `model_integrity`, `runtime_dead` and others.
 */
export async function openLocalEngine({
  onProgress = () => {},
  ...settings
}: LocalEngineOptions): Promise<LocalEngine> {
  const worker = new Worker(WORKER_URL, { type: 'module', name: 'edge-entail' });
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  ended.catch(() => {});
  worker.onerror = ({ message }: ErrorEvent) => {
    worker.terminate();
    const why = message ? message : `${WORKER_URL} could not be loaded`;
    end(new EntailError('runtime_dead', `cannot run the engine in this browser: ${why}`));
  };

  function close(): void {
    worker.terminate();
    end(new EntailError('runtime_dead', 'cannot answer: the engine in this browser was closed'));
  }

  function order(what: WithoutPort<Order>, transfer: Transferable[] = []) {
    const { port1, port2 } = new MessageChannel();
    const inbox = createInbox(port1);
    worker.postMessage({ ...what, port: port2 }, [port2, ...transfer]);
    return { next: () => inbox.next(ended), close: () => port1.close() };
  }

  async function* entailStream(question: LocalQuestion): ReturnType<LocalEngine['entailStream']> {
    const posted = await postedQuestion(question);
    const replies = order({ kind: 'entail', question: posted }, [posted.image.buffer]);
    try {
      for (;;) {
        const reply = await replies.next();
        if (reply.kind === 'done') return;
        if (reply.kind === 'result') yield reply.result;
      }
    } finally {
      replies.close();
    }
  }

  const replies = order({ kind: 'open', settings });
  try {
    for (;;) {
      const reply = await replies.next();
      if (reply.kind === 'progress') onProgress(reply.progress);
      if (reply.kind !== 'opened') continue;
      const { model, threads } = reply;
      return { model, threads, entailStream, close };
    }
  } catch (error) {
    close();
    throw error;
  } finally {
    replies.close();
  }
}

/** A copy of the picture, which is given away. */
async function postedQuestion({
  image,
  hypotheses,
  premise,
}: LocalQuestion): Promise<PostedQuestion> {
  return { image: await bytesOf(image), hypotheses: [...hypotheses], premise: premise ?? null };
}

async function bytesOf(image: LocalQuestion['image']): Promise<Uint8Array<ArrayBuffer>> {
  if (image instanceof Uint8Array) return image.slice();
  return new Uint8Array(image instanceof Blob ? await image.arrayBuffer() : image.slice(0));
}
