import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Statement } from '../../../../scripts/scenes/sentences/statement.ts';
import { createWordBalance } from '../../../../scripts/scenes/sentences/word-balance.ts';

function say(text: string, verdict: Statement['verdict'], kind = 'count'): Statement {
  return { kind, form: `${kind} plain`, text, verdict, phrases: [] };
}

test('take() evens out a word that stood under one verdict only', () => {
  const balance = createWordBalance(new Map([['count', 1]]));
  for (let i = 0; i < 5; i++) balance.take([say('two dogs.', 'entailment')]);
  const [again, other] = [say('two dogs.', 'entailment'), say('two cats.', 'entailment')];
  assert.equal(balance.take([again, other]), other);
  const opposed = say('two dogs.', 'contradiction');
  assert.equal(balance.take([opposed, say('one fox.', 'contradiction')]).verdict, 'contradiction');
});

test('take() keeps to the shares of kinds', () => {
  const balance = createWordBalance(
    new Map([
      ['count', 0.75],
      ['size', 0.25],
    ]),
  );
  const taken = Array.from({ length: 400 }, (_, at) =>
    balance.take([say(`a${at}.`, 'neutral', 'count'), say(`b${at}.`, 'neutral', 'size')]),
  );
  const sizes = taken.filter(({ kind }) => kind === 'size').length;
  // A quarter; the last choices may still lean to one side.
  assert.ok(Math.abs(sizes - 100) <= 20, `${sizes}`);
});
