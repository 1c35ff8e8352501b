import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: NodeJS.GCFunction = runInNewContext('gc');

/**
 * Collects garbage now. V8 leaves large buffers and WASM memories lying about until much more has been taken: a
 * conversion held 200 MB of them.
 */
export function collectGarbage(): void {
  collect();
}

/**
 * Collects garbage as V8 does before it gives up for want of memory: it then also gives back the pages that it has
 * emptied, 60 MB of them once a vocabulary was read. Takes several times as long, and code is compiled anew afterwards.
 */
export function collectAllGarbage(): void {
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
