import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { parseManifest } from '../../../functions/model/manifest.ts';
import type { ModelBlobs } from '../model-blobs.ts';

/** A second version of a model: one shard and the manifest differ. */
export interface OtherVersion {
  readonly manifest: Uint8Array<ArrayBuffer>;
  readonly shard: { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> };
}

/**
 * Makes a version whose words mean something else, while its self-test comes out the same: the embeddings of all tokens
 * that the self-test does not ask about are turned round.
 */
export function otherVersion(blobs: ModelBlobs): OtherVersion {
  const manifest = blobs.get('manifest.json') ?? assert.fail('no manifest');
  const { files, shape, text, selfTest } = parseManifest(manifest);
  const [first, ...more] = files.embeddings.shards;
  assert.ok(first !== undefined && more.length === 0, 'one shard of embeddings');
  const bytes = Uint8Array.from(blobs.get(`${first.sha256}.bin`) ?? assert.fail('no shard'));
  const kept = new Set([...selfTest.encoder, ...selfTest.decoder]);
  for (let row = 0; row < text.rows; row += 1) {
    // int8 values, row after row; the rows' scales come behind all of them.
    if (!kept.has(row)) bytes.subarray(row * shape.width, (row + 1) * shape.width).reverse();
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const changed = new TextDecoder().decode(manifest).replaceAll(first.sha256, sha256);
  return {
    manifest: new TextEncoder().encode(changed),
    shard: { key: `${sha256}.bin`, bytes },
  };
}
