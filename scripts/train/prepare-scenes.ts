import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeQuestion } from '../../functions/text/encode-question.ts';
import { writePrompt } from '../../functions/text/write-prompt.ts';
import { answerIds } from '../convert/tokenizer/answer-ids.ts';
import { compileTokenizer } from '../convert/tokenizer/compile-tokenizer.ts';
import { CELL_PIXELS, CELL_PLANES } from './cell-targets.ts';
import { learnVocabulary, type VocabularyFiles } from './learn-vocabulary.ts';
import {
  MAX_MENTIONS,
  type Pair,
  readScenesFolder,
  type Scene,
  type ScenesFolder,
} from './scenes-folder.ts';
import { type PictureFolders, writePictures } from './write-pictures.ts';

/** Ids of labels in the prepared folder, in this order; the words are the product's answers. */
const LABELS = ['entailment', 'neutral', 'contradiction'] as const;
const ANSWERS = ['yes', 'maybe', 'no'];
/** Of pairs.bin. */
const PAIR_COLUMNS = 5 + MAX_MENTIONS;

/** What to make of a scenes folder. */
export interface Preparation extends PictureFolders {
  /** A folder with vocab.json and merges.txt to use; null: learnt from the sentences. */
  readonly tokenizer: string | null;
  /** Tokens of a learnt vocabulary, at most. */
  readonly vocabularySize: number;
  /** `max_src_length`: tokens kept of a prompt. */
  readonly maxSourceLength: number;
}

/**
 * Writes what training reads: vocab.json and merges.txt; `pixels.bin`, uint8 `[images, side, side, 3]`;
 * `cells.bin`, uint8 `[images, planes, side / 16, side / 16]` (see `cellTargets()`); `scenes.bin`, uint8
 * `[images, 3]`: background, time, whether without colours; `tokens.bin`, uint16, all prompts in a row,
 * each `<s>` ... `</s>`; `pairs.bin`, int32 `[pairs, 7]`: image, label, kind, first token, tokens, and what
 * two phrases may speak of (bit k: the scene's object k; -1: no such phrase); and, last, `meta.json`.
 *
 * Pixels and tokens are made by the code that the Worker runs.
 *
 * @throws {Error} A scenes folder that is not as it should be.
 */
export async function prepareScenes(preparation: Preparation): Promise<void> {
  const { out, side, maxSourceLength } = preparation;
  if (side % CELL_PIXELS !== 0) {
    throw new Error(
      `cannot prepare images: ${side} pixels a side, not a multiple of ${CELL_PIXELS}`,
    );
  }
  const folder = await readScenesFolder(preparation.scenes);
  const pairs = folder.scenes.flatMap(({ image }, index) =>
    (folder.pairsOf.get(image) ?? []).map((pair) => ({ ...pair, index })),
  );
  await mkdir(out, { recursive: true });
  const settings = { prompt: null, maxSourceLength, promptType: 'prev_output' } as const;
  const files =
    preparation.tokenizer === null
      ? learnVocabulary(promptsOf(pairs, settings), preparation.vocabularySize)
      : await readVocabulary(preparation.tokenizer);
  const tokenizer = compileTokenizer(files.vocabJson, files.mergesText);
  await writeFile(join(out, 'vocab.json'), files.vocabJson);
  await writeFile(join(out, 'merges.txt'), files.mergesText);
  const kinds = sorted(pairs.map(({ kind }) => kind));
  const tokens: number[] = [];
  const rows = new Int32Array(PAIR_COLUMNS * pairs.length);
  for (const [row, { index, label, kind, mentions, ...question }] of pairs.entries()) {
    const ids = encodeQuestion(question, settings, {
      encode: tokenizer.encode,
      size: tokenizer.rows,
    });
    const start = tokens.length;
    for (const id of ids.encoder) tokens.push(id);
    rows.set(
      [
        ...[index, LABELS.indexOf(label), kinds.indexOf(kind), start, ids.encoder.length],
        ...masksOf(mentions),
      ],
      PAIR_COLUMNS * row,
    );
  }
  await writeFile(join(out, 'tokens.bin'), Uint16Array.from(tokens));
  await writeFile(join(out, 'pairs.bin'), rows);
  const classes = classesOf(folder);
  await writePictures(preparation, folder.scenes, classes);
  await writeFile(join(out, 'scenes.bin'), sceneTargets(folder.scenes, classes.backgrounds));
  const meta = {
    images: folder.scenes.length,
    pairs: pairs.length,
    side,
    vocabulary: tokenizer.rows,
    max_src_length: maxSourceLength,
    answers: answerIds(ANSWERS, tokenizer),
    kinds,
    cell_planes: CELL_PLANES,
    objects: Math.max(...folder.scenes.map(({ objects }) => objects.length)),
    ...classes,
  };
  await writeFile(join(out, 'meta.json'), `${JSON.stringify(meta, null, 1)}\n`);
}

function* promptsOf(
  pairs: readonly { readonly hypothesis: string; readonly premise: string | null }[],
  settings: { readonly prompt: null; readonly maxSourceLength: number },
): Generator<string> {
  for (const pair of pairs) yield writePrompt(pair, settings);
}

async function readVocabulary(folder: string): Promise<VocabularyFiles> {
  return {
    vocabJson: await readFile(join(folder, 'vocab.json'), 'utf8'),
    mergesText: await readFile(join(folder, 'merges.txt'), 'utf8'),
  };
}

/** -1 for each phrase that there is not. */
function masksOf(mentions: Pair['mentions']): number[] {
  return Array.from({ length: MAX_MENTIONS }, (_, phrase) => {
    const places = mentions[phrase];
    return places === undefined ? -1 : places.reduce((mask, place) => mask | (1 << place), 0);
  });
}

function sceneTargets(scenes: readonly Scene[], backgrounds: readonly string[]): Uint8Array {
  return Uint8Array.from(
    scenes.flatMap(({ background, time, greyscale }) => [
      backgrounds.indexOf(background),
      Number(time === 'night'),
      Number(greyscale),
    ]),
  );
}

function classesOf({ scenes }: ScenesFolder): {
  nouns: string[];
  colours: string[];
  backgrounds: string[];
} {
  const objects = scenes.flatMap((scene) => scene.objects);
  return {
    nouns: sorted(objects.map(({ noun }) => noun)),
    colours: sorted(objects.flatMap(({ colour }) => colour ?? [])),
    backgrounds: sorted(scenes.map(({ background }) => background)),
  };
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
