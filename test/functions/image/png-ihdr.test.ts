import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pngIhdr } from '../../../functions/image/png-ihdr.ts';
import { makeIhdr, type PngRecipe } from '../../../scripts/lib/make-png.ts';
import { throwsCode } from './throws-code.ts';

function ihdrOf(change: Partial<PngRecipe>, type = 'IHDR') {
  const whole = makeIhdr({ width: 3, height: 2, depth: 8, colourType: 2, ...change });
  return pngIhdr({ type, whole, data: whole.subarray(8, 21) });
}

// PNG specification, table 11.1.
const ALLOWED = [
  '0:1',
  '0:2',
  '0:4',
  '0:8',
  '0:16',
  '2:8',
  '2:16',
  '3:1',
  '3:2',
  '3:4',
  '3:8',
].concat(['4:8', '4:16', '6:8', '6:16']);

test('pngIhdr() takes the combinations of the specification and no others', () => {
  for (let colourType = 0; colourType < 9; colourType++) {
    for (let depth = 0; depth < 34; depth++) {
      if (ALLOWED.includes(`${colourType}:${depth}`)) {
        const palette = colourType === 3;
        const { bytesPerPixel, rowsBytes, ...ihdr } = ihdrOf({ colourType, depth });
        assert.deepEqual(ihdr, { width: 3, height: 2, depth, palette });
        assert.ok(bytesPerPixel >= 4 && bytesPerPixel <= 12);
        assert.ok(rowsBytes >= 2 * 2 && rowsBytes <= 2 * (1 + 3 * 8));
      } else {
        throwsCode(() => ihdrOf({ colourType, depth }), 'image_corrupt');
      }
    }
  }
});

test('pngIhdr() takes interlacing and refuses other methods', () => {
  assert.equal(ihdrOf({ methods: [0, 0, 1] }).width, 3);
  for (const methods of [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 2],
  ] as const) {
    throwsCode(() => ihdrOf({ methods }), 'image_corrupt');
  }
});

test('pngIhdr() refuses sizes that no codec should see', () => {
  throwsCode(() => ihdrOf({ width: 0 }), 'image_corrupt');
  throwsCode(() => ihdrOf({ height: 0 }), 'image_corrupt');
  throwsCode(() => ihdrOf({ width: 10_001, height: 10_000 }), 'image_too_large');
  throwsCode(() => ihdrOf({ width: 0xffffffff, height: 0xffffffff }), 'image_too_large');
});

test('pngIhdr() refuses another chunk in its place, and names the variant for iPhones', () => {
  throwsCode(() => ihdrOf({}, 'IDAT'), 'image_corrupt');
  throwsCode(() => ihdrOf({}, 'CgBI'), 'unsupported_png');
  const whole = makeIhdr({ width: 3, height: 2, depth: 8, colourType: 2 });
  const short = { type: 'IHDR', whole, data: whole.subarray(8, 20) };
  throwsCode(() => pngIhdr(short), 'image_corrupt');
});

test('pngIhdr() works out what the rows take, padded to whole bytes', () => {
  for (const [colourType, depth, rowBytes] of [
    [0, 1, 1],
    [0, 16, 6],
    [2, 8, 9],
    [3, 4, 2],
    [4, 8, 6],
    [6, 16, 24],
  ] as const) {
    assert.equal(ihdrOf({ colourType, depth }).rowsBytes, 2 * (1 + rowBytes));
  }
});
