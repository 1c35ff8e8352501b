import { EntailError } from '../../functions/lib/entail-error.ts';
import { startEngineWorker } from './engine-worker.ts';
import type { LocalEngine, LocalEngineOptions, LocalQuestion } from './local-engine.ts';
import type { PostedQuestion } from './messages.ts';

export type { LocalEngine, LocalEngineOptions, LocalQuestion, Progress } from './local-engine.ts';

/**
 * Opens the engine in a Web Worker of its own: fetches runtime and weights, checks them, runs the self-test.
 *
 * @throws {EntailError} why there is none, with the API's codes: `unauthorized`, `storage_unavailable`,
 *   `model_integrity`, `runtime_dead` and others.
 * @throws The signal's reason.
 * @example
 * const engine = await openLocalEngine({ endpoint: location.origin, threads: 2 });
 * for await (const result of engine.entailStream({ image, hypotheses: ['there are two birds.'] })) show(result);
 */
export async function openLocalEngine({
  onProgress = () => {},
  signal,
  ...settings
}: LocalEngineOptions): Promise<LocalEngine> {
  const worker = startEngineWorker();

  async function* entailStream(question: LocalQuestion): ReturnType<LocalEngine['entailStream']> {
    const { signal } = question;
    const posted = await postedQuestion(question);
    const sending = { transfer: [posted.image.buffer], signal };
    for await (const reply of worker.send({ kind: 'entail', question: posted }, sending)) {
      if (reply.kind === 'result') yield reply.result;
    }
  }

  try {
    for await (const reply of worker.send({ kind: 'open', settings }, { signal })) {
      if (reply.kind === 'progress') onProgress(reply.progress);
      if (reply.kind === 'opened') {
        const { model, threads } = reply;
        return { model, threads, entailStream, close: () => worker.close() };
      }
    }
    throw new EntailError('internal', 'cannot open the engine: its Web Worker said nothing');
  } catch (error) {
    worker.close();
    throw error;
  }
}

/** A copy of the picture, which is given away. */
async function postedQuestion({
  image,
  hypotheses,
  premise,
  explain = false,
}: LocalQuestion): Promise<PostedQuestion> {
  return {
    image: await bytesOf(image),
    hypotheses: [...hypotheses],
    premise: premise ?? null,
    explain,
  };
}

async function bytesOf(image: LocalQuestion['image']): Promise<Uint8Array<ArrayBuffer>> {
  if (image instanceof Uint8Array) return image.slice();
  return new Uint8Array(image instanceof Blob ? await image.arrayBuffer() : image.slice(0));
}
