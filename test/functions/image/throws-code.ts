import assert from 'node:assert/strict';
import { EntailError, type ErrorCode } from '../../../functions/lib/entail-error.ts';

/** Asserts that something throws an EntailError of this code, with a message made for people. */
export function throwsCode(run: () => unknown, code: ErrorCode): void {
  assert.throws(run, (error) => isEntailError(error, code));
}

/** The same for something asynchronous. */
export async function rejectsCode(run: Promise<unknown>, code: ErrorCode): Promise<void> {
  await assert.rejects(run, (error) => isEntailError(error, code));
}

function isEntailError(error: unknown, code: ErrorCode): boolean {
  assert.ok(error instanceof EntailError, `not an EntailError: ${error}`);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, /^cannot .+[^.]$/);
  return true;
}
