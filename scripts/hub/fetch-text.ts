import { openUrl, readBody } from './open-url.ts';
import { Patience } from './patience.ts';
import { requireSuccess } from './require-success.ts';
import type { Service } from './service.ts';

/** A list of ten thousand files has about 4 MB, and so has an index of as many tensors. */
const MAX_TEXT_BYTES = 16 * 2 ** 20;

/**
 * Fetches a small document, again and again while that may help.
 *
 * @param what For messages: `the list of files`.
 * @param read Makes something of it; a `TransientError` from here is a failed attempt too.
 * @throws {DownloadError} It cannot be had.
 */
export async function fetchText<T>(
  url: URL,
  { what, service }: { readonly what: string; readonly service: Service },
  read: (text: string) => T,
): Promise<T> {
  const patience = new Patience(what, service);
  for (;;) {
    try {
      const answer = await openUrl(url, { headers: service.headers }, service);
      await requireSuccess(answer, what, service);
      return read(await readBody(answer, MAX_TEXT_BYTES));
    } catch (error) {
      await patience.afterFailure(error);
    }
  }
}
