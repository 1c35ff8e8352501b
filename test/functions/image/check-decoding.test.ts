import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canDecode,
  checkDecoding,
  codecBytes,
  heldBytes,
  MAX_HELD_BYTES,
} from '../../../functions/image/check-decoding.ts';
import type { ImageHeader } from '../../../functions/image/image-header.ts';

const MIB = 1024 * 1024;
const file = new Uint8Array(1000);

function header(change: Partial<ImageHeader>): ImageHeader {
  const size = { width: 100, height: 100, orientation: 1, bytesPerPixel: 4 };
  return { format: 'jpeg', ...size, picture: file, ...change };
}

function refusal(large: ImageHeader, of = file): string {
  assert.equal(canDecode(large, of), false);
  let message = '';
  assert.throws(
    () => checkDecoding(large, of),
    (error: Error) => {
      message = error.message;
      return Reflect.get(error, 'code') === 'image_too_large';
    },
  );
  return message;
}

test('a file is counted once for the codec, once outside it, and twice there where the picture is a copy', () => {
  const copy = header({ picture: new Uint8Array(900) });
  assert.equal(codecBytes(header({})), 2.5 * MIB + 40_000 + 1000);
  assert.equal(codecBytes(copy), 2.5 * MIB + 40_000 + 900);
  assert.equal(heldBytes(header({}), file), 1000);
  assert.equal(heldBytes(copy, file), 1900);
});

test('checkDecoding() takes 4 megapixels of all kinds but two, and 9 of a baseline JPEG', () => {
  for (const bytesPerPixel of [4, 5, 6, 7, 9]) {
    checkDecoding(header({ bytesPerPixel, width: 2000, height: 2000 }), file);
  }
  checkDecoding(header({ bytesPerPixel: 10, width: 1920, height: 1920 }), file);
  checkDecoding(header({ bytesPerPixel: 12, width: 1750, height: 1750 }), file);
  checkDecoding(header({ width: 3464, height: 2598 }), file);
});

test('checkDecoding() refuses pixels that would take more, and names a size that it takes', () => {
  for (const [width, height, bytesPerPixel] of [
    [4000, 3000, 4],
    [4000, 3000, 7],
    [100, 90_000, 10],
    [5000, 5000, 12],
  ] as const) {
    const message = refusal(header({ width, height, bytesPerPixel }));
    const [, across, down] = /shrink it to (\d+) x (\d+)/.exec(message) ?? [];
    const fitting = header({ bytesPerPixel, width: Number(across), height: Number(down) });
    checkDecoding(fitting, file);
    // It names the largest: one pixel more a side does not fit.
    const next = { ...fitting, width: fitting.width + 1, height: fitting.height + 1 };
    assert.throws(() => checkDecoding(next, file));
  }
});

test('checkDecoding() refuses a file that would take more outside the codec, and says what halves it', () => {
  const full = new Uint8Array(MAX_HELD_BYTES);
  checkDecoding(header({ picture: full }), full);
  const larger = new Uint8Array(MAX_HELD_BYTES + 1);
  assert.match(refusal(header({ picture: larger }), larger), /takes 8\.1 MiB.* there are 8;/);
  const half = new Uint8Array(MAX_HELD_BYTES / 2 + 1);
  const copied = refusal(header({ picture: half.slice(0, -1) }), half);
  assert.match(copied, /8\.1 MiB.*nothing but its picture takes half as much/);
});
