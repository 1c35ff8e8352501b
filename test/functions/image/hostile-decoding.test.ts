import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MAX_CODEC_BYTES } from '../../../functions/image/check-decoding.ts';
import { prepareImage } from '../../../functions/image/prepare-image.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { onMemory } from '../../../scripts/bench/worker/on-memory.ts';
import { bombs } from '../../../scripts/fuzz/constructed.ts';
import { mutate } from '../../../scripts/fuzz/mutate.ts';
import { smallPictures } from '../../../scripts/fuzz/small-pictures.ts';
import { createRandom } from '../../../scripts/scenes/random.ts';
import { nodeCodecs } from '../../lib/codecs.ts';
import { imageFixture } from './fixture.ts';

const MIB = 1024 * 1024;
/** Rows in flight of a picture of 65,500 columns: 1.2 MiB more than planned. */
const TOLERANCE_BYTES = 2 * MIB;
const SEED = 2026;
const MUTATIONS = 400;

const codecs = await nodeCodecs();
let memories: WebAssembly.Memory[] = [];
onMemory((memory) => memories.push(memory));

/** Prepares a file, and checks that it fails cleanly if it does, and that it never holds more than an isolate has left. */
async function check(name: string, file: Uint8Array): Promise<void> {
  memories = [];
  try {
    const { pixels } = await prepareImage(file, 96, codecs);
    assert.equal(pixels.length, 96 * 96 * 3);
  } catch (error) {
    assert.ok(error instanceof EntailError, `${name}: ${error}`);
    assert.match(error.code, /^(unsupported|image)_/, name);
  }
  if (memories.length === 0) return;
  const held = Math.max(...memories.map(({ buffer }) => buffer.byteLength));
  assert.ok(
    held <= MAX_CODEC_BYTES + TOLERANCE_BYTES,
    `${name}: ${(held / MIB).toFixed(1)} MiB held`,
  );
}

it('bombs fail cleanly, and decoding never holds more than it may', async () => {
  for (const { name, bytes } of bombs(await smallPictures()).trials) await check(name, bytes);
});

it(`so do mutations of seed ${SEED}`, async () => {
  const names = ['rgb.png', 'palette.png', 'grey-alpha.png', 'progressive.jpg', 'baseline-420.jpg'];
  const corpus = names.map((name) => ({ name, bytes: Uint8Array.from(imageFixture(name)) }));
  for (let n = 0; n < MUTATIONS; n++) {
    const { name, bytes } = mutate(corpus, createRandom(`decoding/${SEED}/${n}`));
    await check(`mutation ${n}: ${name}`, bytes);
  }
});
