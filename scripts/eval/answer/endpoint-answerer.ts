import { openClient } from '../../lib/open-client.ts';
import type { Answerer } from './answerer.ts';

/** Seven waits: an evaluation of hours sits out a rate limit, and a model that loads. */
const PATIENT_ATTEMPTS = 8;

/**
 * Asks a running endpoint; what may succeed later is asked again.
 *
 * @param endpoint Its origin, for example `http://127.0.0.1:8787`.
 * @param concurrency Requests under way at a time, at least 1.
 * @throws {EndpointError} It has no model to offer, cannot be reached, or is no endpoint of ours.
 */
export async function openEndpointAnswerer(
  endpoint: string,
  concurrency: number,
): Promise<Answerer> {
  // An address without an endpoint shows at once; one that goes away in between is waited for.
  const { name, revision, dtype } = await openClient(endpoint).model();
  const client = openClient(endpoint, PATIENT_ATTEMPTS);
  return {
    model: { name, revision, dtype },
    via: 'endpoint',
    concurrency,
    open: async (image) => ({
      async ask(hypothesis, premise) {
        const question = { image, hypothesis, premise: premise ?? undefined };
        const verdict = await client.entail(question);
        if (verdict.model.revision !== revision) {
          throw new Error(
            `the endpoint changed its model from ${revision} to ${verdict.model.revision}`,
          );
        }
        return { label: verdict.label, scores: verdict.scores };
      },
      release() {},
    }),
    close() {},
  };
}
