import { ConvertError } from '../convert-error.ts';
import type { ModelConfig } from './model-config.ts';
import { stateDictLayout } from './state-dict-layout.ts';

/** Inside these every tensor takes part in the result; elsewhere unknown ones are heads of other tasks. */
const COMPUTED = /^(encoder|decoder)\.layers\.|^encoder\.embed_images\./;

/** Keys named in the message. */
const MAX_KEYS_SHOWN = 5;

/**
 * Refuses tensors that the published model would use and the converted graphs would not.
 *
 * Such are layers beyond the configured ones, adapters, `w_resid`, gamma factors, a fourth ResNet stage.
 *
 * @param keys ModelScope names of all tensors in the file.
 * @throws {ConvertError} The first of them by name.
 */
export function refuseUnknownParts(keys: Iterable<string>, config: ModelConfig): void {
  const known = new Set<string>();
  for (const { key } of stateDictLayout(config)) known.add(key);
  const unknown = [...keys].filter((key) => COMPUTED.test(key) && !known.has(key));
  if (unknown.length === 0) return;
  throw new ConvertError(
    `cannot convert this model: ${unknown.length} tensors belong to no part described by config.json and would be lost: ${unknown.slice(0, MAX_KEYS_SHOWN).join(', ')}${unknown.length > MAX_KEYS_SHOWN ? ', ...' : ''}`,
  );
}
