import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import { MANIFEST_VERSION } from '../../functions/model/manifest-schema.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { sha256 } from '../../scripts/rollout/sha256.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';
import { send } from './faults/send.ts';
import { currentManifest, type ModelBlobs, readModelBlobs, withManifest } from './model-blobs.ts';
import type { Answer } from './post-entail.ts';

const QUESTION = { image: imageFixture('rgb.png'), hypothesis: 'there are two birds.' };

const bundleFolder = await bundleOnce();
const blobs = await readModelBlobs(defaultModelFolder);
const { key: manifestKey } = currentManifest(blobs);
const { manifest: model } = await readModelFolder(defaultModelFolder);
/** workerd has relaxed SIMD, so the graph of vision is never asked for. */
const { 'vision.onnx': _graph, 'vision.weights': _weights, ...read } = model.files;
const shardKeys = Object.values(read).flatMap(({ shards }) =>
  shards.map(({ sha256 }) => `${sha256}.bin`),
);

/** The Worker refuses before it has read the picture, which a connection that is shared may not survive. */
function ask(url: string): Promise<Answer> {
  const { image, hypothesis } = QUESTION;
  return send(`${url}/v1/entail?${new URLSearchParams({ hypothesis })}`, { body: image });
}

function blob(key: string): Uint8Array<ArrayBuffer> {
  const bytes = blobs.get(key);
  assert.ok(bytes !== undefined, key);
  return Uint8Array.from(bytes);
}

async function goodAnswer(): Promise<string> {
  const worker = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
  try {
    const answer = await ask(worker.url);
    expectVerdict(answer);
    return answer.text;
  } finally {
    await worker.dispose();
  }
}

const good = await goodAnswer();

