import { ConvertError } from '../convert-error.ts';
import { listFaults } from './list-faults.ts';
import type { ModelConfig } from './model-config.ts';
import { similarKey } from './similar-key.ts';
import { stateDictLayout } from './state-dict-layout.ts';

/** Inside these every tensor takes part in the result; elsewhere unknown ones are heads of other tasks. */
const COMPUTED = /^(encoder|decoder)\.layers\.|^encoder\.embed_images\./;

/**
 * Compares a checkpoint's tensors with what its config.json describes, reading none.
 *
 * Refused are tensors that are missing or have another shape, and those that the published model would use and the
 * converted graphs would not: layers beyond the configured ones, adapters, `w_resid`, gamma factors, a fourth ResNet
 * stage.
 *
 * @param found Shapes by ModelScope name.
 * @throws {ConvertError} All of them in one message, with what a missing one may be named instead.
 */
export function checkTensors(
  found: ReadonlyMap<string, readonly number[]>,
  config: ModelConfig,
): void {
  const layout = [...stateDictLayout(config)];
  const known = new Set(layout.map(({ key }) => key));
  const extra = new Map([...found].filter(([key]) => !known.has(key)));
  const wanted = layout.filter(({ read }) => read);
  const unfit: string[] = [];
  for (const { key, shape } of wanted) {
    const there = found.get(key);
    if (there === undefined) {
      const similar = similarKey(key, shape, extra);
      const hint = similar === null ? '' : `; ${similar} may be it`;
      unfit.push(`${key}: expected ${shapeText(shape)}, found nothing${hint}`);
    } else if (shapeText(there) !== shapeText(shape)) {
      unfit.push(`${key}: expected ${shapeText(shape)}, found ${shapeText(there)}`);
    }
  }
  const lost = [...extra].filter(([key]) => COMPUTED.test(key));
  const faults = [
    ...section(`${unfit.length} of ${wanted.length} tensors do not fit config.json`, unfit),
    ...section(
      `${lost.length} tensors belong to no part described by config.json and would be lost`,
      lost.map(([key, shape]) => `${key}: found ${shapeText(shape)}`),
    ),
  ];
  if (faults.length === 0) return;
  throw new ConvertError(`cannot convert this checkpoint: ${faults.join('\n')}`);
}

function section(title: string, faults: readonly string[]): string[] {
  return faults.length === 0 ? [] : [title + listFaults(faults)];
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
