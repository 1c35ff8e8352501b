import assert from 'node:assert/strict';
import { test } from 'node:test';
import { term } from '../../../../scripts/scenes/nouns/term.ts';

test('term() spells plurals and articles by rule', () => {
  const plurals = {
    dog: 'dogs',
    bus: 'buses',
    fox: 'foxes',
    church: 'churches',
    cherry: 'cherries',
  };
  for (const [name, plural] of Object.entries(plurals)) assert.equal(term(name).plural, plural);
  assert.equal(term('key').plural, 'keys');
  assert.equal(term('owl').article, 'an');
  assert.equal(term('dog').article, 'a');
});

test('term() takes what the rules get wrong', () => {
  const mouse = term('mouse', { plural: 'mice' });
  assert.deepEqual(mouse, { name: 'mouse', plural: 'mice', article: 'a' });
});
