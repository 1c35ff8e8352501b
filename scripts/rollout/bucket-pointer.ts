import * as z from 'zod/mini';
import {
  MAX_POINTER_BYTES,
  POINTER_VERSION,
  pointerSchema,
  revisionSchema,
} from '../../functions/model/pointer-schema.ts';

/** Far more than anyone goes back to; `npm run model:prune` makes room. */
export const MAX_VERSIONS = 32;

const versionSchema = z.object({
  revision: revisionSchema,
  name: z.string(),
  dtype: z.enum(['int8', 'fp32']),
  /** Of the shards together. */
  bytes: z.int(),
  /** When it was brought here, and when it last ceased to be current; null while it is. ISO 8601. */
  pushed_at: z.iso.datetime(),
  left_at: z.nullable(z.iso.datetime()),
});

const bucketPointerSchema = z.extend(pointerSchema, {
  previous: z.nullable(revisionSchema),
  versions: z.array(versionSchema).check(z.minLength(1), z.maxLength(MAX_VERSIONS)),
});

/** A version of a model in a bucket. */
export type BucketVersion = z.output<typeof versionSchema>;

/** Which versions a bucket holds, which is current, and which was before it. */
export type BucketPointer = Omit<z.output<typeof bucketPointerSchema>, 'format' | 'version'>;

/**
 * Reads a pointer in full.
 *
 * @throws {Error} It is not one of this version, or names a version that it does not list.
 */
export function parsePointer(bytes: Uint8Array): BucketPointer {
  const { format: _format, version: _version, ...pointer } = parse(bytes);
  const listed = new Set(pointer.versions.map(({ revision }) => revision));
  for (const revision of [pointer.revision, pointer.previous]) {
    if (revision !== null && !listed.has(revision)) {
      throw new Error(`cannot read the pointer: it does not list ${revision}`);
    }
  }
  return pointer;
}

function parse(bytes: Uint8Array): z.output<typeof bucketPointerSchema> {
  try {
    return bucketPointerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot read the pointer: ${why}`, { cause });
  }
}

/**
 * Writes a pointer the way {@linkcode parsePointer} and the Worker read it.
 *
 * @throws {Error} It lists more than {@linkcode MAX_VERSIONS} versions.
 */
export function serialisePointer(pointer: BucketPointer): Uint8Array<ArrayBuffer> {
  const json = { format: 'edge-entail-pointer', version: POINTER_VERSION, ...pointer };
  const bytes = new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`);
  if (pointer.versions.length > MAX_VERSIONS || bytes.length > MAX_POINTER_BYTES) {
    throw new Error(
      `cannot keep ${pointer.versions.length} versions in a bucket: at most ${MAX_VERSIONS}. ` +
        'Remove old ones with `npm run model:prune`.',
    );
  }
  return bytes;
}
