import type { z } from 'zod';
import { TransientError } from './transient-error.ts';

/**
 * Reads a service's JSON.
 *
 * @throws {TransientError} Half a document, or something else under status 200, as proxies send it.
 */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const start = JSON.stringify(text.slice(0, 60));
    throw new TransientError(`the answer is not what was asked for, it starts ${start}`, { cause });
  }
}
