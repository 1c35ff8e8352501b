import { Buffer } from 'node:buffer';
import type { TransferSettings } from './transfer-settings.ts';
import { TransientError } from './transient-error.ts';

/** An answer whose body has not been read yet. */
export interface OpenAnswer {
  readonly status: number;
  readonly headers: Headers;
  /**
   * The body, once; must be read to its end or left by an error.
   *
   * @throws {TransientError} It ends early or stalls.
   */
  chunks(): AsyncGenerator<Uint8Array>;
  /** Lets the body go unread. */
  discard(): Promise<void>;
}

/**
 * Sends one request, following redirects; fetch leaves headers with a token out when one leads to another origin.
 *
 * @throws {TransientError} No connection, or no answer in time. Statuses are for the caller to judge.
 */
export async function openUrl(
  url: URL,
  request: { readonly method?: 'HEAD'; readonly headers: Readonly<Record<string, string>> },
  { signal, stallMs }: TransferSettings,
): Promise<OpenAnswer> {
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort(new TransientError(`nothing arrived for ${stallMs / 1000} s`));
  }, stallMs).unref();
  const explain = (error: unknown): never => {
    clearTimeout(timer);
    signal.throwIfAborted();
    stalled.signal.throwIfAborted();
    throw new TransientError(`connection lost (${reasonOf(error)})`, { cause: error });
  };
  const response = await fetch(url, {
    ...request,
    // What is checked is lengths and hashes of the files themselves.
    headers: { ...request.headers, 'Accept-Encoding': 'identity' },
    signal: AbortSignal.any([signal, stalled.signal]),
  }).catch(explain);
  return {
    status: response.status,
    headers: response.headers,
    async *chunks() {
      try {
        for await (const chunk of response.body ?? []) {
          timer.refresh();
          yield chunk;
        }
      } catch (error) {
        explain(error);
      } finally {
        clearTimeout(timer);
      }
    },
    async discard() {
      clearTimeout(timer);
      await response.body?.cancel().catch(() => {});
    },
  };
}

/**
 * Reads a short body.
 *
 * @throws {TransientError} It ends early, stalls, or is longer than that.
 */
export async function readBody(answer: OpenAnswer, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.chunks()) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new TransientError(`answered with more than ${mostBytes} bytes`);
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** fetch itself says only "fetch failed" or "terminated"; the cause knows more. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
