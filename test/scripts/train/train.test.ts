import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { entail } from '../../../functions/pipeline/entail.ts';
import { createNodeHost } from '../../../scripts/lib/node-host.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { convertFolder } from '../../workerd/convert-folder.ts';
import { drawScenes } from './draw-scenes.ts';
import { runPython } from './run-python.ts';
import { torchMissing } from './torch-missing.ts';

/** float32 on both sides, sums in another order. */
const TOLERANCE = 1e-4;
const SMALL = [
  ...['--side', '64', '--width', '32', '--heads', '2', '--encoder-layers', '2'],
  ...['--decoder-layers', '1', '--images', '8', '--steps', '40', '--warm-up-steps', '20'],
  // One thread and float32: the same sums in the same order, run after run.
  ...['--precision', 'fp32', '--processes', '1', '--evaluate-steps', '1000'],
];
const record = z.record(z.string(), z.unknown());

interface Run {
  readonly state: string;
  readonly out: string;
  readonly stderr: string;
}

async function train(scenes: string, state: string, ...options: string[]): Promise<Run> {
  const out = join(state, 'checkpoint');
  const folders = ['--scenes', scenes, '--state', state, '--out', out];
  const run = await runScript(['node', 'scripts/train.ts', ...folders, ...SMALL, ...options]);
  assert.equal(run.exitCode, 0, run.stderr);
  return { state, out, stderr: run.stderr };
}

/** The numbers written down, but for those of the clock. */
function metricsOf({ state }: Run): Record<string, unknown>[] {
  const lines = readFileSync(join(state, 'metrics.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { images_per_second: _, pairs_per_second: __, ...rest } = record.parse(JSON.parse(line));
    return rest;
  });
}

const scenes = torchMissing === false ? drawScenes(36, 64) : { folder: '', pairs: [] };
const whole = torchMissing === false ? await train(scenes.folder, temporaryFolder()) : null;

test('npm run train lowers both losses, and draws them', { skip: torchMissing }, () => {
  assert.ok(whole);
  const metrics = metricsOf(whole);
  const losses = (name: string) =>
    metrics.flatMap((line) => z.number().nullish().parse(line[name]) ?? []);
  for (const name of ['cell_loss', 'answer_loss']) {
    const [first = 0, ...rest] = losses(name);
    assert.ok((rest.at(-1) ?? first) < first * 0.95, `${name}: ${losses(name).join(', ')}`);
  }
  assert.equal(metrics.at(-1)?.held_out_pairs, 9);
  assert.match(readFileSync(join(whole.state, 'curves.svg'), 'utf8'), /<svg/);
});

test('npm run train goes on where it stopped, to the same numbers', {
  skip: torchMissing,
}, async () => {
  assert.ok(whole);
  const state = temporaryFolder();
  const stopped = await train(scenes.folder, state, '--minutes', '0.0001');
  assert.match(stopped.stderr, /stopped at step 1; the same command goes on/);
  const resumed = await train(scenes.folder, state);
  assert.match(resumed.stderr, /at step 1 of 40/);
  assert.deepEqual(metricsOf(resumed), metricsOf(whole));
});

test('npm run train shares each step among processes, and goes on in another number of them', {
  skip: torchMissing,
}, async () => {
  const state = temporaryFolder();
  const stopped = await train(scenes.folder, state, '--processes', '2', '--minutes', '0.0001');
  assert.match(stopped.stderr, /stopped at step 1; the same command goes on/);
  const resumed = await train(scenes.folder, state, '--steps', '30');
  assert.match(resumed.stderr, /at step 1 of 30/);
  assert.match(resumed.stderr, /trained\n$/);
  assert.ok(existsSync(join(resumed.out, 'pytorch_model.bin')));
});

test('npm run train refuses a state that was prepared from other scenes', {
  skip: torchMissing,
}, async () => {
  assert.ok(whole);
  const other = drawScenes(3, 64).folder;
  const folders = ['--scenes', other, '--state', whole.state, '--out', whole.out];
  const run = await runScript(['node', 'scripts/train.ts', ...folders, ...SMALL]);
  assert.equal(run.exitCode, 1);
  assert.match(run.stderr, /it was prepared from other scenes or settings/);
});

test(
  'npm run train writes a checkpoint that scores in the product as it does in Python',
  {
    skip: torchMissing,
  },
  () => compareScores(whole?.out ?? ''),
);

test('pack.py keeps of a checkpoint what the product needs, in a fraction of the bytes', {
  skip: torchMissing,
}, async () => {
  const checkpoint = whole?.out ?? '';
  const packed = temporaryFolder();
  const folders = ['--checkpoint', checkpoint, '--out', packed];
  await runPython(['scripts/train/pack.py', ...folders]);
  const parts = readdirSync(packed).filter((name) => name.endsWith('.bin'));
  const bytes = parts.reduce((sum, name) => sum + statSync(join(packed, name)).size, 0);
  assert.ok(2 * bytes < statSync(join(checkpoint, 'pytorch_model.bin')).size, `${bytes} bytes`);
  await compareScores(packed);
});

/** Converts a checkpoint, and asks both about all pairs. */
async function compareScores(checkpoint: string): Promise<void> {
  assert.ok(whole);
  const prepared = join(whole.state, 'prepared');
  const printed = await runPython([
    'scripts/train/evaluate.py',
    ...['--checkpoint', checkpoint, '--prepared', prepared, '--scores'],
  ]);
  const { scores } = z.object({ scores: z.array(z.array(z.number())) }).parse(JSON.parse(printed));
  assert.equal(scores.length, scenes.pairs.length);
  const { modelFolder } = await convertFolder(checkpoint, 'fp32');
  const { model, codecs } = await createNodeHost(modelFolder, 1);
  for (const [index, { image, hypothesis, premise }] of scenes.pairs.entries()) {
    const bytes = Uint8Array.from(readFileSync(join(scenes.folder, 'images', image)));
    const found = (await entail(model, codecs, { image: bytes, hypothesis, premise })).scores;
    const expected = scores[index] ?? [];
    for (const [place, score] of [found.entailment, found.neutral, found.contradiction].entries()) {
      const difference = Math.abs(score - (expected[place] ?? Number.NaN));
      assert.ok(difference < TOLERANCE, `${hypothesis}: ${score} is not ${expected[place]}`);
    }
  }
  model.release();
}

test('npm run train writes every file of a checkpoint folder', { skip: torchMissing }, () => {
  assert.ok(whole);
  for (const name of ['config.json', 'configuration.json', 'ans2label.json', 'pytorch_model.bin']) {
    assert.ok(existsSync(join(whole.out, name)), name);
  }
});

test('npm run train names what it needs', async () => {
  const run = await runScript(['node', 'scripts/train.ts']);
  assert.equal(run.exitCode, 1);
  assert.match(run.stderr, /--scenes, --state and --out are needed/);
});
