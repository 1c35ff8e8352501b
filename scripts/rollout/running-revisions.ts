import * as z from 'zod/mini';
import { revisionSchema } from '../../functions/model/pointer-schema.ts';
import { fetchEndpoint } from '../lib/fetch-endpoint.ts';

/** Requests spread over isolates, which may have loaded different versions: a sample, not all of them. */
const REQUESTS = 16;
const answerSchema = z.object({ revision: revisionSchema });

/**
 * Asks an endpoint which versions it answers with.
 *
 * @param endpoint Its origin.
 * @throws {Error} It cannot be reached, or does not say.
 */
export async function runningRevisions(endpoint: string): Promise<ReadonlySet<string>> {
  const url = new URL('/v1/model', endpoint);
  const answers = await Promise.all(Array.from({ length: REQUESTS }, () => fetchEndpoint(url)));
  return new Set(
    answers.map((answer) => {
      const parsed = answerSchema.safeParse(answer);
      if (parsed.success) return parsed.data.revision;
      throw new Error(`${url} did not say which model it has: ${JSON.stringify(answer)}`);
    }),
  );
}
