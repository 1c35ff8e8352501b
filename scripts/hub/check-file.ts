import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Digest, RemoteFile } from './remote-file.ts';

/** The bytes of a file on disk; 0 when it is not there. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

/**
 * Reads a file and compares it with what the service lists.
 *
 * @returns What is wrong with it; null when nothing is.
 */
export async function findFault(
  path: string,
  { bytes, digest }: RemoteFile,
): Promise<string | null> {
  const size = (await stat(path)).size;
  if (size !== bytes) return `it has ${size} bytes, ${bytes} are listed`;
  if (digest === null) return null;
  const found = await digestOf(path, size, digest.algorithm);
  return found === digest.hex
    ? null
    : `its ${digest.algorithm} is ${found}, ${digest.hex} is listed`;
}

async function digestOf(
  path: string,
  size: number,
  algorithm: Digest['algorithm'],
): Promise<string> {
  const hash = createHash(algorithm === 'sha256' ? 'sha256' : 'sha1');
  if (algorithm === 'git-sha1') hash.update(`blob ${size}\0`);
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk);
  return hash.digest('hex');
}
