import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import type { Question } from '../../functions/pipeline/entail.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';
import { currentManifest, putBlobs, readModelBlobs } from './model-blobs.ts';
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
const { key: manifestKey } = currentManifest(blobs);
const { manifest: model } = await readModelFolder(defaultModelFolder);
/** workerd has relaxed SIMD, so the graph of vision is never asked for. */
const { 'vision.onnx': _graph, 'vision.weights': _weights, ...read } = model.files;
const shardKeys = Object.values(read).flatMap(({ shards }) =>
  shards.map(({ sha256 }) => `${sha256}.bin`),
);
const keysRead = [POINTER_KEY, manifestKey, ...shardKeys].sort();

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
      assert.deepEqual([answered, reads], [0, [POINTER_KEY]]);
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
