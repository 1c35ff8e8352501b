import * as z from 'zod/mini';
import {
  flagSchema,
  flagTextSchema,
  imageFileSchema,
  imageTextSchema,
  textSchema,
  textsSchema,
} from './request-fields.ts';

const jsonTexts = {
  hypothesis: z.nullish(textSchema),
  premise: z.nullish(textSchema),
  text: z.nullish(textSchema),
  text2: z.nullish(textSchema),
  explain: z.nullish(flagSchema),
};

const texts = {
  hypothesis: z.optional(textSchema),
  premise: z.optional(textSchema),
  text: z.optional(textSchema),
  text2: z.optional(textSchema),
  explain: z.optional(flagTextSchema),
};

const repeatedTexts = {
  ...texts,
  hypothesis: z.optional(textsSchema),
  text: z.optional(textsSchema),
};

const noObject = 'it must be a JSON object';

/** How a question is sent, in each form; other names are passed over. */
export const questionSchemas = {
  json: z.object({ image: imageTextSchema, ...jsonTexts }, noObject),
  form: z.object({ image: imageFileSchema, ...texts }),
  query: z.object(texts),
  /** Names that may occur several times in a form or a query. */
  lists: new Set<string>(),
};

/** The same of a batch. */
export const batchSchemas = {
  json: z.object(
    { image: imageTextSchema, hypotheses: z.nullish(textsSchema), ...jsonTexts },
    noObject,
  ),
  form: z.object({ image: imageFileSchema, ...repeatedTexts }),
  query: z.object(repeatedTexts),
  lists: new Set(['hypothesis', 'text']),
};

/** The schemas of one kind of request. */
export type RequestSchemas = typeof questionSchemas | typeof batchSchemas;
