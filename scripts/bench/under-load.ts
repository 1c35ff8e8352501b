import type { LocalWorker } from '../lib/local-worker.ts';
import { drawnPicture, drawnPixels } from './drawn-picture.ts';
import { createJpegEncoder } from './jpeg-encoder.ts';
import { measureAsk, measureLedger } from './measure-variant.ts';
import { freshPicture } from './scenarios.ts';

const LEVELS = [1, 2, 4, 8];
const REQUESTS_PER_LEVEL = 8;
const MIXED_REQUESTS = 500;
const REQUESTS_PER_SAMPLE = 50;

type OnProgress = (step: string, done: number, total: number) => void;

/** Answers a second over HTTP, by how many ask at a time; each asks about a picture of its own. */
export async function measureThroughput(
  worker: LocalWorker,
  onProgress: OnProgress,
): Promise<{ concurrency: number; perSecond: number }[]> {
  let picture = 0;
  await ask(worker, freshPicture(picture++), 'a dog.');
  const results = [];
  for (const concurrency of LEVELS) {
    let left = REQUESTS_PER_LEVEL;
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (left-- > 0) await ask(worker, freshPicture(picture++), 'a dog.');
      }),
    );
    const seconds = (performance.now() - begin) / 1000;
    results.push({ concurrency, perSecond: REQUESTS_PER_LEVEL / seconds });
    onProgress('throughput', results.length, LEVELS.length);
  }
  return results;
}

/** The ledger of the benchmark's isolate while many requests of many kinds come one after another, refused ones among them. */
export async function measureRequests(
  worker: LocalWorker,
  onProgress: OnProgress,
): Promise<{ count: number; totalMib: number }[]> {
  const encode = await createJpegEncoder();
  const jpeg = (width: number, height: number) => encode(drawnPixels(width, height), width, height);
  const pictures = [jpeg(520, 390), jpeg(1600, 1200), jpeg(3264, 2448), drawnPicture(900, 700)];
  const broken = jpeg(640, 480).slice(0, 5000);
  const sentences = ['a dog.', 'there are two birds.', 'a dog runs. '.repeat(40)];
  const samples = [];
  for (let count = 1; count <= MIXED_REQUESTS; count++) {
    const known = pictures[count % pictures.length] ?? broken;
    const picture = count % 10 === 0 ? broken : count % 3 === 0 ? freshPicture(count) : known;
    const { wasmBytes } = await measureAsk(
      worker,
      picture,
      sentences[count % sentences.length] ?? '',
    );
    if (count % REQUESTS_PER_SAMPLE === 0) {
      samples.push({ count, totalMib: (await measureLedger(worker, wasmBytes)).total });
      onProgress('mixed requests', count, MIXED_REQUESTS);
    }
  }
  return samples;
}

async function ask(worker: LocalWorker, picture: Uint8Array<ArrayBuffer>, hypothesis: string) {
  const query = new URLSearchParams({ hypothesis });
  const type = picture[0] === 0xff ? 'image/jpeg' : 'image/png';
  const response = await fetch(`${worker.url}/v1/entail?${query}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: picture,
  });
  if (response.status >= 500) throw new Error(`cannot measure: ${await response.text()}`);
  await response.arrayBuffer();
}
