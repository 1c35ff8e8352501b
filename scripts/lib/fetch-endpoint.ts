import { EndpointProblem } from './endpoint-problem.ts';

/** Environment variable with the API key for endpoints that want one. */
const KEY_VARIABLE = 'EDGE_ENTAIL_API_KEY';

/**
 * Fetches JSON from an endpoint, with the API key that the environment names.
 *
 * @returns What the JSON says; null when it is none.
 * @throws {EndpointProblem} It answers with an error.
 * @throws {Error} It cannot be reached.
 */
export async function fetchEndpoint(url: URL, init: RequestInit = {}): Promise<unknown> {
  const headers = new Headers(init.headers);
  const key = process.env[KEY_VARIABLE];
  if (key !== undefined) headers.set('Authorization', `Bearer ${key}`);
  const response = await fetch(url, { ...init, headers }).catch((cause: unknown) => {
    throw new Error(`cannot reach ${url}: does the endpoint run there?`, { cause });
  });
  const text = await response.text();
  if (!response.ok) throw new EndpointProblem(response, text);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
