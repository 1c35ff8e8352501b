import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { runWrangler } from '../../../scripts/lib/run-wrangler.ts';
import { openLocalBucket } from '../../../scripts/rollout/local-bucket-target.ts';
import { pushModel } from '../../../scripts/rollout/push-model.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

it('openLocalBucket() fills the bucket that wrangler itself reads', async () => {
  const state = temporaryFolder();
  const target = await openLocalBucket('some-bucket', state);
  const { revision } = await pushModel(defaultModelFolder, target);
  assert.equal(await target.read('nothing'), null);
  await target.write('something', Uint8Array.of(1));
  await target.remove('something');
  assert.equal(await target.read('something'), null);
  await target.close();
  const file = join(state, 'got');
  const object = `some-bucket/${revision.replace('sha256:', '')}.json`;
  const get = ['r2', 'object', 'get', object, '--local', '--persist-to', state, '--file', file];
  const { exitCode, output } = await runWrangler(get);
  assert.equal(exitCode, 0, output);
  assert.deepEqual(readFileSync(file), readFileSync(join(defaultModelFolder, 'manifest.json')));
});
