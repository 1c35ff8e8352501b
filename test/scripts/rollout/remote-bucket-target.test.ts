import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { createStandInWrangler } from '../../../scripts/deploy/stand-in-wrangler.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import type { runWrangler, WranglerRun } from '../../../scripts/lib/run-wrangler.ts';
import { pushModel } from '../../../scripts/rollout/push-model.ts';
import { openRemoteBucket } from '../../../scripts/rollout/remote-bucket-target.ts';

const NAME = 'some-bucket';

/** A bucket at a played account, where some commands fail as told. */
async function openStandIn(
  t: TestContext,
  fail: (args: readonly string[], run: number) => string | null = () => null,
) {
  const { wrangler: played, buckets, commands } = createStandInWrangler(() => assert.fail());
  await played(['r2', 'bucket', 'create', NAME]);
  let runs = 0;
  const wrangler: typeof runWrangler = async (args): Promise<WranglerRun> => {
    runs += 1;
    const output = fail(args, runs);
    return output === null ? played(args) : { exitCode: 1, output };
  };
  const target = await openRemoteBucket(NAME, wrangler, 1);
  t.after(() => target.close());
  return { target, objects: buckets.get(NAME) ?? assert.fail(), commands, runs: () => runs };
}

describe('openRemoteBucket()', () => {
  it('pushes through wrangler, and the second time sends nothing', async (t) => {
    const { target, objects } = await openStandIn(t);
    await pushModel(defaultModelFolder, target);
    assert.ok(objects.has(POINTER_KEY));
    const again = await pushModel(defaultModelFolder, target);
    assert.ok(again.objects.every(({ done }) => done === 'kept'));
    assert.equal(objects.size, again.objects.length);
  });

  it('names the place at Cloudflare in every command, and removes what it is told to', async (t) => {
    const { target, objects, commands } = await openStandIn(t);
    await target.write('key', Uint8Array.of(1, 2));
    assert.deepEqual(await target.read('key'), Buffer.of(1, 2));
    await target.remove('key');
    assert.equal(objects.size, 0);
    assert.equal(await target.read('key'), null);
    const objectCommands = commands.filter(([, second]) => second === 'object');
    assert.equal(objectCommands.length, 4);
    for (const command of objectCommands)
      assert.ok(command.includes('--remote'), command.join(' '));
  });

  it('tries twice more where the platform stumbles', async (t) => {
    const words = 'We encountered an internal error. Please try again. [code: 10001]';
    const { target, runs } = await openStandIn(t, (_, run) => (run <= 2 ? words : null));
    await target.write('key', Uint8Array.of(1));
    assert.equal(runs(), 3);
    const worse = await openStandIn(t, () => words);
    await assert.rejects(worse.target.write('key', Uint8Array.of(1)), /attempt 3 of 3.*10001/);
  });

  it('passes on at once what another try cannot mend', async (t) => {
    for (const words of [
      '[ERROR] You are not logged in.',
      'The specified bucket does not exist.',
      'Authentication error [code: 10000]',
    ]) {
      const { target, runs } = await openStandIn(t, () => words);
      await assert.rejects(target.read('key'), (error: Error) => error.message.includes(words));
      assert.equal(runs(), 1, words);
    }
  });
});
