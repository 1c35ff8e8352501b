import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { deployWorker } from '../../../scripts/deploy/deploy-worker.ts';
import type { runWrangler } from '../../../scripts/lib/run-wrangler.ts';

/** A wrangler that deploys to some targets, and writes that down as wrangler does. */
function deployingTo(targets: readonly string[]): typeof runWrangler {
  return async (args, settings = {}) => {
    assert.deepEqual(args, ['deploy']);
    const records = [
      { type: 'wrangler-session', version: 1 },
      { type: 'deploy', version: 1, version_id: 'v-1', targets },
    ];
    const file = settings.WRANGLER_OUTPUT_FILE_PATH ?? assert.fail('no file');
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return { exitCode: 0, output: '' };
  };
}

describe('deployWorker()', () => {
  it('says where the Worker answers, whichever way wrangler names it', async () => {
    for (const [target, url] of [
      ['https://edge-entail.someone.workers.dev', 'https://edge-entail.someone.workers.dev'],
      ['entail.example/* (zone name: entail.example)', 'https://entail.example'],
      ['api.entail.example (custom domain)', 'https://api.entail.example'],
    ] as const) {
      const found = await deployWorker(deployingTo([target]));
      assert.deepEqual(found, { url, versionId: 'v-1' });
    }
  });

  it('says where to name an address when there is none, or when wrangler wrote nothing down', async () => {
    const silent: typeof runWrangler = async () => ({ exitCode: 0, output: '' });
    for (const wrangler of [deployingTo([]), silent]) {
      await assert.rejects(
        deployWorker(wrangler),
        /answers nowhere\nnext: in wrangler\.toml name a route/,
      );
    }
  });
});
