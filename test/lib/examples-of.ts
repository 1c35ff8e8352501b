import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';

/** A block of code in a page of the documentation. */
export interface Example {
  /** What stands behind the fence: `ts`, `sh`, ..., or nothing. */
  readonly language: string;
  readonly code: string;
  /** Of its first line. */
  readonly line: number;
  /** Why no test runs it, from a comment before it: `<!-- not run: it needs an account -->`. */
  readonly notRun: string | null;
}

const BLOCK = /(?:^<!-- not run: (.+) -->\n+)?^```(\w*)\n([\s\S]*?)^```$/gm;

/** Reads the blocks of code of a page, in their order. */
export function examplesOf(page: string): Example[] {
  return findExamples(readFileSync(join(repositoryFolder, page), 'utf8'));
}

/** Finds the blocks of code in Markdown. */
export function findExamples(text: string): Example[] {
  return [...text.matchAll(BLOCK)].map((match) => {
    const [whole, notRun = null, language = '', code = ''] = match;
    const before = text.slice(0, match.index + whole.indexOf('```'));
    return { language, code, line: before.split('\n').length + 1, notRun };
  });
}
