import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { parsePrompt } from '../../../functions/text/parse-prompt.ts';

describe('parsePrompt()', () => {
  for (const [template, parts] of [
    ['{}', [0]],
    [' is it " {} "?', [' is it " ', 0, ' "?']],
    ['{} so {}', [0, ' so ', 1]],
    ['{1} as {0}', [1, ' as ', 0]],
    ['{0}{0}', [0, 0]],
    ['{1}', [1]],
    ['{{}} {}', ['{', '}', ' ', 0]],
    ['{{{}}}', ['{', 0, '}']],
  ] as const) {
    it(`reads ${template}`, () => assert.deepEqual(parsePrompt(template), parts));
  }

  for (const [template, why] of [
    ['', 'it has no {} for the hypothesis'],
    ['is it so?', 'it has no {} for the hypothesis'],
    ['{{}}', 'it has no {} for the hypothesis'],
    ['{text}', '{text} is not a place for text'],
    ['{!r}', '{!r} is not a place for text'],
    ['{:>9}', '{:>9} is not a place for text'],
    ['{2}', '{2} is not a place for text'],
    ['{}{}{}', '{} is not a place for text'],
    ['{} {', '{ is not a place for text'],
    ['} {}', '} is not a place for text'],
    ['{} {1}', '{} and {0} do not go together'],
  ] as const) {
    it(`refuses ${JSON.stringify(template)}`, () => {
      const message = `Cannot use the model's prompt: ${why}, ${JSON.stringify(template)}`;
      assert.throws(() => parsePrompt(template), new EntailError('model_integrity', message));
    });
  }
});
