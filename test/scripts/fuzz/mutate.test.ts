import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pngChunks } from '../../../functions/image/png-chunks.ts';
import { mutate } from '../../../scripts/fuzz/mutate.ts';
import { repairCrcs } from '../../../scripts/fuzz/repair-crcs.ts';
import { splitParts } from '../../../scripts/fuzz/split-parts.ts';
import { join } from '../../../scripts/lib/make-png.ts';
import { createRandom } from '../../../scripts/scenes/random.ts';
import { imageFixture } from '../../functions/image/fixture.ts';

const FILES = ['rgb.png', 'palette.png', 'progressive.jpg', 'exif-orientation-6.jpg'];
const corpus = FILES.map((name) => ({ name, bytes: Uint8Array.from(imageFixture(name)) }));

it('mutate() makes the same file of the same seed, and hardly ever the file itself', () => {
  let same = 0;
  for (let n = 0; n < 500; n++) {
    const made = mutate(corpus, createRandom(`t/${n}`));
    assert.deepEqual(mutate(corpus, createRandom(`t/${n}`)), made);
    if (corpus.some(({ bytes }) => Buffer.compare(bytes, made.bytes) === 0)) same += 1;
  }
  assert.ok(same < 25, `${same}`);
});

it('mutate() leaves the corpus as it is', () => {
  const before = corpus.map(({ bytes }) => bytes.slice());
  for (let n = 0; n < 200; n++) mutate(corpus, createRandom(`k/${n}`));
  assert.deepEqual(
    corpus.map(({ bytes }) => bytes),
    before,
  );
});

it('splitParts() loses nothing, and cuts where the format has joints', () => {
  for (const { bytes } of corpus) assert.deepEqual(join(splitParts(bytes).parts), bytes);
  const { parts } = splitParts(imageFixture('palette.png'));
  assert.equal(parts.length - 1, pngChunks(imageFixture('palette.png')).length);
  const jpeg = splitParts(imageFixture('progressive.jpg'));
  assert.ok(jpeg.parts.some((part) => part[0] === 0xff && part[1] === 0xc2));
  for (let n = 0; n < 500; n++) {
    const { bytes } = mutate(corpus, createRandom(`s/${n}`));
    assert.deepEqual(join(splitParts(bytes).parts), bytes);
  }
});

it('repairCrcs() makes the CRCs of a changed PNG right', () => {
  const changed = imageFixture('rgb.png').map((byte, at) => (at > 50 && at < 60 ? 7 : byte));
  assert.throws(() => pngChunks(changed), /CRC/);
  assert.equal(pngChunks(repairCrcs(changed)).at(-1)?.type, 'IEND');
  assert.deepEqual(repairCrcs(imageFixture('rgb.png')), imageFixture('rgb.png'));
});
