import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIconStyle } from '../../../scripts/scenes/draw/icon-style.ts';
import { rasterise } from '../../../scripts/scenes/draw/rasterise.ts';
import { NOUNS } from '../../../scripts/scenes/nouns/nouns.ts';
import { SPLIT_STYLES, stylesFor } from '../../../scripts/scenes/splits.ts';

const named = (...names: string[]) => NOUNS.filter(({ name }) => names.includes(name));

test('stylesFor() leaves out a style that lacks one of the nouns', () => {
  assert.deepEqual(stylesFor('train', named('dog')), SPLIT_STYLES.train);
  const without = SPLIT_STYLES.train.filter((style) => style !== 'noto-v1');
  assert.deepEqual(stylesFor('train', named('dog', 'cup')), without);
});

test('each style draws each noun that it is said to draw', () => {
  for (const style of [...SPLIT_STYLES.train, ...SPLIT_STYLES['unseen-style']]) {
    const icons = openIconStyle(style);
    const split = style === 'emojione' ? 'unseen-style' : 'train';
    for (const noun of NOUNS) {
      if (!stylesFor(split, [noun]).includes(style)) continue;
      const { width, height } = rasterise(icons.svg(noun), 32);
      assert.ok(width >= 8 && height >= 8, `${noun.name} in ${style}: ${width} x ${height}`);
    }
  }
});
