import type { ModelConfig } from '../convert/checkpoint/model-config.ts';

const COMMON = {
  attnScaleFactor: 2,
  shareAttnBias: false,
  scaleEmbedding: false,
  vocabSize: 59_457,
  maxPositions: 1024,
  imageMean: [0.5, 0.5, 0.5],
  imageStd: [0.5, 0.5, 0.5],
  promptType: 'prev_output',
  prompt: null,
  maxSourceLength: 80,
  answers: { entailment: 'yes', neutral: 'maybe', contradiction: 'no' },
} as const;

/** Names of the models that can be drawn. */
export type SyntheticShape = 'full' | 'micro' | 'base' | 'large';

/**
 * The models that can be drawn from the formula: OFA-tiny in full, a very small one for tests, and OFA-tiny's larger
 * siblings (arXiv 2202.03052, table 1).
 */
export const SYNTHETIC_SHAPES: Readonly<Record<SyntheticShape, ModelConfig>> = {
  full: {
    ...COMMON,
    width: 256,
    encoderLayers: 4,
    decoderLayers: 4,
    encoderFfn: 1024,
    decoderFfn: 1024,
    encoderHeads: 4,
    decoderHeads: 4,
    resnetBlocks: [3, 4, 6],
    imageBucketSize: 42,
    tokenBucketSize: 256,
    imageSide: 480,
  },
  micro: {
    ...COMMON,
    width: 32,
    encoderLayers: 2,
    decoderLayers: 2,
    encoderFfn: 64,
    decoderFfn: 64,
    encoderHeads: 4,
    decoderHeads: 4,
    resnetBlocks: [2, 2, 2],
    imageBucketSize: 12,
    tokenBucketSize: 64,
    imageSide: 96,
  },
  base: {
    ...COMMON,
    width: 768,
    encoderLayers: 6,
    decoderLayers: 6,
    encoderFfn: 3072,
    decoderFfn: 3072,
    encoderHeads: 12,
    decoderHeads: 12,
    resnetBlocks: [3, 4, 23],
    imageBucketSize: 42,
    tokenBucketSize: 256,
    imageSide: 480,
  },
  large: {
    ...COMMON,
    width: 1024,
    encoderLayers: 12,
    decoderLayers: 12,
    encoderFfn: 4096,
    decoderFfn: 4096,
    encoderHeads: 16,
    decoderHeads: 16,
    resnetBlocks: [3, 8, 36],
    imageBucketSize: 42,
    tokenBucketSize: 256,
    imageSide: 480,
  },
};
