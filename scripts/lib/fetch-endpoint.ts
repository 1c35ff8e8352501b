import { EndpointProblem } from './endpoint-problem.ts';

/**
 * Fetches JSON from an endpoint.
 *
 * @returns What the JSON says; null when it is none.
 * @throws {EndpointProblem} It answers with an error.
 * @throws {Error} It cannot be reached.
 */
export async function fetchEndpoint(url: URL, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, init).catch((cause: unknown) => {
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
