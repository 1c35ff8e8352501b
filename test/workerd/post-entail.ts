import type { EntailRequest } from './request-forms.ts';

/** What came back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it was sent. */
  readonly text: string;
}

/**
 * Sends a request to `POST /v1/entail`.
 *
 * @param origin The endpoint, without a slash at the end.
 */
export async function postEntail(origin: string, { query, init }: EntailRequest): Promise<Answer> {
  const headers = new Headers(init.headers);
  // A connection that is kept may be closed at its other end just when it is used again, which fetch does not mend.
  headers.set('Connection', 'close');
  const response = await fetch(`${origin}/v1/entail${query}`, { method: 'POST', ...init, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
