import * as z from 'zod/mini';

/** The one version of the pointer that this code reads and writes. */
export const POINTER_VERSION = 1;
/** What the pointer says of 32 versions, whatever they are called, needs less. */
export const MAX_POINTER_BYTES = 64 * 1024;

/** `sha256:` and the hash of a manifest's bytes. */
export const revisionSchema = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/));

/** The part of the pointer that a Worker reads; `model-shards/README.md` describes all of it. */
export const pointerSchema = z.object({
  format: z.literal('edge-entail-pointer'),
  version: z.literal(POINTER_VERSION),
  revision: revisionSchema,
});
