import * as z from 'zod/mini';
import { MAX_HYPOTHESES } from '../limits.ts';

/** What `invalidRequest()` makes a sentence of its own of. */
export const MISSING = 'is missing';

/** A text; what it may say is checked where it is read (`functions/text/check-text.ts`). */
export const textSchema = z.string({ error: 'it must be a text' });

/** Several hypotheses. */
export const textsSchema = z.array(textSchema, { error: 'they must be a list' }).check(
  z.minLength(1, 'there are none'),
  z.maxLength(MAX_HYPOTHESES, {
    error: ({ input = [] }) => `there are ${input.length}, at most ${MAX_HYPOTHESES}`,
  }),
);

/** An image as text: base64, or a `data:` URL. */
export const imageTextSchema = z.string({
  error: ({ input }) => (isAbsent(input) ? MISSING : 'it must be base64 or a data: URL'),
});

/** An image as a part of a form. */
export const imageFileSchema = z.file({
  error: ({ input }) => (isAbsent(input) ? MISSING : 'it must be sent as a file'),
});

/** A switch in JSON. */
export const flagSchema = z.boolean({ error: 'it must be true or false' });

/** A switch in a form or a query. */
export const flagTextSchema = z.enum(['true', 'false'], { error: 'it must be true or false' });

function isAbsent(input: unknown): boolean {
  return input === undefined || input === null;
}
