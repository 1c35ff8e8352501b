import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CompiledTokenizer,
  compileTokenizer,
} from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { smallVocabulary } from '../../../scripts/synthetic/small-vocabulary.ts';
import { sharedFolder } from '../../lib/shared-folder.ts';

/** Why a test of the published vocabulary does not run. */
export const SKIP = sharedFolder() === null ? 'shared/ is not beside this checkout' : false;

/** A vocabulary, as files and compiled. */
export interface Vocabulary {
  readonly vocabJson: string;
  readonly mergesText: string;
  readonly ours: CompiledTokenizer;
}

/** The vocabulary of models that are not trained. */
export function small(): Vocabulary {
  return read(smallVocabulary());
}

/** The published one; only for tests that `SKIP` lets run. */
export function published(): Vocabulary {
  const folder = join(sharedFolder() ?? '', 'reference/micro');
  return read({
    vocabJson: readFileSync(join(folder, 'vocab.json'), 'utf8'),
    mergesText: readFileSync(join(folder, 'merges.txt'), 'utf8'),
  });
}

function read(files: { vocabJson: string; mergesText: string }): Vocabulary {
  return { ...files, ours: compileTokenizer(files.vocabJson, files.mergesText) };
}
