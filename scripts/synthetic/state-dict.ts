import type { ModelConfig } from '../convert/checkpoint/model-config.ts';
import { type LayoutEntry, stateDictLayout } from '../convert/checkpoint/state-dict-layout.ts';
import { syntheticBuffer } from './synthetic-buffer.ts';
import { syntheticTensor } from './synthetic-tensor.ts';
import type { StorageToWrite, TensorToWrite } from './torch-tensor.ts';

/**
 * The whole state dict of a synthetic model, buffers included, in the published order.
 *
 * Nothing is computed before it is written. The decoder's embedding table and output projection
 * share the encoder's storage.
 */
export function syntheticStateDict(config: ModelConfig): TensorToWrite[] {
  const entries = [...stateDictLayout(config)];
  const table = entries.find(({ key }) => key === 'encoder.embed_tokens.weight');
  const shared = table === undefined ? undefined : storageOf(table, config);
  return entries.map((entry) => ({
    key: entry.key,
    shape: entry.shape,
    storage:
      shared !== undefined && /embed_tokens|output_projection/.test(entry.key)
        ? shared
        : storageOf(entry, config),
  }));
}

function storageOf({ key, shape, dtype }: LayoutEntry, config: ModelConfig): StorageToWrite {
  const count = shape.reduce((product, side) => product * side, 1);
  if (dtype === 'float32') {
    return { dtype, count, bytes: () => new Uint8Array(syntheticTensor(key, shape).buffer) };
  }
  return { dtype, count, bytes: () => widen(syntheticBuffer(key, config)) };
}

/** int64 from non-negative 32-bit numbers, without a BigInt for each. */
function widen(values: Int32Array): Uint8Array {
  const words = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) words[i * 2] = values[i] ?? 0;
  return new Uint8Array(words.buffer);
}
