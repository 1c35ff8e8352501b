import type { Hono } from 'hono';
import { EntailError } from '../../lib/entail-error.ts';
import type { StoredModel } from '../../pipeline/stored-model.ts';
import type { AppContext, AppEnv } from '../app-env.ts';

/** The manifest changes with the model: asked for each time, sent when it has changed. */
const MANIFEST_CACHING = 'private, no-cache';
/** A shard is named by its hash. Private, so that no cache between gives it to who may not call. */
const SHARD_CACHING = 'private, max-age=31536000, immutable';

/**
 * `GET /v1/model/manifest` and `GET /v1/model/blobs/:sha256`: the model's files as they lie in storage, for browsers
 * that answer by themselves. No model is loaded for it, and no inference waits.
 */
export function addModelFiles(app: Hono<AppEnv>, stored: StoredModel): void {
  app.get('/v1/model/manifest', async (c) => {
    const { bytes, revision } = await stored.manifest();
    c.get('record').notes.revision = revision;
    const tag = `"${revision}"`;
    c.header('Cache-Control', MANIFEST_CACHING);
    c.header('ETag', tag);
    if (hasAlready(c, tag)) return c.body(null, 304);
    return c.body(bytes, 200, { 'Content-Type': 'application/json' });
  });
  app.get('/v1/model/blobs/:sha256', async (c) => {
    const sha256 = c.req.param('sha256');
    const blob = await stored.openShard(sha256);
    if (blob === null) {
      throw new EntailError(
        'not_found',
        `cannot find shard ${sha256.slice(0, 64)}: GET /v1/model/manifest names those there are`,
      );
    }
    const stream = streamOf(blob.body);
    const tag = `"${sha256}"`;
    c.header('Cache-Control', SHARD_CACHING);
    c.header('ETag', tag);
    if (hasAlready(c, tag)) {
      await stream.cancel();
      return c.body(null, 304);
    }
    return c.body(stream, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': `${blob.size}`,
    });
  });
}

/** Whether a conditional request names what would be sent. */
function hasAlready(c: AppContext, tag: string): boolean {
  const tags = c.req.header('If-None-Match')?.split(',') ?? [];
  return tags.some((it) => it.trim().replace(/^W\//, '') === tag);
}

/** R2's streams are the platform's own, which its types do not say. */
function streamOf(body: object): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (body instanceof ReadableStream) return body;
  throw new EntailError('internal', 'cannot send a shard: the storage gave no stream');
}
