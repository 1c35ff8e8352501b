import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod/mini';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';

const IMAGE = join(repositoryFolder, 'test/fixtures/images/rgb.png');
const QUESTION = [IMAGE, 'a red car', 'two birds', '--premise', 'a picture'];

/** Threads share sums out differently, which moves a float32 logit in its last places. */
const MAX_SCORE_DIFFERENCE = 1e-4;

const entail = (...args: string[]) =>
  runScript([process.execPath, join(repositoryFolder, 'scripts/entail.ts'), ...args]);
const rowSchema = z.object({
  path: z.string(),
  verdict: z.optional(verdictSchema),
  problem: z.optional(z.object({ code: z.string() })),
});
const readVerdicts = (stdout: string) => z.array(verdictSchema).parse(JSON.parse(stdout));

describe('entail', () => {
  it('--json prints one verdict a hypothesis, and nothing else, through npm too', async () => {
    const npm = await runScript(['npm', 'run', 'entail', '--', ...QUESTION, '--json']);
    assert.equal(npm.exitCode, 0, npm.stderr);
    const verdicts = readVerdicts(npm.stdout);
    assert.equal(verdicts.length, 2);
    assert.notDeepEqual(verdicts[0]?.scores, verdicts[1]?.scores);
    assert.equal((await entail(...QUESTION, '--json')).stdout, npm.stdout);
  });

  it('prints bars without --json, in colour only where it is wanted', async () => {
    const plain = await entail(IMAGE, 'a red car');
    assert.match(
      plain.stdout,
      /^a red car: (entailment|neutral|contradiction) \((yes|maybe|no)\)\n/,
    );
    assert.equal(plain.stdout.match(/[█░]{30} +\d+\.\d %/g)?.length, 3);
    assert.match(plain.stdout, /drawn-scenes/);
    assert.equal(plain.stdout, stripVTControlCharacters(plain.stdout));
    const script = [process.execPath, 'scripts/entail.ts', IMAGE, 'a red car'];
    const coloured = await runScript(script, { env: { FORCE_COLOR: '1', NO_COLOR: undefined } });
    assert.notEqual(coloured.stdout, plain.stdout);
    assert.equal(stripVTControlCharacters(coloured.stdout), plain.stdout);
  });

  it('--endpoint gets the same verdicts over HTTP', async (t) => {
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    t.after(() => worker.dispose());
    const [here, there] = await Promise.all([
      entail(...QUESTION, '--json'),
      entail(...QUESTION, '--json', '--endpoint', worker.url),
    ]);
    assert.equal(there.exitCode, 0, there.stderr);
    const expected = readVerdicts(here.stdout);
    for (const [i, { scores, ...rest }] of readVerdicts(there.stdout).entries()) {
      const { scores: expectedScores, ...expectedRest } = expected[i] ?? assert.fail();
      assert.deepEqual(rest, expectedRest);
      const difference = Math.abs(scores.entailment - expectedScores.entailment);
      assert.ok(difference <= MAX_SCORE_DIFFERENCE, `${difference}`);
    }
    const refused = await entail(join(repositoryFolder, 'LICENSE'), 'x', '--endpoint', worker.url);
    assert.match(refused.stderr, /error: .* \(unsupported_media\)/);
    assert.equal(refused.exitCode, 1);
  });

  it('answers about many pictures, a broken one too, here as by an endpoint', async (t) => {
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    t.after(() => worker.dispose());
    const folder = temporaryFolder();
    copyFileSync(IMAGE, join(folder, 'good.png'));
    copyFileSync(join(repositoryFolder, 'LICENSE'), join(folder, 'bad.png'));
    const question = [folder, 'a red car', 'two birds', '--json'];
    const [here, there] = await Promise.all([
      entail(...question),
      entail(...question, '--endpoint', worker.url),
    ]);
    for (const { exitCode, stdout, stderr } of [here, there]) {
      assert.equal(exitCode, 1);
      assert.match(stderr, /^error: 2 of 4 without an answer: .*\(unsupported_media\)\n$/);
      const rows = z.array(rowSchema).parse(JSON.parse(stdout));
      assert.deepEqual(
        rows.map(({ path, verdict, problem }) => [basename(path), verdict?.label, problem?.code]),
        [
          ['bad.png', undefined, 'unsupported_media'],
          ['bad.png', undefined, 'unsupported_media'],
          ['good.png', rows[2]?.verdict?.label, undefined],
          ['good.png', rows[3]?.verdict?.label, undefined],
        ],
      );
      assert.ok(rows[2]?.verdict && rows[3]?.verdict);
    }
  });

  it('ends with 2 when an answer fails, through npm too, and with 1 when there is none', async () => {
    const birds = join(repositoryFolder, 'test/fixtures/scenes/two-birds.png');
    const wrong = [birds, 'there is no crab.', '--fail-on', 'contradiction'];
    const npm = await runScript(['npm', 'run', 'entail', '--', ...wrong]);
    assert.equal(npm.exitCode, 2);
    assert.match(npm.stdout, /^there is no crab\.: contradiction \(no\)\n/);
    assert.equal(npm.stderr, '1 of 1 answers fail: contradiction\n');
    assert.equal((await entail(...wrong, '--min-score', '1')).exitCode, 0);
    assert.equal((await entail(birds, 'there are two birds.', '--fail-on', 'neutral')).exitCode, 0);
    const both = await entail(birds, 'nowhere.png', ...wrong.slice(1));
    assert.equal(both.exitCode, 1);
    assert.match(
      both.stderr,
      /1 of 2 answers fail: contradiction\nerror: 1 of 2 without an answer/,
    );
  });

  const missing = join(temporaryFolder(), 'no-model');
  const failures: readonly (readonly [what: string, args: string[], message: RegExp])[] = [
    ['no hypothesis', [IMAGE], /at least one hypothesis[\s\S]*usage:/],
    ['an unknown option', ['--hypothesis', 'a'], /Unknown option '--hypothesis'/],
    ['no such image', ['nowhere.png', 'a'], /cannot read the image nowhere\.png: ENOENT/],
    ['a file that is no image', ['LICENSE', 'a'], /\(unsupported_media\)/],
    ['an empty hypothesis', [IMAGE, ' '], /\(bad_text\)|\(invalid_request\)/],
    ['a folder without a model', [IMAGE, 'a', '--model', missing], /it has no manifest\.json/],
    ['an address that is no URL', [IMAGE, 'a', '--endpoint', 'here'], /it is no URL/],
    [
      'an endpoint that is not there',
      [IMAGE, 'a', '--endpoint', 'http://127.0.0.1:9'],
      /cannot reach/,
    ],
    ['both places to ask', [IMAGE, 'a', '--endpoint', 'http://a', '--model', 'b'], /exclude/],
  ];
  for (const [what, args, message] of failures) {
    it(`fails with a message, and prints no verdict: ${what}`, async () => {
      const { exitCode, stdout, stderr } = await entail(...args, '--json');
      assert.equal(exitCode, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /^error: /);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /^ +at /m, 'a stack trace');
    });
  }
});
