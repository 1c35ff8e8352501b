import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { z } from 'zod';
import { compileTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { type Preparation, prepareScenes } from '../../../scripts/train/prepare-scenes.ts';
import { nodeCodecs } from '../../lib/codecs.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { drawScenes } from './draw-scenes.ts';

const SIDE = 64;
const codecs = await nodeCodecs();
const drawn = drawScenes(5, SIDE);
const meta = z.object({
  images: z.number(),
  pairs: z.number(),
  side: z.number(),
  vocabulary: z.number(),
  max_src_length: z.number(),
  answers: z.array(z.number()),
  kinds: z.array(z.string()),
  nouns: z.array(z.string()),
  colours: z.array(z.string()),
  backgrounds: z.array(z.string()),
  cell_planes: z.array(z.string()),
  objects: z.number(),
});
const COLUMNS = 7;
const PLANES = 7;
const MIDDLE = 2;

async function prepare(changes: Partial<Preparation> = {}): Promise<string> {
  const out = temporaryFolder();
  await prepareScenes({
    scenes: drawn.folder,
    out,
    tokenizer: null,
    vocabularySize: 400,
    side: SIDE,
    maxSourceLength: 64,
    codecs,
    onProgress: () => {},
    ...changes,
  });
  return out;
}

const read = (folder: string, name: string) => readFileSync(join(folder, name));
const readMeta = (folder: string) => meta.parse(JSON.parse(read(folder, 'meta.json').toString()));
const readInts = (folder: string) =>
  new Int32Array(Uint8Array.from(read(folder, 'pairs.bin')).buffer);
const readIds = (folder: string) =>
  new Uint16Array(Uint8Array.from(read(folder, 'tokens.bin')).buffer);

function tokenizerOf(folder: string) {
  const vocabulary = read(folder, 'vocab.json').toString();
  return compileTokenizer(vocabulary, read(folder, 'merges.txt').toString());
}

test('prepareScenes() writes prompts that read back as the sentences', async () => {
  const folder = await prepare();
  const { tokenOf } = tokenizerOf(folder);
  const { kinds } = readMeta(folder);
  const [rows, ids] = [readInts(folder), readIds(folder)];
  assert.equal(rows.length, COLUMNS * drawn.pairs.length);
  for (const [index, pair] of drawn.pairs.entries()) {
    const row = rows.subarray(COLUMNS * index);
    const [image = -1, label = -1, kind = -1, first = -1, count = -1] = row;
    assert.equal(`${String(image).padStart(6, '0')}.png`, pair.image);
    assert.equal(['entailment', 'neutral', 'contradiction'][label], pair.label);
    assert.equal(kinds[kind], pair.kind);
    const prompt = [...ids.subarray(first, first + count)].map(tokenOf);
    const asked =
      pair.premise === null
        ? ` does the image describe " ${pair.hypothesis} "?`
        : ` can image and text1 " ${pair.premise} " imply text2 " ${pair.hypothesis} "?`;
    assert.equal(prompt.join(''), `<s>${asked.replaceAll(' ', 'Ġ')}</s>`);
  }
});

test('prepareScenes() writes the pixels of each image, one after the other', async () => {
  const pixels = read(await prepare(), 'pixels.bin');
  assert.equal(pixels.length, 5 * SIDE * SIDE * 3);
  const png = PNG.sync.read(read(drawn.folder, 'images/000003.png'));
  const expected = png.data.filter((_, index) => index % 4 !== 3);
  assert.ok(pixels.subarray(3 * SIDE * SIDE * 3, 4 * SIDE * SIDE * 3).equals(expected));
});

test('prepareScenes() writes what phrases speak of: nothing, one object, no phrase', async () => {
  const rows = readInts(await prepare());
  const masks = [0, 1, 2].map((pair) => [
    ...rows.subarray(COLUMNS * pair + 5, COLUMNS * (pair + 1)),
  ]);
  assert.deepEqual(masks, [
    [1, -1],
    [0, -1],
    [-1, -1],
  ]);
});

test('prepareScenes() writes background, time and whether there are colours', async () => {
  const scenes = read(await prepare(), 'scenes.bin');
  // Backgrounds by name: meadow, plain. All are at night; every third is without colours.
  assert.deepEqual([...scenes], [1, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0]);
});

test('prepareScenes() scales boxes with the images', async () => {
  const [same, half] = [await prepare(), await prepare({ side: 32 })];
  assert.equal(read(half, 'pixels.bin').length, 5 * 32 * 32 * 3);
  assert.equal(read(half, 'cells.bin').length, 5 * PLANES * 2 * 2);
  const middles = (folder: string, cells: number) =>
    [...read(folder, 'cells.bin')].filter((_, i) => Math.floor(i / cells) % PLANES === MIDDLE);
  for (const [folder, cells] of [
    [same, 16],
    [half, 4],
  ] as const) {
    assert.equal(middles(folder, cells).filter((middle) => middle === 1).length, 5);
  }
});

test('prepareScenes() describes what it wrote', async () => {
  const folder = await prepare();
  const { encode, rows } = tokenizerOf(folder);
  assert.deepEqual(readMeta(folder), {
    images: 5,
    pairs: drawn.pairs.length,
    side: SIDE,
    vocabulary: rows,
    max_src_length: 64,
    answers: [' yes', ' maybe', ' no'].flatMap(encode),
    kinds: ['colour', 'unknowable'],
    nouns: ['square'],
    colours: ['blue', 'green', 'red'],
    backgrounds: ['meadow', 'plain'],
    cell_planes: ['owner', 'noun', 'middle', 'colour', 'x', 'y', 'size'],
    objects: 1,
  });
});

test('prepareScenes() uses another folder’s vocabulary unchanged', async () => {
  const first = await prepare({ vocabularySize: 300 });
  const second = await prepare({ tokenizer: first });
  for (const name of ['vocab.json', 'merges.txt', 'tokens.bin']) {
    assert.ok(read(first, name).equals(read(second, name)), name);
  }
});

test('prepareScenes() cuts prompts at maxSourceLength as the product does', async () => {
  const folder = await prepare({ maxSourceLength: 8 });
  const rows = readInts(folder);
  for (let index = 4; index < rows.length; index += COLUMNS) assert.equal(rows[index], 10);
});

test('prepareScenes() names the line that it cannot read', async () => {
  const { folder } = drawScenes(1, SIDE);
  writeFileSync(join(folder, 'pairs.jsonl'), '{"image": "000000.png"}\n');
  await assert.rejects(prepare({ scenes: folder }), /cannot read line 1 of .*pairs\.jsonl/);
  const stranger = { ...drawn.pairs[0], image: 'other.png' };
  writeFileSync(join(folder, 'pairs.jsonl'), JSON.stringify(stranger));
  await assert.rejects(prepare({ scenes: folder }), /other\.png is not in scenes\.jsonl/);
});

test('prepareScenes() refuses mentions that are not line for line those of the sentences', async () => {
  const { folder } = drawScenes(2, SIDE);
  writeFileSync(join(folder, 'mentions.jsonl'), '[[0]]\n');
  await assert.rejects(
    prepare({ scenes: folder }),
    /6 lines of pairs\.jsonl, 1 of mentions\.jsonl/,
  );
});

test('prepareScenes() refuses a side that is no multiple of 16', async () => {
  await assert.rejects(prepare({ side: 100 }), /100 pixels a side, not a multiple of 16/);
});
