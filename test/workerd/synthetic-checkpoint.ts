import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticStateDict } from '../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../scripts/synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from '../../scripts/synthetic/write-checkpoint.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/**
 * Writes a synthetic checkpoint with the published tokenizer, as
 * `npm run model:synthetic -- --tokenizer DIR` does.
 *
 * @param tokenizerFolder Has `vocab.json` and `merges.txt`.
 * @returns The checkpoint's folder.
 */
export async function syntheticCheckpoint(
  shape: 'full' | 'micro',
  tokenizerFolder: string,
): Promise<string> {
  const folder = temporaryFolder();
  const config = SYNTHETIC_SHAPES[shape];
  const vocabulary = {
    vocabJson: await readFile(join(tokenizerFolder, 'vocab.json'), 'utf8'),
    mergesText: await readFile(join(tokenizerFolder, 'merges.txt'), 'utf8'),
  };
  await writeCheckpoint(folder, { config, tensors: syntheticStateDict(config), vocabulary });
  return folder;
}
