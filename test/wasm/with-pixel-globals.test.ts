import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodecPixels, withPixelGlobals } from '../../wasm/with-pixel-globals.ts';

const NAMES = ['ImageData', 'Uint8ClampedArray', 'location'] as const;
const descriptors = () => NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
const pixels = Uint8Array.of(1, 2, 3, 4);

/** What the glue does with its pixels. */
function glue(): void {
  const Copy = Reflect.get(globalThis, 'Uint8ClampedArray');
  const Picture = Reflect.get(globalThis, 'ImageData');
  new Picture(new Copy(pixels), 1, 1);
}

test('withPixelGlobals() hands the pixels on, not copied, with the globals as they were', () => {
  const before = descriptors();
  const taken: CodecPixels[] = [];
  const made = withPixelGlobals(
    () => {
      glue();
      assert.notDeepEqual(descriptors(), before);
      return 'made';
    },
    (picture) => {
      taken.push(picture);
      assert.deepEqual(descriptors(), before);
    },
  );
  assert.equal(made, 'made');
  assert.equal(taken[0]?.data, pixels);
  assert.deepEqual([taken.length, taken[0]?.width, taken[0]?.height], [1, 1, 1]);
});

test('withPixelGlobals() takes away again what was not there before', () => {
  const before = descriptors();
  withPixelGlobals(
    () => Reflect.set(globalThis, 'location', { href: '' }),
    () => {},
  );
  assert.deepEqual(descriptors(), before);
});

test('withPixelGlobals() puts back what was there before, even after a throw', () => {
  const theirs = class {};
  Object.defineProperty(globalThis, 'ImageData', { value: theirs, configurable: true });
  const before = descriptors();
  const failure = new Error('a codec failed');
  try {
    for (const failing of [
      () =>
        withPixelGlobals(
          () => assert.fail(failure),
          () => {},
        ),
      () => withPixelGlobals(glue, () => assert.fail(failure)),
    ]) {
      assert.throws(failing, failure);
      assert.deepEqual(descriptors(), before);
    }
  } finally {
    Reflect.deleteProperty(globalThis, 'ImageData');
  }
});
