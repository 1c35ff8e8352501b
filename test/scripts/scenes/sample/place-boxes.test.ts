import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../scripts/scenes/random.ts';
import { placeBoxes } from '../../../../scripts/scenes/sample/place-boxes.ts';

test('placeBoxes() boxes lie inside and next to nothing of one is hidden', () => {
  for (let seed = 0; seed < 100; seed++) {
    const sizes = Array.from({ length: 6 }, () => ({ width: 0.34, height: 0.3 }));
    const boxes = placeBoxes(createRandom(`${seed}`), sizes);
    assert.equal(boxes.length, 6);
    for (const [at, a] of boxes.entries()) {
      assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= 1 && a.y + a.height <= 1);
      for (const b of boxes.slice(at + 1)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        const hidden = Math.max(0, across) * Math.max(0, down);
        assert.ok(hidden <= 0.07 * a.width * a.height);
      }
    }
  }
});

test('placeBoxes() shrinks what cannot fit', () => {
  const [first, second] = placeBoxes(createRandom('full'), [
    { width: 0.9, height: 0.9 },
    { width: 0.9, height: 0.9 },
  ]);
  assert.ok(first && second && first.width < 0.9 && first.width === second.width);
});
