import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepareImage } from '../../../../functions/image/prepare-image.ts';
import { greyPicture } from '../../../../scripts/eval/input/grey-picture.ts';
import { picturesIn } from '../../../../scripts/eval/input/read-picture.ts';
import { nodeCodecs } from '../../../lib/codecs.ts';

describe('greyPicture()', () => {
  it('is one grey to the model, and the same file each time', async () => {
    const { pixels } = await prepareImage(greyPicture(), 96, await nodeCodecs());
    assert.deepEqual(new Set(pixels), new Set([128]));
    assert.deepEqual(greyPicture(), greyPicture());
  });
});

describe('picturesIn()', () => {
  const read = picturesIn(fileURLToPath(new URL('../../../fixtures/images', import.meta.url)));

  it('reads a picture by its name', async () => {
    assert.deepEqual([...(await read('rgb.png')).subarray(1, 4)], [0x50, 0x4e, 0x47]);
  });

  it('names the picture that is not there', async () => {
    await assert.rejects(read('7.jpg'), /^Error: cannot read the picture 7\.jpg: ENOENT/);
  });
});
