import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createSeenImages,
  MAX_SEEN_IMAGES,
  type SeenImage,
} from '../../../functions/pipeline/seen-images.ts';

/** Pictures that are numbered, and count how often each was seen and given back. */
function gallery() {
  const made: number[] = [];
  const released: number[] = [];
  const see = (id: number) => async (): Promise<SeenImage> => {
    made.push(id);
    const tokens = {
      patches: 1,
      width: 1,
      toArray: () => Float32Array.of(id),
      release: () => void released.push(id),
    };
    return { tokens, format: 'png', width: id, height: id };
  };
  return { made, released, see };
}

const idOf = async ({ width }: SeenImage) => width;

describe('createSeenImages()', () => {
  it('sees a picture once, and takes none for another', async () => {
    const { made, see } = gallery();
    const seen = createSeenImages();
    for (const id of [1, 2, 1, 2, 1]) assert.equal(await seen.use(`key ${id}`, see(id), idOf), id);
    assert.deepEqual(made, [1, 2]);
  });

  it('keeps the pictures used last, and gives the others back', async () => {
    const { made, released, see } = gallery();
    const seen = createSeenImages();
    const ids = Array.from({ length: MAX_SEEN_IMAGES }, (_, id) => id);
    for (const id of ids) await seen.use(`${id}`, see(id), idOf);
    await seen.use('0', see(0), idOf);
    await seen.use('new', see(99), idOf);
    assert.deepEqual(released, [1]);
    await seen.use('0', see(0), idOf);
    assert.equal(made.length, MAX_SEEN_IMAGES + 1);
  });

  it('gives no picture back that is in use, however many come meanwhile', async () => {
    const { released, see } = gallery();
    const seen = createSeenImages();
    await seen.use('held', see(1), async () => {
      for (let id = 2; id < 20; id++) await seen.use(`${id}`, see(id), idOf);
      assert.ok(!released.includes(1));
    });
    assert.equal(new Set(released).size, released.length);
  });

  it('keeps nothing of a picture that could not be seen', async () => {
    const { made, see } = gallery();
    const seen = createSeenImages();
    const failure = new Error('broken');
    await assert.rejects(
      seen.use('key', () => Promise.reject(failure), idOf),
      failure,
    );
    assert.equal(await seen.use('key', see(7), idOf), 7);
    assert.deepEqual(made, [7]);
  });

  it('gives one of two back that were seen at once, and both are answered', async () => {
    const { made, released, see } = gallery();
    const seen = createSeenImages();
    const both = await Promise.all([seen.use('key', see(5), idOf), seen.use('key', see(5), idOf)]);
    assert.deepEqual([both, made.length, released.length], [[5, 5], 2, 1]);
  });

  it('gives all back on release, those in use when they are no longer, and keeps no more', async () => {
    const { released, see } = gallery();
    const seen = createSeenImages();
    await seen.use('1', see(1), idOf);
    await seen.use('2', see(2), async () => {
      seen.release();
      assert.deepEqual(released, [1]);
    });
    assert.deepEqual(released, [1, 2]);
    await seen.use('3', see(3), idOf);
    assert.deepEqual(released, [1, 2, 3]);
  });
});
