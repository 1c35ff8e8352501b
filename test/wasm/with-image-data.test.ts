import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PixelBox, withImageData } from '../../wasm/with-image-data.ts';

const NAMES = ['ImageData', 'location'] as const;
const descriptors = () => NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));

test('withImageData() shows the box to the glue and returns what it made', () => {
  const made = withImageData(() => {
    const Seen = Reflect.get(globalThis, 'ImageData');
    return new Seen(Uint8ClampedArray.of(1, 2, 3, 4), 1, 1);
  });
  assert.ok(made instanceof PixelBox);
  assert.deepEqual([...made.data, made.width, made.height], [1, 2, 3, 4, 1, 1]);
});

test('withImageData() takes away again what was not there before', () => {
  const before = descriptors();
  withImageData(() => Reflect.set(globalThis, 'location', { href: '' }));
  assert.deepEqual(descriptors(), before);
});

test('withImageData() puts back what was there before, even after a throw', () => {
  const theirs = class {};
  Object.defineProperty(globalThis, 'ImageData', { value: theirs, configurable: true });
  try {
    assert.throws(() =>
      withImageData(() => {
        throw new Error('a codec failed');
      }),
    );
    assert.equal(Reflect.get(globalThis, 'ImageData'), theirs);
  } finally {
    Reflect.deleteProperty(globalThis, 'ImageData');
  }
});
