import { type Client, createClient } from '../../client/index.ts';

/** Environment variable with the API key for endpoints that want one. */
const KEY_VARIABLE = 'EDGE_ENTAIL_API_KEY';

/**
 * Makes a client of an endpoint, with the API key that the environment names.
 *
 * @param attempts How often a request that may succeed later is sent.
 * @throws {TypeError} The endpoint is no URL.
 */
export function openClient(endpoint: string, attempts?: number): Client {
  return createClient({ endpoint, apiKey: process.env[KEY_VARIABLE], attempts });
}
