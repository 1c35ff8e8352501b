import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Preparation, prepareScenes } from './prepare-scenes.ts';

/** Written last, so that an interrupted preparation starts again. */
const MARK = 'prepared-from.json';

/**
 * Prepares scenes unless the folder holds them already, made with the same settings.
 *
 * @throws {Error} It holds others: a training cannot go on with another vocabulary.
 */
export async function ensurePrepared(preparation: Preparation): Promise<void> {
  const { scenes, out, tokenizer, vocabularySize, side, maxSourceLength } = preparation;
  const wanted = JSON.stringify({
    scenes: await digest(join(scenes, 'scenes.jsonl')),
    pairs: await digest(join(scenes, 'pairs.jsonl')),
    mentions: await digest(join(scenes, 'mentions.jsonl')),
    vocabulary: tokenizer === null ? vocabularySize : await digest(join(tokenizer, 'vocab.json')),
    side,
    maxSourceLength,
  });
  const found = await readFile(join(out, MARK), 'utf8').catch(() => null);
  if (found === wanted) return;
  if (found !== null) {
    throw new Error(
      `cannot go on with ${out}: it was prepared from other scenes or settings; name another --state`,
    );
  }
  await prepareScenes(preparation);
  await writeFile(join(out, MARK), wanted);
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
