import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glow } from '../../../../public/page/heat-map/glow.ts';

/** What is seen of a colour on the darkened picture, which is grey of half its lightness and less. */
function lightness(share: number): number {
  const [red, green, blue, alpha] = glow(share);
  const covered = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (alpha * covered + (255 - alpha) * 40) / 255;
}

test('glow() gets lighter with the weight, so that its order is seen without colours', () => {
  assert.deepEqual(glow(0)[3], 0);
  for (let step = 1; step <= 100; step++) {
    assert.ok(lightness(step / 100) > lightness((step - 1) / 100) - 0.5, `${step} %`);
  }
  assert.ok(lightness(1) > 180);
  assert.deepEqual([glow(-1), glow(2)], [glow(0), glow(1)]);
});
