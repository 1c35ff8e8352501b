import * as z from 'zod/mini';

const score = z.number().check(z.gte(0), z.lte(1));

/** The shape of an endpoint's answer to one question. */
export const verdictSchema = z.object({
  label: z.enum(['entailment', 'neutral', 'contradiction']),
  answer: z.enum(['yes', 'no', 'maybe']),
  scores: z.object({ entailment: score, neutral: score, contradiction: score }),
  image: z.object({ format: z.enum(['jpeg', 'png']), width: z.number(), height: z.number() }),
  model: z.object({ name: z.string(), revision: z.string(), dtype: z.enum(['int8', 'fp32']) }),
});
