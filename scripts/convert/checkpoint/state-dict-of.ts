import { ConvertError } from '../convert-error.ts';
import { TensorReference } from './tensor-reference.ts';

/**
 * The tensors of an unpickled checkpoint by the names it gives them.
 *
 * @param top A dict of tensors (ModelScope's `pytorch_model.bin`), or a dict that holds one under `model` (original OFA).
 * @throws {ConvertError} No tensors there.
 */
export function stateDictOf(top: unknown): Map<string, TensorReference> {
  const inner = top instanceof Map ? top.get('model') : undefined;
  const dict: unknown = inner instanceof Map ? inner : top;
  const tensors = new Map<string, TensorReference>();
  for (const [key, value] of dict instanceof Map ? dict : []) {
    if (typeof key === 'string' && value instanceof TensorReference) tensors.set(key, value);
  }
  if (tensors.size > 0) return tensors;
  throw new ConvertError(
    'cannot read the checkpoint: it holds no tensors by name, neither at its top nor under "model"',
  );
}
