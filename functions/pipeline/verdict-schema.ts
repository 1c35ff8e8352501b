import * as z from 'zod/mini';

const score = z.number().check(z.gte(0), z.lte(1));
const count = z.int().check(z.gte(1));

/** A model's name, revision and number format, as answers show them. */
export const modelNameSchema = z.object({
  name: z.string().check(z.minLength(1)),
  /** `sha256:` and the hash of the manifest's bytes. */
  revision: z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)),
  dtype: z.enum(['int8', 'fp32']),
});

/** Where in the picture the model looked when it answered. */
export const explanationSchema = z.object({
  /** Rows and columns of the cells; they cover the whole picture, however it is shaped. */
  grid: z.readonly(z.tuple([count, count])),
  /**
   * Cross-attention of the decoder's answer to each cell, row-major: the mean over layers and heads, six significant
   * digits. The words of the prompt have the rest of the 1 that it would sum to.
   */
  attention: z.readonly(z.array(score)),
});

/** The answer to one question, in the API's shape. */
export const verdictSchema = z.object({
  /** The class with the highest score. */
  label: z.enum(['entailment', 'neutral', 'contradiction']),
  /** The same in the model's own words. */
  answer: z.enum(['yes', 'maybe', 'no']),
  /** Probabilities; they sum to 1. */
  scores: z.object({ entailment: score, neutral: score, contradiction: score }),
  /** The file that was sent; pixels after the EXIF orientation. */
  image: z.object({ format: z.enum(['jpeg', 'png']), width: count, height: count }),
  model: modelNameSchema,
  /** Only when asked for. */
  explanation: z.exactOptional(explanationSchema),
});
