import { test } from 'node:test';
import { checkImageSize, MAX_IMAGE_PIXELS } from '../../../functions/image/check-image-size.ts';
import { throwsCode } from './throws-code.ts';

test('checkImageSize() takes anything up to MAX_IMAGE_PIXELS', () => {
  checkImageSize(1, 1);
  checkImageSize(MAX_IMAGE_PIXELS, 1);
  checkImageSize(10_000, 10_000);
});

test('checkImageSize() refuses one row more', () => {
  throwsCode(() => checkImageSize(10_000, 10_001), 'image_too_large');
  throwsCode(() => checkImageSize(2 ** 32 - 1, 2 ** 32 - 1), 'image_too_large');
});

test('checkImageSize() refuses a side of 0', () => {
  throwsCode(() => checkImageSize(0, 8), 'image_corrupt');
  throwsCode(() => checkImageSize(8, 0), 'image_corrupt');
});
