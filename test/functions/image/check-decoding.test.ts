import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkDecoding,
  decodingBytes,
  MAX_DECODING_BYTES,
} from '../../../functions/image/check-decoding.ts';
import type { ImageHeader } from '../../../functions/image/image-header.ts';

const MIB = 1024 * 1024;
const file = new Uint8Array(1000);

function header(change: Partial<ImageHeader>): ImageHeader {
  const size = { width: 100, height: 100, orientation: 1, bytesPerPixel: 4 };
  return { format: 'jpeg', ...size, picture: file, ...change };
}

test('decodingBytes() counts a file twice, and thrice where the picture is a copy of it', () => {
  const shared = decodingBytes(header({}), file);
  assert.equal(shared, 2.5 * MIB + 40_000 + 2000);
  assert.equal(decodingBytes(header({ picture: new Uint8Array(900) }), file), shared + 800);
});

test('checkDecoding() takes 4 megapixels of any kind but 16-bit grey, and 10 of a baseline JPEG', () => {
  for (const bytesPerPixel of [4, 5, 6, 7, 9, 10]) {
    checkDecoding(header({ bytesPerPixel, width: 2000, height: 2000 }), file);
  }
  checkDecoding(header({ bytesPerPixel: 12, width: 1900, height: 1900 }), file);
  checkDecoding(header({ width: 4000, height: 2500 }), file);
});

test('checkDecoding() refuses what would take more, and names a size that it takes', () => {
  for (const [width, height, bytesPerPixel] of [
    [4000, 3000, 4],
    [4000, 3000, 7],
    [100, 90_000, 10],
    [5000, 5000, 12],
  ] as const) {
    const large = header({ width, height, bytesPerPixel });
    assert.ok(decodingBytes(large, file) > MAX_DECODING_BYTES);
    let message = '';
    assert.throws(
      () => checkDecoding(large, file),
      (error: Error) => {
        message = error.message;
        return Reflect.get(error, 'code') === 'image_too_large';
      },
    );
    const [, across, down] = /shrink it to (\d+) x (\d+)/.exec(message) ?? [];
    const fitting = header({ bytesPerPixel, width: Number(across), height: Number(down) });
    checkDecoding(fitting, file);
    // It names the largest: one pixel more a side does not fit.
    const next = { ...fitting, width: fitting.width + 1, height: fitting.height + 1 };
    assert.throws(() => checkDecoding(next, file));
  }
});
