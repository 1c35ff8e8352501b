import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { syntheticStateDict } from '../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../scripts/synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from '../../scripts/synthetic/write-checkpoint.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const checkpoint = join(temporaryFolder(), 'checkpoint');
const pictures = 'test/fixtures/scenes';

/** Runs the command into an empty folder, and lists what is there afterwards. */
async function convert(...options: string[]) {
  const out = temporaryFolder();
  const run = await runScript([
    'node',
    'scripts/model-convert.ts',
    ...['--from', checkpoint, '--out', out],
    ...options,
  ]);
  return { ...run, files: await readdir(out) };
}

before(async () => {
  const config = { ...SYNTHETIC_SHAPES.micro, vocabSize: 2000 };
  await writeCheckpoint(checkpoint, { config, tensors: syntheticStateDict(config) });
});

describe('npm run model:convert', () => {
  it('takes ranges from pictures in the way that was asked for', async () => {
    const leastError = await convert('--calibration', pictures);
    const extremes = await convert('--calibration', pictures, '--ranges', 'extremes');
    for (const { exitCode, stdout, stderr } of [leastError, extremes]) {
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /ranges from pictures/);
    }
    assert.notDeepEqual(leastError.files.toSorted(), extremes.files.toSorted());
  });

  for (const [options, message] of [
    [['--ranges', 'mse'], /--ranges is about pictures; name some with --calibration/],
    [['--calibration', pictures, '--ranges', 'p99'], /--ranges p99 is none of extremes, /],
    [['--keep-fp32', 'decoder.layers.9'], /decoder\.layers\.9/],
  ] as const) {
    it(`refuses ${options.join(' ')} and writes nothing`, async () => {
      const { exitCode, stderr, files } = await convert(...options);
      assert.equal(exitCode, 1);
      assert.match(stderr, message);
      assert.deepEqual(files, []);
    });
  }
});
