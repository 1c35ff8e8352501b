import * as z from 'zod/mini';
import { EntailError } from '../../lib/entail-error.ts';
import { MISSING } from './request-fields.ts';

/**
 * Lets through what fits a schema, names it does not know left out.
 *
 * @throws {EntailError} `invalid_request`: which value does not fit, and why.
 */
export function validate<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues.map(({ path, message }) => sentence(path, message));
  throw new EntailError('invalid_request', first ?? 'cannot read the request: it does not fit');
}

function sentence([name, index]: readonly PropertyKey[], message: string): string {
  if (name === undefined) return `cannot read the body: ${message}`;
  if (message === MISSING) return `cannot read the question: ${String(name)} is missing`;
  if (index !== undefined) return `cannot read ${String(name)}[${String(index)}]: ${message}`;
  return `cannot read ${name === 'explain' ? 'explain' : `the ${String(name)}`}: ${message}`;
}
