import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { Miniflare } from 'miniflare';
import { manifestKey, pointerKey } from '../../functions/model/bucket-keys.ts';
import { MANIFEST_VERSION } from '../../functions/model/manifest-schema.ts';
import { readBundle } from '../../scripts/lib/build-worker.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { checkVersion } from '../../scripts/rollout/check-version.ts';
import { KEEP_AFTER_LEAVING_MS } from '../../scripts/rollout/keep-reason.ts';
import { pruneModels } from '../../scripts/rollout/prune-models.ts';
import { pushModel } from '../../scripts/rollout/push-model.ts';
import { r2BucketTarget } from '../../scripts/rollout/r2-bucket-target.ts';
import { rollBack } from '../../scripts/rollout/roll-back.ts';
import { runningRevisions } from '../../scripts/rollout/running-revisions.ts';
import { sha256 } from '../../scripts/rollout/sha256.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectVerdict } from './expect-verdict.ts';
import { otherVersion } from './other-version.ts';
import { postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

const NEXT = MANIFEST_VERSION + 1;
const QUESTION = {
  image: imageFixture('grey-alpha.png'),
  hypothesis: 'there are two birds and a dog.',
  premise: null,
};
/** Isolates, each loading its model at its first request. */
const OLD_CODE = ['old-1', 'old-2', 'old-3'] as const;
const NEW_CODE = ['new-1', 'new-2'] as const;

/** The Worker as it would be after the shard format has gone on by one. */
async function nextCode(folder: string): Promise<string> {
  const out = temporaryFolder();
  cpSync(folder, out, { recursive: true });
  const path = join(out, 'index.js');
  const code = readFileSync(path, 'utf8');
  const [declaration, ...more] = code.match(/MANIFEST_VERSION = \d+;/g) ?? [];
  assert.deepEqual([declaration, more], [`MANIFEST_VERSION = ${MANIFEST_VERSION};`, []]);
  writeFileSync(path, code.replace(declaration ?? '', `MANIFEST_VERSION = ${NEXT};`));
  return out;
}

const oldBundle = await readBundle(await bundleOnce());
const newBundle = await readBundle(await nextCode(oldBundle.folder));
const { config } = oldBundle;
const miniflare = new Miniflare({
  host: '127.0.0.1',
  port: 0,
  cf: false,
  handleRuntimeStdio: (output: Readable) => output.resume(),
  workers: [...OLD_CODE, ...NEW_CODE].map((name) => {
    const { folder, modules } = name.startsWith('new') ? newBundle : oldBundle;
    return {
      name,
      cache: false,
      compatibilityDate: config.compatibilityDate,
      compatibilityFlags: [...config.compatibilityFlags],
      modulesRoot: folder,
      modules: [...modules],
      r2Buckets: { [config.bucketBinding]: config.bucketName },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    };
  }),
});
after(() => miniflare.dispose());
const target = r2BucketTarget(await miniflare.getR2Bucket(config.bucketBinding, 'old-1'), 'bucket');

async function answer(isolate: string): Promise<{ revision: string; scores: unknown }> {
  const { origin } = await miniflare.unsafeGetDirectURL(isolate);
  const found = await postEntail(origin, REQUEST_FORMS.raw(QUESTION));
  expectVerdict(found);
  const { model, scores } = JSON.parse(found.text);
  return { revision: model.revision, scores };
}

/** The default model as the next code's push would leave it: same shards, a manifest of the next format. */
async function pushNextFormat(): Promise<string> {
  const { manifestBytes } = await readModelFolder(defaultModelFolder);
  const text = new TextDecoder().decode(manifestBytes);
  const manifest = new TextEncoder().encode(
    text.replace(`"version": ${MANIFEST_VERSION}`, `"version": ${NEXT}`),
  );
  const revision = `sha256:${sha256(manifest)}`;
  await target.write(manifestKey(revision), manifest);
  const pointer = { format: 'edge-entail-pointer', version: 1, revision };
  await target.write(pointerKey(NEXT), new TextEncoder().encode(JSON.stringify(pointer)));
  return revision;
}

describe('two versions of code and three of weights on one bucket', () => {
  const a = { folder: defaultModelFolder };
  const expected = new Map<string, { revision: string; scores: unknown }>();

  /** All isolates that have loaded, interleaved, answer as each did at first. */
  async function allAsBefore(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await Promise.all(
        [...expected].map(async ([isolate, first]) => {
          assert.deepEqual(await answer(isolate), first, isolate);
        }),
      );
    }
  }

  async function loads(isolate: string, revision: string): Promise<void> {
    const found = await answer(isolate);
    assert.equal(found.revision, revision, isolate);
    expected.set(isolate, found);
    await allAsBefore();
  }

  it('each isolate answers with what was current for its code when it loaded, and says so', async () => {
    const pushA = await pushModel(a.folder, target);
    await loads('old-1', pushA.revision);
    const b = await otherVersion(defaultModelFolder);
    const pushB = await pushModel(b.folder, target);
    await loads('old-2', pushB.revision);
    const next = await pushNextFormat();
    await loads('new-1', next);
    assert.deepEqual(expected.get('new-1')?.scores, expected.get('old-1')?.scores, 'same weights');
    assert.notDeepEqual(expected.get('old-2')?.scores, expected.get('old-1')?.scores);

    await rollBack(target, null);
    await loads('old-3', pushA.revision);
    await loads('new-2', next);
  });

  it('pruning removes no shard that any of them could still load', async () => {
    const b = await otherVersion(defaultModelFolder);
    const { revision: revisionB } = await readModelFolder(b.folder);
    const c = await otherVersion(defaultModelFolder, (row) => row.fill(3));
    const pushC = await pushModel(c.folder, target);
    const url = (await miniflare.unsafeGetDirectURL('old-2')).origin;
    const now = new Date(Date.now() + KEEP_AFTER_LEAVING_MS);

    const running = await runningRevisions(url);
    assert.deepEqual([...running], [revisionB]);
    assert.deepEqual((await pruneModels(target, { running, now })).removed, []);

    const { removed } = await pruneModels(target, { running: new Set(), now });
    assert.deepEqual(
      removed.map(({ revision }) => revision),
      [revisionB],
    );
    assert.equal(await target.read(b.shard), null);
    await checkVersion(target, pushC.revision);
    await checkVersion(target, expected.get('old-1')?.revision ?? '');
    await checkVersion(target, expected.get('new-1')?.revision ?? '');
    // Even the isolate whose version is gone goes on: all of it is in its memory.
    await allAsBefore();
  });
});
