import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../../scripts/lib/repository-folder.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { bundleOnce } from '../../workerd/bundle-once.ts';
import { standInLabel, startStandIn } from './stand-in-endpoint.ts';

const IMAGES = join(repositoryFolder, 'test/fixtures/images');
const SCRIPT = [process.execPath, join(repositoryFolder, 'scripts/eval.ts')] as const;
/** Threads share sums out differently, which moves a float32 logit in its last places. */
const MAX_SCORE_DIFFERENCE = 1e-4;

const figures = z.object({
  pairs: z.number(),
  correct: z.number(),
  accuracy: z.number(),
  interval: z.tuple([z.number(), z.number()]),
});
const output = figures.extend({
  model: z.object({ name: z.string(), revision: z.string(), dtype: z.string() }),
  by_label: z.record(z.string(), figures),
  by_kind: z.record(z.string(), figures),
  confusion: z.record(z.string(), z.record(z.string(), z.number())),
  baseline: figures.omit({ pairs: true }).optional(),
  against: figures.omit({ pairs: true }).extend({ model: z.unknown() }).optional(),
  agreement: z.number().optional(),
  left_out: z.array(z.object({ where: z.string(), reason: z.string() })),
});
const stateLines = z.array(
  z.object({
    via: z.string(),
    row: z.string(),
    label: z.string(),
    scores: z.object({ entailment: z.number(), neutral: z.number(), contradiction: z.number() }),
  }),
);

