import type { Part } from './component-schemas.ts';

/** The parameter that every route of the Worker knows. */
export const REQUEST_ID: Part = { $ref: '#/components/parameters/X-Request-Id' };

/** Parameters that operations share. */
export const sharedParameters: Readonly<Record<string, Part>> = {
  'X-Request-Id': {
    name: 'X-Request-Id',
    in: 'header',
    description:
      'An id of your own for this request, at most 255 of `A-Z a-z 0-9 _ - =`: it comes back in the answer and stands in the log. Anything else gets a fresh one.',
    schema: { type: 'string', maxLength: 255 },
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of what you have already: 304 when nothing has changed.',
    schema: { type: 'string' },
  },
};

/** Headers that answers share. */
export const sharedHeaders: Readonly<Record<string, Part>> = {
  'X-Request-Id': {
    description: 'By which the log names this request.',
    required: true,
    schema: { type: 'string', minLength: 1 },
  },
  'Retry-After': {
    description: 'Seconds after which another try makes sense.',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  Allow: {
    description: 'The methods that this path knows.',
    required: true,
    schema: { type: 'string' },
  },
  'WWW-Authenticate': { required: true, schema: { type: 'string', const: 'Bearer' } },
  ETag: {
    description: 'For If-None-Match.',
    required: true,
    schema: { type: 'string' },
  },
  'Cache-Control': {
    description: 'How long the answer may be kept.',
    required: true,
    schema: { type: 'string' },
  },
};

/** Describes an answer that is no problem. */
export function answer(
  description: string,
  content: Readonly<Record<string, Part>> | null,
  headers: readonly string[] = [],
): Part {
  return {
    description,
    headers: Object.fromEntries(
      ['X-Request-Id', ...headers].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    ...(content === null ? {} : { content }),
  };
}
