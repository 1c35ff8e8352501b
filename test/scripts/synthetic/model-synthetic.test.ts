import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expectedTensors } from '../../../scripts/convert/checkpoint/expected-tensors.ts';
import { openCheckpoint } from '../../../scripts/convert/checkpoint/open-checkpoint.ts';
import { smallVocabulary } from '../../../scripts/synthetic/small-vocabulary.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import { syntheticTensor } from '../../../scripts/synthetic/synthetic-tensor.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

const COMMAND = fileURLToPath(new URL('../../../scripts/model-synthetic.ts', import.meta.url));

function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [COMMAND, ...args]);
}

/** Opens a checkpoint and compares every tensor the converter reads with the formula. */
async function compareWithFormula(folder: string, shape: 'full' | 'micro'): Promise<void> {
  const checkpoint = await openCheckpoint(folder);
  assert.deepEqual(checkpoint.config, SYNTHETIC_SHAPES[shape]);
  const expected = expectedTensors(checkpoint.config);
  checkpoint.check();
  for (const [key, sides] of expected) {
    const { data } = checkpoint.tensor(key, sides);
    const formula = syntheticTensor(key, sides);
    assert.equal(Buffer.compare(Buffer.from(data.buffer), Buffer.from(formula.buffer)), 0, key);
  }
  await checkpoint.close();
}

test('model:synthetic writes the micro shape with a vocabulary of our own', async () => {
  const folder = join(temporaryFolder(), 'new', 'folder');
  const { stdout, stderr } = await run('--out', folder, '--shape', 'micro');
  assert.match(stdout, /synthetic checkpoint \(micro, not trained\)/);
  assert.equal(stderr, '');
  assert.deepEqual((await readdir(folder)).sort(), [
    'ans2label.json',
    'config.json',
    'configuration.json',
    'merges.txt',
    'pytorch_model.bin',
    'vocab.json',
  ]);
  assert.equal(await readFile(join(folder, 'vocab.json'), 'utf8'), smallVocabulary().vocabJson);
  await compareWithFormula(folder, 'micro');
});

test('model:synthetic writes the full shape, and reading it stays within memory', async () => {
  const folder = temporaryFolder();
  await run('--out', folder, '--shape', 'full');
  await compareWithFormula(folder, 'full');
  // 134 MB of weights, read one at a time: the largest has 61 MB, twice here with its formula.
  const peak = process.resourceUsage().maxRSS / 1024;
  assert.ok(peak < 700, `${peak} MiB`);
});

test('model:synthetic writes fewer layers of a larger shape', async () => {
  const folder = temporaryFolder();
  await run('--out', folder, '--shape', 'micro', '--layers', '1');
  const checkpoint = await openCheckpoint(folder);
  const config = { ...SYNTHETIC_SHAPES.micro, encoderLayers: 1, decoderLayers: 1 };
  assert.deepEqual(checkpoint.config, config);
  checkpoint.check();
  await checkpoint.close();
});

test('model:synthetic copies the tokenizer it is given', async () => {
  const tokenizer = temporaryFolder();
  await writeFile(join(tokenizer, 'vocab.json'), '{"a": 0}');
  await writeFile(join(tokenizer, 'merges.txt'), '#version: 0.2\nä b\n');
  const folder = temporaryFolder();
  await run('--out', folder, '--shape', 'micro', '--tokenizer', tokenizer);
  assert.equal(await readFile(join(folder, 'vocab.json'), 'utf8'), '{"a": 0}');
  assert.equal(await readFile(join(folder, 'merges.txt'), 'utf8'), '#version: 0.2\nä b\n');
});

test('model:synthetic explains itself when an option is missing or unknown', async () => {
  const folder = temporaryFolder();
  const wrong = [
    [],
    ['--out', folder],
    ['--shape', 'micro'],
    ['--out', folder, '--shape', 'huge'],
    ['--out', folder, '--shape', 'toString'],
    ['--out', folder, '--shape', 'micro', '--layers', '3'],
    ['--out', folder, '--shape', 'micro', '--layers', '0.5'],
    ['--out', folder, '--shape', 'micro', '--colour', 'red'],
    ['--out', folder, '--shape', 'micro', '--tokenizer', join(folder, 'none')],
  ];
  for (const args of wrong) {
    await assert.rejects(run(...args), (error: unknown) => {
      assert.ok(error instanceof Error && 'code' in error && 'stderr' in error);
      assert.equal(error.code, 1);
      assert.match(String(error.stderr), /cannot write a checkpoint|--colour|ENOENT/);
      assert.doesNotMatch(String(error.stderr), /\n {4}at /);
      return true;
    });
  }
  assert.deepEqual(await readdir(folder), []);
});
