import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ShardStore } from '../../functions/model/shard-store.ts';

/** Makes a model folder readable the way an R2 bucket is. */
export function folderStore(folder: string): ShardStore {
  return {
    async get(key) {
      const path = join(folder, key);
      const file = await stat(path).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });
      if (file === null) return null;
      return { size: file.size, body: Readable.toWeb(createReadStream(path)) };
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
