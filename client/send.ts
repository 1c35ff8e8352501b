import type { Fetch } from './client.ts';
import type { Form } from './encode-form.ts';
import { EndpointError } from './endpoint-error.ts';
import { BROKEN_OFF, lost, orLost } from './lost.ts';
import { readError } from './read-error.ts';

/** Where to ask, and as whom. */
export interface Connection {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly apiKey: string | undefined;
  readonly fetch: Fetch;
}

/** One request. */
export interface Sending {
  /** With a slash in front. */
  readonly path: string;
  /** What is posted; without one, it is a GET. */
  readonly form?: Form;
  readonly accept?: 'application/json' | 'application/x-ndjson';
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends one request, once.
 *
 * @returns A response that is no error, its body unread.
 * @throws {EndpointError} what the endpoint answers instead; `unreachable`; `broken_off`.
 * @throws The signal's reason.
 */
export async function send(connection: Connection, sending: Sending): Promise<Response> {
  const { form, signal } = sending;
  try {
    return await sendOnce(connection, sending);
  } catch (error) {
    const isLost = error instanceof EndpointError && error.code === 'unreachable';
    if (!isLost || form === undefined) throw error;
    // An endpoint that turns a request away hangs up on its body, and its answer may be lost with it. A request without
    // one is told why.
    const response = await sendOnce(connection, { path: '/v1/model', signal });
    response.body?.cancel().catch(() => {});
    throw lost(BROKEN_OFF, error);
  }
}

async function sendOnce(connection: Connection, sending: Sending): Promise<Response> {
  const { endpoint, apiKey, fetch } = connection;
  const { path, form, accept = 'application/json', signal } = sending;
  const headers = new Headers({ Accept: accept });
  if (apiKey !== undefined) headers.set('Authorization', `Bearer ${apiKey}`);
  if (form !== undefined) headers.set('Content-Type', form.contentType);
  const post = form === undefined ? {} : { method: 'POST', body: form.body };
  const unreachable = {
    code: 'unreachable',
    message: `cannot reach ${endpoint}: does the endpoint run there?`,
  } as const;
  const response = await orLost(unreachable, signal, () =>
    fetch(`${endpoint}${path}`, { ...post, headers, signal: signal ?? null }),
  );
  if (response.ok) return response;
  throw readError(response, await orLost(BROKEN_OFF, signal, () => response.text()));
}

/**
 * Sends one request, once, and reads its answer.
 *
 * @returns What the JSON says; undefined when it is none.
 * @throws {EndpointError} as {@linkcode send}.
 * @throws The signal's reason.
 */
export async function sendForJson(connection: Connection, sending: Sending): Promise<unknown> {
  const response = await send(connection, sending);
  const text = await orLost(BROKEN_OFF, sending.signal, () => response.text());
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
