import type { ModelConfig } from './model-config.ts';
import { stateDictLayout } from './state-dict-layout.ts';

/**
 * Every tensor the converter reads for a model, by ModelScope name.
 *
 * Left out: buffers, the decoder's image tables, its code norm, and the tied copies of the embedding table.
 */
export function expectedTensors(config: ModelConfig): Map<string, readonly number[]> {
  const expected = new Map<string, readonly number[]>();
  for (const { key, shape, read } of stateDictLayout(config)) if (read) expected.set(key, shape);
  return expected;
}
