import { writeFile } from 'node:fs/promises';
import { pickleStateDict } from '../../../../../scripts/synthetic/pickle-state-dict.ts';
import { PickleWriter } from '../../../../../scripts/synthetic/pickle-writer.ts';
import type { TensorToWrite } from '../../../../../scripts/synthetic/torch-tensor.ts';
import { writeTorchParts } from '../../../../../scripts/synthetic/write-torch-parts.ts';
import { joinLegacy, legacyParts } from './write-torch-legacy.ts';

/** ModelScope's names, and what the original OFA code calls them. */
const ORIGINAL: readonly (readonly [RegExp, string])[] = [
  [/^(encoder.*)\.self_attn_mid_layer_norm\./, '$1.attn_ln.'],
  [/^(decoder.*)\.self_attn_mid_layer_norm\./, '$1.self_attn_ln.'],
  [/\.cross_attn_mid_layer_norm\./, '.cross_attn_ln.'],
  [/\.cross_attn\./, '.encoder_attn.'],
  [/\.cross_attn_layer_norm\./, '.encoder_attn_layer_norm.'],
  [/\.ffn_layer_norm\./, '.ffn_layernorm.'],
];

/** The same tensors under the names of the original OFA code. */
export function originalNames(tensors: readonly TensorToWrite[]): TensorToWrite[] {
  return tensors.map((tensor) => ({
    ...tensor,
    key: ORIGINAL.reduce((key, [name, original]) => key.replace(name, original), tensor.key),
  }));
}

/**
 * Writes tensors as fairseq does: its arguments in a Namespace, its best score as a NumPy number, the tensors under
 * `model` and the original names, and an optimizer's state behind them.
 */
export async function writeFairseq(
  path: string,
  tensors: readonly TensorToWrite[],
  form: 'zip' | 'legacy',
): Promise<void> {
  const named = originalNames(tensors);
  const storages = [...new Set(named.map(({ storage }) => storage))];
  const pickle = new PickleWriter().raw('}(').string('args');
  pickle.global('argparse', 'Namespace').raw(')').bytes(0x81).raw('}(');
  pickle.string('arch').string('ofa_tiny').string('clip_norm').int(0).raw('ub');
  pickle.string('model');
  pickleStateDict(pickle, named, storages);
  pickle.string('extra_state').raw('}').string('best');
  pickle.global('numpy.core.multiarray', 'scalar').raw('(');
  pickle.global('numpy', 'dtype').raw('(').string('f8').bytes(0x89, 0x88).raw('tR(');
  pickle.int(3).string('<').raw('NNN').int(1).int(1).int(0).raw('tb');
  pickle.global('_codecs', 'encode').raw('(').string('\u0000').string('latin1').raw('tRtRs');
  pickle.string('last_optimizer_state');
  pickleStateDict(pickle, named.slice(0, 5), storages);
  const objects = pickle.raw('u').finish();
  if (form === 'zip') await writeTorchParts(path, { pickle: objects, storages });
  else await writeFile(path, joinLegacy(legacyParts(objects, storages)));
}
