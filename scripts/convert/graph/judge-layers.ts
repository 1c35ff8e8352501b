import type { ModelConfig } from '../checkpoint/model-config.ts';

const PROJECTIONS = ['q_proj', 'k_proj', 'v_proj', 'out_proj'];

/** Keys of the judge's linear layers without `.weight` and `.bias`, in order: what int8 quantises there. */
export function judgeLayers(
  config: Pick<ModelConfig, 'encoderLayers' | 'decoderLayers'>,
): readonly string[] {
  return [
    ...sideLayers('encoder', config.encoderLayers, ['self_attn']),
    ...sideLayers('decoder', config.decoderLayers, ['self_attn', 'cross_attn']),
  ];
}

function sideLayers(side: string, count: number, attentions: readonly string[]): string[] {
  const parts = [
    ...attentions.flatMap((attention) => PROJECTIONS.map((part) => `${attention}.${part}`)),
    'fc1',
    'fc2',
  ];
  return Array.from({ length: count }, (_, layer) =>
    parts.map((part) => `${side}.layers.${layer}.${part}`),
  ).flat();
}
