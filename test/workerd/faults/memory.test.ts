import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { DEAD_MS } from '../../../functions/model/load-state.ts';
import { drawnPicture, drawnPixels } from '../../../scripts/bench/drawn-picture.ts';
import { createJpegEncoder } from '../../../scripts/bench/jpeg-encoder.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { imageFixture } from '../../functions/image/fixture.ts';
import { expectProblem } from '../expect-problem.ts';
import {
  currentManifest,
  type ModelBlobs,
  putBlobs,
  readModelBlobs,
  withManifest,
} from '../model-blobs.ts';
import { type FaultWorker, type FaultWorld, startFaultWorker } from './start-fault-worker.ts';

const PAGE_BYTES = 64 * 1024;
/** What the runtime begins with. */
const FIRST_PAGES = 256;
const HYPOTHESIS = 'there are two birds.';
/** More than the model reads: the judge computes with as much as it ever does. */
const LONGEST = HYPOTHESIS.repeat(80);

const encodeJpeg = await createJpegEncoder();
const wide = drawnPixels(2800, 2100);
const PICTURES = {
  small: imageFixture('grey-alpha.png'),
  other: imageFixture('grey.png'),
  png: drawnPicture(1600, 1200),
  jpeg: encodeJpeg(wide, 2800, 2100),
  progressive: encodeJpeg(wide, 2800, 2100, { progressive: true }),
} as const;
type Name = keyof typeof PICTURES;
const NAMES = ['small', 'other', 'png', 'jpeg', 'progressive'] as const;
const blobs = await readModelBlobs(defaultModelFolder);
const heapPages = Math.ceil(heapBytes() / PAGE_BYTES);

function heapBytes(): number {
  return JSON.parse(new TextDecoder().decode(currentManifest(blobs).bytes)).heap_bytes;
}

/** The model without its plan of the heap: what is reserved at once would otherwise never be asked for later. */
function unplanned(): ModelBlobs {
  const text = new TextDecoder().decode(currentManifest(blobs).bytes);
  const changed = text.replace(/("heap_bytes":\s*)\d+/, `$1${FIRST_PAGES * PAGE_BYTES}`);
  return withManifest(blobs, changed);
}

async function start(model: ModelBlobs, v8Flags?: string): Promise<FaultWorker> {
  const worker = await startFaultWorker(v8Flags === undefined ? {} : { v8Flags });
  after(() => worker.dispose());
  await putBlobs(worker.bucket, model);
  return worker;
}

/** Answers by picture and hypothesis, as a Worker with all the memory gives them. */
const right = new Map<string, string>();
async function ask(world: FaultWorld, name: Name, hypothesis: string) {
  const answer = await world.ask({ image: PICTURES[name], hypothesis });
  const scores = answer.status === 200 ? JSON.stringify(JSON.parse(answer.text).scores) : null;
  return { answer, scores, key: `${name} ${hypothesis.length}` };
}
{
  const world = await (await start(blobs)).world();
  for (const name of NAMES) {
    for (const hypothesis of [HYPOTHESIS, LONGEST]) {
      const { scores, key } = await ask(world, name, hypothesis);
      right.set(key, scores ?? assert.fail(key));
    }
  }
}

/** The right answer or the problem; @returns whether it was answered. */
async function answersOrRefuses(
  world: FaultWorld,
  [name, hypothesis]: readonly [Name, string],
  code: 'runtime_dead' | 'overloaded',
): Promise<boolean> {
  const { answer, scores, key } = await ask(world, name, hypothesis);
  if (answer.status !== 200) expectProblem(answer, code);
  else assert.equal(scores, right.get(key), key);
  return answer.status === 200;
}

describe('a runtime that cannot have more memory', async () => {
  const worker = await start(unplanned());

  it(`at every third size up to ${heapPages} pages: the right answer or runtime_dead, and a new runtime later`, async () => {
    const seen = new Set<string>();
    for (let pages = FIRST_PAGES - 2; pages <= heapPages + 3; pages += 3) {
      const world = await worker.world();
      await worker.setMemory(pages);
      const outcome = [
        await answersOrRefuses(world, ['small', HYPOTHESIS], 'runtime_dead'),
        await answersOrRefuses(world, ['other', LONGEST], 'runtime_dead'),
      ];
      seen.add(outcome.join());
      await worker.setMemory(null);
      await worker.setClock({ speed: 1, jumpMs: DEAD_MS });
      assert.ok(await answersOrRefuses(world, ['other', LONGEST], 'runtime_dead'), `${pages}`);
    }
    // Dead while loading, dead while answering, and well.
    assert.deepEqual([...seen], ['false,false', 'true,false', 'true,true']);
  });

  it('is dead for as long as it says, and every caller is told so', async () => {
    const world = await worker.world();
    await worker.setMemory(FIRST_PAGES);
    assert.equal(await answersOrRefuses(world, ['small', HYPOTHESIS], 'runtime_dead'), false);
    await worker.setMemory(null);
    for (const path of ['/readyz', '/v1/model']) {
      expectProblem(await world.get(path), 'runtime_dead');
    }
    const refused = await ask(world, 'small', HYPOTHESIS);
    const seconds = Number(refused.answer.headers.get('Retry-After'));
    assert.equal(seconds * 1000, DEAD_MS);
    await worker.setClock({ speed: 1, jumpMs: DEAD_MS });
    const answers = Array.from({ length: 5 }, () =>
      answersOrRefuses(world, ['small', HYPOTHESIS], 'runtime_dead'),
    );
    assert.deepEqual(await Promise.all(answers), Array(5).fill(true));
  });
});

describe('an isolate where no WASM may have more memory', () => {
  it('says overloaded of a picture that it has no memory to decode, and never blames the picture', async () => {
    for (const [pages, expected] of [
      [heapPages + 1, { small: true, png: false, jpeg: false, progressive: false }],
      [heapPages + 300, { small: true, png: true, jpeg: true, progressive: false }],
    ] as const) {
      const world = await (await start(blobs, `--wasm-max-mem-pages=${pages}`)).world();
      for (const name of ['small', 'png', 'jpeg', 'progressive', 'small'] as const) {
        const answered = await answersOrRefuses(world, [name, HYPOTHESIS], 'overloaded');
        assert.equal(answered, expected[name], `${name} with ${pages} pages`);
      }
    }
  });

  it('says runtime_dead where the runtime cannot even begin', async () => {
    const world = await (await start(blobs, `--wasm-max-mem-pages=${FIRST_PAGES - 10}`)).world();
    assert.equal(await answersOrRefuses(world, ['small', HYPOTHESIS], 'runtime_dead'), false);
  });
});
