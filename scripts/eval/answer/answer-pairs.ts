import { hash } from 'node:crypto';
import { forEachBounded } from '../../../functions/lib/for-each-bounded.ts';
import type { Pair } from '../input/pair.ts';
import type { ReadPicture } from '../input/read-picture.ts';
import type { Answer, Answerer } from './answerer.ts';
import { sharedPicture, type UsePicture } from './shared-picture.ts';
import type { StateFile } from './state-file.ts';

/** What {@linkcode answerPairs} works with. */
export interface AnswerPairsOptions {
  readonly readPicture: ReadPicture;
  readonly state: StateFile;
  /** Called after each answer, and once before the first. */
  readonly onProgress: (counts: AnswerCounts) => void;
}

/** How far the answering has come, in different questions. */
export interface AnswerCounts {
  readonly done: number;
  /** Of those done, how many are right. */
  readonly right: number;
  readonly total: number;
  /** Of those done, how many an earlier run had answered. */
  readonly known: number;
}

/** One question and what is needed to ask it. */
interface Row {
  readonly key: string;
  readonly pair: Pair;
  /** SHA-256 of the picture's bytes. */
  readonly picture: string;
}

/**
 * Asks a model about all pairs, picture by picture, leaving out what the state file knows.
 *
 * @returns One answer a pair, in the pairs' order.
 * @throws {Error} A pair cannot be answered: its place in the data and why.
 */
export async function answerPairs(
  pairs: readonly Pair[],
  answerer: Answerer,
  { readPicture, state, onProgress }: AnswerPairsOptions,
): Promise<Answer[]> {
  const rows = await identify(pairs, readPicture);
  const questions = [...new Map(rows.map((row) => [row.key, row])).values()];
  const answerOf = ({ key }: Row) => state.get(answerer, key);
  const isRight = (row: Row) => answerOf(row)?.label === row.pair.label;
  const pending = questions.filter((row) => answerOf(row) === undefined);
  const known = questions.length - pending.length;
  let done = known;
  let right = questions.filter(isRight).length;
  const report = () => onProgress({ done, right, total: questions.length, known });
  report();

  async function answer({ row, use }: { readonly row: Row; readonly use: UsePicture }) {
    const { where, hypothesis, premise } = row.pair;
    try {
      const found = await use((picture) => picture.ask(hypothesis, premise));
      await state.add(answerer, row.key, found);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${where}: cannot answer: ${reason}`, { cause });
    }
    done += 1;
    if (isRight(row)) right += 1;
    report();
  }

  const openPicture = async ({ pair }: Row) => answerer.open(await readPicture(pair.image));
  const byPicture = Map.groupBy(pending, ({ picture }) => picture);
  const queue = [...byPicture.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const use = sharedPicture(() => openPicture(first), group.length);
    return group.map((row) => ({ row, use }));
  });
  await forEachBounded(queue, answerer.concurrency, answer);
  return rows.map((row) => {
    const found = answerOf(row);
    if (found === undefined) throw new Error(`${row.pair.where}: no answer`);
    return found;
  });
}

/** Names each question by what the model is shown and told, so that an edited picture is a new question. */
async function identify(pairs: readonly Pair[], readPicture: ReadPicture): Promise<Row[]> {
  const hashes = new Map<string, string>();
  const rows: Row[] = [];
  for (const pair of pairs) {
    const { image, hypothesis, premise } = pair;
    const picture = hashes.get(image) ?? hash('sha256', await readPicture(image));
    hashes.set(image, picture);
    const key = hash('sha256', JSON.stringify([picture, hypothesis, premise]));
    rows.push({ key, pair, picture });
  }
  return rows;
}
