import { openClient } from '../lib/open-client.ts';

/** Requests spread over isolates, which may have loaded different versions: a sample, not all of them. */
const REQUESTS = 16;

/**
 * Asks an endpoint which versions it answers with.
 *
 * @param endpoint Its origin.
 * @throws {EndpointError} It cannot be reached, or does not say.
 */
export async function runningRevisions(endpoint: string): Promise<ReadonlySet<string>> {
  const client = openClient(endpoint);
  const models = await Promise.all(Array.from({ length: REQUESTS }, () => client.model()));
  return new Set(models.map(({ revision }) => revision));
}
