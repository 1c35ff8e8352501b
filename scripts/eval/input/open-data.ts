import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { checkText } from '../../../functions/text/check-text.ts';
import type { LeftOut } from './left-out.ts';
import type { Pair } from './pair.ts';
import { readOfaTsv } from './read-ofa-tsv.ts';
import { type ReadRows, readPairs } from './read-pairs.ts';
import { picturesIn, type ReadPicture } from './read-picture.ts';

/** What will be asked, and what not. */
export interface EvalData extends ReadRows {
  readonly readPicture: ReadPicture;
}

/** Where the data is. */
export interface DataOptions {
  /** `pairs.jsonl` or SNLI-VE's JSONL, or with {@linkcode images} null OFA's TSV. */
  readonly data: string;
  /** The folder of pictures; null for a TSV, which carries its own. */
  readonly images: string | null;
  readonly premise: boolean;
}

/**
 * Reads the data and leaves out, with a reason each, the rows that cannot be asked.
 *
 * @throws {Error} The data cannot be read, a row is malformed, or no pair is left.
 */
export async function openData({ data, images, premise }: DataOptions): Promise<EvalData> {
  const read =
    images === null
      ? await readOfaTsv(data, { premise })
      : { ...(await readPairs(data, { premise })), readPicture: picturesIn(images) };
  if (read.pairs.length === 0) throw new Error(`cannot evaluate ${data}: it has no labelled pairs`);
  const isThere = images === null ? async () => true : pictureFinder(images);
  const pairs: Pair[] = [];
  const leftOut = [...read.leftOut];
  for (const pair of read.pairs) {
    const reason = (await isThere(pair.image)) ? textFault(pair) : noPicture(pair);
    if (reason === null) pairs.push(pair);
    else leftOut.push(reason);
  }
  if (pairs.length === 0) {
    const [first] = leftOut.filter(({ reason }) => reason !== 'no_gold_label');
    throw new Error(
      `cannot evaluate ${data}: none of its ${read.pairs.length} pairs can be asked; the first, ${first?.where}: ${first?.detail}`,
    );
  }
  return { ...read, pairs, leftOut };
}

function noPicture({ where, image }: Pair): LeftOut {
  return { where, reason: 'no_picture', detail: `no picture ${image}` };
}

function textFault({ where, hypothesis, premise }: Pair): LeftOut | null {
  try {
    checkText('hypothesis', hypothesis);
    if (premise !== null) checkText('premise', premise);
    return null;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { where, reason: 'unusable_text', detail };
  }
}

/** Looks for each picture once: SNLI-VE has 18 rows about each. */
function pictureFinder(folder: string): (image: string) => Promise<boolean> {
  const found = new Map<string, Promise<boolean>>();
  return (image) => {
    const known = found.get(image) ?? exists(join(folder, image));
    found.set(image, known);
    return known;
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
