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

/** The models that can be drawn from the formula: OFA-tiny in full, and a very small one for tests. */
export const SYNTHETIC_SHAPES: Readonly<Record<'full' | 'micro', ModelConfig>> = {
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
};
