import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';

/** A block of code in a page of the documentation. */
export interface Example {
  /** What stands behind the fence: `ts`, `sh`, ... */
  readonly language: string;
  readonly code: string;
}

/** Reads the blocks of code of a page, in their order. */
export function examplesOf(page: string): Example[] {
  const text = readFileSync(join(repositoryFolder, page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
}
