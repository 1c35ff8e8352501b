import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, one, plural } from '../../../../scripts/scenes/meaning/noun-phrase.ts';
import { term } from '../../../../scripts/scenes/nouns/term.ts';

const plain = { term: term('owl'), colour: null, trait: null };

test('one() chooses the article by the first word', () => {
  assert.equal(one(plain), 'an owl');
  assert.equal(one({ ...plain, trait: { words: 'happy', position: 'before' } }), 'a happy owl');
  assert.equal(
    one({ ...plain, term: term('book'), trait: { words: 'expensive', position: 'before' } }),
    'an expensive book',
  );
  assert.equal(one({ ...plain, colour: 'red' }), 'a red owl');
});

test('counted() puts one in the singular, traits where they belong', () => {
  const named = { ...plain, trait: { words: 'called max', position: 'after' } } as const;
  assert.equal(counted(named, 1), 'one owl called max');
  assert.equal(counted(named, 3), 'three owls called max');
  assert.equal(plural({ ...plain, term: term('mouse', { plural: 'mice' }) }), 'mice');
});
