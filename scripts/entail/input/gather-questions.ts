import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { userPath } from '../../lib/user-path.ts';
import { type EntailOptions, USAGE } from '../parse-options.ts';
import type { Question } from '../question.ts';
import { findPictures, isPictureName } from './find-pictures.ts';
import { readPairs } from './read-pairs.ts';

/** What is to be asked. */
export interface Questions {
  readonly questions: readonly Question[];
  /** One picture, by its own name: the answers are about nothing else. */
  readonly isOnePicture: boolean;
  /** Pictures of pages that cannot be asked about. */
  readonly skipped: number;
}

/**
 * Finds what is to be asked: pictures and sentences on the command line, or what files say.
 *
 * @throws {Error} There is nothing to ask, or it cannot be read.
 */
export async function gatherQuestions({
  positionals,
  pairs,
  premise,
}: EntailOptions): Promise<Questions> {
  if (pairs) return fromFiles(positionals);
  const [first, ...rest] = positionals;
  if (first === undefined) throw lacking();
  // A shell that expands a glob itself gives several names.
  const more = rest.findIndex((name) => !isFurtherPicture(name));
  const named = [first, ...rest.slice(0, more === -1 ? rest.length : more)];
  const hypotheses = rest.slice(named.length - 1);
  if (hypotheses.length === 0) throw lacking();
  const found = await Promise.all(named.map(findPictures));
  const questions = found
    .flatMap(({ paths }) => paths)
    .flatMap((path) =>
      hypotheses.map((hypothesis) => ({ path, hypothesis, premise, source: null })),
    );
  const isOnePicture = found.length === 1 && found.every(({ isOne }) => isOne);
  return { questions, isOnePicture, skipped: 0 };
}

async function fromFiles(names: readonly string[]): Promise<Questions> {
  const questions: Question[] = [];
  let skipped = 0;
  for (const path of (await Promise.all(names.map(matches))).flat()) {
    const file = await readPairs(path);
    questions.push(...file.questions);
    skipped += file.skipped;
  }
  return { questions, isOnePicture: false, skipped };
}

/** The files that a name stands for, which may be a glob. */
async function matches(name: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob(name, { cwd: userPath('.') })) {
    found.push(resolve(userPath('.'), path));
  }
  if (found.length === 0) throw new Error(`cannot find a file that is called, or matches, ${name}`);
  return found.sort();
}

/** A folder has a slash in its name, as many a sentence is the name of one; and a sentence may end like a file's name. */
function isFurtherPicture(name: string): boolean {
  if (existsSync(userPath(name))) return isPictureName(name) || name.includes('/');
  return isPictureName(name) && !/\s/.test(name);
}

function lacking(): Error {
  return new Error(`an image and at least one hypothesis are needed\nusage: ${USAGE}`);
}
