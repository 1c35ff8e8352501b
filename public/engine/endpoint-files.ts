import { EntailError, ERROR_STATUS, type ErrorCode } from '../../functions/lib/entail-error.ts';
import type { EngineSettings } from './messages.ts';

/**
 * Fetches one of the model's files from the endpoint.
 *
 * @param path Below `/v1/model/`.
 * @param caching What the browser's own cache may do.
 * @returns null: there is none.
 * @throws {EntailError} the endpoint's own code and words; `storage_unavailable`: it cannot be reached.
 */
export type FetchModelFile = (path: string, caching: RequestCache) => Promise<Response | null>;

/** Makes the fetcher of one endpoint. */
export function createFetchModelFile({
  endpoint,
  apiKey,
}: Pick<EngineSettings, 'endpoint' | 'apiKey'>): FetchModelFile {
  const headers = new Headers(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` });
  return async (path, cache) => {
    const url = new URL(`/v1/model/${path}`, endpoint);
    const response = await fetch(url, { headers, cache }).catch((cause: unknown) => {
      throw new EntailError('storage_unavailable', `cannot reach ${url.origin}`, { cause });
    });
    if (response.ok) return response;
    if (response.status === 404) return null;
    throw await refusalOf(response);
  };
}

async function refusalOf(response: Response): Promise<EntailError> {
  const { code, detail } = Object(await response.json().catch(() => null));
  if (isCode(code)) return new EntailError(code, `${detail}`);
  return new EntailError('storage_unavailable', `cannot load: status ${response.status}`);
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code);
}
