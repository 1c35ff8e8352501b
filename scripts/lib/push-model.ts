import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BucketTarget } from './bucket-target.ts';
import { readModelFolder } from './model-folder.ts';

/** What became of one object. */
export interface PushedObject {
  readonly key: string;
  readonly bytes: number;
  /** `kept`: the very bytes lay there already. */
  readonly done: 'sent' | 'kept';
}

/**
 * Brings a model into a bucket: all shards, each read back and checked, then the manifest. Until then
 * the bucket's old model answers, and its shards stay.
 *
 * @param onProgress Objects dealt with, and how many there are.
 * @returns One line an object, the manifest last.
 * @throws {Error} A shard on disk is not what the manifest says, or the bucket gives other bytes back.
 */
export async function pushModel(
  folder: string,
  target: BucketTarget,
  onProgress: (done: number, total: number) => void,
): Promise<PushedObject[]> {
  const { manifestBytes, shards } = await readModelFolder(folder);
  const manifest = {
    key: 'manifest.json',
    path: join(folder, 'manifest.json'),
    bytes: manifestBytes.length,
    sha256: sha256(manifestBytes),
  };
  for (const shard of shards) await checkFile(shard);
  const pushed: PushedObject[] = [];
  for (const object of [...shards, manifest]) {
    onProgress(pushed.length, shards.length + 1);
    pushed.push({ key: object.key, bytes: object.bytes, done: await pushObject(object, target) });
  }
  onProgress(pushed.length, pushed.length);
  return pushed;
}

interface LocalObject {
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

async function checkFile({ key, path, bytes, sha256: expected }: LocalObject): Promise<void> {
  const file = await readFile(path).catch((cause: Error) => {
    throw new Error(`cannot push ${key}: ${cause.message}`, { cause });
  });
  if (file.length !== bytes) {
    throw new Error(`cannot push ${key}: ${file.length} bytes, expected ${bytes}`);
  }
  const found = sha256(file);
  if (found !== expected) throw new Error(`cannot push ${key}: its SHA-256 is ${found}`);
}

async function pushObject(object: LocalObject, target: BucketTarget): Promise<'sent' | 'kept'> {
  const { key, path, sha256: expected } = object;
  const there = await target.read(key);
  if (there !== null && sha256(there) === expected) return 'kept';
  await target.write(key, path);
  const back = await target.read(key);
  if (back === null || sha256(back) !== expected) {
    const found = back === null ? 'nothing' : `${back.length} bytes of SHA-256 ${sha256(back)}`;
    throw new Error(`cannot push ${key}: the bucket gives back ${found}, expected ${expected}`);
  }
  return 'sent';
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
