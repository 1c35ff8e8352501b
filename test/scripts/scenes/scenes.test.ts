import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

const COMMAND = fileURLToPath(new URL('../../../scripts/scenes.ts', import.meta.url));

function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [COMMAND, ...args]);
}

test('npm run scenes writes pictures, sentences, what stands where, and a page', async () => {
  const folder = temporaryFolder();
  const [out, page] = [join(folder, 'scenes'), join(folder, 'sheet.html')];
  const args = ['--out', out, '--count', '5', '--seed', '3', '--size', '64', '--sheet', page];
  const { stdout } = await run(...args, '--baseline');
  assert.match(stdout, /wrote 5 scenes with 60 sentences/);
  assert.match(stdout, /words alone: [\d.]+ %/);
  assert.equal(
    (await readdir(join(out, 'images'))).join(),
    [0, 1, 2, 3, 4].map((n) => `00000${n}.png`).join(),
  );
  const lines = async (name: string): Promise<unknown[]> =>
    (await readFile(join(out, name), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const [pairs, scenes] = [await lines('pairs.jsonl'), await lines('scenes.jsonl')];
  assert.equal(pairs.length, 60);
  const mentions = await lines('mentions.jsonl');
  assert.equal(mentions.length, 60);
  assert.ok(mentions.every((phrases) => Array.isArray(phrases) && phrases.length <= 2));
  assert.equal(scenes.length, 5);
  assert.deepEqual(Object.keys(Object(pairs[0])), [
    'image',
    'hypothesis',
    'premise',
    'label',
    'kind',
  ]);
  assert.deepEqual(Object.keys(Object(Object(scenes[0]).objects[0])), [
    'noun',
    'colour',
    'x',
    'y',
    'width',
    'height',
  ]);
  const html = await readFile(page, 'utf8');
  assert.equal(html.match(/data:image\/png;base64,/g)?.length, 5);
  assert.equal(html.match(/<li>/g)?.length, 60);
  await assert.rejects(run(...args), /is not empty/);
});

test('npm run scenes says what is wrong with what it was asked', async () => {
  const failures: readonly [string[], RegExp][] = [
    [[], /--out, --count and --seed are needed/],
    [['--out', 'x', '--count', '0', '--seed', '1'], /--count is 0, expected 1 to 1000000/],
    [['--out', 'x', '--count', '1', '--seed', 'a'], /--seed is a, expected/],
    [
      ['--out', 'x', '--count', '1', '--seed', '1', '--split', 'dev'],
      /--split is dev, expected one of/,
    ],
    [['--out', 'x', '--count', '1', '--seed', '1', '--size', '8'], /--size is 8, expected 64/],
  ];
  for (const [args, message] of failures) await assert.rejects(run(...args), message);
});
