import { EntailError } from '../lib/entail-error.ts';
import type { OrtModule } from './ort-module.ts';

/**
 * Turns the runtime's last error into one of ours.
 *
 * @param what What could not be done.
 * @returns `runtime_dead`: after a failed call nothing is promised about the heap.
 */
export function ortFailure(module: OrtModule, what: string): EntailError {
  const stack = module.stackSave();
  try {
    const out = module.stackAlloc(8);
    module._OrtGetLastError(out, out + 4);
    const message = module.getValue(out + 4, '*');
    const reason = message === 0 ? 'no reason given' : module.UTF8ToString(message);
    return new EntailError('runtime_dead', `the runtime ${what}: ${reason}`);
  } finally {
    module.stackRestore(stack);
  }
}
