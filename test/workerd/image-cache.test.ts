import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { Response as MiniflareResponse } from 'miniflare';
import { createImageStore, type StoredImage } from '../../functions/pipeline/image-store.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());
const cache = (await worker.miniflare.getCaches()).default;

const WAIT_MS = 5000;

async function ask(image: Uint8Array): Promise<string> {
  const question = { image, hypothesis: 'there are two birds.', premise: null };
  const { status, text } = await postEntail(worker.url, REQUEST_FORMS.multipart(question));
  assert.equal(status, 200, text);
  return text;
}

/** A response that miniflare's cache keeps. */
function cached(body: ArrayBuffer | Uint8Array): MiniflareResponse {
  return new MiniflareResponse(body, { headers: { 'Cache-Control': 'max-age=600' } });
}

/** Pushes what the isolate has seen out of its own memory. */
async function forget(): Promise<void> {
  for (const name of ['rgb.png', 'grey.png', 'palette.png']) await ask(imageFixture(name));
}

/** The store as the Worker makes it, on its own cache. */
const kept: Promise<unknown>[] = [];
const store = createImageStore(
  {
    match: async (url) => {
      const found = await cache.match(url);
      return found && new Response(await found.arrayBuffer());
    },
    put: async (url, response) => cache.put(url, cached(await response.arrayBuffer())),
  },
  (work) => void kept.push(work),
);

async function put(key: string, image: StoredImage): Promise<void> {
  store.put(key, image);
  await Promise.all(kept.splice(0));
}

async function stored(key: string): Promise<StoredImage> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; ) {
    const image = await store.get(key);
    if (image !== null) return image;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail(`nothing is kept under ${key}`);
}

describe('the cache behind the isolate', () => {
  const birds = sceneFixture('two-birds.png');
  const dogs = sceneFixture('two-dogs.png');

  it('serves a picture that the isolate has forgotten, and never a wrong entry', async () => {
    const [ofBirds, ofDogs] = [await ask(birds), await ask(dogs)];
    assert.notEqual(ofBirds, ofDogs);
    const { revision, vision } = await (await fetch(`${worker.url}/v1/model`)).json();
    const keyOf = (image: Uint8Array) =>
      `${revision}/${vision}/${createHash('sha256').update(image).digest('hex')}`;
    const [own, other] = [await stored(keyOf(birds)), await stored(keyOf(dogs))];

    // Tokens of the other picture under this one's key, sealed as only the Worker itself seals: they are believed, so
    // the cache is what answers.
    await put(keyOf(birds), { ...own, tokens: other.tokens });
    await forget();
    assert.equal(JSON.parse(await ask(birds)).label, JSON.parse(ofDogs).label);

    // The other picture's own entry where this one's belongs, and entries that are damaged.
    const url = (key: string) => `https://images.edge-entail.invalid/1/${key}`;
    const entry = async (key: string) =>
      new Uint8Array((await (await cache.match(url(key)))?.arrayBuffer()) ?? new ArrayBuffer(0));
    await put(keyOf(birds), own);
    const [right, wrong] = [await entry(keyOf(birds)), await entry(keyOf(dogs))];
    const flipped = right.slice();
    flipped[right.length - 1] = (flipped[right.length - 1] ?? 0) ^ 64;
    for (const poison of [wrong, flipped, right.slice(0, -4), new Uint8Array(0)]) {
      await cache.put(url(keyOf(birds)), cached(poison));
      await forget();
      assert.equal(await ask(birds), ofBirds);
    }
  });
});
