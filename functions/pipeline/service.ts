import type { Codecs } from '../image/codecs.ts';
import { EntailError } from '../lib/entail-error.ts';
import type { KeepAlive, ModelLoader } from '../model/model-loader.ts';
import { entail, type Question } from './entail.ts';
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
}

/** What a service is made of. */
export interface ServiceParts {
  readonly loader: ModelLoader<LoadedModel>;
  readonly slot: Slot;
  readonly codecs: Codecs;
}

/** Puts a loader, a slot and the codecs together. */
export function createService({ loader, slot, codecs }: ServiceParts): Service {
  async function answerAndLeave(
    lease: Lease,
    model: LoadedModel,
    readQuestion: () => Promise<Question>,
  ): Promise<Verdict> {
    try {
      return await entail(model, codecs, await readQuestion());
    } catch (error) {
      if (error instanceof EntailError && error.code === 'runtime_dead') loader.died(error);
      throw error;
    } finally {
      lease.release();
    }
  }

  return {
    model: (keepAlive) => loader.get(keepAlive),
    async answer(keepAlive, readQuestion) {
      const model = await loader.get(keepAlive);
      const lease = await slot.enter();
      const work = answerAndLeave(lease, model, readQuestion);
      // When the caller hangs up, `finally` above runs only if the work is kept alive.
      keepAlive(work.catch(() => {}));
      return await work;
    },
  };
}
