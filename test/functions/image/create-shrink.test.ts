import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createShrink, type Images } from '../../../functions/image/create-shrink.ts';
import { rejectsCode } from './throws-code.ts';

/** Takes the picture for its own result, and notes how it was asked. */
function echo(): { images: Images; asked: unknown[] } {
  const asked: unknown[] = [];
  const images: Images = {
    input: (picture) => ({
      transform: (options) => ({
        async output(format) {
          asked.push(options, format);
          return { response: () => new Response(picture) };
        },
      }),
    }),
  };
  return { images, asked };
}

test('createShrink() asks for a PNG that fits, and never for a larger picture', async () => {
  const { images, asked } = echo();
  const file = Uint8Array.of(1, 2, 3);
  assert.deepEqual(await createShrink(images)(file, 1440), file);
  const fit = { width: 1440, height: 1440, fit: 'scale-down' };
  assert.deepEqual(asked, [fit, { format: 'image/png' }]);
});

test('createShrink() says so when it gets nothing', async () => {
  const images: Images = {
    input() {
      throw new Error('IMAGES_TRANSFORM_ERROR 9422');
    },
  };
  await rejectsCode(createShrink(images)(Uint8Array.of(1), 1440), 'storage_unavailable');
});
