import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jpegFrame } from '../../../functions/image/jpeg-frame.ts';
import { type FrameRecipe, makeFrame } from '../../../scripts/lib/make-jpeg.ts';
import { throwsCode } from './throws-code.ts';

function frameOf(marker: number, recipe?: FrameRecipe) {
  const data = makeFrame(marker, recipe).subarray(4);
  return jpegFrame({ marker, data, end: data.length });
}

test('jpegFrame() takes baseline, extended and progressive in grey and colour', () => {
  for (const marker of [0xc0, 0xc1, 0xc2]) {
    for (const components of [1, 3]) {
      const frame = frameOf(marker, { width: 640, height: 425, components });
      const progressive = marker === 0xc2;
      const samplesPerPixel = components;
      const size = { width: 640, height: 425, components };
      assert.deepEqual(frame, { ...size, progressive, samplesPerPixel });
    }
  }
});

for (const marker of [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf, 0xde, 0xdf]) {
  test(`jpegFrame() refuses the process of marker 0x${marker.toString(16)}`, () => {
    throwsCode(() => frameOf(marker), 'unsupported_jpeg');
  });
}

test('jpegFrame() refuses other depths and component counts', () => {
  for (const precision of [0, 2, 9, 12, 16]) {
    throwsCode(() => frameOf(0xc1, { precision }), 'unsupported_jpeg');
  }
  for (const components of [0, 2, 4, 5, 255]) {
    throwsCode(() => frameOf(0xc0, { components }), 'unsupported_jpeg');
  }
});

test('jpegFrame() refuses sizes that no codec should see', () => {
  throwsCode(() => frameOf(0xc0, { width: 0 }), 'image_corrupt');
  throwsCode(() => frameOf(0xc0, { height: 0 }), 'image_corrupt');
  throwsCode(() => frameOf(0xc2, { width: 10_001, height: 10_000 }), 'image_too_large');
  throwsCode(() => frameOf(0xc2, { width: 65535, height: 65535 }), 'image_too_large');
});

test('jpegFrame() counts the samples of subsampled colour', () => {
  for (const [factors, samples] of [
    [[0x22, 0x11, 0x11], 1.5],
    [[0x21, 0x11, 0x11], 2],
    [[0x41, 0x11, 0x11], 1.5],
    [[0x22, 0x22, 0x22], 3],
    [[0x22], 1],
  ] as const) {
    const data = makeFrame(0xc0, { components: factors.length }).subarray(4);
    for (const [index, factor] of factors.entries()) data.set([factor], 7 + 3 * index);
    const { samplesPerPixel } = jpegFrame({ marker: 0xc0, data, end: data.length });
    assert.equal(samplesPerPixel, samples);
  }
});

test('jpegFrame() refuses sampling factors that there are not, and components that are not there', () => {
  for (const factor of [0x00, 0x10, 0x01, 0x51, 0x15, 0xff]) {
    const data = makeFrame(0xc0).subarray(4);
    data.set([factor], 7);
    throwsCode(() => jpegFrame({ marker: 0xc0, data, end: data.length }), 'image_corrupt');
  }
  const data = makeFrame(0xc0, { components: 3 }).subarray(4, -1);
  throwsCode(() => jpegFrame({ marker: 0xc0, data, end: data.length }), 'image_corrupt');
});

test('jpegFrame() refuses a frame header that is too short', () => {
  const data = makeFrame(0xc0).subarray(4, 9);
  throwsCode(() => jpegFrame({ marker: 0xc0, data, end: 5 }), 'image_corrupt');
});
