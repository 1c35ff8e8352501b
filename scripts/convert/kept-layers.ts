import type { ModelConfig } from './checkpoint/model-config.ts';
import { ConvertError } from './convert-error.ts';
import { describeBackbone } from './graph/backbone.ts';
import { judgeLayers } from './graph/judge-layers.ts';

/**
 * The layers that a person wants to keep in fp32.
 *
 * @param names Each a linear layer of the judge, e.g. `decoder.layers.1.fc2`, or the beginning of several:
 * `decoder.layers.1`, `decoder`.
 * @throws {ConvertError} A name that no linear layer has: it says what can be kept.
 */
export function keptLayers(
  names: readonly string[],
  config: Pick<ModelConfig, 'encoderLayers' | 'decoderLayers' | 'resnetBlocks'>,
): ReadonlySet<string> {
  const layers = judgeLayers(config);
  return new Set(
    names.flatMap((name) => {
      const meant = layers.filter((layer) => layer === name || layer.startsWith(`${name}.`));
      if (meant.length === 0) throw refusal(name, config);
      return meant;
    }),
  );
}

function refusal(
  name: string,
  { resnetBlocks, encoderLayers, decoderLayers }: Parameters<typeof keptLayers>[1],
): ConvertError {
  const { stem, blocks } = describeBackbone(resnetBlocks);
  const vision = [stem.name, 'image_proj', ...blocks.map((block) => block.name)];
  const isVision = vision.some((known) => name === known || name.startsWith(`${known}.`));
  const why = isVision ? 'vision runs on int8 kernels, all of it' : 'there is no such linear layer';
  return new ConvertError(
    `cannot keep ${name} in fp32: ${why}; what can be kept are q_proj, k_proj, v_proj, out_proj, fc1 and fc2 of ` +
      `encoder.layers.0 to ${encoderLayers - 1} and decoder.layers.0 to ${decoderLayers - 1}, e.g. decoder.layers.0.fc1 ` +
      'or all of decoder; everything with --dtype fp32',
  );
}