describe('damaged weights', async () => {
  const worker = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
  after(() => worker.dispose());
  const { bucket, url } = worker;

  async function store(key: string, bytes: Uint8Array<ArrayBuffer> | null): Promise<void> {
    if (bytes === null) await bucket.delete(key);
    else await bucket.put(key, Uint8Array.from(bytes).buffer);
  }

  /** With some keys replaced (null: removed), every route gives the problem; then all is put back. */
  async function refuses(
    changed: ReadonlyMap<string, Uint8Array<ArrayBuffer> | null>,
    code: ErrorCode,
  ): Promise<string> {
    for (const [key, bytes] of changed) await store(key, bytes);
    const { detail } = expectProblem(await ask(url), code);
    for (const path of ['/readyz', '/v1/model']) {
      const response = await fetch(url + path);
      const { status, headers } = response;
      expectProblem({ status, headers, text: await response.text() }, code);
    }
    for (const key of changed.keys()) await store(key, blobs.get(key) ?? null);
    return detail;
  }

  for (const key of shardKeys) {
    it(`a flipped bit in shard ${key.slice(0, 8)} gives model_integrity`, async () => {
      const { length } = blob(key);
      for (const at of [0, length >> 1, length - 1]) {
        const bytes = blob(key);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
        const detail = await refuses(new Map([[key, bytes]]), 'model_integrity');
        assert.ok(detail.includes(key), detail);
      }
    });

    it(`shard ${key.slice(0, 8)} truncated, longer or empty gives model_integrity`, async () => {
      const bytes = blob(key);
      const longer = new Uint8Array(bytes.length + 1);
      longer.set(bytes);
      for (const wrong of [bytes.slice(0, -1), longer, new Uint8Array()]) {
        await refuses(new Map([[key, wrong]]), 'model_integrity');
      }
    });

    it(`shard ${key.slice(0, 8)} missing gives model_missing and names it`, async () => {
      const detail = await refuses(new Map([[key, null]]), 'model_missing');
      assert.ok(detail.includes(key), detail);
    });
  }

  it('two shards that have changed places give model_integrity', async () => {
    const [one = '', other = ''] = shardKeys;
    const swapped = new Map([
      [one, blob(other)],
      [other, blob(one)],
    ]);
    await refuses(swapped, 'model_integrity');
  });

  it('ten simultaneous requests all learn of it', async () => {
    const [key = ''] = shardKeys;
    await store(key, new Uint8Array(blob(key).length));
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(url)));
    for (const answer of answers) expectProblem(answer, 'model_integrity');
    await store(key, blob(key));
  });

  const manifest = JSON.parse(new TextDecoder().decode(blob(manifestKey)));
  const { self_test: selfTest } = manifest;
  const { kernels } = selfTest.logits;
  const logits = {
    ...selfTest.logits,
    kernels: { ...kernels, neutral: kernels.neutral + 0.01 },
  };
  const manifests: Readonly<Record<string, string>> = {
    empty: '',
    'not JSON': '{"format": "edge-entail-model", ',
    'not an object': '[]',
    'of another format': JSON.stringify({ ...manifest, format: 'gguf' }),
    'of a newer version': JSON.stringify({ ...manifest, version: MANIFEST_VERSION + 1 }),
    'without its files': JSON.stringify({ ...manifest, files: {} }),
    'of another number format than the shards': JSON.stringify({ ...manifest, dtype: 'fp32' }),
    'with other logits for the self-test': JSON.stringify({
      ...manifest,
      self_test: { ...selfTest, logits },
    }),
    'longer than its cap': JSON.stringify(manifest) + ' '.repeat(64 * 1024),
  };
  for (const [name, text] of Object.entries(manifests)) {
    it(`a manifest ${name} gives model_integrity`, async () => {
      await refuses(changed(withManifest(blobs, text)), 'model_integrity');
    });
  }

  /** Of a bucket's objects, those that are not the model's own. */
  function changed(tampered: ModelBlobs): Map<string, Uint8Array<ArrayBuffer>> {
    return new Map([...tampered].filter(([key, bytes]) => blobs.get(key) !== bytes));
  }

  it('a manifest that is not the one its key names gives model_integrity', async () => {
    const text = new TextDecoder().decode(blob(manifestKey));
    const renamed = new TextEncoder().encode(text.replace(model.name, 'another-name'));
    const detail = await refuses(new Map([[manifestKey, renamed]]), 'model_integrity');
    assert.ok(detail.includes(manifestKey), detail);
  });

  const pointer = JSON.parse(new TextDecoder().decode(blob(POINTER_KEY)));
  const pointers: Readonly<Record<string, readonly [string, ErrorCode]>> = {
    empty: ['', 'model_integrity'],
    'of another format': [JSON.stringify({ ...pointer, format: 'gguf' }), 'model_integrity'],
    'of a newer version': [JSON.stringify({ ...pointer, version: 2 }), 'model_integrity'],
    'at no revision': [JSON.stringify({ ...pointer, revision: 'latest' }), 'model_integrity'],
    'longer than its cap': [JSON.stringify(pointer) + ' '.repeat(64 * 1024), 'model_integrity'],
    'at a revision that is not there': [
      JSON.stringify({ ...pointer, revision: `sha256:${'0'.repeat(64)}` }),
      'model_missing',
    ],
  };
  for (const [name, [text, code]] of Object.entries(pointers)) {
    it(`a pointer ${name} gives ${code}`, async () => {
      await refuses(new Map([[POINTER_KEY, new TextEncoder().encode(text)]]), code);
    });
  }

  it('a manifest that names good shards in the wrong order gives model_integrity', async () => {
    const file = manifest.files['vision.kernels'];
    const weights = blob(`${file.shards[0].sha256}.bin`);
    const middle = weights.length / 2;
    const halves = [weights.slice(0, middle), weights.slice(middle)].map((bytes) => {
      return { bytes, sha256: sha256(bytes) };
    });
    const shards = halves.map(({ bytes, sha256 }) => ({ sha256, bytes: bytes.length })).reverse();
    const files = { ...manifest.files, 'vision.kernels': { ...file, shards } };
    const text = JSON.stringify({ ...manifest, files });
    const tampered = changed(withManifest(blobs, text));
    for (const { bytes, sha256 } of halves) tampered.set(`${sha256}.bin`, bytes);
    // Every hash and length is right: it takes the self-test to notice.
    assert.match(await refuses(tampered, 'model_integrity'), /self-test/);
  });

  for (const key of [manifestKey, POINTER_KEY]) {
    it(`${key} missing gives model_missing and names it`, async () => {
      const detail = await refuses(new Map([[key, null]]), 'model_missing');
      assert.ok(detail.includes(key), detail);
    });
  }

  it('after all that, with everything back in its place, the same isolate answers', async () => {
    assert.equal((await ask(url)).text, good);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
  });
});