/** Writes a data file of this many pairs about four pictures into a folder of its own. */
function writeData(count: number): string {
  const path = join(temporaryFolder(), 'rows.jsonl');
  const images = ['rgb.png', 'baseline-420.jpg', 'grey.png', 'exif-orientation-6.jpg'];
  const words = ['true', 'false', 'perhaps'];
  const rows = Array.from({ length: count }, (_, i) => {
    const hypothesis = `sentence ${i} is ${words[i % 3]}`;
    return JSON.stringify({
      image: images[i % 4],
      hypothesis,
      premise: i % 5 === 0 ? 'a picture' : null,
      label: i % 10 === 9 ? 'neutral' : standInLabel(hypothesis),
      kind: i % 2 === 0 ? 'even' : 'odd',
    });
  });
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

const statePath = (data: string) => data.replace('.jsonl', '.answers.jsonl');
function readState(data: string) {
  const lines = readFileSync(statePath(data), 'utf8').trimEnd().split('\n');
  return stateLines.parse(lines.map((line): unknown => JSON.parse(line)));
}
const evaluate = (data: string, ...args: string[]) =>
  runScript([...SCRIPT, '--data', data, '--images', IMAGES, ...args]);

describe('eval', () => {
  it('--json prints one object and nothing else, through npm too', async () => {
    const data = writeData(12);
    const command = ['npm', 'run', 'eval', '--', '--data', data, '--images', IMAGES, '--json'];
    const { exitCode, stdout, stderr } = await runScript(command);
    assert.equal(exitCode, 0, stderr);
    const found = output.parse(JSON.parse(stdout));
    assert.equal(found.pairs, 12);
    assert.equal(found.accuracy, found.correct / 12);
    assert.deepEqual(Object.keys(found.by_kind), ['even', 'odd']);
    const cells = Object.values(found.confusion).flatMap((row) => Object.values(row));
    assert.equal(
      cells.reduce((sum, count) => sum + count, 0),
      12,
    );
    assert.equal(stdout, (await evaluate(data, '--json')).stdout);
  });

  it('gives in this process what the endpoint gives in workerd', async (t) => {
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    t.after(() => worker.dispose());
    const data = writeData(12);
    for (const args of [[], ['--endpoint', worker.url]]) {
      const { exitCode, stderr } = await evaluate(data, ...args);
      assert.equal(exitCode, 0, stderr);
    }
    const byWay = Map.groupBy(readState(data), ({ via }) => via);
    const there = new Map(byWay.get('endpoint')?.map((line) => [line.row, line]));
    const here = byWay.get('here') ?? [];
    assert.deepEqual([here.length, there.size], [12, 12]);
    for (const { row, label, scores } of here) {
      const other = there.get(row) ?? assert.fail(`no ${row}`);
      assert.equal(label, other.label);
      const difference = Math.abs(scores.entailment - other.scores.entailment);
      assert.ok(difference <= MAX_SCORE_DIFFERENCE, `${difference}`);
    }
  });

  it('goes on where it was killed, and does not ask twice', async (t) => {
    const standIn = await startStandIn({ delayMs: 50 });
    t.after(() => standIn.close());
    const data = writeData(60);
    const args = ['--data', data, '--images', IMAGES, '--endpoint', standIn.url];
    const [program, script] = SCRIPT;
    const child = spawn(program, [script, ...args, '--concurrency', '2'], { stdio: 'ignore' });
    while (!existsSync(statePath(data)) || readFileSync(statePath(data)).length === 0) {
      await sleep(5);
    }
    await sleep(150);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const saved = readState(data).length;
    assert.ok(saved > 0 && saved < 60, `${saved} answers before the end`);
    const before = standIn.asked();
    const { exitCode, stdout, stderr } = await runScript([...SCRIPT, ...args, '--json']);
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, new RegExp(`answering: ${saved} of 60 questions answered before`));
    assert.equal(standIn.asked() - before, 60 - saved);
    // The stand-in says what the sentence says; every tenth row claims another truth or, by chance, the same.
    const { correct } = output.parse(JSON.parse(stdout));
    const truths = readFileSync(data, 'utf8').trimEnd().split('\n');
    const expected = truths.filter((row) => {
      const { hypothesis, label } = JSON.parse(row);
      return standInLabel(hypothesis) === label;
    });
    assert.equal(correct, expected.length);
    assert.equal(readState(data).length, 60);
  });

  it('asks as many questions at a time as told, and waits when it is told to', async (t) => {
    const refuse = (n: number) => (n % 7 === 0 ? { status: 503, retryAfter: '0' } : undefined);
    const standIn = await startStandIn({ delayMs: 10, refuse });
    t.after(() => standIn.close());
    const args = ['--endpoint', standIn.url, '--concurrency', '5', '--json'];
    const { exitCode, stdout, stderr } = await evaluate(writeData(40), ...args);
    assert.equal(exitCode, 0, stderr);
    assert.equal(output.parse(JSON.parse(stdout)).pairs, 40);
    assert.equal(standIn.peak(), 5);
    assert.ok(standIn.asked() > 40);
  });

  it('--blank, --against and --report: baseline, agreement with itself, and a page', async () => {
    const data = writeData(12);
    const report = join(temporaryFolder(), 'report.html');
    const args = ['--blank', '--against', defaultModelFolder, '--report', report];
    const { exitCode, stdout, stderr } = await evaluate(data, ...args, '--json');
    assert.equal(exitCode, 0, stderr);
    const found = output.parse(JSON.parse(stdout));
    assert.equal(found.agreement, 1);
    assert.equal(found.against?.accuracy, found.accuracy);
    assert.ok(found.baseline !== undefined);
    assert.match(readFileSync(report, 'utf8'), /^<!doctype html>[\s\S]*text only/);
  });

  it('reads SNLI-VE as it is published, and compares drawn-scenes with nothing published', async () => {
    const data = join(temporaryFolder(), 'snli_ve_test.jsonl');
    const row = (gold_label: string) =>
      JSON.stringify({
        Flickr30K_ID: 'baseline-420',
        gold_label,
        sentence1: 'a caption',
        sentence2: 'a bird',
      });
    writeFileSync(data, [row('neutral'), row('-'), row('entailment')].join('\n'));
    const { exitCode, stdout, stderr } = await evaluate(data, '--premise');
    assert.equal(exitCode, 0, stderr);
    assert.doesNotMatch(stdout, /87\.0 %/);
    assert.match(stdout, /No published figures: .* called drawn-scenes\.$/m);
    assert.match(stdout, /rows left out, as annotators .*: 1, at snli_ve_test\.jsonl:2$/m);
    assert.match(stderr, /rows left out, as annotators .*: 1, at snli_ve_test\.jsonl:2$/m);
    assert.equal(stdout, stripVTControlCharacters(stdout));
  });

  it('leaves out what cannot be asked, and says so', async () => {
    const data = writeData(2);
    const rows = [
      '{"image": "7.png", "hypothesis": "a", "label": "neutral"}',
      '{"image": "rgb.png", "hypothesis": "?", "label": "neutral"}',
    ];
    writeFileSync(data, `${readFileSync(data, 'utf8')}${rows.join('\n')}`);
    const { exitCode, stdout, stderr } = await evaluate(data, '--json');
    assert.equal(exitCode, 0, stderr);
    const { pairs, left_out } = output.parse(JSON.parse(stdout));
    assert.equal(pairs, 2);
    assert.deepEqual(
      left_out.map(({ where, reason }) => [where, reason]),
      [
        ['rows.jsonl:3', 'no_picture'],
        ['rows.jsonl:4', 'unusable_text'],
      ],
    );
  });

  const failures: readonly (readonly [
    what: string,
    row: string,
    args: string[],
    message: RegExp,
  ])[] = [
    ['a malformed row', '{"image": "rgb.png"}', [], /rows\.jsonl:3: cannot read the row: /],
    [
      'a figure for a model that has none',
      '',
      ['--published', 'distilled'],
      /cannot compare drawn/,
    ],
    ['a folder without a model', '', ['--model', IMAGES], /it has no manifest\.json/],
    ['no model to compare with', '', ['--against', IMAGES], /it has no manifest\.json/],
  ];
  for (const [what, row, args, message] of failures) {
    it(`fails with a message and prints nothing: ${what}`, async () => {
      const data = writeData(2);
      writeFileSync(data, `${readFileSync(data, 'utf8')}${row}`);
      const { exitCode, stdout, stderr } = await evaluate(data, ...args, '--json');
      assert.equal(exitCode, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /^error: /m);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /^ +at /m, 'a stack trace');
    });
  }
});
