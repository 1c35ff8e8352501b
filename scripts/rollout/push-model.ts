import { readFile } from 'node:fs/promises';
import { forEachBounded } from '../../functions/lib/for-each-bounded.ts';
import { manifestKey, POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import { type ModelFolderShard, readModelFolder } from '../lib/model-folder.ts';
import { serialisePointer } from './bucket-pointer.ts';
import type { BucketTarget } from './bucket-target.ts';
import { putChecked } from './put-checked.ts';
import { readPointer } from './read-pointer.ts';
import { sha256 } from './sha256.ts';
import { switchPointer } from './switch-pointer.ts';
import { versionOf } from './version-of.ts';
import { writePointer } from './write-pointer.ts';

/** What became of one object. */
export interface PushedObject {
  readonly key: string;
  readonly bytes: number;
  /** `kept`: the very bytes lay there already. */
  readonly done: 'sent' | 'kept';
}

/** What a push came to. */
export interface Push {
  readonly revision: string;
  /** The one that was current before; null where there was none, or this one was. */
  readonly replaced: string | null;
  /** The shards in any order, the manifest, the pointer. */
  readonly objects: readonly PushedObject[];
}

/** wrangler takes a second to start and a process for each object. */
const OBJECTS_AT_ONCE = 3;

/**
 * Brings a model into a bucket: all shards, each read back and checked, the manifest under its revision, and last the
 * pointer. Until then the bucket's old version answers; its objects stay, for `rollBack()`.
 *
 * @param onProgress Objects dealt with, and how many there are.
 * @throws {Error} A shard on disk is not what the manifest says, or the bucket gives other bytes back.
 */
export async function pushModel(
  folder: string,
  target: BucketTarget,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Push> {
  const model = await readModelFolder(folder);
  const { shards, manifestBytes, revision } = model;
  // All of them before the first is sent: half a model helps nobody.
  for (const shard of shards) await readShard(shard);
  const before = await readPointer(target);
  const objects: PushedObject[] = [];
  const total = shards.length + 2;
  async function put(key: string, bytes: Uint8Array): Promise<void> {
    add(key, bytes.length, await putChecked(target, key, bytes));
  }
  function add(key: string, bytes: number, done: PushedObject['done']): void {
    objects.push({ key, bytes, done });
    onProgress(objects.length, total);
  }
  onProgress(0, total);
  await forEachBounded(shards, OBJECTS_AT_ONCE, async (shard) =>
    put(shard.key, await readShard(shard)),
  );
  await put(manifestKey(revision), manifestBytes);
  const after = switchPointer(before, versionOf(model, new Date()), new Date());
  const pointerDone = await writePointer(target, before, after);
  add(POINTER_KEY, serialisePointer(after).length, pointerDone);
  const replaced = before?.revision ?? null;
  return { revision, replaced: replaced === revision ? null : replaced, objects };
}

async function readShard({
  key,
  path,
  bytes,
  sha256: expected,
}: ModelFolderShard): Promise<Uint8Array> {
  const file = await readFile(path).catch((cause: Error) => {
    throw new Error(`cannot push ${key}: ${cause.message}`, { cause });
  });
  if (file.length !== bytes) {
    throw new Error(`cannot push ${key}: ${file.length} bytes, expected ${bytes}`);
  }
  const found = sha256(file);
  if (found !== expected) throw new Error(`cannot push ${key}: its SHA-256 is ${found}`);
  return file;
}
