import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/**
 * Collects garbage now. V8 leaves large buffers and WASM memories lying about until much more has been taken: a
 * conversion held 200 MB of them.
 */
export function collectGarbage(): void {
  collect();
}
