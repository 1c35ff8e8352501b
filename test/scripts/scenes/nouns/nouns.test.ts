import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIconStyle } from '../../../../scripts/scenes/draw/icon-style.ts';
import { HYPERNYMS } from '../../../../scripts/scenes/nouns/hypernyms.ts';
import { NOUNS } from '../../../../scripts/scenes/nouns/nouns.ts';
import { SPLIT_STYLES } from '../../../../scripts/scenes/splits.ts';

test('NOUNS are about 120, no name and no plural twice', () => {
  assert.ok(NOUNS.length >= 115, `${NOUNS.length}`);
  assert.equal(new Set(NOUNS.map(({ name }) => name)).size, NOUNS.length);
  assert.equal(new Set(NOUNS.map(({ plural }) => plural)).size, NOUNS.length);
});

test('NOUNS have a picture in every set', () => {
  const sets = new Set(Object.values(SPLIT_STYLES).flat());
  assert.equal(sets.size, 6);
  for (const set of sets) {
    const style = openIconStyle(set);
    for (const noun of NOUNS) assert.match(style.svg(noun), /^<svg .*<\/svg>$/s);
  }
});

test('openIconStyle() names what is missing', () => {
  const style = openIconStyle('noto');
  const [dog] = NOUNS;
  assert.ok(dog);
  assert.throws(() => style.svg({ ...dog, icons: ['no-such-icon'] }), /noto has no no-such-icon/);
});

test('NOUNS no wider term is certain and doubtful at once', () => {
  for (const { name, hypernyms, doubtful } of NOUNS) {
    assert.deepEqual(
      hypernyms.filter((term) => doubtful.includes(term)),
      [],
      name,
    );
  }
});

test('HYPERNYMS each hold at least two nouns', () => {
  for (const { name } of HYPERNYMS) {
    const nouns = NOUNS.filter(({ hypernyms }) => hypernyms.includes(name));
    assert.ok(nouns.length >= 2, `${name}: ${nouns.length}`);
  }
});
