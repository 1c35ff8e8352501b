import * as z from 'zod';
import { LABELS } from '../labels.ts';
import type { Pair } from './pair.ts';
import { goldLabel, publishedPair } from './published-row.ts';

/** What a row turned out to be; a pair is null where the annotators found no majority. */
export interface ParsedRow {
  readonly format: 'pairs' | 'snli-ve';
  readonly pair: Omit<Pair, 'where'> | null;
}

const text = z.string().min(1);
const pairsRow = z.object({
  image: text,
  hypothesis: text,
  premise: z.string().nullish(),
  label: z.enum(LABELS),
  kind: text.default('unsorted'),
});
const snliVeRow = z.object({
  Flickr30K_ID: text,
  sentence1: z.string(),
  sentence2: text,
  gold_label: goldLabel,
});

/**
 * Reads one line of a data file: a row of `pairs.jsonl`, or of SNLI-VE as it is published.
 *
 * @param line JSON.
 * @param options Whether SNLI-VE's caption (`sentence1`) becomes the premise.
 * @throws {Error} It is neither; the message says what is wrong with it.
 * @see https://github.com/necla-ml/SNLI-VE
 */
export function parseRow(line: string, options: { readonly premise: boolean }): ParsedRow {
  const row: unknown = JSON.parse(line);
  if (typeof row !== 'object' || row === null) throw new Error('it is not an object');
  if ('Flickr30K_ID' in row) {
    const { Flickr30K_ID, sentence1, sentence2, gold_label } = check(snliVeRow, row);
    const published = {
      image: `${Flickr30K_ID}.jpg`,
      caption: sentence1,
      hypothesis: sentence2,
      label: gold_label,
    };
    return { format: 'snli-ve', pair: publishedPair(published, options) };
  }
  if (!('image' in row)) throw new Error('it has neither "image" nor "Flickr30K_ID"');
  const pair = check(pairsRow, row);
  return { format: 'pairs', pair: { ...pair, premise: pair.premise ?? null } };
}

function check<Schema extends z.ZodType>(schema: Schema, row: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(wrong.join('; '));
}
