import * as z from 'zod';

const count = z.optional(z.number());
const schema = z.object({
  $ref: z.optional(z.string()),
  type: z.optional(z.union([z.string(), z.array(z.string())])),
  description: z.optional(z.string()),
  enum: z.optional(z.array(z.unknown())),
  const: z.optional(z.unknown()),
  pattern: z.optional(z.string()),
  contentMediaType: z.optional(z.string()),
  minimum: count,
  maximum: count,
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  required: z.optional(z.array(z.string())),
  get properties() {
    return z.optional(z.record(z.string(), schema));
  },
  get items() {
    return z.optional(z.union([schema, z.literal(false)]));
  },
  get prefixItems() {
    return z.optional(z.array(schema));
  },
  get anyOf() {
    return z.optional(z.array(schema));
  },
  get oneOf() {
    return z.optional(z.array(schema));
  },
});

/** What the page shows of JSON Schema. */
export type Schema = z.infer<typeof schema>;

const examples = z.optional(
  z.record(z.string(), z.looseObject({ value: z.optional(z.unknown()) })),
);
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.optional(z.boolean()),
  description: z.optional(z.string()),
  schema,
});
const reference = z.object({ $ref: z.string() });
const response = z.looseObject({
  description: z.string(),
  headers: z.optional(z.record(z.string(), z.unknown())),
  content: z.optional(z.record(z.string(), z.object({ schema, examples }))),
});
const operation = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  parameters: z.optional(z.array(z.union([parameter, reference]))),
  requestBody: z.optional(
    z.object({ content: z.record(z.string(), z.object({ schema, examples })) }),
  ),
  responses: z.record(z.string(), response),
  'x-codeSamples': z.array(z.object({ lang: z.string(), label: z.string(), source: z.string() })),
});

/** One method of one path. */
export type Operation = z.infer<typeof operation>;

/** One parameter of an operation. */
export type Parameter = z.infer<typeof parameter>;

/** What can come back. */
export type Response = z.infer<typeof response>;

const description = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), schema),
    parameters: z.record(z.string(), parameter),
  }),
});

/** The API description, as far as the page shows it. */
export type Description = z.infer<typeof description>;

/**
 * Reads the API description.
 *
 * @param json As in `public/openapi.json`.
 * @throws {z.ZodError} It has parts that the page cannot show.
 */
export function readDescription(json: unknown): Description {
  return description.parse(json);
}
