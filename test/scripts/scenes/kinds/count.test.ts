import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count } from '../../../../scripts/scenes/kinds/count.ts';
import { term } from '../../../../scripts/scenes/nouns/term.ts';
import { checkKind } from './check-kind.ts';

test('count verdicts are those of brute force over all worlds', () => {
  checkKind(
    count,
    ({ phrase }) => [phrase],
    ({ phrase, count }, { things }) => things(phrase).length === count,
  );
});

test('count.phrasings() has the sentence of the published quick start', () => {
  const phrase = { term: term('bird'), colour: null, trait: null };
  const texts = count.phrasings({ phrase, count: 2 });
  for (const text of [
    'there are two birds.',
    'two birds are in the picture.',
    'a picture with two birds.',
  ]) {
    assert.ok(texts.includes(text), text);
  }
});
