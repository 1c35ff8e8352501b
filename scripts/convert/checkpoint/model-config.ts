/** Three numbers: one per colour (red, green, blue) or per ResNet stage. */
export type Triple = readonly [number, number, number];

/** Everything the converter must know about a model beside its weights. */
export interface ModelConfig {
  /** d: numbers per token. */
  readonly width: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  /** Hidden numbers of the encoder's feed-forward part. */
  readonly encoderFfn: number;
  readonly decoderFfn: number;
  readonly encoderHeads: number;
  readonly decoderHeads: number;
  /** Bottleneck blocks in the three stages of the ResNet. */
  readonly resnetBlocks: Triple;
  /** B: the image position table covers B x B cells. */
  readonly imageBucketSize: number;
  /** b: relative text positions fall into 2b - 1 buckets. */
  readonly tokenBucketSize: number;
  /** Queries are scaled by (head width * this)^-0.5. */
  readonly attnScaleFactor: number;
  /** One relative position table, index 0, for all layers. */
  readonly shareAttnBias: boolean;
  /** Embeddings are multiplied by sqrt(d). */
  readonly scaleEmbedding: boolean;
  /** Rows of the embedding table. */
  readonly vocabSize: number;
  /** Text positions; the table has two rows more. */
  readonly maxPositions: number;
  /** Pixels a side of the square picture, a multiple of 16. */
  readonly imageSide: number;
  readonly imageMean: Triple;
  readonly imageStd: Triple;
  /** What the decoder is fed: `<s>` alone, the prompt, or the prompt without its `</s>`. */
  readonly promptType: 'none' | 'src' | 'prev_output';
  /** A template with one or two `{}` in place of the published ones, or `null`. */
  readonly prompt: string | null;
  /** Words and tokens kept of a text. */
  readonly maxSourceLength: number;
  /** The word that stands for each class. */
  readonly answers: {
    readonly entailment: string;
    readonly neutral: string;
    readonly contradiction: string;
  };
}
