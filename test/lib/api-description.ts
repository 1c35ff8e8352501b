import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as z from 'zod';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';

const part = z.record(z.string(), z.unknown());
const response = z.looseObject({
  headers: z.optional(z.record(z.string(), part)),
  content: z.optional(z.record(z.string(), part)),
});
const operation = z.looseObject({
  operationId: z.string(),
  requestBody: z.optional(
    z.looseObject({
      content: z.record(
        z.string(),
        z.looseObject({ examples: z.optional(z.record(z.string(), z.object({ value: part }))) }),
      ),
    }),
  ),
  responses: z.record(z.string(), response),
  'x-codeSamples': z.array(z.object({ lang: z.string(), label: z.string(), source: z.string() })),
});

/** One method of one path, as the description has it. */
export type Operation = z.infer<typeof operation>;

const text = await readFile(join(repositoryFolder, 'public/openapi.json'), 'utf8');

/** The description as it is served. */
export const apiDescription = z
  .looseObject({
    paths: z.record(z.string(), z.record(z.string(), operation)),
    components: z.looseObject({ schemas: z.record(z.string(), part) }),
  })
  .parse(JSON.parse(text));

const ajv = new Ajv2020({ strict: false });
ajv.addSchema(JSON.parse(text), 'api');
ajv.addSchema(JSON.parse(text, withoutMore), 'strict');

/** Answers may get new members in time; those of today are all described. */
function withoutMore(_key: string, value: unknown): unknown {
  const described = Object(value);
  return described.type === 'object' &&
    described.properties !== undefined &&
    described.required !== undefined
    ? { ...described, additionalProperties: false }
    : value;
}

/** The operation of a request, and its path as the description writes it. */
export function findOperation(
  method: string,
  path: string,
): { path: string; operation: Operation } {
  for (const [pattern, methods] of Object.entries(apiDescription.paths)) {
    const found = methods[method.toLowerCase()];
    const expression = new RegExp(`^${pattern.replace(/\{[^}]*\}/g, '[^/]+')}$`);
    if (found !== undefined && expression.test(path)) return { path: pattern, operation: found };
  }
  return assert.fail(`the description has no ${method} ${path}`);
}

/** What came back, as far as it can be compared. */
export interface DescribedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asserts that an answer is one that the description has for this request: status, headers, type and every member. */
export function expectDescribed(method: string, path: string, answer: DescribedAnswer): void {
  const { path: pattern, operation } = findOperation(method, path);
  const { status, headers } = answer;
  const where = `${method} ${pattern} ${status}`;
  const described = operation.responses[status] ?? assert.fail(`${where} is not described`);
  for (const name of Object.keys(described.headers ?? {})) {
    assert.ok(headers.has(name), `${where} has no header ${name}`);
  }
  if (described.content === undefined) {
    assert.equal(answer.text, '', where);
    return;
  }
  const type = (headers.get('Content-Type') ?? '').replace(/;.*/, '');
  assert.ok(Object.hasOwn(described.content, type), `${where} with ${type} is not described`);
  if (!/json$/.test(type)) return;
  const place = [
    'paths',
    pattern,
    method.toLowerCase(),
    'responses',
    status,
    'content',
    type,
    'schema',
  ];
  const lines = type === 'application/x-ndjson' ? answer.text.trimEnd().split('\n') : [answer.text];
  for (const line of lines) expectValid('strict', place, JSON.parse(line), where);
}

/** Whether a value fits the schema at a place of the description. */
export function isDescribed(place: readonly (string | number)[], value: unknown): boolean {
  return validator('api', place)(value);
}

function expectValid(
  schema: string,
  place: readonly (string | number)[],
  value: unknown,
  where: string,
): void {
  const validate = validator(schema, place);
  const found = () => `${ajv.errorsText(validate.errors)}: ${JSON.stringify(value).slice(0, 300)}`;
  if (!validate(value)) assert.fail(`${where}: ${found()}`);
}

function validator(schema: string, place: readonly (string | number)[]): ValidateFunction {
  const steps = place.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'));
  const reference = `${schema}#/${steps.map(encodeURIComponent).join('/')}`;
  return ajv.getSchema(reference) ?? assert.fail(`the description has nothing at ${reference}`);
}
