import type { Codecs } from '../image/codecs.ts';
import { EntailError } from '../lib/entail-error.ts';
import type { KeepAlive, ModelLoader } from '../model/model-loader.ts';
import { type Batch, entail, entailBatch, type OnResult, type Question } from './entail.ts';
import type { LoadedModel } from './load-model.ts';
import type { Lease, Slot } from './slot.ts';
import type { Verdict } from './verdict.ts';

export type { KeepAlive } from '../model/model-loader.ts';

/** What the endpoint offers, whatever protocol asks. */
export interface Service {
  /**
   * The model, loaded when need be.
   *
   * @throws {EntailError} why there is none.
   */
  model(keepAlive: KeepAlive): Promise<LoadedModel>;
  /**
   * Answers one question; the question is read only once the model is there and the slot is held.
   *
   * @param readQuestion Reads what was asked, in bounded time.
   * @throws {EntailError} any code of reading, loading, admission and `entail()`.
   */
  answer(keepAlive: KeepAlive, readQuestion: () => Promise<Question>): Promise<Verdict>;
  /**
   * Answers several questions about one picture, in the same order of steps.
   *
   * @param onResult Called for each in turn, as soon as it is there.
   * @throws {EntailError} what concerns all of them.
   */
  answerBatch(
    keepAlive: KeepAlive,
    readBatch: () => Promise<Batch>,
    onResult: OnResult,
  ): Promise<void>;
}

/** What a service is made of. */
export interface ServiceParts {
  readonly loader: ModelLoader<LoadedModel>;
  readonly slot: Slot;
  readonly codecs: Codecs;
}

/** Puts a loader, a slot and the codecs together. */
export function createService({ loader, slot, codecs }: ServiceParts): Service {
  async function workAndLeave<T>(
    model: LoadedModel,
    lease: Lease,
    work: (model: LoadedModel) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(model);
    } catch (error) {
      if (error instanceof EntailError && error.code === 'runtime_dead') loader.died(model, error);
      throw error;
    } finally {
      lease.release();
    }
  }

  /** Runs some work once the model is there and the slot is held. */
  async function withSlot<T>(
    keepAlive: KeepAlive,
    work: (model: LoadedModel) => Promise<T>,
  ): Promise<T> {
    const model = await loader.get(keepAlive);
    const lease = await slot.enter();
    const working = workAndLeave(model, lease, work);
    // When the caller hangs up, `finally` above runs only if the work is kept alive.
    keepAlive(working.catch(() => {}));
    return await working;
  }

  return {
    model: (keepAlive) => loader.get(keepAlive),
    answer: (keepAlive, readQuestion) =>
      withSlot(keepAlive, async (model) => entail(model, codecs, await readQuestion())),
    answerBatch: (keepAlive, readBatch, onResult) =>
      withSlot(keepAlive, async (model) =>
        entailBatch(model, codecs, { batch: await readBatch(), onResult }),
      ),
  };
}
