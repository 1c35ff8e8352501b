import { basename } from 'node:path';
import * as z from 'zod';
import type { LeftOut } from './left-out.ts';
import type { Pair } from './pair.ts';
import { goldLabel, publishedPair } from './published-row.ts';
import type { ReadRows } from './read-pairs.ts';
import type { ReadPicture } from './read-picture.ts';
import { type ByteRange, scanTsv, type TsvRow } from './scan-tsv.ts';
import { picturesInTsv } from './tsv-pictures.ts';

const columns = z.tuple([
  z.string(),
  z.string().min(1, 'the image-id is empty'),
  z.string(),
  z.string().min(1, 'the hypothesis is empty'),
  z.string(),
  goldLabel,
]);

/**
 * Reads SNLI-VE in OFA's own form: uniq-id, image-id, picture in base64, hypothesis, caption and label,
 * between tabs, no heading.
 *
 * @param options Whether the caption becomes the premise.
 * @throws {Error} The file cannot be read, or a row is malformed: file and line are named.
 * @see https://github.com/OFA-Sys/OFA, "Visual Entailment"
 */
export async function readOfaTsv(
  path: string,
  options: { readonly premise: boolean },
): Promise<ReadRows & { readonly readPicture: ReadPicture }> {
  const pairs: Pair[] = [];
  const leftOut: LeftOut[] = [];
  const ranges = new Map<string, ByteRange>();
  const digests = new Map<string, string>();
  try {
    for await (const row of scanTsv(path)) {
      if (row.texts.join('') === '' && row.picture.length === 0) continue;
      const where = `${basename(path)}:${row.line}`;
      const [, id, , hypothesis, caption, label] = parseColumns(row);
      // Rows that share an id share a picture, unless its bytes say otherwise.
      const known = digests.get(id) ?? row.digest;
      const image = known === row.digest ? id : `${id} of line ${row.line}`;
      const pair = publishedPair({ image, hypothesis, caption, label }, options);
      if (pair === null) {
        leftOut.push({ where, reason: 'no_gold_label', detail: null });
      } else if (row.picture.length === 0) {
        leftOut.push({ where, reason: 'no_picture', detail: id });
      } else {
        pairs.push({ ...pair, where });
        digests.set(image, row.digest);
        if (!ranges.has(image)) ranges.set(image, row.picture);
      }
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot read the data ${basename(path)}: ${reason}`, { cause });
  }
  return { pairs, leftOut, isSnliVe: true, readPicture: picturesInTsv(path, ranges) };
}

function parseColumns({ line, texts }: TsvRow): z.infer<typeof columns> {
  const parsed = columns.safeParse(texts);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path: [column], message }) =>
    typeof column === 'number' ? `column ${column + 1}: ${message}` : message,
  );
  throw new Error(`line ${line}: ${wrong.join('; ')}`);
}
