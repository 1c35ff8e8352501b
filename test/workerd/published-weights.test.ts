import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createRandom } from '../../scripts/scenes/random.ts';
import { arrivedBytes, runConvert } from '../lib/hub/converting.ts';
import { type HubSchedule, randomSchedule } from '../lib/hub/hub-fault.ts';
import { readHubFiles, startStandInHub } from '../lib/hub/stand-in-hub.ts';
import { referenceCases } from '../lib/reference-cases.ts';
import { sharedFolder } from '../lib/shared-folder.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { answerAll } from './answer-all.ts';
import { compareWithReference } from './compare-with-reference.ts';
import { syntheticCheckpoint } from './synthetic-checkpoint.ts';

/** As in `reference.test.ts`. */
const FP32_TOLERANCE = 1e-5;
/** A fast line; slow enough to be interrupted on. */
const BYTES_PER_SECOND = 100_000_000;
const FAULTS = 0.3;

const shared = sharedFolder();
const skip = shared === null ? 'shared/ is not beside this checkout' : false;

/** Faults that do not take the command's half minute to be noticed. */
function schedule(seed: string): HubSchedule {
  const random = randomSchedule(seed, { probability: FAULTS, flips: true });
  return (request, name) => {
    const fault = random(request, name);
    return fault?.kind === 'stall' ? null : fault;
  };
}

describe('from an empty folder to a served full-size model', { skip }, () => {
  it('one command, killed twice at random points and run again, gives the published scores', async (t) => {
    const seed = process.env.HUB_SEED ?? 'full';
    const tokenizer = join(shared ?? '', 'reference', 'micro');
    const files = readHubFiles(await syntheticCheckpoint('full', tokenizer));
    const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    const hub = await startStandInHub({
      files,
      schedule: schedule(seed),
      bytesPerSecond: BYTES_PER_SECOND,
    });
    t.after(() => hub.close());
    const [cache, model] = [temporaryFolder(), temporaryFolder()];
    const id = 'modelscope:damo/ofa_visual-entailment_snli-ve_distilled_v2_en';
    const command = ['--from', id, '--endpoint', hub.url, '--out', model, '--dtype', 'fp32'];
    const random = createRandom(seed);
    for (const [low, high] of [
      [0.02, 0.5],
      [0.5, 0.95],
    ] as const) {
      const end = { signal: 'SIGKILL', afterBytes: random.between(low, high) * total } as const;
      const { signal, stderr } = await runConvert(command, { cache, end });
      assert.equal(signal, 'SIGKILL', stderr);
      t.diagnostic(`killed with ${arrivedBytes(cache)} of ${total} bytes there`);
      assert.deepEqual(readdirSync(model), []);
    }
    const { exitCode, stdout, stderr } = await runConvert(command, { cache });
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^ofa_visual-entailment_snli-ve_distilled_v2_en \(fp32\) is in /m);
    const deviation = compareWithReference(await answerAll(model, referenceCases('full')));
    t.diagnostic(
      `${hub.requests.length} requests; largest score difference: PNG ${deviation.png.toExponential(2)}, JPEG ${deviation.jpeg.toExponential(2)}`,
    );
    assert.equal(deviation.compared, 5);
    assert.ok(Math.max(deviation.png, deviation.jpeg) <= FP32_TOLERANCE);
  });
});
