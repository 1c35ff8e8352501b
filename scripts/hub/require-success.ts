import { stripVTControlCharacters } from 'node:util';
import { DownloadError } from './download-error.ts';
import { type OpenAnswer, readBody } from './open-url.ts';
import type { Service } from './service.ts';
import { TransientError } from './transient-error.ts';

/** Of what a service says beside its status; more is a page. */
const MAX_SAID_BYTES = 64 * 1024;
const MAX_SAID_CHARACTERS = 200;
/** Statuses that may be gone soon, beside 500 and up. */
const TRANSIENT_STATUS: readonly number[] = [408, 425, 429];

/**
 * Turns a status other than success into the error that a person understands.
 *
 * @param what What was asked for: a file's name, or `the list of files`.
 * @throws {TransientError} 408, 425, 429, 500 and up.
 * @throws {DownloadError} Any other refusal, and a web page where a file should be.
 */
export async function requireSuccess(
  answer: OpenAnswer,
  what: string,
  service: Service,
): Promise<void> {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) {
    if (!headers.get('Content-Type')?.startsWith('text/html')) return;
    await answer.discard();
    throw new DownloadError(
      `cannot download ${what} of ${service.title}: a web page came instead. Is the address right, and does the network ask for a login?`,
    );
  }
  const inBody = await readSaid(answer);
  const said = sentence(headers.get('X-Error-Message') ?? inBody);
  if (status >= 500 || TRANSIENT_STATUS.includes(status)) {
    const retryAfterMs = readRetryAfter(headers.get('Retry-After'));
    throw new TransientError(`the service answers ${status}${said}`, { retryAfterMs });
  }
  throw new DownloadError(
    `cannot download ${what} of ${service.title}: the service answers ${status}${said}. ${advice(status, service)}`,
  );
}

function advice(status: number, { tokenVariable, headers }: Service): string {
  const lacksToken = tokenVariable !== null && Object.keys(headers).length === 0;
  if (status === 401 || status === 403) {
    if (lacksToken) {
      return `It is private, gated, or not there: check the name; if it is private, put a token that may read it into ${tokenVariable}`;
    }
    if (tokenVariable !== null) return `The token in ${tokenVariable} may not read it`;
    return 'It is not open to everybody: download it by other means and convert with --from FOLDER';
  }
  if (status === 404) {
    const token = lacksToken ? `; if it is private, put a token into ${tokenVariable}` : '';
    return `Check the name${tokenVariable === null ? '' : ' and --revision'}${token}`;
  }
  return 'That will not change by trying again';
}

async function readSaid(answer: OpenAnswer): Promise<string> {
  try {
    const text = await readBody(answer, MAX_SAID_BYTES);
    const { Message, message, error } = Object(JSON.parse(text));
    return String(Message ?? message ?? error ?? '');
  } catch {
    // A page or half an answer: the status says enough.
    return '';
  }
}

/** From a stranger, for a terminal. */
function sentence(said: string): string {
  const plain = stripVTControlCharacters(said)
    .replaceAll(/\p{C}+/gu, ' ')
    .trim();
  return plain === '' ? '' : ` (${plain.slice(0, MAX_SAID_CHARACTERS)})`;
}

/** @see RFC 9110, section 10.2.3: seconds or a date */
function readRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
