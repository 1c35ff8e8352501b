import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resizeSquare } from '../../../functions/image/resize-square.ts';
import { uprightView } from '../../../functions/image/upright-view.ts';

// Equality with Pillow itself is shown in prepare-image.test.ts, on whole files.

/** Noise that is the same everywhere: any picture serves. */
function noise(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 2654435761) >>> 23);
}

test('resizeSquare() to the same size changes nothing and drops alpha', () => {
  const rgba = noise(9, 9);
  const expected = rgba.filter((_, i) => i % 4 !== 3);
  assert.deepEqual(resizeSquare(rgba, uprightView(9, 9, 1), 9), expected);
});

test('resizeSquare() keeps a plain picture plain', () => {
  const side = fc.integer({ min: 1, max: 90 });
  const colour = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
  fc.assert(
    fc.property(side, side, side, colour, (width, height, to, [red, green, blue]) => {
      const rgba = Uint8Array.from(
        { length: width * height * 4 },
        (_, i) => [red, green, blue, i % 251][i % 4] ?? 0,
      );
      const pixels = resizeSquare(rgba, uprightView(width, height, 1), to);
      assert.equal(pixels.length, to * to * 3);
      assert.ok(pixels.every((value, i) => value === [red, green, blue][i % 3]));
    }),
    { numRuns: 50 },
  );
});

for (let orientation = 1; orientation <= 8; orientation++) {
  test(`resizeSquare() of orientation ${orientation} equals that of a turned copy`, () => {
    const rgba = noise(31, 17);
    const view = uprightView(31, 17, orientation);
    const turned = new Uint8Array(rgba.length);
    for (let y = 0; y < view.height; y++) {
      for (let x = 0; x < view.width; x++) {
        const from = view.base + x * view.stepX + y * view.stepY;
        turned.set(rgba.subarray(from, from + 4), (y * view.width + x) * 4);
      }
    }
    const expected = resizeSquare(turned, uprightView(view.width, view.height, 1), 12);
    assert.deepEqual(resizeSquare(rgba, view, 12), expected);
  });
}

test('resizeSquare() goes across first, so a picture and its transpose may differ', () => {
  // Columns of 0 and 255 overshoot when shrunk across; clipping to 8 bits in between then counts.
  const rgba = noise(40, 40);
  const upright = resizeSquare(rgba, uprightView(40, 40, 1), 7);
  const transposed = resizeSquare(rgba, uprightView(40, 40, 5), 7);
  const back = upright.map((_, i) => {
    const pixel = Math.trunc(i / 3);
    return transposed[((pixel % 7) * 7 + Math.trunc(pixel / 7)) * 3 + (i % 3)] ?? 0;
  });
  assert.notDeepEqual(upright, back);
  // Rounding twice in another order moves a value by 2 at most where nothing was clipped.
  assert.ok(upright.every((value, i) => Math.abs(value - (back[i] ?? 0)) <= 2));
});

test('resizeSquare() takes the most extreme shapes', () => {
  for (const [width, height] of [
    [1, 1],
    [1, 65535],
    [65535, 1],
    [64, 3000],
  ] as const) {
    const plain = new Uint8Array(width * height * 4).fill(77);
    const pixels = resizeSquare(plain, uprightView(width, height, 1), 48);
    assert.ok(pixels.every((value) => value === 77));
  }
});
