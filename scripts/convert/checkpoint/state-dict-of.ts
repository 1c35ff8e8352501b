import { ConvertError } from '../convert-error.ts';
import { canonicalKey } from './canonical-key.ts';
import { TensorReference } from './tensor-reference.ts';

/** Keys of a state dict: OFA-huge has about 1,500. */
const MAX_KEYS = 20_000;
/** Names are shown to people: nothing in them may steer a terminal. The longest real one has 60 characters. */
const KEY = /^[\w.-]{1,200}$/;

/**
 * The tensors of an unpickled checkpoint under their ModelScope names.
 *
 * @param top A dict of tensors (ModelScope's `pytorch_model.bin`), or a dict that holds one under `model` (original OFA).
 * @throws {ConvertError} No tensors there, or a name that is none, or two names of one tensor.
 */
export function stateDictOf(top: unknown): Map<string, TensorReference> {
  const inner = top instanceof Map ? top.get('model') : undefined;
  const dict: unknown = inner instanceof Map ? inner : top;
  const tensors = new Map<string, TensorReference>();
  for (const [key, value] of dict instanceof Map ? dict : []) {
    if (typeof key !== 'string' || !(value instanceof TensorReference)) continue;
    if (!KEY.test(key)) {
      throw new ConvertError(`cannot read the checkpoint: ${JSON.stringify(key)} names no tensor`);
    }
    const name = canonicalKey(key);
    if (tensors.has(name)) {
      throw new ConvertError(`cannot read the checkpoint: two tensors are named ${name}`);
    }
    if (tensors.size >= MAX_KEYS) {
      throw new ConvertError(`cannot read the checkpoint: more than ${MAX_KEYS} tensors`);
    }
    tensors.set(name, value);
  }
  if (tensors.size === 0) {
    throw new ConvertError(
      'cannot read the checkpoint: it holds no tensors by name, neither at its top nor under "model"',
    );
  }
  return tensors;
}
