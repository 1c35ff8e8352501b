import { EntailError } from '../lib/entail-error.ts';
import type { Manifest } from './manifest.ts';

/**
 * Refuses a model that an isolate has no room for, before its weights are read: the platform would end the isolate half
 * way, at every request anew.
 *
 * @param manifest int8 without `heapBytes` is what the converter found too large to measure; fp32, never measured, is for
 *   comparisons on one's own machine.
 * @throws {EntailError} `model_integrity`.
 */
export function refuseTooLarge({ name, dtype, heapBytes }: Manifest): void {
  if (dtype === 'fp32' || heapBytes !== null) return;
  throw new EntailError(
    'model_integrity',
    `cannot load ${name}: it is too large for an isolate, as its converter said; run it in Node, or push a smaller one`,
  );
}
