import * as z from 'zod/mini';
import { modelNameSchema } from './verdict-schema.ts';

const count = z.int().check(z.gte(1));

/** A model as the API shows it. */
export const modelDescriptionSchema = z.object({
  ...modelNameSchema.shape,
  /** What runs vision: our own kernels, or onnxruntime-web. */
  vision: z.enum(['kernels', 'onnxruntime']),
  state: z.literal('ready'),
  /** Pixels a side that the model sees. */
  image: z.object({ side: count }),
  /** What is taken, and how much of the prompt the model reads. */
  text: z.object({ max_characters: count, max_source_tokens: count }),
});
