import * as z from 'zod/mini';
import { modelNameSchema } from '../../pipeline/verdict-schema.ts';

/** The answer of `GET /livez`. */
export const liveSchema = z.object({ status: z.literal('live') });

/** The answer of `GET /readyz`. */
export const readySchema = z.object({
  status: z.literal('ready'),
  revision: modelNameSchema.shape.revision,
});
