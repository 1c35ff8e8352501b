import { EntailError } from '../lib/entail-error.ts';
import { createInterruptible } from '../lib/interruptible.ts';
import { MAX_BODY_BYTES, MAX_UPLOAD_MS } from './limits.ts';

/** First guess for a body of unknown length. */
const INITIAL_BYTES = 256 * 1024;

/**
 * Reads a body to its end, never more than the cap whatever was declared.
 *
 * @param body null when there is none.
 * @param declared Content-Length in bytes, if it was given.
 * @returns The body; its buffer may be longer.
 * @throws {EntailError} `body_too_large`, `length_mismatch`, `upload_timeout`; `bad_request`: it broke off.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  declared: number | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = (body ?? new Blob().stream()).getReader();
  const { wait, interrupt } = createInterruptible();
  const timer = setTimeout(() => interrupt(tooSlow()), MAX_UPLOAD_MS);
  try {
    let bytes = new Uint8Array(declared ?? INITIAL_BYTES);
    let filled = 0;
    for (;;) {
      const { done, value } = await wait(reader.read());
      if (done) break;
      const length = filled + value.length;
      if (length > MAX_BODY_BYTES) throw tooLarge(length);
      if (length > (declared ?? length)) throw mismatch(length, declared);
      if (length > bytes.length) bytes = grow(bytes, length);
      bytes.set(value, filled);
      filled = length;
    }
    if (filled < (declared ?? 0)) throw mismatch(filled, declared);
    return bytes.subarray(0, filled);
  } catch (error) {
    // Not awaited: a sender that hangs must not hold the answer up.
    reader.cancel().catch(() => {});
    if (error instanceof EntailError) throw error;
    throw new EntailError('bad_request', 'cannot read the body: it broke off', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function grow(bytes: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const length = Math.max(least, Math.min(bytes.length * 2, MAX_BODY_BYTES));
  return new Uint8Array(bytes.buffer.transfer(length));
}

function tooSlow(): EntailError {
  return new EntailError(
    'upload_timeout',
    `cannot wait for the body: not complete after ${MAX_UPLOAD_MS} ms`,
  );
}

function tooLarge(length: number): EntailError {
  return new EntailError(
    'body_too_large',
    `cannot take the body: ${length} bytes and more, at most ${MAX_BODY_BYTES}`,
  );
}

function mismatch(length: number, declared: number | null): EntailError {
  return new EntailError(
    'length_mismatch',
    `cannot read the body: ${length} bytes arrived, Content-Length is ${declared}`,
  );
}
