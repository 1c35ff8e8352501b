import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { marked } from 'marked';
import * as z from 'zod';
import type { Question } from '../question.ts';
import { isPictureName } from './find-pictures.ts';
import { localPicture } from './local-picture.ts';
import { readAltTexts } from './read-alt-texts.ts';
import { readCsv } from './read-csv.ts';
import { readJsonl } from './read-jsonl.ts';

/** What a file of pairs holds. */
export interface PairFile {
  readonly questions: readonly Question[];
  /** Pictures of a page that are elsewhere, or of a kind that cannot be asked about. */
  readonly skipped: number;
}

/** Other columns are passed over; an empty premise counts as none. */
const rowSchema = z.object({
  image: z.string().min(1),
  text: z.string().optional(),
  hypothesis: z.string().optional(),
  premise: z.string().nullish(),
  text2: z.string().nullish(),
});

/**
 * Reads pictures and sentences from a file, by its extension: rows of CSV or JSONL with `image` and `text`, or the
 * alternative texts of a page in HTML or Markdown. Paths are from the folder of the file.
 *
 * @param path Absolute.
 * @throws {Error} It cannot be read; the message names the file and the row.
 */
export async function readPairs(path: string): Promise<PairFile> {
  try {
    const text = await readFile(path, 'utf8');
    switch (extname(path).toLowerCase()) {
      case '.csv':
        return { questions: toQuestions(readCsv(text), path), skipped: 0 };
      case '.jsonl':
      case '.ndjson':
        return { questions: toQuestions(readJsonl(text), path), skipped: 0 };
      case '.html':
      case '.htm':
        return fromPage(text, path);
      case '.md':
      case '.markdown':
        return fromPage(await marked.parse(text), path);
      default:
        throw new Error('neither .csv, .jsonl, .html nor .md');
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot read the pairs in ${path}: ${reason}`, { cause });
  }
}

function toQuestions(rows: readonly unknown[], source: string): Question[] {
  return rows.map((row, index) => {
    const { data } = rowSchema.safeParse(row);
    const hypothesis = data?.text ?? data?.hypothesis;
    if (data === undefined || hypothesis === undefined) {
      throw new Error(`row ${index + 1} has no image and text`);
    }
    const path = resolve(dirname(source), data.image);
    return { path, hypothesis, premise: data.premise || data.text2 || null, source };
  });
}

function fromPage(html: string, source: string): PairFile {
  const texts = readAltTexts(html);
  const questions = texts.flatMap(({ src, alt }) => {
    const path = localPicture(src, source);
    if (path === null || !isPictureName(path)) return [];
    return [{ path, hypothesis: alt, premise: null, source }];
  });
  return { questions, skipped: texts.length - questions.length };
}
