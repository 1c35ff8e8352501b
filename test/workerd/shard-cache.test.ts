import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, it } from 'node:test';
import { Response as MiniflareResponse } from 'miniflare';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { bundleOnce } from './bundle-once.ts';

const WAIT_MS = 20_000;

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());
const cache = (await worker.miniflare.getCaches()).default;
const { manifest, shards } = await readModelFolder(defaultModelFolder);
/** What every load reads, whatever runs vision. */
const READ = (['judge.onnx', 'judge.weights', 'embeddings', 'tokenizer'] as const).flatMap((name) =>
  manifest.files[name].shards.map(({ sha256 }) => `${sha256}.bin`),
);

/** A response that miniflare's cache keeps. */
function entry(body: Uint8Array): MiniflareResponse {
  const headers = { 'Cache-Control': 'max-age=600', 'X-Blob-Bytes': `${body.length}` };
  return new MiniflareResponse(body, { headers });
}

const urlOf = (key: string) => `https://shards.edge-entail.invalid/${key}`;

/** What lies in the cache under a key, waited for. */
async function cached(key: string, expected: Buffer): Promise<void> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; ) {
    const found = await cache.match(urlOf(key));
    if (found !== undefined && expected.equals(Buffer.from(await found.arrayBuffer()))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`the cache does not hold ${key}`);
}

it('serves shards, is filled with what it lacked, and cured of what was wrong', async () => {
  const [absent, poisoned, ...others] = shards.filter(({ key }) => READ.includes(key));
  assert.ok(absent !== undefined && poisoned !== undefined && others.length > 0);
  // One shard is in the cache alone, so the cache is what is read; another is there, but wrong.
  const bytes = Uint8Array.from(await readFile(absent.path));
  await cache.put(urlOf(absent.key), entry(bytes));
  await worker.bucket.delete(absent.key);
  const wrong = Uint8Array.from(await readFile(poisoned.path)).map((byte) => byte ^ 1);
  await cache.put(urlOf(poisoned.key), entry(wrong));

  const ready = await fetch(`${worker.url}/readyz`);
  assert.equal(ready.status, 200, await ready.text());
  for (const { key, path } of [poisoned, ...others]) await cached(key, await readFile(path));
});
