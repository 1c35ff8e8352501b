import type { ModelSource } from '../convert/author-model.ts';
import { describeBackbone } from '../convert/graph/backbone.ts';
import { type Convolution, readConvolution } from '../convert/graph/convolution.ts';
import { judgeLayers } from '../convert/graph/judge-layers.ts';
import { readProjection } from '../convert/graph/vision-graph.ts';
import { embedScale, visionShape } from '../convert/model-shape.ts';
import { EMBEDDINGS, GELU } from './mixed-judge.ts';

/** The part of a model that a layer belongs to. */
export type ModelPart = 'vision' | 'encoder' | 'decoder' | 'text';

/** Something that int8 changes. */
export interface Layer {
  readonly name: string;
  readonly part: ModelPart;
  /** The site of `activation-ranges.ts` whose bytes it reads; null where activations are coded as they come. */
  readonly site: string | null;
  /** Its weights, a row of each output, and how many rows; null where it has none. */
  readonly weights: (() => { readonly values: Float32Array; readonly rows: number }) | null;
}

/** Everything that int8 changes in a model, in the order of the computation. */
export function listLayers(source: ModelSource): readonly Layer[] {
  return [...visionLayers(source), ...textLayers(source), ...linearLayers(source)];
}

function visionLayers({ config, weights }: ModelSource): Layer[] {
  const { stem, blocks } = describeBackbone(config.resnetBlocks);
  const layer = (site: Parameters<typeof readConvolution>[1], reads: string | null): Layer => ({
    name: site.name,
    part: 'vision',
    site: reads,
    weights: () => rowsOf(readConvolution(weights, site)),
  });
  const layers = [layer(stem, null)];
  let trunk = stem.name;
  for (const { name, conv1, conv2, conv3, downsample } of blocks) {
    layers.push(layer(conv1, trunk), layer(conv2, conv1.name));
    if (downsample !== null) layers.push(layer(downsample, trunk));
    layers.push(layer(conv3, conv2.name));
    trunk = name;
  }
  const projection = () => ({
    values: readProjection(visionShape(config), weights).weight,
    rows: config.width,
  });
  return [...layers, { name: 'image_proj', part: 'vision', site: trunk, weights: projection }];
}

function rowsOf({ weight, outChannels }: Convolution) {
  return { values: weight, rows: outChannels };
}

function textLayers({ config, weights, textRows }: ModelSource): Layer[] {
  const { vocabSize, width } = config;
  const table = () => {
    const scale = embedScale(config);
    const all = weights('encoder.embed_tokens.weight', [vocabSize, width]);
    return {
      values: all.slice(0, textRows * width).map((value) => value * scale),
      rows: textRows,
    };
  };
  return [
    { name: EMBEDDINGS, part: 'text', site: null, weights: table },
    { name: GELU, part: 'text', site: null, weights: null },
  ];
}

function linearLayers({ config, weights }: ModelSource): Layer[] {
  return judgeLayers(config).map((name) => {
    const part = name.startsWith('encoder') ? 'encoder' : 'decoder';
    const { width } = config;
    const inner = part === 'encoder' ? config.encoderFfn : config.decoderFfn;
    const [rows, columns] = name.endsWith('fc1')
      ? [inner, width]
      : [width, name.endsWith('fc2') ? inner : width];
    return {
      name,
      part,
      site: null,
      weights: () => ({ values: weights(`${name}.weight`, [rows, columns]), rows }),
    };
  });
}
