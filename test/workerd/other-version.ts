import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shardKey } from '../../functions/model/bucket-keys.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { sha256 } from '../../scripts/rollout/sha256.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/** A second version of a model: one shard and the manifest differ. */
export interface OtherVersion {
  readonly folder: string;
  /** Key of the shard that only this version has. */
  readonly shard: string;
}

/**
 * Makes a version whose words mean something else, while its self-test comes out the same: the embeddings of all tokens
 * that the self-test does not ask about are changed.
 *
 * @param change Changes one token's embedding in place.
 */
export async function otherVersion(
  folder: string,
  change: (row: Uint8Array) => void = (row) => row.reverse(),
): Promise<OtherVersion> {
  const { manifest, manifestBytes } = await readModelFolder(folder);
  const { files, shape, text, selfTest } = manifest;
  const [first, ...more] = files.embeddings.shards;
  assert.ok(first !== undefined && more.length === 0, 'one shard of embeddings');
  const bytes = Uint8Array.from(readFileSync(join(folder, shardKey(first.sha256))));
  const kept = new Set([...selfTest.encoder, ...selfTest.decoder]);
  for (let row = 0; row < text.rows; row += 1) {
    // int8 values, row after row; the rows' scales come behind all of them.
    if (!kept.has(row)) change(bytes.subarray(row * shape.width, (row + 1) * shape.width));
  }
  const hash = sha256(bytes);
  const changed = new TextDecoder().decode(manifestBytes).replaceAll(first.sha256, hash);
  const out = temporaryFolder();
  cpSync(folder, out, { recursive: true });
  writeFileSync(join(out, shardKey(hash)), bytes);
  writeFileSync(join(out, 'manifest.json'), changed);
  return { folder: out, shard: shardKey(hash) };
}
