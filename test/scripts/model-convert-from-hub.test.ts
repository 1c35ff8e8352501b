import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it, type TestContext } from 'node:test';
import { createRandom } from '../../scripts/scenes/random.ts';
import { syntheticStateDict } from '../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../scripts/synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from '../../scripts/synthetic/write-checkpoint.ts';
import { arrivedBytes, runConvert } from '../lib/hub/converting.ts';
import type { HubFiles } from '../lib/hub/hub-listing.ts';
import { readHubFiles, type StandInHubOptions, startStandInHub } from '../lib/hub/stand-in-hub.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const ID = 'modelscope:someone/ofa-micro';
/** So slow that a command can be ended in the middle: the micro checkpoint, 39 MB, takes three seconds. */
const BYTES_PER_SECOND = 15_000_000;
const BY_INTERRUPT = 130;

const checkpoint = temporaryFolder();
let files: HubFiles = new Map();

/** All files of a model folder by name. */
function modelFiles(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

async function hubWith(t: TestContext, options: Partial<StandInHubOptions> = {}) {
  const hub = await startStandInHub({ files, ...options });
  t.after(() => hub.close());
  return hub;
}

before(async () => {
  const config = SYNTHETIC_SHAPES.micro;
  await writeCheckpoint(checkpoint, { config, tensors: syntheticStateDict(config) });
  files = readHubFiles(checkpoint);
});

describe('model:convert from a hub', () => {
  it('killed twice at random points and run again, makes what a conversion of the folder makes', async (t) => {
    const seed = `${process.env.HUB_SEED ?? 'killed'}`;
    const random = createRandom(seed);
    const hub = await hubWith(t, { bytesPerSecond: BYTES_PER_SECOND });
    const cache = temporaryFolder();
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    const from = ['--from', ID, '--endpoint', hub.url, '--dtype', 'fp32', '--name', 'micro'];
    const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    const points = [random.between(0.1, 0.5), random.between(0.5, 0.9)].map((at) => at * total);
    for (const afterBytes of points) {
      const end = { signal: 'SIGKILL', afterBytes } as const;
      const { signal } = await runConvert([...from, '--out', there], { cache, end });
      assert.equal(signal, 'SIGKILL');
      assert.deepEqual(readdirSync(there), []);
      assert.ok(arrivedBytes(cache) < total);
    }
    const before = hub.requests.length;
    const done = await runConvert([...from, '--out', there], { cache });
    assert.equal(done.exitCode, 0, done.stderr);
    assert.match(done.stdout, /^modelscope:someone\/ofa-micro, revision master: 6 files, \d/);
    assert.match(done.stdout, /micro \(fp32\) is in /);
    const resumed = hub.requests.slice(before).find(({ name }) => name === 'pytorch_model.bin');
    const start = Number(/^bytes=(\d+)-$/.exec(resumed?.range ?? '')?.[1]);
    t.diagnostic(`killed at ${points.map(Math.round).join(' and ')}, continued at byte ${start}`);
    assert.ok(start > 0);
    const whole = ['--from', checkpoint, '--dtype', 'fp32', '--name', 'micro', '--out', here];
    assert.equal((await runConvert(whole, { cache })).exitCode, 0);
    assert.deepEqual(modelFiles(there), modelFiles(here));
  });

  it('ends on Ctrl-C with what is kept, in one line, and goes on', async (t) => {
    const hub = await hubWith(t, { bytesPerSecond: BYTES_PER_SECOND });
    const cache = temporaryFolder();
    const args = ['--from', ID, '--endpoint', hub.url, '--out', temporaryFolder()];
    const end = { signal: 'SIGINT', afterBytes: 2_000_000 } as const;
    const { exitCode, stderr, stdout } = await runConvert(args, { cache, end });
    assert.equal(exitCode, BY_INTERRUPT);
    assert.match(
      stderr,
      /^error: interrupted: \d+\.\d of \d+\.\d MB are here and kept; run the same command again to go on\n$/,
    );
    assert.equal(stdout, '');
    const names = readdirSync(cache, { recursive: true, encoding: 'utf8' });
    assert.ok(!names.some((name) => name.endsWith('.lock')));
    assert.ok(names.some((name) => name.endsWith('pytorch_model.bin.partial')));
  });

  it('says what is wrong in one line: not there, closed, no room, no source', async (t) => {
    const huge = (text: string) => text.replaceAll(/"Size":\d{6,}/g, '"Size":1000000000000000');
    const missing: Partial<StandInHubOptions> = {
      schedule: () => ({ kind: 'status', status: 404 }),
    };
    const cases: [Partial<StandInHubOptions>, string[], RegExp][] = [
      [missing, ['--from', ID], /answers 404 .*Check the name and --revision/],
      [{ token: 'secret' }, ['--from', ID], /answers 401 .*into MODELSCOPE_API_TOKEN/],
      [{ editList: huge }, ['--from', ID], /cannot download \d+ bytes: \d+ are free in/],
      [{}, ['--from', 'modelscope:x'], /cannot use --from modelscope:x: expected/],
    ];
    for (const [options, from, message] of cases) {
      const hub = await hubWith(t, options);
      const out = join(temporaryFolder(), 'model');
      const args = [...from, '--endpoint', hub.url, '--out', out];
      const env = { MODELSCOPE_API_TOKEN: undefined };
      const { exitCode, stderr } = await runConvert(args, { cache: temporaryFolder(), env });
      assert.equal(exitCode, 1);
      assert.match(stderr, message);
      assert.match(stderr, /^error: [^\n]+\n$/);
      assert.ok(!existsSync(out));
    }
    const folder = ['--from', checkpoint, '--revision', 'x', '--out', temporaryFolder()];
    const { stderr } = await runConvert(folder, { cache: temporaryFolder() });
    assert.match(stderr, /cannot use --revision or --endpoint here/);
  });
});
