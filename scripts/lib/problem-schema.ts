import * as z from 'zod';

/** RFC 9457, and the three members of our own; strict, so that a label in it would be noticed. */
export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  code: z.string(),
  retryable: z.boolean(),
  request_id: z.string().min(1),
});
