import * as z from 'zod';
import { askEndpoint } from '../../lib/ask-endpoint.ts';
import { fetchEndpoint } from '../../lib/fetch-endpoint.ts';
import type { Answerer } from './answerer.ts';
import { retryWhileBusy } from './retry-while-busy.ts';

const modelSchema = z.object({
  name: z.string(),
  revision: z.string(),
  dtype: z.enum(['int8', 'fp32']),
});

/**
 * Asks a running endpoint; busy answers (429, 503) are waited out.
 *
 * @param endpoint Its origin, for example `http://127.0.0.1:8787`.
 * @param concurrency Requests under way at a time, at least 1.
 * @throws {EndpointProblem} It has no model to offer.
 * @throws {Error} It cannot be reached, or is no endpoint of ours.
 */
export async function openEndpointAnswerer(
  endpoint: string,
  concurrency: number,
): Promise<Answerer> {
  const url = new URL('/v1/model', endpoint);
  const parsed = modelSchema.safeParse(await retryWhileBusy(() => fetchEndpoint(url)));
  if (!parsed.success) throw new Error(`${url} does not describe a model`);
  const model = parsed.data;
  return {
    model,
    via: 'endpoint',
    concurrency,
    open: async (image) => ({
      async ask(hypothesis, premise) {
        const question = { image, hypothesis, premise };
        const verdict = await retryWhileBusy(() => askEndpoint(endpoint, question));
        if (verdict.model.revision !== model.revision) {
          throw new Error(
            `the endpoint changed its model from ${model.revision} to ${verdict.model.revision}`,
          );
        }
        return { label: verdict.label, scores: verdict.scores };
      },
      release() {},
    }),
    close() {},
  };
}
