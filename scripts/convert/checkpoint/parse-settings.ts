import type { z } from 'zod';
import { ConvertError } from '../convert-error.ts';

/**
 * Settings checked against a schema.
 *
 * @param file The file's name, for the message.
 * @throws {ConvertError} Every setting that does not fit: its name, the limit, and what was found.
 */
export function parseSettings<T>(file: string, schema: z.ZodType<T>, settings: unknown): T {
  const result = schema.safeParse(settings, { reportInput: true });
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const found = JSON.stringify(issue.input)?.slice(0, 80) ?? 'absent';
    return `${issue.path.join('.') || 'content'}: ${issue.message}, found ${found}`;
  });
  throw new ConvertError(`cannot use ${file}: ${lines.join('; ')}`);
}
