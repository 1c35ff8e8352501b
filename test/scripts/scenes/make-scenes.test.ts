import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { makeScenes, type ScenesRequest } from '../../../scripts/scenes/make-scenes.ts';
import { isHeldOut } from '../../../scripts/scenes/sample/held-out.ts';
import { SPLIT_STYLES } from '../../../scripts/scenes/splits.ts';

function make(request: Partial<ScenesRequest>) {
  return [...makeScenes({ split: 'train', seed: 1, count: 12, side: 64, ...request })];
}

test('makeScenes() the same request gives the same bytes', () => {
  assert.deepEqual(make({}), make({}));
});

test('makeScenes() a longer run begins like a shorter one', () => {
  assert.deepEqual(make({ count: 12 }).slice(0, 5), make({ count: 5 }));
});

test('makeScenes() seeds and splits share no scene', () => {
  const pictures = [make({}), make({ seed: 2 }), make({ split: 'test' })]
    .flat()
    .map(({ png }) => png.toString('base64'));
  assert.equal(new Set(pictures).size, pictures.length);
});

test('makeScenes() pictures are PNG of the wanted side, things inside', () => {
  for (const { png, record } of make({ side: 96 })) {
    const { width, height } = PNG.sync.read(png);
    assert.deepEqual([width, height], [96, 96]);
    assert.ok(record.objects.length >= 1 && record.objects.length <= 6);
    for (const { x, y, width, height } of record.objects) {
      assert.ok(x >= 0 && y >= 0 && x + width <= 96.01 && y + height <= 96.01);
      // Too small to tell apart otherwise; crowded scenes shrink a little.
      assert.ok(Math.max(width, height) >= 0.14 * 96);
    }
  }
});

test('makeScenes() each picture has four sentences of each label, none twice', () => {
  for (const { pairs, record } of make({})) {
    for (const label of ['entailment', 'neutral', 'contradiction']) {
      assert.equal(pairs.filter((pair) => pair.label === label).length, 4);
    }
    assert.equal(new Set(pairs.map(({ hypothesis }) => hypothesis)).size, pairs.length);
    assert.ok(pairs.every(({ image }) => image === record.image));
  }
});

test('makeScenes() held-out pairs of nouns never meet in train and meet in half of test', () => {
  const meet = (split: ScenesRequest['split']) =>
    make({ split, count: 100 }).filter(({ record: { objects } }) =>
      objects.some((a) => objects.some((b) => isHeldOut(a.noun, b.noun))),
    ).length;
  assert.equal(meet('train'), 0);
  assert.ok(meet('test') >= 35);
});

test('makeScenes() the unseen style is seen nowhere else', () => {
  const unseen = new Set(make({ split: 'unseen-style' }).map(({ record }) => record.style));
  assert.deepEqual([...unseen], ['emojione']);
  for (const split of ['train', 'test'] as const) {
    assert.ok(!SPLIT_STYLES[split].includes('emojione'));
  }
});
