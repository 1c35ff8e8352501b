import * as z from 'zod/mini';
import { words } from './words.ts';

/** A part of the document. */
export type Part = Readonly<Record<string, unknown>>;

/** What JSON Schema calls an integer, zod limits to what a float64 counts exactly; the reader need not know. */
const LIMITS_OF_INTEGERS: ReadonlySet<unknown> = new Set([
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
]);

/** The schemas that have a name, in JSON Schema, by it. */
export function componentSchemas(): Readonly<Record<string, Part>> {
  const { schemas } = z.toJSONSchema(words, {
    ...OPTIONS,
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema]),
  );
}

/** One schema in JSON Schema, what it refers to included. */
export function inlineSchema(schema: z.core.$ZodType): Part {
  const { $schema, ...rest } = z.toJSONSchema(schema, OPTIONS);
  return rest;
}

const OPTIONS = {
  metadata: words,
  io: 'input',
  override({ zodSchema, jsonSchema }) {
    if (LIMITS_OF_INTEGERS.has(jsonSchema.maximum)) delete jsonSchema.maximum;
    if (LIMITS_OF_INTEGERS.has(jsonSchema.minimum)) delete jsonSchema.minimum;
    // It says that nobody writes it in TypeScript; in OpenAPI, that requests may not have it.
    delete jsonSchema.readOnly;
    if (zodSchema._zod.def.type === 'file') {
      // OpenAPI 3.1 describes files by their media type alone.
      delete jsonSchema.format;
      delete jsonSchema.contentEncoding;
      jsonSchema.contentMediaType = 'application/octet-stream';
    }
  },
} satisfies z.core.ToJSONSchemaParams;
