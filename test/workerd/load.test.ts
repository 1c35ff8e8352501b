import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import type { Question } from '../../functions/pipeline/entail.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';
import { putBlobs, readModelBlobs } from './model-blobs.ts';
import { startObservedWorker } from './observed-worker.ts';
import { type Answer, postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

const QUESTION: Question = {
  image: imageFixture('rgb.png'),
  hypothesis: 'there are two birds.',
  premise: null,
};
/** Far longer than ten requests need to arrive and start loads of their own, if they did. */
const ARRIVAL_MS = 1_000;

const bundleFolder = await bundleOnce();
const blobs = await readModelBlobs(defaultModelFolder);
const { manifest: model } = await readModelFolder(defaultModelFolder);
/** workerd has relaxed SIMD, so the graph of vision is never asked for. */
const { 'vision.onnx': _graph, 'vision.weights': _weights, ...read } = model.files;
const shardKeys = Object.values(read).flatMap(({ shards }) =>
  shards.map(({ sha256 }) => `${sha256}.bin`),
);
const keysRead = ['manifest.json', ...shardKeys].sort();

function ask(url: string, form: keyof typeof REQUEST_FORMS = 'multipart'): Promise<Answer> {
  return postEntail(url, REQUEST_FORMS[form](QUESTION));
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

describe('one load an isolate', () => {
  it('ten simultaneous first requests read each shard once, and all are answered', async () => {
    const reads: string[] = [];
    const gate = Promise.withResolvers<null>();
    const worker = await startObservedWorker(bundleFolder, blobs, (key) => {
      reads.push(key);
      return gate.promise;
    });
    try {
      let answered = 0;
      const forms = ['multipart', 'json', 'raw'] as const;
      const answers = Array.from({ length: 10 }, async (_, i) => {
        const answer = await ask(worker.url, forms[i % forms.length]);
        answered += 1;
        return answer.text;
      });
      // The first read is held back until all ten are there and wait.
      await sleep(ARRIVAL_MS);
      assert.deepEqual([answered, reads], [0, ['manifest.json']]);
      gate.resolve(null);
      assert.deepEqual(await Promise.all(answers), Array(10).fill(good));
      assert.deepEqual(reads.sort(), keysRead);
      assert.equal((await ask(worker.url)).text, good);
      assert.equal(reads.length, keysRead.length, 'reads after the load');
    } finally {
      gate.resolve(null);
      await worker.dispose();
    }
  });

  it('survives the end of the request that began it', async () => {
    const reads: string[] = [];
    const gate = Promise.withResolvers<null>();
    const worker = await startObservedWorker(bundleFolder, blobs, (key) => {
      reads.push(key);
      return gate.promise;
    });
    try {
      const hangUp = new AbortController();
      const first = fetch(`${worker.url}/readyz`, { signal: hangUp.signal });
      await sleep(ARRIVAL_MS / 2);
      const second = ask(worker.url);
      await sleep(ARRIVAL_MS / 2);
      hangUp.abort();
      await assert.rejects(first, { name: 'AbortError' });
      gate.resolve(null);
      assert.equal((await second).text, good);
      assert.deepEqual(reads.sort(), keysRead);
    } finally {
      gate.resolve(null);
      await worker.dispose();
    }
  });

  it('a passing fault of the storage at every blob heals within the load', async () => {
    const reads: string[] = [];
    const worker = await startObservedWorker(bundleFolder, blobs, async (key) => {
      reads.push(key);
      const first = reads.filter((other) => other === key).length === 1;
      return first ? 'get: We encountered an internal error. Please try again. (10001)' : null;
    });
    try {
      assert.equal((await ask(worker.url)).text, good);
      assert.equal(reads.length, keysRead.length * 2);
    } finally {
      await worker.dispose();
    }
  });

  it('a lasting fault is storage_unavailable, and the next request tries anew', async () => {
    let fault: string | null = 'Network connection lost.';
    let reads = 0;
    const worker = await startObservedWorker(bundleFolder, blobs, async () => {
      reads += 1;
      return fault;
    });
    try {
      expectProblem(await ask(worker.url), 'storage_unavailable');
      assert.equal(reads, 3);
      fault = null;
      assert.equal((await ask(worker.url)).text, good);
    } finally {
      await worker.dispose();
    }
  });
});

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

  const manifest = JSON.parse(new TextDecoder().decode(blob('manifest.json')));
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
    'of a newer version': JSON.stringify({ ...manifest, version: 4 }),
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
      const bytes = new TextEncoder().encode(text);
      await refuses(new Map([['manifest.json', bytes]]), 'model_integrity');
    });
  }

  it('a manifest that names good shards in the wrong order gives model_integrity', async () => {
    const file = manifest.files['vision.kernels'];
    const weights = blob(`${file.shards[0].sha256}.bin`);
    const middle = weights.length / 2;
    const halves = [weights.slice(0, middle), weights.slice(middle)].map((bytes) => {
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
    const shards = halves.map(({ bytes, sha256 }) => ({ sha256, bytes: bytes.length })).reverse();
    const files = { ...manifest.files, 'vision.kernels': { ...file, shards } };
    const text = JSON.stringify({ ...manifest, files });
    const changed = new Map([['manifest.json', new TextEncoder().encode(text)]]);
    for (const { bytes, sha256 } of halves) changed.set(`${sha256}.bin`, bytes);
    // Every hash and length is right: it takes the self-test to notice.
    assert.match(await refuses(changed, 'model_integrity'), /self-test/);
  });

  it('a manifest that is missing gives model_missing', async () => {
    await refuses(new Map([['manifest.json', null]]), 'model_missing');
  });

  it('after all that, with everything back in its place, the same isolate answers', async () => {
    assert.equal((await ask(url)).text, good);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
  });
});

describe('an empty bucket', () => {
  it('gives model_missing, and heals without a restart once the model is there', async () => {
    const worker = await startLocalWorker({ modelFolder: null, bundleFolder });
    try {
      expectProblem(await ask(worker.url), 'model_missing');
      await putBlobs(worker.bucket, blobs);
      for (const key of shardKeys) {
        await worker.bucket.delete(key);
        expectProblem(await ask(worker.url), 'model_missing');
        await worker.bucket.put(key, blob(key).buffer);
      }
      assert.equal((await ask(worker.url)).text, good);
    } finally {
      await worker.dispose();
    }
  });
});
